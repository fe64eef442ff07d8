// The wallet itself: payers with a balance, and what has become of each payment. In memory: a restart forgets it.

export const payers = new Map([
  ['ada', { name: 'Ada', balance: 100_000n, asksFirst: false }],
  ['ben', { name: 'Ben', balance: 100n, asksFirst: false }],
  ['cyd', { name: 'Cyd', balance: 100_000n, asksFirst: true }], // confirms each payment on the phone
])

export const payments = new Map() // by the paymentRequestId of the network, newest last

/** The same payment again is the same payment: what was decided stays so. */
export function paymentFor({ paymentRequestId, paymentAmount, customerId, order }) {
  const known = payments.get(paymentRequestId)
  if (known) return known
  const payment = {
    paymentRequestId,
    amount: paymentAmount,
    customerId,
    what: order?.orderDescription ?? '',
    state: 'OPEN', // then PAID, DECLINED or CANCELLED
    code: 'PAYMENT_IN_PROCESS',
    refunds: {}, // by refundRequestId
  }
  payments.set(paymentRequestId, payment)
  return payment
}

/** Takes the money, if there is any. Says nothing else where it was decided before. */
export function take(payment) {
  if (payment.state !== 'OPEN') return payment
  const payer = payers.get(payment.customerId)
  const value = BigInt(payment.amount.value)
  if (!payer) return decline(payment, 'USER_NOT_EXIST')
  if (payer.balance < value) return decline(payment, 'USER_BALANCE_NOT_ENOUGH')
  payer.balance -= value
  return Object.assign(payment, { state: 'PAID', code: 'SUCCESS' })
}

export function decline(payment, code = 'USER_PAYMENT_VERIFICATION_FAILED') {
  return payment.state === 'OPEN' ? Object.assign(payment, { state: 'DECLINED', code }) : payment
}

/** What was paid goes back; what comes later finds it cancelled. */
export function cancel(payment) {
  if (payment.state === 'PAID') giveBack(payment, BigInt(payment.amount.value) - refunded(payment))
  return Object.assign(payment, { state: 'CANCELLED', code: 'ORDER_IS_CLOSED' })
}

/** Each refund once, however often it is asked for. What was cancelled has gone back as a whole. */
export function refund(payment, { refundRequestId, refundAmount }) {
  if (payment.state === 'CANCELLED' || payment.refunds[refundRequestId] !== undefined) return
  payment.refunds[refundRequestId] = refundAmount.value
  giveBack(payment, BigInt(refundAmount.value))
}

const refunded = ({ refunds }) => Object.values(refunds).reduce((sum, value) => sum + BigInt(value), 0n)

function giveBack({ customerId }, value) {
  const payer = payers.get(customerId)
  if (payer) payer.balance += value
}
