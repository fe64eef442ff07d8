import { type CaseRule, failed, open, passed } from './case.ts'
import { agreedIn, isAfter, nameOf } from './judging.ts'

export const cancelled: CaseRule = {
  name: 'cancelled',
  products: ['cashier', 'user_presented', 'merchant_presented', 'auto_debit'],
  title: 'A payment is cancelled within its window',
  purpose: 'You can take a whole payment back on its day, and know that it is over.',
  required: true,
  hands: 'none',
  begin: 'pay.start',
  steps: [
    ['Start a payment. Whether the payer has paid makes no difference.', 'The payment is open or paid.'],
    ['Call `cancelPayment` until 00:15 (UTC+8) of the next day.', 'The answer is `SUCCESS`.'],
    [
      'Call `inquiryPayment`. Neither pay this id again nor refund it.',
      'It is closed, and `transactions` holds the cancel.',
    ],
  ],
  judge(story) {
    if (agreedIn(story).pay) return undefined
    const cancel = story.cancels.find(({ resultStatus }) => resultStatus === 'S')
    if (!cancel) return undefined
    const [next] = story.calls.filter((call) => isAfter(call, cancel) && call.api !== 'payments/cancelPayment')
    if (!next) return open('cancel.inside', 'inquiryPayment', nameOf(cancel))
    if (next.api === 'payments/inquiryPayment') return passed('cancel.inside', nameOf(cancel), { call: cancel })
    return failed('cancel.final', nameOf(next), { call: next })
  },
}
