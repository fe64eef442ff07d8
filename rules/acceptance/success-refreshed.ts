import { judgeByGrant } from './agreements.ts'
import type { CaseRule } from './case.ts'

export const successRefreshed: CaseRule = {
  name: 'success_refreshed',
  products: ['auto_debit'],
  title: 'A token is refreshed, and a debit succeeds',
  purpose: 'An access token ends; the agreement goes on without the payer.',
  required: true,
  hands: 'none',
  begin: 'pay.start',
  steps: [
    [
      'Call `authorizations/applyToken` with `grantType` `REFRESH_TOKEN` and the refresh token.',
      'The answer holds new tokens; the old access token is worth nothing any more.',
    ],
    ['Call `pay` with the new access token.', 'The answer is `SUCCESS`, and you acknowledge the notification.'],
  ],
  judge: (story, evidence) => judgeByGrant(story, evidence, 'REFRESH_TOKEN'),
}
