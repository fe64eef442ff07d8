import { tokenOf } from './agreements.ts'
import { type CaseRule, failed, open, passed } from './case.ts'
import { isAfter, nameOf } from './judging.ts'

export const tokenOver: CaseRule = {
  name: 'token_over',
  products: ['auto_debit'],
  title: 'A token that is over is not tried again',
  purpose: 'The payer has ended the agreement in the wallet; you ask anew instead of charging on.',
  required: true,
  hands: 'payer',
  begin: 'pay.start',
  steps: [
    ['End the agreement in the Test Wallet.', 'You are notified by `authNotify`, if you have set a URL for it.'],
    ['Call `pay` with the token all the same.', 'The answer is `INVALID_TOKEN`.'],
    [
      'Call `authorizations/prepare` to ask the payer anew, or `applyToken` to refresh. Never pay with this token again.',
      'A new agreement begins, or it is clear that there is none.',
    ],
  ],
  judge({ first }, { calls }) {
    if (first.resultCode !== 'INVALID_TOKEN') return undefined
    const next = calls.find(
      (call) =>
        call.signature === 'verified' &&
        isAfter(call, first) &&
        (call.api === 'authorizations/prepare' ||
          call.api === 'authorizations/applyToken' ||
          (call.api === 'payments/pay' && tokenOf(call) === tokenOf(first))),
    )
    if (!next) return open('token.anew', 'authorizations/prepare or applyToken', nameOf(first))
    const place = { call: next, also: [next] }
    return next.api === 'payments/pay'
      ? failed('token.anew', 'pay with the same token', place)
      : passed('token.anew', nameOf(next), place)
  },
}
