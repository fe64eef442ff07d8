import type { CaseRule } from './case.ts'
import { open } from './case.ts'
import { agreedIn, judgeFailure } from './judging.ts'

export const payerNotVerified: CaseRule = {
  name: 'payer_not_verified',
  products: ['user_presented'],
  title: 'The payer fails to prove who he is',
  purpose: 'A payment that the wallet refuses at the counter fails, and stays failed.',
  required: true,
  hands: 'payer',
  begin: 'pay.start',
  steps: [
    [
      'Start a payment with the amount `9906`, and let the payer pay it.',
      'The wallet refuses: `USER_PAYMENT_VERIFICATION_FAILED`.',
    ],
    [
      'Acknowledge the notification. Show the order as failed, and call nothing more for this payment but `inquiryPayment`.',
      'The notification is acknowledged; the payment stays failed.',
    ],
  ],
  judge(story) {
    if (agreedIn(story).value !== '9906') return undefined
    return judgeFailure(story) ?? open('payment.failure', 'the payer tries to pay', 'not decided yet')
  },
}
