// The two families of interfaces. They are signed alike and mean the same; names and places differ, and stand here.
const authClient = { authClientId: 'M-0001' }
const wallet = { customerBelongsTo: 'TEST_WALLET' }
const scopes = ['AGREEMENT_PAY']

const productCodeOf = ({ isInStorePayment, isAgreementPayment }) =>
  isInStorePayment ? 'IN_STORE_PAYMENT' : isAgreementPayment ? 'AGREEMENT_PAYMENT' : 'CASHIER_PAYMENT'

export const families = {
  aps: {
    prefix: '/aps/api/v1/',
    cancelApi: 'payments/cancelPayment',
    payRequest: ({ paymentMethod, ...request }) => ({
      ...request,
      // A token is named together with whom it was given to.
      paymentMethod: request.paymentFactor.isAgreementPayment
        ? { ...paymentMethod, paymentMethodMetaData: authClient }
        : paymentMethod,
    }),
    payerPage: (answer) => answer.paymentUrl,
    outcome: (inquiry) => inquiry.paymentResult?.resultStatus,
    noticeResult: (notice) => notice.paymentResult,
    paymentToRefund: ({ paymentRequestId }) => ({ paymentRequestId }),
    askApi: 'authorizations/prepare',
    askRequest: ({ authState, origin }) => ({
      ...authClient,
      authClientName: 'Example shop',
      scopes,
      authState,
      authRedirectUrl: `${origin}/agreed`,
    }),
    grantOwner: authClient,
  },
  ams: {
    prefix: '/ams/api/v1/',
    cancelApi: 'payments/cancel',
    payRequest: ({ paymentFactor, order: { env, ...order }, ...rest }) => ({
      ...rest,
      order,
      env,
      productCode: productCodeOf(paymentFactor),
      ...(paymentFactor.isInStorePayment && {
        paymentFactor: { inStorePaymentScenario: paymentFactor.inStorePaymentScenario },
      }),
    }),
    payerPage: (answer) => answer.normalUrl,
    outcome: ({ paymentStatus }) => ({ SUCCESS: 'S', FAIL: 'F', CANCELLED: 'F', PROCESSING: 'U' })[paymentStatus],
    noticeResult: (notice) => notice.result,
    paymentToRefund: ({ paymentId }) => ({ paymentId }),
    askApi: 'authorizations/consult',
    askRequest: ({ authState, origin }) => ({
      ...wallet,
      ...authClient,
      scopes,
      authState,
      authRedirectUrl: `${origin}/agreed`,
      terminalType: 'WEB',
    }),
    grantOwner: wallet,
  },
}
