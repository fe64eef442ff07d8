import type { NotificationSample } from '../../../rules/inotify.ts'

type Payment = { paymentRequestId: string | null; paymentId: string | null } | undefined

/** Of the last payment where there is one, with fresh ids otherwise: both halves of an order that is broken speak of the same. */
export function bodiesOf(sample: NotificationSample, payment: Payment): { body: string; earlier: string } {
  const made = new Map<string, string>()
  const told = {
    id(beginning: string) {
      const id = made.get(beginning) ?? `${beginning}-${crypto.randomUUID()}`
      made.set(beginning, id)
      return id
    },
    now: () => new Date().toISOString(),
    paymentRequestId: payment?.paymentRequestId ?? undefined,
    paymentId: payment?.paymentId ?? undefined,
  }
  const text = (body: NotificationSample['body']) => JSON.stringify(body(told), null, 2)
  return { body: text(sample.body), earlier: text(sample.earlier) }
}
