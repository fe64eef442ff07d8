import type { CaseRule } from './case.ts'
import { part } from './evidence.ts'
import { judgeSuccess } from './judging.ts'

export const successWap: CaseRule = {
  name: 'success_wap',
  products: ['cashier'],
  title: 'A payment in the browser of a phone succeeds',
  purpose: 'A payer who shops in the browser of a phone can pay, and you learn of it.',
  required: true,
  hands: 'payer',
  begin: 'pay.start',
  steps: [
    [
      'Call `pay` with `order.env.terminalType` WAP and `osType` IOS or ANDROID.',
      'The answer is `PAYMENT_IN_PROCESS` with a `paymentUrl`.',
    ],
    ['Open the `paymentUrl` and press Pay Now.', 'The Test Wallet shows that the order is paid.'],
    [
      'Receive the notification, verify it, and acknowledge it with a signed answer.',
      'The notification log shows it as acknowledged.',
    ],
  ],
  judge(story) {
    const { terminalType } = part(part(story.first.request, 'order'), 'env')
    return terminalType === 'WAP' ? judgeSuccess(story) : undefined
  },
}
