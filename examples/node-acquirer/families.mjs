// The two families of interfaces. They are signed alike and mean the same; names and places differ, and stand here.
export const families = {
  aps: {
    prefix: '/aps/api/v1/',
    cancelApi: 'payments/cancelPayment',
    payRequest: (request) => request,
    payerPage: (answer) => answer.paymentUrl,
    outcome: (inquiry) => inquiry.paymentResult?.resultStatus,
    noticeResult: (notice) => notice.paymentResult,
    paymentToRefund: ({ paymentRequestId }) => ({ paymentRequestId }),
  },
  ams: {
    prefix: '/ams/api/v1/',
    cancelApi: 'payments/cancel',
    payRequest: ({
      paymentFactor: { isInStorePayment, inStorePaymentScenario },
      order: { env, ...order },
      ...rest
    }) => ({
      ...rest,
      order,
      env,
      productCode: isInStorePayment ? 'IN_STORE_PAYMENT' : 'CASHIER_PAYMENT',
      ...(isInStorePayment && { paymentFactor: { inStorePaymentScenario } }),
    }),
    payerPage: (answer) => answer.normalUrl,
    outcome: ({ paymentStatus }) => ({ SUCCESS: 'S', FAIL: 'F', CANCELLED: 'F', PROCESSING: 'U' })[paymentStatus],
    noticeResult: (notice) => notice.result,
    paymentToRefund: ({ paymentId }) => ({ paymentId }),
  },
}
