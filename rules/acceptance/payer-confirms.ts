import { type CaseRule, failed, open, passed } from './case.ts'
import { part } from './evidence.ts'
import { agreedIn, nameOf } from './judging.ts'

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
    ['Call `inquiryPayment` until it is final.', '`paymentResult` is `S` or `F`.'],
  ],
  judge(story) {
    if (agreedIn(story).value !== '9916') return undefined
    const final = story.inquiries.find(({ response }) =>
      ['S', 'F'].includes(String(part(response, 'paymentResult').resultStatus)),
    )
    if (final) return passed('unknown.inquire', nameOf(final), { call: final })
    const [cancel] = story.cancels
    if (cancel && story.inquiries.length === 0) {
      return failed('unknown.inquire', `${nameOf(cancel)}, without an inquiry before`, { call: cancel })
    }
    return open('unknown.inquire', 'inquiryPayment until it is final', `${story.inquiries.length} inquiries`)
  },
}
