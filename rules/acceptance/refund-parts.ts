import { type CaseRule, failed, open, passed } from './case.ts'
import { amountIn, text } from './evidence.ts'
import { nameOf, refusedText } from './judging.ts'

export const refundParts: CaseRule = {
  name: 'refund_parts',
  products: ['cashier', 'user_presented', 'merchant_presented', 'auto_debit'],
  title: 'A payment is given back in parts',
  purpose: 'Each part is a refund of its own, so that none is lost and none is paid twice.',
  required: true,
  hands: 'payer',
  begin: 'pay.start',
  steps: [
    ['Start a payment and let it be paid.', 'The payment has succeeded.'],
    ['Call `refund` with a part of the amount.', 'The answer is `SUCCESS`.'],
    ['Call `refund` with another part and a new `refundRequestId`.', 'The answer is `SUCCESS`.'],
  ],
  judge({ first, refunds }) {
    const paid = amountIn(first.request, 'paymentAmount').value
    const parts = refunds.filter(({ request }) => amountIn(request, 'refundAmount').value < paid)
    const done = new Set(
      parts.flatMap(({ resultStatus, request }) => (resultStatus === 'S' ? [text(request.refundRequestId)] : [])),
    )
    const [last] = parts.slice(-1)
    if (done.size > 1) return passed('refund.parts', `${done.size} refunds answered SUCCESS`, { call: last })
    const mixed = parts.find(({ resultCode }) => resultCode === 'REPEAT_REQ_INCONSISTENT')
    const refused = parts.find(({ resultCode }) => resultCode === 'PARAM_ILLEGAL')
    if (refused && done.size === 0) return failed('refund.parts', refusedText(refused), { call: refused })
    if (mixed) return failed('refund.parts', `${nameOf(mixed)}: the id of the first part again`, { call: mixed })
    return done.size === 1
      ? open('refund.parts', 'a second refund, under a new refundRequestId', 'one part')
      : undefined
  },
}
