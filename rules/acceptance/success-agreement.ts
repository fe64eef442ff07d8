import { judgeByGrant } from './agreements.ts'
import type { CaseRule } from './case.ts'

export const successAgreement: CaseRule = {
  name: 'success_agreement',
  products: ['auto_debit'],
  title: 'The payer agrees, and a debit succeeds',
  purpose: 'You ask for an agreement once, and charge later without asking again.',
  required: true,
  hands: 'payer',
  begin: 'pay.start',
  steps: [
    [
      'Call `authorizations/prepare`, and send the payer to the `authUrl` of the answer.',
      'The Test Wallet asks the payer.',
    ],
    ['Agree in the Test Wallet.', 'The payer comes back to your `authRedirectUrl` with `authCode` and `authState`.'],
    ['Compare `authState`, and call `authorizations/applyToken` with the code.', 'The answer holds an `accessToken`.'],
    ['Call `pay` with the token as `paymentMethod.paymentMethodId`.', 'The answer is `SUCCESS`.'],
    [
      'Receive the notification, verify it, and acknowledge it with a signed answer.',
      'The notification log shows it as acknowledged.',
    ],
  ],
  judge: (story, evidence) => judgeByGrant(story, evidence, 'AUTHORIZATION_CODE'),
}
