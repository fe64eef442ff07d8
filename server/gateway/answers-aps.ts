/** Answers of APS: the outcome is a `result` of its own, the wallet is `pspId` and `customerId`. */
import { resultOf } from '../../rules/results.ts'
import {
  type Answers,
  amountOf,
  type Facts,
  isoTime,
  isPaid,
  isTombstone,
  outcomeOf,
  orderCodeForm,
  payerOf,
  payerPage,
  settlementAmount,
  settlementQuote,
  wayToPayer,
} from './facts.ts'
import { cancelTransaction, paymentTransaction, refundTransaction } from './transactions.ts'

export const apsAnswers: Answers = {
  pay(payment, participantId, origin) {
    const way = wayToPayer(payment)
    return JSON.stringify({
      result: resultOf(outcomeOf(payment)),
      acquirerId: participantId,
      paymentId: payment.payment_id,
      ...amountFacts(payment),
      ...(way === 'page' ? { paymentUrl: payerPage(payment, origin) } : {}),
      ...(way === 'code' ? { orderCodeForm: orderCodeForm(payment, origin) } : {}),
      ...paidFacts(payment),
    })
  },

  inquiry(payment, refunds, participantId) {
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
  },

  cancel(payment, participantId) {
    return JSON.stringify({ result: resultOf('SUCCESS'), acquirerId: participantId, pspId: payerOf(payment).pspId })
  },

  refund(refund, payment, participantId) {
    return JSON.stringify({
      result: resultOf('SUCCESS'),
      acquirerId: participantId,
      pspId: payerOf(payment).pspId,
      refundId: refund.refund_id,
      refundTime: isoTime(refund.created_at),
      refundAmount: amountOf(refund),
      ...settlementFacts(payment, refund.settlement_minor),
    })
  },

  notification(payment, participantId) {
    return JSON.stringify({
      paymentResult: resultOf(outcomeOf(payment)),
      paymentRequestId: payment.payment_request_id,
      paymentId: payment.payment_id,
      acquirerId: participantId,
      ...amountFacts(payment),
      ...paidFacts(payment),
    })
  },
}

/** Who paid and when: known only once a wallet has answered. */
function paidFacts(payment: Facts) {
  if (!isPaid(payment)) return {}
  const { pspId, customerId, name } = payerOf(payment)
  return {
    pspId,
    customerId,
    walletBrandName: name,
    paymentTime: isoTime(payment.final_at ?? payment.created_at),
    ...settlementFacts(payment, payment.settlement_minor),
  }
}

/** Nothing where it is settled in the currency that is paid. */
function settlementFacts(payment: Facts, minor: number | null) {
  const amount = settlementAmount(payment, minor)
  if (amount === undefined) return {}
  return {
    settlementAmount: amount,
    settlementQuote: settlementQuote(payment, { baseCurrency: payment.currency, quoteUnit: '1' }),
  }
}

function amountFacts(payment: Facts) {
  return isTombstone(payment) ? {} : { paymentAmount: amountOf(payment) }
}
