/** What has happened to the money of a payment, as inquiries of both families list it. */
import { isDecided, OUTCOME } from '../../rules/payment.ts'
import { resultOf } from '../../rules/results.ts'
import type { Row } from '../db/schema.ts'
import { amountOf, decisionOf, type Facts, isoTime, isTombstone } from './facts.ts'

export function paymentTransaction(payment: Facts) {
  const decision = decisionOf(payment)
  const status = () => {
    if (decision === null) return 'CANCELLED'
    if (!isDecided(payment.state)) return 'PROCESSING'
    return decision === 'SUCCESS' ? 'SUCCESS' : 'FAIL'
  }
  return {
    transactionResult: resultOf(decision ?? OUTCOME.CANCELLED),
    transactionId: payment.payment_id,
    transactionType: 'PAYMENT',
    transactionStatus: status(),
    transactionAmount: amountOf(payment),
    transactionRequestId: payment.payment_request_id,
    transactionTime: isoTime(payment.final_at ?? payment.created_at),
  }
}

export function refundTransaction(refund: Row<'refunds'>) {
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
export function cancelTransaction(payment: Facts, cancelledAt: number) {
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
