import type { CaseRule } from './case.ts'
import { part } from './evidence.ts'
import { judgeSuccess } from './judging.ts'

export const successOrderCode: CaseRule = {
  name: 'success_order_code',
  products: ['merchant_presented'],
  title: 'A payment by the code of an order succeeds',
  purpose: 'The shop shows a code that was made for this order, the payer reads it and pays, and you are notified.',
  required: true,
  hands: 'payer',
  begin: 'pay.start',
  steps: [
    [
      'Call `pay` with `inStorePaymentScenario` `OrderCode`.',
      'The answer is `PAYMENT_IN_PROCESS` with an `orderCodeForm`.',
    ],
    ['Show `codeDetails[].codeValue` as a QR code, read it with the Test Wallet, and press Pay Now.', 'It is paid.'],
    [
      'Receive the notification, verify it, and acknowledge it with a signed answer.',
      'The notification log shows it as acknowledged.',
    ],
  ],
  judge: (story) =>
    part(story.first.request, 'paymentFactor').inStorePaymentScenario === 'OrderCode' ? judgeSuccess(story) : undefined,
}
