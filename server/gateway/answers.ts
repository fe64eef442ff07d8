/** What the gateway says about a payment: pure functions from its row, so that the same state always reads the same. */
import { OUTCOME } from '../../rules/payment.ts'
import { type ResultCode, resultOf } from '../../rules/results.ts'
import { TEST_WALLET } from '../../rules/wallet.ts'
import type { Payment } from './store.ts'

type Facts = Pick<
  Payment,
  | 'state'
  | 'payment_request_id'
  | 'payment_id'
  | 'amount_minor'
  | 'currency'
  | 'final_at'
  | 'wallet_secret'
  | 'created_at'
>

/** The answer of `pay`, as it is stored and repeated. */
export function payAnswer(payment: Facts, participantId: string, origin: string): string {
  const outcome =
    payment.state === 'PAYING'
      ? { paymentUrl: `${origin}/wallet/pay/${payment.payment_id}/${payment.wallet_secret}` }
      : finalFacts(payment)
  return JSON.stringify({
    result: resultOf(OUTCOME[payment.state]),
    acquirerId: participantId,
    paymentId: payment.payment_id,
    paymentAmount: amountOf(payment),
    ...outcome,
  })
}

/** The answer of `inquiryPayment`: the call worked; the payment's own outcome stands in `paymentResult`. */
export function inquiryAnswer(payment: Facts, participantId: string): string {
  const paymentResult = resultOf(OUTCOME[payment.state])
  return JSON.stringify({
    result: resultOf('SUCCESS'),
    paymentResult,
    acquirerId: participantId,
    paymentRequestId: payment.payment_request_id,
    paymentId: payment.payment_id,
    paymentAmount: amountOf(payment),
    ...finalFacts(payment),
    transactions: [
      {
        transactionResult: paymentResult,
        transactionId: payment.payment_id,
        transactionType: 'PAYMENT',
        transactionStatus: TRANSACTION_STATUS[payment.state],
        transactionAmount: amountOf(payment),
        transactionRequestId: payment.payment_request_id,
        transactionTime: isoTime(payment.final_at ?? payment.created_at),
      },
    ],
  })
}

const TRANSACTION_STATUS = { PAYING: 'PROCESSING', SUCCESS: 'SUCCESS', FAILED: 'FAIL', CLOSED: 'FAIL' } as const

/** The body of `notifyPayment`: only ever about a final outcome. */
export function notificationBody(payment: Facts, participantId: string): string {
  return JSON.stringify({
    paymentResult: resultOf(OUTCOME[payment.state]),
    paymentRequestId: payment.payment_request_id,
    paymentId: payment.payment_id,
    acquirerId: participantId,
    paymentAmount: amountOf(payment),
    ...finalFacts(payment),
  })
}

export function refusedAnswer(code: ResultCode, detail?: string): string {
  return JSON.stringify({ result: resultOf(code, detail) })
}

/** Who paid and when: known only once a wallet has answered. */
function finalFacts(payment: Facts): Record<string, string> {
  if (payment.state !== 'SUCCESS') return {}
  return {
    pspId: TEST_WALLET.pspId,
    customerId: TEST_WALLET.customerId,
    walletBrandName: TEST_WALLET.name,
    paymentTime: isoTime(payment.final_at ?? payment.created_at),
  }
}

function amountOf(payment: Facts) {
  return { currency: payment.currency, value: String(payment.amount_minor) }
}

export function isoTime(at: number): string {
  return new Date(at).toISOString()
}
