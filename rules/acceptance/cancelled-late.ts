import { type CaseRule, failed, open, passed } from './case.ts'
import { isAfter, nameOf } from './judging.ts'

export const cancelledLate: CaseRule = {
  name: 'cancelled_late',
  products: ['cashier', 'user_presented', 'merchant_presented', 'auto_debit'],
  title: 'After the window a payment is refunded instead',
  purpose: 'A cancel that comes too late is no dead end.',
  required: false,
  hands: 'clock',
  begin: 'pay.start',
  steps: [
    ['Start a payment and let it be paid.', 'The payment has succeeded.'],
    ['Move the clock of the sandbox forward by a day and a half.', 'The window to cancel is over.'],
    ['Call `cancelPayment`.', 'The answer is `CANCEL_WINDOW_EXCEED`.'],
    ['Call `refund`.', 'The answer is `SUCCESS`.'],
  ],
  judge({ cancels, refunds }) {
    const late = cancels.find(({ resultCode }) => resultCode === 'CANCEL_WINDOW_EXCEED')
    if (!late) return undefined
    const refund = refunds.find((call) => isAfter(call, late) && call.resultStatus === 'S')
    const again = cancels.find((call) => isAfter(call, late))
    if (again && !(refund && isAfter(again, refund)))
      return failed('cancel.then_refund', nameOf(again), { call: again })
    if (refund) return passed('cancel.then_refund', nameOf(refund), { call: refund })
    return open('cancel.then_refund', 'refund', nameOf(late))
  },
}
