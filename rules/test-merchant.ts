/** The Test Merchant: its words, the calls it signs by itself, and what it asks a partner's server. Stated in docs/guide/test-merchant.md. */
import { FAMILIES, type Family, type GatewayApi } from './interfaces.ts'
import type { PaymentState } from './payment.ts'
import type { ProductId, Scenario } from './products.ts'
import { type Own, type PayKind, SAMPLES } from './samples.ts'

/** What a merchant sees of a payment. */
export const transactionWords = ['PROCESSING', 'SUCCESS', 'CANCELLED', 'REFUND'] as const
export type TransactionWord = (typeof transactionWords)[number]

/** What came to nothing is CANCELLED, whoever ended it: the merchant, the payer or the clock. */
const WORDS: Record<PaymentState, TransactionWord> = {
  PAYING: 'PROCESSING',
  SUCCESS: 'SUCCESS',
  FAILED: 'CANCELLED',
  CLOSED: 'CANCELLED',
  CANCELLED: 'CANCELLED',
  PARTIALLY_REFUNDED: 'REFUND',
  REFUNDED: 'REFUND',
}

export const wordOf = (state: PaymentState): TransactionWord => WORDS[state]

const STATES = Object.keys(WORDS) as PaymentState[] // keys of a constant
export const statesOf = (word: TransactionWord): PaymentState[] => STATES.filter((state) => WORDS[state] === word)

/** How a call of the Test Merchant to a partner's server is named in the request log. */
export const MERCHANT_API = 'testMerchant'

/** What the Test Merchant asks a partner's server to do. */
export const merchantActions = ['order', 'authorize', 'query', 'cancel', 'refund'] as const
export type MerchantAction = (typeof merchantActions)[number]

/** Why an answer of a partner's server is none, in the order in which it is looked at. */
export const MERCHANT_FAULTS = {
  busy: 'Calls to this server are waiting for an answer already, so this one was not sent. Try again when they are over.',
  nobody_listens: 'Nobody listens at the relay, so nothing was sent. Start slipway-listen on your machine.',
  no_answer:
    'No whole answer came within 5 seconds, or it was larger than 64 KB. Answer within that time, in one short JSON object.',
  wrong_status: 'The HTTP status was not 200. Answer every action with 200, and say in status and message how it went.',
  not_json: 'The answer is not a JSON object. Answer with { "status": …, "paymentRequestId": … }.',
  wrong_field: 'A field of the answer is missing or wrong. It stands beside it.',
  wrong_signature:
    'The answer is signed, and its signature does not verify with your active key. Sign it right, or leave it out.',
} as const
export type MerchantFault = keyof typeof MERCHANT_FAULTS
export const merchantFaults = Object.keys(MERCHANT_FAULTS) as [MerchantFault, ...MerchantFault[]] // keys of a constant

/** Which product a kind of order is for, as a partner's server is told. */
export const ORDER_OF: Record<PayKind, { product: ProductId; scenario: Scenario | null }> = {
  cashier: { product: 'cashier', scenario: null },
  user_presented: { product: 'user_presented', scenario: 'PaymentCode' },
  order_code: { product: 'merchant_presented', scenario: 'OrderCode' },
  entry_code: { product: 'merchant_presented', scenario: 'EntryCode' },
  auto_debit: { product: 'auto_debit', scenario: null },
}
export const payKinds = Object.keys(ORDER_OF) as [PayKind, ...PayKind[]] // keys of a constant

export type WireAmount = { currency: string; value: string }

export type Order = {
  kind: PayKind
  title: string
  amount: WireAmount
  /** The payment code that the payer shows, or the access token of an agreement. */
  code?: string | undefined
  /** Of the browser of the wallet that has read the code of the store. */
  userAgent?: string | undefined
}

type Json = Record<string, unknown>
type Api = GatewayApi<'aps'> | GatewayApi<'ams'>

/** An interface by both families. */
const APIS = {
  pay: { aps: 'payments/pay', ams: 'payments/pay' },
  query: { aps: 'payments/inquiryPayment', ams: 'payments/inquiryPayment' },
  cancel: { aps: 'payments/cancelPayment', ams: 'payments/cancel' },
  refund: { aps: 'payments/refund', ams: 'payments/refund' },
  authorize: { aps: 'authorizations/prepare', ams: 'authorizations/consult' },
  token: { aps: 'authorizations/applyToken', ams: 'authorizations/applyToken' },
} as const satisfies Record<string, Record<Family, Api>>
export type MerchantCall = keyof typeof APIS

export const merchantUri = (call: MerchantCall, family: Family): string =>
  `${FAMILIES[family].prefixes[0]}${APIS[call][family]}`

/** The body that iTest begins with, for the same interface. */
function sampleBody(call: MerchantCall, family: Family, kind: PayKind | null, own: Own): Json {
  const sample = SAMPLES.find((one) => one.family === family && one.api === APIS[call][family] && one.kind === kind)
  if (!sample) throw new Error(`There is no sample for ${APIS[call][family]}.`)
  return sample.body(own)
}

export function payBody(family: Family, { kind, title, amount, code, userAgent }: Order, own: Own): Json {
  const body = sampleBody('pay', family, kind, own)
  const [method, order] = [body.paymentMethod as Json, body.order as Json] // every sample of pay has both
  const env = userAgent === undefined ? {} : { userAgent }
  return {
    ...body,
    paymentAmount: amount,
    paymentMethod: code === undefined ? method : { ...method, paymentMethodId: code },
    ...(family === 'ams' ? { env: { ...(body.env as Json), ...env } } : {}),
    order: {
      ...order,
      orderDescription: title,
      orderAmount: amount,
      ...(family === 'aps' ? { env: { ...(order.env as Json), ...env } } : {}),
    },
  }
}

/** Of `query`, `cancel` and `authorize`: as iTest has it. */
export const plainBody = (call: 'query' | 'cancel' | 'authorize', family: Family, own: Own): Json =>
  sampleBody(call, family, null, own)

export const refundBody = (family: Family, amount: WireAmount, own: Own): Json => ({
  ...sampleBody('refund', family, null, own),
  refundAmount: amount,
})

export const tokenBody = (family: Family, authCode: string, own: Own): Json => ({
  ...sampleBody('token', family, null, own),
  authCode,
})
