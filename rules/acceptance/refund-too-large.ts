import { type CaseRule, failed, open, passed } from './case.ts'
import { amountIn, text } from './evidence.ts'
import { isAfter, nameOf, refusedText } from './judging.ts'

export const refundTooLarge: CaseRule = {
  name: 'refund_too_large',
  products: ['cashier', 'user_presented', 'merchant_presented', 'auto_debit'],
  title: 'A refund that is too large is refused',
  purpose: 'You find out what is left instead of trying again.',
  required: true,
  hands: 'payer',
  begin: 'pay.start',
  steps: [
    ['Start a payment and let it be paid.', 'The payment has succeeded.'],
    ['Call `refund` with more than the amount of the payment.', 'The answer is `REFUND_AMOUNT_EXCEED`.'],
    ['Call `inquiryPayment`, or `refund` with no more than what is left.', 'The call is answered with `SUCCESS`.'],
  ],
  judge({ first, calls, refunds }) {
    const refused = refunds.find(({ resultCode }) => resultCode === 'REFUND_AMOUNT_EXCEED')
    if (!refused) {
      const paid = amountIn(first.request, 'paymentAmount').value
      const wrong = refunds.find(
        ({ request, resultCode }) => resultCode === 'PARAM_ILLEGAL' && amountIn(request, 'refundAmount').value > paid,
      )
      return wrong && failed('refund.limit', refusedText(wrong), { call: wrong })
    }
    for (const call of calls.filter((one) => isAfter(one, refused))) {
      const isNewId = text(call.request.refundRequestId) !== text(refused.request.refundRequestId)
      if (call.resultCode === 'REFUND_AMOUNT_EXCEED' && isNewId) {
        return failed('refund.limit', `${nameOf(call)} again, under another refundRequestId`, { call })
      }
      const isSettled = call.api === 'payments/inquiryPayment' || call.api === 'payments/refund'
      if (isSettled && call.resultStatus === 'S') return passed('refund.limit', nameOf(call), { call })
    }
    return open('refund.limit', 'inquiryPayment, or a smaller refund', nameOf(refused))
  },
}
