import { nextState, OUTCOME, paymentEvents, paymentStates } from '../../rules/payment.ts'
import { page, table } from './text.ts'

const EVENTS = {
  confirm: 'the wallet pays',
  decline: 'the wallet refuses',
  expire: 'its time is over',
  cancel: '`cancelPayment`',
  refundPart: '`refund` of a part',
  refundRest: '`refund` of the rest',
} as const

export function paymentStatesPage(): string {
  const rows = paymentStates.map((state) => [
    `**${state}**`,
    `\`${OUTCOME[state]}\``,
    ...paymentEvents.map((event) => nextState(state, event) ?? '–'),
  ])
  return page(
    'States of a payment',
    'What each event makes of a payment in each state. A dash: nothing changes. `FAILED` may have another outcome than the one here: the code with which the wallet refused.',
    table(['State', 'Outcome on the wire', ...paymentEvents.map((event) => EVENTS[event])], rows),
    '`cancelPayment` is possible until 00:15 UTC+8 of the day after the payment, `refund` for one calendar year.',
  )
}
