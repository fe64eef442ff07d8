/**
 * Endpoints that acknowledge nothing. An endpoint is an application and the host of its URL. Notifications that used up all their
 * attempts are counted in a row; after `ENDPOINT.pauseAfter` the endpoint is paused. Since the attempts of one take a day, it was out of
 * order for at least that long. What waits is held, not lost, until a member resumes the endpoint (decisions/0031).
 */
import { ENDPOINT } from '../../rules/limits.ts'
import { ACKNOWLEDGEMENT_FAULTS, type AcknowledgementFault } from '../../rules/notification.ts'
import { Refusal } from '../../rules/refusals.ts'
import { record } from '../audit/audit.ts'
import type { Ctx, TxCtx } from '../context.ts'
import type { Row } from '../db/schema.ts'
import { countInLanes, hurryLane, type Outcome } from '../outbox/outbox.ts'
import type { NobodyListens } from '../outgoing/client.ts'
import { RELAY_ORIGIN } from '../outgoing/wall.ts'
import * as endpoints from './endpoint-store.ts'
import { mailFailed, mailPaused } from './letters.ts'
import * as store from './store.ts'

type Notification = Row<'notifications'>

/** What one endpoint could hold up: its own notifications. */
export const laneOf = ({ client_id, origin }: endpoints.EndpointKey) => `${client_id} ${origin}`

/** What is sent as a test waits for no turn, and takes no connection, of what is real, nor the reverse. */
export const testLaneOf = (endpoint: endpoints.EndpointKey) => `test ${laneOf(endpoint)}`

/** Nothing is sent, and no attempt used up. Looked at again after a while, should the word of the resuming be lost. */
export function hold(notification: Notification): { outcome: Outcome; record: (tx: TxCtx) => Promise<void> } {
  return {
    outcome: { retryInMs: ENDPOINT.holdSeconds * 1000, error: 'the endpoint is paused', isNoAttempt: true },
    async record(tx) {
      // Resumed between the look and now: whoever resumed it may have come too early for this one. And whoever resumes it now waits.
      if (await endpoints.holdPaused(tx, notification)) return store.setNextAttempt(tx, [notification.id], null)
      await resumeLane(tx, notification)
    },
  }
}

/** The same while nobody listens at the relay. The first poll of a listener sends what waits. */
export function holdForListener(
  notification: Notification,
  nobody: NobodyListens,
): { outcome: Outcome; record: (tx: TxCtx) => Promise<void> } {
  return {
    outcome: { retryInMs: ENDPOINT.holdSeconds * 1000, error: nobody.message, isNoAttempt: true },
    async record(tx) {
      if (await nobody.isStill(tx)) return store.setNextAttempt(tx, [notification.id], null)
      await resumeLane(tx, notification)
    },
  }
}

/** Somebody listens at the relay of a sandbox: what waits for him is sent at once, the oldest first. */
export async function hurryRelay(tx: TxCtx, clientId: string): Promise<void> {
  await resumeLane(tx, { client_id: clientId, origin: RELAY_ORIGIN })
}

async function resumeLane(tx: TxCtx, endpoint: endpoints.EndpointKey): Promise<number> {
  const ids = await hurryLane(tx, 'notification', laneOf(endpoint))
  await store.setNextAttempt(tx, ids, tx.clock.now())
  return ids.length
}

/** As the endpoint was when the attempt began: most have no failures to forget. */
export async function noteAcknowledged(tx: TxCtx, notification: store.ToSend): Promise<void> {
  if (notification.failed_in_row !== null) await endpoints.forgetFailures(tx, notification)
}

/** A notification has used up all its attempts. */
export async function noteUsedUp(tx: TxCtx, notification: Notification, fault: AcknowledgementFault): Promise<void> {
  const { client_id, origin, application_id } = notification
  const endpoint = await endpoints.addFailure(tx, { client_id, origin, application_id, last_fault: fault })
  if (endpoint.paused_at !== null) return
  const readers = await endpoints.findReaders(tx, application_id)
  if (!readers) return
  if (endpoint.failed_in_row < ENDPOINT.pauseAfter) return mailFailed(tx, readers, notification, fault)
  if (!(await endpoints.pause(tx, endpoint))) return
  await mailPaused(tx, readers, endpoint)
  await record(tx, {
    action: 'notification.endpoint_pause',
    object: { id: application_id, name: readers.application.name },
    after: { origin, failedInRow: endpoint.failed_in_row, fault },
    partnerId: readers.application.partnerId,
  })
}

/** The application has been found to be the actor's, as below. */
export async function list(ctx: Ctx, applicationId: string) {
  const rows = await endpoints.list(ctx, applicationId, ENDPOINT.shown)
  const waiting = await countInLanes(ctx, 'notification', rows.map(laneOf))
  return {
    items: rows.map((row) => ({
      origin: row.origin,
      failedInRow: row.failed_in_row,
      failingSince: new Date(row.failing_since).toISOString(),
      lastFault: row.last_fault,
      lastFaultText: ACKNOWLEDGEMENT_FAULTS[row.last_fault as AcknowledgementFault] ?? null, // written by us
      pausedAt: row.paused_at === null ? null : new Date(row.paused_at).toISOString(),
      waiting: waiting.get(laneOf(row)) ?? 0,
    })),
  }
}

export async function resume(ctx: Ctx, application: { id: string; name: string }, origin: string) {
  await ctx.tx(async (tx) => {
    const endpoint = await endpoints.resume(tx, application.id, origin)
    if (!endpoint) throw new Refusal('endpoint.not_paused')
    const sent = await resumeLane(tx, endpoint)
    const object = { id: application.id, name: application.name }
    await record(tx, { action: 'notification.endpoint_resume', object, after: { origin, notifications: sent } })
  })
  return list(ctx, application.id)
}
