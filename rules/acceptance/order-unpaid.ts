import { type CaseRule, failed, passed } from './case.ts'
import { part } from './evidence.ts'
import { agreedIn, isAfter, nameOf, toldIn } from './judging.ts'

export const orderUnpaid: CaseRule = {
  name: 'order_unpaid',
  products: ['merchant_presented'],
  title: 'An order that nobody pays is inquired, then cancelled',
  purpose: 'The payer walks away from the counter; the order must not be paid by somebody who reads its code later.',
  required: true,
  hands: 'none',
  begin: 'pay.start',
  steps: [
    ['Call `pay`, and let nobody read the code.', 'The answer is `PAYMENT_IN_PROCESS`.'],
    [
      'Call `inquiryPayment` several times, as long as a shop waits.',
      '`paymentResult` stays `PAYMENT_IN_PROCESS` (U).',
    ],
    ['Call `cancelPayment`.', 'The answer is `SUCCESS`: nobody can pay by the code any more.'],
  ],
  judge(story) {
    const { cancels, inquiries, first } = story
    if (part(first.request, 'paymentFactor').inStorePaymentScenario !== 'OrderCode') return undefined
    const cancel = cancels.find(({ resultStatus }) => resultStatus === 'S')
    const told = toldIn(story).find(({ at }) => cancel === undefined || at < cancel.at)
    if (!cancel || told || agreedIn(story).value !== '') return undefined
    const waited = inquiries.filter(
      (one) => isAfter(cancel, one) && part(one.response, 'paymentResult').resultStatus === 'U',
    )
    // Whoever cancels at once has waited for nobody: that is another case.
    if (waited.length === 0) return undefined
    if (waited.length > 1) return passed('unpaid.cancel', nameOf(cancel), { call: cancel })
    return failed('unpaid.cancel', 'cancelPayment after one inquiry', { call: cancel })
  },
}
