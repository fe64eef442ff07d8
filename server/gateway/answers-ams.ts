/** Answers of AMS: the outcome is `paymentStatus`, the wallet is `pspCustomerInfo`, and the way to the payer is `normalUrl`. */
import type { PaymentState } from '../../rules/payment.ts'
import { resultOf } from '../../rules/results.ts'
import {
  type Answers,
  amountOf,
  type Facts,
  isoTime,
  isPaid,
  payerOf,
  isTombstone,
  orderCodeForm,
  outcomeOf,
  payerPage,
  type Refunded,
  settlementAmount,
  settlementQuote,
  wayToPayer,
} from './facts.ts'
import { refundTransaction } from './transactions.ts'

const PAYMENT_STATUS = {
  PAYING: 'PROCESSING',
  SUCCESS: 'SUCCESS',
  FAILED: 'FAIL',
  CLOSED: 'FAIL',
  CANCELLED: 'CANCELLED',
  PARTIALLY_REFUNDED: 'SUCCESS',
  REFUNDED: 'SUCCESS',
} as const satisfies Record<PaymentState, string>

export const amsAnswers: Answers = {
  pay(payment, _participantId, origin) {
    const way = wayToPayer(payment)
    return JSON.stringify({
      result: resultOf(outcomeOf(payment)),
      ...startFacts(payment),
      ...(way === 'page' ? pageFacts(payment, payerPage(payment, origin)) : {}),
      ...(way === 'code' ? { orderCodeForm: orderCodeForm(payment, origin) } : {}),
      ...paidFacts(payment),
    })
  },

  inquiry(payment, refunds) {
    const { resultCode, resultMessage } = resultOf(outcomeOf(payment))
    return JSON.stringify({
      result: resultOf('SUCCESS'),
      paymentStatus: PAYMENT_STATUS[payment.state],
      paymentResultCode: resultCode,
      paymentResultMessage: resultMessage,
      ...startFacts(payment),
      ...paidFacts(payment),
      transactions: refunds.map(refundTransaction),
    })
  },

  cancel(payment) {
    return JSON.stringify({
      result: resultOf('SUCCESS'),
      paymentId: payment.payment_id,
      paymentRequestId: payment.payment_request_id,
      cancelTime: isoTime(payment.cancelled_at ?? payment.created_at),
    })
  },

  refund(refund, payment) {
    return JSON.stringify({
      result: resultOf('SUCCESS'),
      ...refundFacts(refund, payment),
      paymentId: payment.payment_id,
    })
  },

  notification(payment) {
    return JSON.stringify({
      notifyType: 'PAYMENT_RESULT',
      result: resultOf(outcomeOf(payment)),
      ...startFacts(payment),
      ...paidFacts(payment),
    })
  },
}

/** The call worked; how the refund went stands in `refundStatus`. Ours are done at once. */
export function amsRefundInquiry(refund: Refunded, payment: Facts): string {
  return JSON.stringify({
    result: resultOf('SUCCESS'),
    refundStatus: 'SUCCESS',
    ...refundFacts(refund, payment),
    paymentId: payment.payment_id,
  })
}

export function amsRefundNotification(refund: Refunded, payment: Facts): string {
  return JSON.stringify({
    notifyType: 'REFUND_RESULT',
    result: resultOf('SUCCESS'),
    refundStatus: 'SUCCESS',
    ...refundFacts(refund, payment),
  })
}

function refundFacts(refund: Refunded, payment: Facts) {
  return {
    refundRequestId: refund.refund_request_id,
    refundId: refund.refund_id,
    refundAmount: amountOf(refund),
    refundTime: isoTime(refund.created_at),
    ...settlementFacts(payment, refund.settlement_minor),
  }
}

function startFacts(payment: Facts) {
  return {
    paymentRequestId: payment.payment_request_id,
    paymentId: payment.payment_id,
    ...(isTombstone(payment) ? {} : { paymentAmount: amountOf(payment) }),
    paymentCreateTime: isoTime(payment.created_at),
  }
}

/** Old clients read the form, new ones the address. In a shop the payer is there by a code that he read. */
function pageFacts({ scenario }: Facts, url: string) {
  const method = scenario === 'EntryCode' ? 'SCAN' : 'GET'
  return { normalUrl: url, redirectActionForm: { method, redirectUrl: url } }
}

function paidFacts(payment: Facts) {
  if (!isPaid(payment)) return {}
  const { name, customerId } = payerOf(payment)
  return {
    paymentTime: isoTime(payment.final_at ?? payment.created_at),
    actualPaymentAmount: amountOf(payment),
    pspCustomerInfo: { pspName: name, pspCustomerId: customerId },
    ...settlementFacts(payment, payment.settlement_minor),
  }
}

/** Nothing where it is settled in the currency that is paid. */
function settlementFacts(payment: Facts, minor: number | null) {
  const amount = settlementAmount(payment, minor)
  if (amount === undefined) return {}
  return { grossSettlementAmount: amount, settlementQuote: settlementQuote(payment, { guaranteed: true }) }
}
