import type { CaseRule } from './case.ts'
import { open } from './case.ts'
import { agreedIn, judgeFailure } from './judging.ts'

export const balance: CaseRule = {
  name: 'balance',
  products: ['cashier', 'user_presented', 'merchant_presented', 'auto_debit'],
  title: 'The payer has too little money',
  purpose: 'A payment that the wallet refuses for its balance fails, and stays failed.',
  required: true,
  hands: 'payer',
  begin: 'pay.start',
  steps: [
    [
      'Start a payment with the amount `9905`, and let the payer pay it.',
      'The wallet refuses: `USER_BALANCE_NOT_ENOUGH`.',
    ],
    [
      'Acknowledge the notification. Show the order as failed, and call nothing more for this payment but `inquiryPayment`.',
      'The notification is acknowledged; the payment stays failed.',
    ],
  ],
  judge(story) {
    if (agreedIn(story).value !== '9905') return undefined
    return judgeFailure(story) ?? open('payment.failure', 'the payer tries to pay', 'not decided yet')
  },
}
