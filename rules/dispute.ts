/**
 * Disputes: a payer asks what a payment was for (a retrieval), or wants the money back (an escalation). Limits and times are those of the
 * public documents. Stated in docs/guide/disputes.md.
 */
export const DISPUTES = {
  retrieval: { most: 5, initiate: 'initiateRetrieval', respond: 'responseRetrieval' },
  escalation: { most: 2, initiate: 'initiateEscalation', respond: 'responseEscalation' },
} as const

export type DisputeKind = keyof typeof DISPUTES
export const disputeKinds = Object.keys(DISPUTES) as [DisputeKind, ...DisputeKind[]] // keys of a constant

/** By the clock of the sandbox: so long after the payment, and a second escalation so long after the first was answered. */
export const DISPUTE_DAYS = { afterPayment: 360, secondEscalation: 25, respond: 10 } as const

/** What an acquirer answers to an escalation: with a partial refund he says how much. */
export const refundTypes = ['FULL_REFUND', 'PARTIAL_REFUND', 'NO_REFUND'] as const
export type RefundType = (typeof refundTypes)[number]

export type DisputeBefore = { kind: string; state: string; answeredAt: number | null }

const DAY_MS = 24 * 60 * 60 * 1000

/** Why a dispute cannot be opened; undefined where it can. */
export function disputeFault(
  kind: DisputeKind,
  paidAt: number,
  before: readonly DisputeBefore[],
  now: number,
): string | undefined {
  const same = before.filter((dispute) => dispute.kind === kind)
  if (now > paidAt + DISPUTE_DAYS.afterPayment * DAY_MS) return 'The payment is older than 360 days.'
  if (same.some(({ state }) => state === 'open')) return `There is an open ${kind} of this payment.`
  if (same.length >= DISPUTES[kind].most) return `A payment has at most ${DISPUTES[kind].most} of this kind.`
  const first = kind === 'escalation' ? same[0]?.answeredAt : undefined
  if (first != null && now > first + DISPUTE_DAYS.secondEscalation * DAY_MS)
    return 'A second escalation is possible within 25 days after the first was answered.'
  return undefined
}
