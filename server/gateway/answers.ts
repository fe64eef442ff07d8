/** What the gateway says about a payment: pure functions from its row, so that the same state always reads the same. */
import { isDecided, OUTCOME } from '../../rules/payment.ts'
import { asResultCode, type ResultCode, resultOf } from '../../rules/results.ts'
import { TEST_WALLET } from '../../rules/wallet.ts'
import type { Row } from '../db/schema.ts'
import type { Payment } from './store.ts'

type Facts = Omit<Payment, 'pay_answer'>

/** The payment's own outcome, as a result code. */
export function outcomeOf(payment: Pick<Facts, 'state' | 'result_code'>): ResultCode {
  const decided = payment.state === 'FAILED' ? asResultCode(payment.result_code) : undefined
  return decided ?? OUTCOME[payment.state]
}

/** A cancel that came before its payment: it holds the id, so that the payment can never start. */
export function isTombstone(payment: Pick<Facts, 'amount_minor'>): boolean {
  return payment.amount_minor === 0
}

/** The answer of `pay`, as it is stored and repeated. */
export function payAnswer(payment: Facts, participantId: string, origin: string): string {
  const isOpenCashier = payment.state === 'PAYING' && payment.product === 'cashier'
  return JSON.stringify({
    result: resultOf(outcomeOf(payment)),
    acquirerId: participantId,
    paymentId: payment.payment_id,
    ...amountFacts(payment),
    ...(isOpenCashier ? { paymentUrl: `${origin}/wallet/pay/${payment.payment_id}/${payment.wallet_secret}` } : {}),
    ...paidFacts(payment),
  })
}

/** The answer of `inquiryPayment`: the call worked; the payment's own outcome stands in `paymentResult`. */
export function inquiryAnswer(payment: Facts, refunds: readonly Row<'refunds'>[], participantId: string): string {
  return JSON.stringify({
    result: resultOf('SUCCESS'),
    paymentResult: resultOf(outcomeOf(payment)),
    acquirerId: participantId,
    paymentRequestId: payment.payment_request_id,
    paymentId: payment.payment_id,
    ...amountFacts(payment),
    ...paidFacts(payment),
    transactions: [
      ...(isTombstone(payment) ? [] : [paymentTransaction(payment)]),
      ...refunds.map(refundTransaction),
      ...(payment.cancelled_at === null ? [] : [cancelTransaction(payment, payment.cancelled_at)]),
    ],
  })
}

/** What happened when it was decided; giving the money back later does not change that. */
function paymentTransaction(payment: Facts) {
  const wasCancelledOpen = payment.state === 'CANCELLED' && payment.result_code === null
  const code = payment.state === 'CANCELLED' ? asResultCode(payment.result_code) : outcomeOf(payment)
  return {
    transactionResult: resultOf(code ?? OUTCOME.CANCELLED),
    transactionId: payment.payment_id,
    transactionType: 'PAYMENT',
    transactionStatus: wasCancelledOpen
      ? 'CANCELLED'
      : !isDecided(payment.state)
        ? 'PROCESSING'
        : code === 'SUCCESS'
          ? 'SUCCESS'
          : 'FAIL',
    transactionAmount: amountOf(payment),
    transactionRequestId: payment.payment_request_id,
    transactionTime: isoTime(payment.final_at ?? payment.created_at),
  }
}

function refundTransaction(refund: Row<'refunds'>) {
  return {
    transactionResult: resultOf('SUCCESS'),
    transactionId: refund.refund_id,
    transactionType: 'REFUND',
    transactionStatus: 'SUCCESS',
    transactionAmount: amountOf(refund),
    transactionRequestId: refund.refund_request_id,
    transactionTime: isoTime(refund.created_at),
  }
}

/** Gives back what is left of the payment; nothing where nothing was paid. */
function cancelTransaction(payment: Facts, cancelledAt: number) {
  const left = payment.amount_minor - payment.refunded_minor
  return {
    transactionResult: resultOf('SUCCESS'),
    transactionId: payment.payment_id,
    transactionType: 'CANCEL',
    transactionStatus: 'SUCCESS',
    ...(isTombstone(payment) ? {} : { transactionAmount: amountOf({ ...payment, amount_minor: left }) }),
    transactionRequestId: payment.payment_request_id,
    transactionTime: isoTime(cancelledAt),
  }
}

/** The body of `notifyPayment`: only ever about a final outcome. */
export function notificationBody(payment: Facts, participantId: string): string {
  return JSON.stringify({
    paymentResult: resultOf(outcomeOf(payment)),
    paymentRequestId: payment.payment_request_id,
    paymentId: payment.payment_id,
    acquirerId: participantId,
    ...amountFacts(payment),
    ...paidFacts(payment),
  })
}

export function cancelAnswer(participantId: string): string {
  return JSON.stringify({ result: resultOf('SUCCESS'), acquirerId: participantId, pspId: TEST_WALLET.pspId })
}

/** The answer of `refund`, as it is stored and repeated. */
export function refundAnswer(refund: Omit<Row<'refunds'>, 'answer'>, participantId: string): string {
  return JSON.stringify({
    result: resultOf('SUCCESS'),
    acquirerId: participantId,
    pspId: TEST_WALLET.pspId,
    refundId: refund.refund_id,
    refundTime: isoTime(refund.created_at),
    refundAmount: amountOf(refund),
  })
}

export function refusedAnswer(code: ResultCode, detail?: string): string {
  return JSON.stringify({ result: resultOf(code, detail) })
}

/** Who paid and when: known only once a wallet has answered. */
function paidFacts(payment: Facts): Record<string, string> {
  if (OUTCOME[payment.state] !== 'SUCCESS') return {}
  return {
    pspId: TEST_WALLET.pspId,
    customerId: TEST_WALLET.customerId,
    walletBrandName: TEST_WALLET.name,
    paymentTime: isoTime(payment.final_at ?? payment.created_at),
  }
}

function amountFacts(payment: Facts) {
  return isTombstone(payment) ? {} : { paymentAmount: amountOf(payment) }
}

export function amountOf({ currency, amount_minor }: { currency: string; amount_minor: number }) {
  return { currency, value: String(amount_minor) }
}

export function isoTime(at: number): string {
  return new Date(at).toISOString()
}
