import type { CaseRule } from './case.ts'
import { judgeSuccess } from './judging.ts'

export const successInShop: CaseRule = {
  name: 'success',
  products: ['user_presented'],
  title: 'A payment with a payment code succeeds',
  purpose: 'The shop reads the code of the payer, the payment succeeds at once, and you are notified.',
  required: true,
  hands: 'none',
  begin: 'pay.start',
  steps: [
    ['Show a payment code in the Test Wallet.', 'It is good for one minute.'],
    ['Call `pay` with the code as `paymentMethod.paymentMethodId`.', 'The answer is `SUCCESS`.'],
    [
      'Receive the notification, verify it, and acknowledge it with a signed answer.',
      'The notification log shows it as acknowledged.',
    ],
  ],
  judge: (story) => (isCodeRefused(story.first.resultCode) ? undefined : judgeSuccess(story)),
}

const isCodeRefused = (code: string) => code === 'INVALID_CODE' || code === 'EXPIRED_CODE'
