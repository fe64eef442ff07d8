/**
 * Until when a payment can be cancelled and refunded. Days are those of UTC+8, in which the network settles; moments are UTC
 * milliseconds, and both ends are included.
 */
const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const ZONE_MS = 8 * 60 * MINUTE_MS

/** A quarter of an hour after midnight the day is settled. */
const CANCEL_GRACE_MS = 15 * MINUTE_MS

/** 00:15 of the day after the payment. */
export function cancelWindowEnd(paidAt: number): number {
  const day = Math.floor((paidAt + ZONE_MS) / DAY_MS)
  return (day + 1) * DAY_MS - ZONE_MS + CANCEL_GRACE_MS
}

/** The same moment one calendar year later; a payment of 29 February can be refunded until 1 March. */
export function refundWindowEnd(paidAt: number): number {
  const local = new Date(paidAt + ZONE_MS)
  local.setUTCFullYear(local.getUTCFullYear() + 1)
  return local.getTime() - ZONE_MS
}
