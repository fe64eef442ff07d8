import { type CaseRule, failed, passed } from './case.ts'
import { text } from './evidence.ts'
import { agreedIn, nameOf } from './judging.ts'

export const repeatedPay: CaseRule = {
  name: 'repeated_pay',
  products: ['cashier', 'user_presented', 'merchant_presented', 'auto_debit'],
  title: 'The same pay twice is one payment',
  purpose: 'After a broken connection you repeat the call as it was, and get the same answer.',
  required: true,
  hands: 'none',
  begin: 'pay.start',
  steps: [
    ['Call `pay`.', 'The payment is started.'],
    [
      'Call `pay` again with the same `paymentRequestId` and the same content.',
      'The answer names the same `paymentId`.',
    ],
  ],
  judge(story) {
    const [first, second] = story.pays
    if (!first || !second || agreedIn(story).pay || first.resultStatus === 'F' || first.misbehaviour) return undefined
    const inconsistent = story.pays.find(({ resultCode }) => resultCode === 'REPEAT_REQ_INCONSISTENT')
    if (inconsistent) return failed('repeat.same', nameOf(inconsistent), { call: inconsistent })
    const paymentId = text(first.response.paymentId)
    const isSame = paymentId !== '' && paymentId === text(second.response.paymentId)
    return isSame ? passed('repeat.same', 'the same paymentId twice', { call: second }) : undefined
  },
}
