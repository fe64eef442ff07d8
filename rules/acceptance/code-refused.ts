import { type CaseRule, failed, open, passed } from './case.ts'
import { part, text } from './evidence.ts'
import { nameOf, paysOfOrder } from './judging.ts'

export const codeRefused: CaseRule = {
  name: 'code_refused',
  products: ['user_presented'],
  title: 'A payment code that is refused is replaced by a new one',
  purpose: 'At the counter the payer shows his code again instead of being sent away.',
  required: true,
  hands: 'none',
  begin: 'pay.start',
  steps: [
    [
      'Call `pay` with a payment code that is over, or was used before.',
      'The answer is `EXPIRED_CODE` or `INVALID_CODE`.',
    ],
    [
      'Show a new code, and call `pay` for the same `referenceOrderId` with it.',
      'The payment is started with the new code.',
    ],
  ],
  judge(story, evidence) {
    const { first } = story
    if (first.resultCode !== 'EXPIRED_CODE' && first.resultCode !== 'INVALID_CODE') return undefined
    const again = story.pays[1] ?? paysOfOrder(story, evidence)[0]
    if (!again) return open('code.fresh', 'pay of the same order with a new code', nameOf(first))
    const isSame = codeOf(again.request) === codeOf(first.request)
    if (isSame) return failed('code.fresh', `${nameOf(again)}: the same code`, { call: again, also: [again] })
    if (again.resultStatus === 'F') return open('code.fresh', 'pay with a new code that is good', nameOf(again))
    return passed('code.fresh', nameOf(again), { call: again, also: [again] })
  },
}

const codeOf = (request: Record<string, unknown>) => text(part(request, 'paymentMethod').paymentMethodId)
