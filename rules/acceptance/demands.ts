/**
 * What the cases demand: demand → the sentence of the rule, what is expected in short, and where the docs say so. A verdict names one
 * of them.
 */
const PAYING = '/docs/guide/cashier-payment'
const SIGNING = '/docs/guide/signing'
const NOTIFICATIONS = '/docs/guide/notifications'
const BACK = '/docs/guide/cancel-and-refund'

export const DEMANDS = {
  'pay.start': {
    title: 'The payment is started by a signed call of pay.',
    expected: 'a verified call of pay as the steps say',
    docs: PAYING,
  },
  'payment.success': {
    title: 'The payment succeeds.',
    expected: 'paymentResult S',
    docs: PAYING,
  },
  'payment.failure': {
    title: 'The payment fails, and its failure is final.',
    expected: 'paymentResult F',
    docs: PAYING,
  },
  'failure.final': {
    title: 'A payment that failed is over: it is neither repeated under its id nor given back.',
    expected: 'no further pay, cancelPayment or refund of this payment',
    docs: PAYING,
  },
  'notification.acknowledge': {
    title: 'A notification is acknowledged with HTTP 200, resultStatus S and a valid signature.',
    expected: 'HTTP 200, resultStatus S, a signature that verifies',
    docs: NOTIFICATIONS,
  },
  'notification.acknowledge_again': {
    title: 'A notification that comes again is acknowledged again.',
    expected: 'three acknowledged deliveries of the same notification',
    docs: NOTIFICATIONS,
  },
  'notification.refuse': {
    title: 'A notification whose signature does not verify is not acknowledged with success.',
    expected: 'any answer without a signed resultStatus S',
    docs: NOTIFICATIONS,
  },
  'answer.verify': {
    title: 'An answer whose signature does not verify is not believed: the outcome is asked for anew.',
    expected: 'inquiryPayment or the same pay as the next call for this payment',
    docs: SIGNING,
  },
  'unknown.inquire': {
    title: 'While the result is unknown, it is inquired until it is final or a notification has told it.',
    expected: 'inquiryPayment, until paymentResult is S or F, there or in a notification',
    docs: PAYING,
  },
  'token.anew': {
    title: 'A token that is over is not tried again: the payer is asked anew, or it is refreshed.',
    expected: 'authorizations/prepare or applyToken, and no pay with this token',
    docs: '/docs/guide/auto-debit',
  },
  'unpaid.cancel': {
    title: 'An order that nobody pays is inquired, and cancelled when the shop waits no longer.',
    expected: 'at least two inquiries while it is open, then cancelPayment answered S',
    docs: '/docs/guide/merchant-presented-payment',
  },
  'unknown.cancel': {
    title: 'A payment without an answer is inquired and then cancelled, before the order is paid in another way.',
    expected: 'inquiryPayment, then cancelPayment answered S',
    docs: BACK,
  },
  'cancel.inside': {
    title: 'A payment is cancelled as a whole within its window, and inquired afterwards.',
    expected: 'cancelPayment answered S, then inquiryPayment',
    docs: BACK,
  },
  'cancel.final': {
    title: 'A payment that was cancelled is over: it is neither paid again under its id nor refunded.',
    expected: 'no pay and no refund of this payment after its cancelPayment',
    docs: BACK,
  },
  'cancel.then_refund': {
    title: 'After the window a payment is given back by refund.',
    expected: 'cancelPayment answered CANCEL_WINDOW_EXCEED, then refund answered S',
    docs: BACK,
  },
  'refund.whole': {
    title: 'A full refund gives back the whole amount at once.',
    expected: 'one refund of the whole amount, answered S',
    docs: BACK,
  },
  'refund.parts': {
    title: 'Each part that is given back has a refundRequestId of its own.',
    expected: 'two refunds of a part each, under two ids, answered S',
    docs: BACK,
  },
  'refund.limit': {
    title: 'A refund that is refused as too large is not tried again with another id.',
    expected: 'REFUND_AMOUNT_EXCEED once, then inquiryPayment or a refund of no more than what is left',
    docs: BACK,
  },
  'repeat.same': {
    title: 'A repeated pay has the same id and the same content.',
    expected: 'two calls of pay with the same key fields and the same answer',
    docs: PAYING,
  },
  'code.fresh': {
    title: 'A payment code that is refused is not used again: the payer shows a new one.',
    expected: 'a new pay with another payment code',
    docs: '/docs/guide/user-presented-payment',
  },
} as const satisfies Record<string, { title: string; expected: string; docs: string }>

export type Demand = keyof typeof DEMANDS
export const demands = Object.keys(DEMANDS) as [Demand, ...Demand[]] // keys of a constant
