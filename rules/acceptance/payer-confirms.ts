import { type CaseRule, failed, open, passed } from './case.ts'
import { DEMANDS } from './demands.ts'
import { agreedIn, nameOf, settledIn, settledText } from './judging.ts'

export const payerConfirms: CaseRule = {
  name: 'payer_confirms',
  products: ['user_presented'],
  title: 'The payer has to confirm',
  purpose: 'For a high amount the wallet asks the payer first; the counter waits for his answer.',
  required: false,
  hands: 'payer',
  begin: 'pay.start',
  steps: [
    ['Call `pay` with the amount `9916`.', 'The answer is `PAYMENT_IN_PROCESS`; the order waits in the Test Wallet.'],
    ['Pay or decline in the Test Wallet.', 'The order is decided.'],
    ['Call `inquiryPayment` until it is final or a notification has told it.', '`paymentResult` is `S` or `F`.'],
  ],
  judge(story) {
    if (agreedIn(story).value !== '9916') return undefined
    const settled = story.inquiries.length > 0 ? settledIn(story) : undefined
    if (settled) return passed('unknown.inquire', settledText(settled), settled)
    const [cancel] = story.cancels
    if (cancel && story.inquiries.length === 0) {
      return failed('unknown.inquire', `${nameOf(cancel)}, without an inquiry before`, { call: cancel })
    }
    return open('unknown.inquire', DEMANDS['unknown.inquire'].expected, `${story.inquiries.length} inquiries`)
  },
}
