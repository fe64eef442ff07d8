import type { CaseRule } from './case.ts'
import { part } from './evidence.ts'
import { judgeSuccess } from './judging.ts'

export const successMiniApp: CaseRule = {
  name: 'success_mini_app',
  products: ['cashier'],
  title: 'A payment in a mini program succeeds',
  purpose: 'A payer who shops in a mini program can pay, and you learn of it.',
  required: false,
  hands: 'payer',
  begin: 'pay.start',
  steps: [
    ['Call `pay` with `order.env.terminalType` MINI_APP.', 'The answer is `PAYMENT_IN_PROCESS` with a `paymentUrl`.'],
    ['Open the `paymentUrl` and press Pay Now.', 'The Test Wallet shows that the order is paid.'],
    [
      'Receive the notification, verify it, and acknowledge it with a signed answer.',
      'The notification log shows it as acknowledged.',
    ],
  ],
  judge(story) {
    const { terminalType } = part(part(story.first.request, 'order'), 'env')
    return terminalType === 'MINI_APP' ? judgeSuccess(story) : undefined
  },
}
