/**
 * Calls to begin with: for every interface a body that the sandbox takes, with the reader's own values in it. iTest opens with them.
 * A text in angle brackets stands for what only somebody else can give; it must be replaced before the call is sent.
 */
import { type Family, GATEWAY_APIS, sideOf } from './interfaces.ts'
import type { ProductId } from './products.ts'

export type Own = {
  /** A fresh id that begins with this. */
  id(beginning: string): string
  /** The last payment and the last refund of the application, where there are any. */
  paymentRequestId: string | undefined
  paymentId: string | undefined
  refundRequestId: string | undefined
  /** Where the payer is sent back to. */
  returnUrl: string
}

/** What `pay` is for: a product, and the code where one product has two. */
export type PayKind = 'cashier' | 'user_presented' | 'order_code' | 'entry_code' | 'auto_debit'

type Json = { [name: string]: Json | string | boolean | readonly string[] }

export type Sample = {
  /** Family, interface, and for `pay` its kind: names the sample in addresses. */
  id: string
  family: Family
  api: string
  /** What the call is for, where the interface serves several products; null: whatever the product. */
  kind: PayKind | null
  side: 'acquirer' | 'wallet'
  /** Only applications with one of these may call it; null: all of its side. */
  products: readonly ProductId[] | null
  body(own: Own): Json
}

const AMOUNT = { currency: 'USD', value: '1000' }
const STORE = { referenceStoreId: 'S-0001', storeName: 'At the quay' }
const MERCHANT = { merchantName: 'Example shop' }
const WALLET = 'CONNECT_WALLET'
const TOKEN = '<access token>'
const CLIENT = 'M-0001'

const paymentOf = (own: Own) => own.paymentRequestId ?? '<payment request ID>'
const DISPUTE = '<dispute request ID>'

function orderOf(own: Own, rest: Json): Json {
  return { referenceOrderId: own.id('ORD'), orderDescription: 'Paper boat', orderAmount: AMOUNT, ...rest }
}

/** What each kind of payment adds to the order, and to the method. */
const ORDERS: Record<PayKind, { order: Json; method: Json }> = {
  cashier: { order: { merchant: MERCHANT }, method: {} },
  user_presented: { order: { merchant: { ...MERCHANT, store: STORE } }, method: { paymentMethodId: '<payment code>' } },
  order_code: { order: { merchant: { ...MERCHANT, store: STORE } }, method: {} },
  entry_code: { order: { merchant: { ...MERCHANT, store: STORE } }, method: {} },
  auto_debit: {
    order: { merchant: MERCHANT },
    method: { paymentMethodId: TOKEN, paymentMethodMetaData: { authClientId: CLIENT } },
  },
}

const ENVS: Record<PayKind, Json> = {
  cashier: { terminalType: 'WEB' },
  user_presented: { storeTerminalId: 'T-07' },
  order_code: { storeTerminalId: 'T-07' },
  entry_code: { terminalType: 'WEB', userAgent: 'Mozilla/5.0' },
  auto_debit: { terminalType: 'WEB' },
}

const FACTORS: Record<PayKind, Json> = {
  cashier: { isCashierPayment: true },
  user_presented: { isInStorePayment: true, inStorePaymentScenario: 'PaymentCode' },
  order_code: { isInStorePayment: true, inStorePaymentScenario: 'OrderCode' },
  entry_code: { isInStorePayment: true, inStorePaymentScenario: 'EntryCode' },
  auto_debit: { isAgreementPayment: true },
}

const AMS_PRODUCTS: Record<PayKind, string> = {
  cashier: 'CASHIER_PAYMENT',
  user_presented: 'IN_STORE_PAYMENT',
  order_code: 'IN_STORE_PAYMENT',
  entry_code: 'IN_STORE_PAYMENT',
  auto_debit: 'AGREEMENT_PAYMENT',
}

const PRODUCT_OF: Record<PayKind, ProductId> = {
  cashier: 'cashier',
  user_presented: 'user_presented',
  order_code: 'merchant_presented',
  entry_code: 'merchant_presented',
  auto_debit: 'auto_debit',
}
const KINDS = Object.keys(PRODUCT_OF) as PayKind[] // keys of a constant

function apsPay(kind: PayKind) {
  return (own: Own): Json => ({
    paymentRequestId: own.id('REQ'),
    paymentAmount: AMOUNT,
    paymentMethod: { paymentMethodType: WALLET, ...ORDERS[kind].method },
    paymentFactor: FACTORS[kind],
    order: orderOf(own, { ...ORDERS[kind].order, env: ENVS[kind] }),
    paymentRedirectUrl: own.returnUrl,
  })
}

function amsPay(kind: PayKind) {
  const { inStorePaymentScenario } = FACTORS[kind]
  return (own: Own): Json => ({
    paymentRequestId: own.id('REQ'),
    productCode: AMS_PRODUCTS[kind],
    paymentAmount: AMOUNT,
    paymentMethod: { paymentMethodType: WALLET, ...ORDERS[kind].method },
    ...(inStorePaymentScenario === undefined ? {} : { paymentFactor: { inStorePaymentScenario } }),
    order: orderOf(own, ORDERS[kind].order),
    env: ENVS[kind],
    paymentRedirectUrl: own.returnUrl,
  })
}

