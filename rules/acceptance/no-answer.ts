import { type CaseRule, failed, open, passed } from './case.ts'
import { agreedIn, isAfter, nameOf, paysOfOrder } from './judging.ts'

export const noAnswer: CaseRule = {
  name: 'no_answer',
  products: ['cashier', 'user_presented', 'merchant_presented', 'auto_debit'],
  title: 'A payment without an answer is inquired, then cancelled',
  purpose: 'What happened to a call without an answer is not known; it must never become a second payment.',
  required: true,
  hands: 'none',
  begin: 'pay.start',
  steps: [
    ['Call `pay` with the amount `9902`.', 'No answer comes within your time-out of eight seconds.'],
    ['Call `inquiryPayment`.', 'The answer is `ORDER_NOT_EXIST`.'],
    [
      'Call `cancelPayment` before the order is paid in another way.',
      'The answer is `SUCCESS`: the payment can never start any more.',
    ],
  ],
  judge(story, evidence) {
    if (agreedIn(story).value !== '9902') return undefined
    const cancel = story.cancels.find(({ resultStatus }) => resultStatus === 'S')
    const [anew] = paysOfOrder(story, evidence).filter((call) => !cancel || isAfter(cancel, call))
    if (anew) {
      const received = 'pay of the same order under another paymentRequestId, and no cancelPayment before'
      return failed('unknown.cancel', received, { call: anew, also: [anew] })
    }
    if (!cancel)
      return open('unknown.cancel', 'inquiryPayment, then cancelPayment', `${story.inquiries.length} inquiries`)
    if (story.inquiries.some((inquiry) => isAfter(cancel, inquiry))) {
      return passed('unknown.cancel', nameOf(cancel), { call: cancel })
    }
    return failed('unknown.cancel', 'cancelPayment without an inquiry before', { call: cancel })
  },
}
