import { type CaseRule, failed, open, passed } from './case.ts'
import { type Call, part } from './evidence.ts'
import { agreedIn, isAfter, nameOf } from './judging.ts'

export const inProcess: CaseRule = {
  name: 'in_process',
  products: ['cashier', 'user_presented'],
  title: 'An unknown result is inquired until it is final',
  purpose: 'A slow wallet leaves the result open for a while; you neither give up nor let the order be paid twice.',
  required: true,
  hands: 'payer',
  begin: 'pay.start',
  steps: [
    [
      'Start a payment with the amount `9913`, and let the payer pay it.',
      'The result is `PAYMENT_IN_PROCESS`; the wallet takes five seconds.',
    ],
    ['Call `inquiryPayment` again and again.', 'First `paymentResult` is `U`, then `S`.'],
  ],
  judge(story) {
    if (agreedIn(story).value !== '9913') return undefined
    const { cancels, inquiries } = story
    const [cancel] = cancels
    if (cancel && !inquiries.some((inquiry) => isAfter(cancel, inquiry))) {
      return failed('unknown.inquire', `${nameOf(cancel)}, without an inquiry before`, { call: cancel })
    }
    const statusOf = ({ response }: Call) => part(response, 'paymentResult').resultStatus
    const final = inquiries.find((inquiry) => statusOf(inquiry) === 'S')
    const wasOpen = inquiries.some((inquiry) => statusOf(inquiry) === 'U')
    if (final && !wasOpen) return undefined
    if (final) return passed('unknown.inquire', 'inquiryPayment with paymentResult S', { call: final })
    if (cancel) return undefined
    const received = inquiries.length === 0 ? 'no inquiry yet' : 'inquired, and not final yet'
    return open('unknown.inquire', 'inquiryPayment until paymentResult is S', received)
  },
}
