import type { CaseRule } from './case.ts'
import { part } from './evidence.ts'
import { judgeSuccess } from './judging.ts'

export const successWeb: CaseRule = {
  name: 'success_web',
  products: ['cashier'],
  title: 'A payment on a computer succeeds',
  purpose: 'A payer who shops on a computer can pay, and you learn of it.',
  required: true,
  hands: 'payer',
  begin: 'pay.start',
  steps: [
    ['Call `pay` with `order.env.terminalType` WEB.', 'The answer is `PAYMENT_IN_PROCESS` with a `paymentUrl`.'],
    ['Open the `paymentUrl` and press Pay Now.', 'The Test Wallet shows that the order is paid.'],
    [
      'Receive the notification, verify it, and acknowledge it with a signed answer.',
      'The notification log shows it as acknowledged.',
    ],
  ],
  judge(story) {
    const { terminalType } = part(part(story.first.request, 'order'), 'env')
    return terminalType === 'WEB' ? judgeSuccess(story) : undefined
  },
}