const REGISTRATION = (own: Own): Json => ({
  registrationRequestId: own.id('REG'),
  productCodes: ['CASHIER_PAYMENT'],
  merchantInfo: { referenceMerchantId: own.id('M'), merchantMCC: '5942', merchantDisplayName: 'Example shop' },
})
const REGISTRATION_INQUIRY = (): Json => ({ registrationRequestId: '<registration request ID>' })
const REFUND = (own: Own): Json => ({
  refundRequestId: own.id('REF'),
  paymentRequestId: paymentOf(own),
  refundAmount: { currency: 'USD', value: '400' },
  refundReason: 'One of two boats came back',
})
const BY_REQUEST = (own: Own): Json => ({ paymentRequestId: paymentOf(own) })

const APS: Record<Exclude<(typeof GATEWAY_APIS)['aps'][number], 'payments/pay'>, Sample['body']> = {
  'payments/consultPayment': () => ({
    paymentAmount: AMOUNT,
    paymentFactor: { isCashierPayment: true },
    env: { terminalType: 'WEB' },
  }),
  'payments/inquiryPayment': BY_REQUEST,
  'payments/cancelPayment': BY_REQUEST,
  'payments/refund': REFUND,
  'authorizations/prepare': (own) => ({
    authClientId: CLIENT,
    authClientName: 'Example shop',
    referenceAgreementId: own.id('AGR'),
    scopes: ['AGREEMENT_PAY'],
    authState: own.id('STATE'),
    authRedirectUrl: own.returnUrl,
  }),
  'authorizations/applyToken': () => ({
    authClientId: CLIENT,
    grantType: 'AUTHORIZATION_CODE',
    authCode: '<authorization code>',
  }),
  'authorizations/cancelToken': () => ({ accessToken: TOKEN, authClientId: CLIENT }),
  'merchants/registration': REGISTRATION,
  'merchants/inquiryRegistrationStatus': REGISTRATION_INQUIRY,
  'disputes/responseRetrieval': () => ({ disputeRequestId: DISPUTE, responseMessage: 'A paper boat, blue' }),
  'disputes/responseEscalation': () => ({ disputeRequestId: DISPUTE, refundType: 'FULL_REFUND' }),
  'codes/getPaymentCode': (own) => ({
    region: 'SG',
    customerId: own.id('PAYER'),
    codeQuantity: '1',
    env: { terminalType: 'APP', osType: 'ANDROID' },
  }),
  'payments/userInitiatedPay': (own) => ({ codeValue: '<code of an acquirer>', customerId: own.id('PAYER') }),
  'payments/notifyPayment': () => ({
    paymentResult: { resultCode: 'SUCCESS', resultStatus: 'S', resultMessage: 'success' },
    paymentRequestId: '<payment request ID>',
    paymentAmount: AMOUNT,
  }),
  'disputes/initiateRetrieval': (own) => ({
    disputeRequestId: own.id('DSP'),
    paymentRequestId: '<payment request ID>',
    disputeReason: 'The payer does not know the payment',
  }),
  'disputes/initiateEscalation': (own) => ({
    disputeRequestId: own.id('DSP'),
    paymentRequestId: '<payment request ID>',
    disputeReason: 'The goods never came',
  }),
}

const AMS: Record<Exclude<(typeof GATEWAY_APIS)['ams'][number], 'payments/pay'>, Sample['body']> = {
  'payments/consult': () => ({
    productCode: 'CASHIER_PAYMENT',
    paymentAmount: AMOUNT,
    env: { terminalType: 'WEB' },
  }),
  'payments/inquiryPayment': BY_REQUEST,
  'payments/cancel': BY_REQUEST,
  'payments/refund': (own) => {
    const { paymentRequestId: _, ...refund } = REFUND(own)
    return { ...refund, paymentId: own.paymentId ?? '<payment ID>' }
  },
  'payments/inquiryRefund': (own) => ({ refundRequestId: own.refundRequestId ?? '<refund request ID>' }),
  'authorizations/consult': (own) => ({
    customerBelongsTo: WALLET,
    authClientId: CLIENT,
    scopes: ['AGREEMENT_PAY'],
    authState: own.id('STATE'),
    authRedirectUrl: own.returnUrl,
    terminalType: 'WEB',
  }),
  'authorizations/applyToken': () => ({
    customerBelongsTo: WALLET,
    grantType: 'AUTHORIZATION_CODE',
    authCode: '<authorization code>',
  }),
  'authorizations/revoke': () => ({ accessToken: TOKEN }),
  'merchants/registration': REGISTRATION,
  'merchants/inquiryRegistrationStatus': REGISTRATION_INQUIRY,
}

const PAYS = { aps: apsPay, ams: amsPay }
const OTHERS: Record<Family, Record<string, Sample['body']>> = { aps: APS, ams: AMS }

function samplesOf(family: Family): Sample[] {
  return GATEWAY_APIS[family].flatMap((api): Sample[] => {
    const one = { family, api, side: sideOf(family, api) }
    if (api === 'payments/pay') {
      return KINDS.map((kind) => ({
        ...one,
        id: `${family}/${api}/${kind}`,
        kind,
        products: [PRODUCT_OF[kind]],
        body: PAYS[family](kind),
      }))
    }
    const body = OTHERS[family][api]
    return body ? [{ ...one, id: `${family}/${api}`, kind: null, products: productsOf(api), body }] : []
  })
}

function productsOf(api: string): readonly ProductId[] | null {
  if (api.startsWith('authorizations/')) return ['auto_debit']
  return api.startsWith('payments/consult') ? ['cashier'] : null
}

export const SAMPLES: readonly Sample[] = [...samplesOf('aps'), ...samplesOf('ams')]

/** What a body still asks for: the texts in angle brackets, in their order. */
export const placeholdersIn = (body: string): string[] =>
  [...body.matchAll(/"(<[^<>"]{1,60}>)"/g)].map(([, text = '']) => text)
