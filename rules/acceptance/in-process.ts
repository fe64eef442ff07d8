import { type CaseRule, failed, open, passed } from './case.ts'
import { DEMANDS } from './demands.ts'
import { part } from './evidence.ts'
import { agreedIn, isAfter, nameOf, settledIn, settledText } from './judging.ts'

export const inProcess: CaseRule = {
  name: 'in_process',
  products: ['cashier', 'user_presented', 'merchant_presented', 'auto_debit'],
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
    [
      'Call `inquiryPayment` again and again, until the result is final or a notification has told it.',
      'First `paymentResult` is `U`, then `S`.',
    ],
  ],
  judge(story) {
    if (agreedIn(story).value !== '9913') return undefined
    const { cancels, inquiries } = story
    const [cancel] = cancels
    if (cancel && !inquiries.some((inquiry) => isAfter(cancel, inquiry))) {
      return failed('unknown.inquire', `${nameOf(cancel)}, without an inquiry before`, { call: cancel })
    }
    const settled = settledIn(story)
    const wasOpen = inquiries.some(({ response }) => part(response, 'paymentResult').resultStatus === 'U')
    if (settled && !wasOpen) return undefined
    if (settled) return passed('unknown.inquire', settledText(settled), settled)
    if (cancel) return undefined
    const received = inquiries.length === 0 ? 'no inquiry yet' : 'inquired, and not final yet'
    return open('unknown.inquire', DEMANDS['unknown.inquire'].expected, received)
  },
}
