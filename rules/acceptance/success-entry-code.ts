import type { CaseRule } from './case.ts'
import { part } from './evidence.ts'
import { judgeSuccess } from './judging.ts'

export const successEntryCode: CaseRule = {
  name: 'success_entry_code',
  products: ['merchant_presented'],
  title: 'A payment by the code of a shop succeeds',
  purpose: 'The payer reads the code on the counter, which leads to your page; there the payment begins.',
  required: false,
  hands: 'payer',
  begin: 'pay.start',
  steps: [
    [
      'Read the code of your shop with the Test Wallet, and open the page that it names.',
      'Your page asks for the amount.',
    ],
    [
      'Call `pay` with `inStorePaymentScenario` `EntryCode` and the `userAgent` of the payer.',
      'The answer is `PAYMENT_IN_PROCESS` with a `paymentUrl`.',
    ],
    ['Send the payer to the `paymentUrl`, and press Pay Now.', 'The Test Wallet shows that the order is paid.'],
    [
      'Receive the notification, verify it, and acknowledge it with a signed answer.',
      'The notification log shows it as acknowledged.',
    ],
  ],
  judge: (story) =>
    part(story.first.request, 'paymentFactor').inStorePaymentScenario === 'EntryCode' ? judgeSuccess(story) : undefined,
}
