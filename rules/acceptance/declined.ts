import type { CaseRule } from './case.ts'
import { agreedIn, judgeFailure, toldIn } from './judging.ts'

export const declined: CaseRule = {
  name: 'declined',
  products: ['cashier', 'merchant_presented'],
  title: 'The payer declines',
  purpose: 'An order that the payer declines is over for you too.',
  required: true,
  hands: 'payer',
  begin: 'pay.start',
  steps: [
    ['Call `pay`.', 'The answer is `PAYMENT_IN_PROCESS` with a `paymentUrl`, or with the code of the order.'],
    [
      'Open the `paymentUrl`, or read the code, and press Decline.',
      'The Test Wallet shows that the order was declined.',
    ],
    [
      'Receive the notification and acknowledge it. Show the order as failed, and call nothing more for this payment but `inquiryPayment`.',
      'The notification is acknowledged; its `paymentResult` is `USER_PAYMENT_VERIFICATION_FAILED`.',
    ],
  ],
  judge(story) {
    const [told] = toldIn(story)
    const isDeclined = told?.code === 'USER_PAYMENT_VERIFICATION_FAILED' && agreedIn(story).value === ''
    return isDeclined ? judgeFailure(story) : undefined
  },
}
