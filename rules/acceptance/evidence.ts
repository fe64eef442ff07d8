/**
 * What a verdict is given on: calls and notifications as the gateway recorded them, as plain data. Nothing in it changes afterwards, so
 * a verdict on the same evidence is the same for ever.
 */
import { type ProductId, productAsked } from '../products.ts'

export type Json = Record<string, unknown>

/** What the gateway did wrong on purpose in a running case. */
export const MISBEHAVIOURS = {
  wrong_answer: 'The answer was signed wrongly on purpose.',
  wrong_notification: 'The notification was signed wrongly on purpose.',
  late_notification: 'The notification was held back on purpose, and is sent three times.',
} as const
export type Misbehaviour = keyof typeof MISBEHAVIOURS

export type Call = {
  /** The exchange in the request log. */
  id: string
  /** When it came in, UTC milliseconds. */
  at: number
  /** The interface, such as `payments/pay`; null where the path named none. */
  api: string | null
  signature: 'verified' | 'refused' | 'absent'
  resultCode: string
  resultStatus: 'S' | 'F' | 'U'
  /** The payment that it is about, by the partner's id, as far as the gateway could tell. */
  paymentRequestId: string | null
  request: Json
  response: Json
  misbehaviour: Misbehaviour | null
}

export type Attempt = {
  id: string
  at: number
  /** Null where the answer acknowledged the notification; otherwise why it did not (rules/notification.ts). */
  fault: string | null
  misbehaviour: Misbehaviour | null
}

export type Notification = {
  id: string
  at: number
  paymentRequestId: string
  body: Json
  attempts: readonly Attempt[]
  misbehaviour: Misbehaviour | null
}

/** Calls and attempts in the order of time. */
export type Evidence = { calls: readonly Call[]; notifications: readonly Notification[] }

/** One payment from its first `pay` on, with everything that the partner did about it. */
export type Story = {
  paymentRequestId: string
  product: ProductId | undefined
  first: Call
  pays: readonly Call[]
  inquiries: readonly Call[]
  cancels: readonly Call[]
  refunds: readonly Call[]
  /** All of the above, in the order of time. */
  calls: readonly Call[]
  notifications: readonly Notification[]
}

/** The payments that the evidence tells of, in the order of their first call. Calls that did not verify are nobody's. */
export function storiesOf({ calls, notifications }: Evidence): Story[] {
  // Asking whether something would be paid starts nothing.
  const verified = calls.filter(
    ({ signature, request }) => signature === 'verified' && !isTrue(part(request, 'paymentFactor').isPaymentEvaluation),
  )
  const names = namesById(verified)
  const groups = new Map<string, Call[]>()
  for (const call of verified) {
    const name = call.paymentRequestId ?? names.get(text(call.request.paymentId))
    if (name === undefined) continue
    groups.set(name, [...(groups.get(name) ?? []), call])
  }
  return [...groups].flatMap(([name, own]) => {
    const first = own.find(({ api }) => api === 'payments/pay')
    if (!first) return []
    const calls = own.slice(own.indexOf(first))
    const by = (api: string) => calls.filter((call) => call.api === `payments/${api}`)
    return [
      {
        paymentRequestId: name,
        product: productOf(first.request),
        first,
        pays: by('pay'),
        inquiries: by('inquiryPayment'),
        cancels: by('cancelPayment'),
        refunds: by('refund'),
        calls,
        notifications: notifications.filter(({ paymentRequestId }) => paymentRequestId === name),
      },
    ]
  })
}

/** What is left of the evidence when only these calls and attempts are known. */
export function restrictTo({ calls, notifications }: Evidence, ids: readonly string[]): Evidence {
  const known = new Set(ids)
  return {
    calls: calls.filter(({ id }) => known.has(id)),
    notifications: notifications
      .filter(({ id }) => known.has(id))
      .map((one) => ({ ...one, attempts: one.attempts.filter(({ id }) => known.has(id)) })),
  }
}

/** The network's ids of the payments, to the partner's. */
function namesById(calls: readonly Call[]): Map<string, string> {
  return new Map(
    calls.flatMap(({ paymentRequestId, response }): [string, string][] => {
      const id = text(response.paymentId)
      return paymentRequestId !== null && id !== '' ? [[id, paymentRequestId]] : []
    }),
  )
}

/** The product that a `pay` asked for. Undefined where it named none. */
export function productOf(request: Json): ProductId | undefined {
  const factor = part(request, 'paymentFactor')
  return productAsked({
    isAgreementPayment: isTrue(factor.isAgreementPayment),
    isInStorePayment: isTrue(factor.isInStorePayment),
    isCashierPayment: isTrue(factor.isCashierPayment),
    inStorePaymentScenario: text(factor.inStorePaymentScenario),
    hasMethodId: text(part(request, 'paymentMethod').paymentMethodId) !== '',
  })?.product
}

/** A partner's JSON may hold anything, objects without a text among it. */
const isTrue = (value: unknown) => value === true || value === 'true'

/** An object inside; an empty one where there is none. */
export function part(json: Json, name: string): Json {
  const value = json[name]
  return typeof value === 'object' && value !== null ? (value as Json) : {} // just looked at
}

/** A value as text; empty where it is none. Some libraries send numbers where the documents say strings. */
export function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** The amount of a field, as currency and digits. */
export function amountIn(json: Json, field: string): { currency: string; value: bigint } {
  const { currency, value } = part(json, field)
  return { currency: text(currency), value: BigInt(/^\d{1,15}$/.test(text(value)) ? text(value) : '0') }
}
