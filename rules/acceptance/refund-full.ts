import { type CaseRule, failed, open, passed } from './case.ts'
import { amountIn } from './evidence.ts'
import { nameOf, refusedText, toldIn } from './judging.ts'

export const refundFull: CaseRule = {
  name: 'refund_full',
  products: ['cashier', 'user_presented', 'merchant_presented', 'auto_debit'],
  title: 'A payment is given back as a whole',
  purpose: 'You can refund everything at once, in the currency of the payment.',
  required: true,
  hands: 'payer',
  begin: 'pay.start',
  steps: [
    ['Start a payment and let it be paid.', 'The payment has succeeded.'],
    ['Call `refund` with the amount of the payment.', 'The answer is `SUCCESS` with a `refundId`.'],
  ],
  judge(story) {
    if (!toldIn(story).some(({ status }) => status === 'S')) return undefined
    const paid = amountIn(story.first.request, 'paymentAmount')
    const whole = story.refunds.filter(({ request }) => amountIn(request, 'refundAmount').value === paid.value)
    const done = whole.find(({ resultStatus }) => resultStatus === 'S')
    if (done) return passed('refund.whole', nameOf(done), { call: done })
    const refused = whole.find(({ resultCode }) => resultCode === 'PARAM_ILLEGAL')
    if (refused) return failed('refund.whole', refusedText(refused), { call: refused })
    const [unknown] = whole.filter(({ resultStatus }) => resultStatus === 'U')
    return unknown ? open('refund.whole', 'the same refund again', nameOf(unknown)) : undefined
  },
}
