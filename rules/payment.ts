/**
 * The payment machine: state → event → state. A pair that is not drawn cannot happen. Final states never change.
 *
 *   pay ──► PAYING ──confirm──► SUCCESS
 *              ├─────decline──► FAILED
 *              └─────expire───► CLOSED
 */
import type { ResultCode } from './results.ts'

// biome-ignore format: drawn as a table
const MACHINE = {
  //          confirm     decline    expire
  PAYING:  { confirm: 'SUCCESS', decline: 'FAILED', expire: 'CLOSED' },
  SUCCESS: {},
  FAILED:  {},
  CLOSED:  {},
} as const

export type PaymentState = keyof typeof MACHINE
export type PaymentEvent = 'confirm' | 'decline' | 'expire'
export const paymentStates = Object.keys(MACHINE) as [PaymentState, ...PaymentState[]] // keys of a constant
export const paymentEvents = ['confirm', 'decline', 'expire'] as const satisfies PaymentEvent[]

/** The state after the event, or undefined where the event cannot happen in this state. */
export function nextState(state: PaymentState, event: PaymentEvent): PaymentState | undefined {
  const row: Partial<Record<PaymentEvent, PaymentState>> = MACHINE[state]
  return row[event]
}

/** A final state never changes; it is told to the partner by a notification. */
export function isFinal(state: PaymentState): boolean {
  return Object.keys(MACHINE[state]).length === 0
}

/** What the payment's own outcome is called on the wire. */
export const OUTCOME = {
  PAYING: 'PAYMENT_IN_PROCESS',
  SUCCESS: 'SUCCESS',
  FAILED: 'USER_PAYMENT_VERIFICATION_FAILED',
  CLOSED: 'ORDER_IS_CLOSED',
} as const satisfies Record<PaymentState, ResultCode>
