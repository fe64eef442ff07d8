import { type CaseRule, failed, open, passed } from './case.ts'
import { part } from './evidence.ts'
import { isAfter, nameOf } from './judging.ts'

export const answerForged: CaseRule = {
  name: 'answer_forged',
  products: ['cashier', 'user_presented', 'merchant_presented', 'auto_debit'],
  title: 'An answer with a wrong signature is not believed',
  purpose: 'Whoever gets between you and the network cannot make you hand out goods.',
  required: true,
  hands: 'none',
  misbehaviour: 'wrong_answer',
  begin: 'pay.start',
  steps: [
    ['Press Start: the answer to the next `pay` is signed wrongly.', 'The case waits for you.'],
    ['Call `pay`, and verify the answer.', 'The signature does not verify: the result is unknown to you.'],
    ['Call `inquiryPayment`, or the same `pay` again.', 'The answer is signed well, and tells the truth.'],
  ],
  judge({ calls, product, paymentRequestId, notifications }, evidence) {
    const forged = calls.find(({ misbehaviour }) => misbehaviour === 'wrong_answer')
    if (!forged) return undefined
    const next = calls.find((call) => isAfter(call, forged))
    const paid = notifications.find(
      ({ at, body }) => at >= forged.at && (!next || at < next.at) && part(body, 'paymentResult').resultStatus === 'S',
    )
    // By a code or a token the wallet pays at once; otherwise somebody must have used the address in that answer.
    if (paid && (product === 'cashier' || product === 'merchant_presented')) {
      return failed('answer.verify', 'the payer was sent to the paymentUrl of that answer', { notification: paid })
    }
    if (next) {
      const isAsked = next.api === 'payments/inquiryPayment' || next.api === 'payments/pay'
      const place = { call: next }
      return isAsked ? passed('answer.verify', nameOf(next), place) : failed('answer.verify', nameOf(next), place)
    }
    const other = evidence.calls.find(
      (call) =>
        call.api === 'payments/pay' &&
        call.signature === 'verified' &&
        isAfter(call, forged) &&
        call.paymentRequestId !== paymentRequestId,
    )
    if (other)
      return failed('answer.verify', 'pay of another payment, and no inquiry of this one', {
        call: other,
        also: [other],
      })
    return open('answer.verify', 'inquiryPayment or the same pay', 'no call yet')
  },
}
