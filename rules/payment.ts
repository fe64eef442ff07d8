/**
 * The payment machine: what each event makes of a payment in each state. Read a row from the left: `-` means that the event cannot
 * happen there. The partner's own ids are final: a repeated call is answered by what is stored and is no event.
 *
 *   pay ──► PAYING ──confirm──► SUCCESS ──refund part──► PARTIALLY_REFUNDED ──refund rest──► REFUNDED
 *              ├─────decline──► FAILED
 *              ├─────expire───► CLOSED
 *   cancel, inside its window: from any state to CANCELLED, which nothing leaves
 */
import type { ResultCode } from './results.ts'

export const paymentEvents = ['confirm', 'decline', 'expire', 'cancel', 'refundPart', 'refundRest'] as const
export type PaymentEvent = (typeof paymentEvents)[number]

// biome-ignore format: drawn as a table
const MACHINE = {
  //                    confirm    decline   expire    cancel       refundPart            refundRest
  PAYING:             ['SUCCESS', 'FAILED', 'CLOSED', 'CANCELLED', '-',                  '-'],
  SUCCESS:            ['-',       '-',      '-',      'CANCELLED', 'PARTIALLY_REFUNDED', 'REFUNDED'],
  FAILED:             ['-',       '-',      '-',      'CANCELLED', '-',                  '-'],
  CLOSED:             ['-',       '-',      '-',      'CANCELLED', '-',                  '-'],
  CANCELLED:          ['-',       '-',      '-',      '-',         '-',                  '-'],
  PARTIALLY_REFUNDED: ['-',       '-',      '-',      'CANCELLED', 'PARTIALLY_REFUNDED', 'REFUNDED'],
  REFUNDED:           ['-',       '-',      '-',      'CANCELLED', '-',                  '-'],
} as const

export type PaymentState = keyof typeof MACHINE
export const paymentStates = Object.keys(MACHINE) as [PaymentState, ...PaymentState[]] // keys of a constant

/** The state after the event, or undefined where the event cannot happen in this state. */
export function nextState(state: PaymentState, event: PaymentEvent): PaymentState | undefined {
  const next = MACHINE[state][paymentEvents.indexOf(event)]
  return next === undefined || next === '-' ? undefined : next
}

/** The payer, or the clock, has decided. Refunding and cancelling do not undo that. */
export function isDecided(state: PaymentState): boolean {
  return state !== 'PAYING'
}

/** The states in which money can be given back, in the order of the table. */
export const REFUNDABLE = paymentStates.filter((state) => nextState(state, 'refundRest') !== undefined)

/** What the payment's own outcome is called on the wire, where it was not decided with another code. */
export const OUTCOME = {
  PAYING: 'PAYMENT_IN_PROCESS',
  SUCCESS: 'SUCCESS',
  FAILED: 'USER_PAYMENT_VERIFICATION_FAILED',
  CLOSED: 'ORDER_IS_CLOSED',
  CANCELLED: 'ORDER_IS_CLOSED',
  PARTIALLY_REFUNDED: 'SUCCESS',
  REFUNDED: 'SUCCESS',
} as const satisfies Record<PaymentState, ResultCode>
