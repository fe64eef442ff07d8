/** Notifications to partners: added with the change they tell of, listed with every attempt. */
import type { Misbehaviour } from '../../rules/acceptance/evidence.ts'
import type { Manner } from '../../rules/inotify.ts'
import type { Family } from '../../rules/interfaces.ts'
import { ATTEMPTS_SHOWN } from '../../rules/limits.ts'
import { ACKNOWLEDGEMENT_FAULTS, type AcknowledgementFault, type NotificationState } from '../../rules/notification.ts'
import type { NotificationApi } from '../../rules/products.ts'
import { Refusal } from '../../rules/refusals.ts'
import { newId } from '../clock.ts'
import type { Ctx, TxCtx } from '../context.ts'
import type { Row } from '../db/schema.ts'
import { addWork, type NewWork } from '../outbox/outbox.ts'
import { originOf, RELAY_ORIGIN } from '../outgoing/wall.ts'
import { listPausedOrigins } from './endpoint-store.ts'
import { laneOf, testLaneOf } from './endpoints.ts'
import * as store from './store.ts'

type NewNotification = {
  applicationId: string
  clientId: string
  api: NotificationApi
  paymentRequestId: string
  paymentId: string
  url: string
  /** In whose words it is: AMS takes an answer that is not signed. */
  family: Family
  body: string
  /** Counts what is told of one payment: 1 is its outcome, n + 1 its n-th refund. Left out: 1. */
  sequence?: number
  /** When what it tells of happened, by the clock of the sandbox. Left out: now. */
  eventAt?: number
  /** The first attempt is put off by so much; the clock factor shortens it like every wait. */
  delaySeconds: number
  misbehaviour: Misbehaviour | null
  /** Made up with iNotify. `isHeld`: it is sent when the one that it follows has been. */
  test?: { manner: Manner; isHeld?: boolean; followedBy?: string }
}

export async function addNotification(tx: TxCtx, notification: NewNotification): Promise<string> {
  const id = newId('ntf')
  const now = tx.clock.now()
  const dueAt = Math.round(now + (notification.delaySeconds * 1000) / tx.config.clockFactor)
  const endpoint = { client_id: notification.clientId, origin: originOf(notification.url) }
  await store.insert(tx, {
    id,
    application_id: notification.applicationId,
    ...endpoint,
    api: notification.api,
    payment_request_id: notification.paymentRequestId,
    payment_id: notification.paymentId,
    url: notification.url,
    body: notification.body,
    state: 'waiting',
    attempts: 0,
    next_attempt_at: dueAt,
    created_at: now,
    misbehaviour: notification.misbehaviour,
    family: notification.family,
    sequence: notification.sequence ?? 1,
    event_at: notification.eventAt ?? now,
    manner: notification.test?.manner ?? null,
  })
  const tenant = await store.findPartnerId(tx, notification.applicationId)
  const { test } = notification
  if (!test) await addWork(tx, { topic: 'notification', id, payload: id, dueAt, lane: laneOf(endpoint), tenant })
  else if (!test.isHeld)
    await addWork(tx, testWork({ id, dueAt, lane: testLaneOf(endpoint), tenant, followedBy: test.followedBy }))
  return id
}

type TestWork = { id: string; dueAt: number; lane: string; tenant?: string; followedBy?: string | undefined }

export function testWork({ id, dueAt, lane, tenant, followedBy }: TestWork): NewWork {
  const payload = followedBy === undefined ? id : `${id} ${followedBy}`
  return { topic: 'notification_test', id, payload, dueAt, lane, ...(tenant ? { tenant } : {}) }
}

/** The application has been found to be the actor's, and the notification to be its own. */
export async function get(ctx: Ctx, id: string) {
  const row = await store.find(ctx, id)
  if (!row) throw new Refusal('thing.not_found')
  const paused = await listPausedOrigins(ctx, row.application_id)
  return viewOf(row, await listShownAttempts(ctx, [row]), paused)
}

/** Fewer of each, the more notifications there are: what partners answer must not fill the memory. */
function listShownAttempts(ctx: Ctx, rows: readonly Row<'notifications'>[]) {
  const { perNotification, perPage } = ATTEMPTS_SHOWN
  const most = Math.min(perNotification, Math.floor(perPage / Math.max(rows.length, 1)))
  return store.listNewestAttempts(
    ctx,
    rows.map(({ id }) => id),
    most,
  )
}

/** What a payment caused, newest first, so many at most. */
export async function listOfPayment(ctx: Ctx, applicationId: string, paymentRequestId: string, most: number) {
  const rows = await store.listOfPayment(ctx, applicationId, paymentRequestId, most)
  return rows.map((row) => ({
    id: row.id,
    api: row.api as NotificationApi, // written by us, like the state
    state: row.state as NotificationState,
    createdAt: new Date(row.created_at).toISOString(),
    attempts: row.attempts,
  }))
}

type Filter = store.Filter & { cursor?: string | undefined; limit: number }

/** Newest first. The application has been found to be the actor's. */
export async function list(ctx: Ctx, applicationId: string, filter: Filter) {
  const rows = await store.list(ctx, applicationId, filter)
  const page = rows.slice(0, filter.limit)
  const attempts = await listShownAttempts(ctx, page)
  const paused = await listPausedOrigins(ctx, applicationId)
  const items = page.map((row) =>
    viewOf(
      row,
      attempts.filter(({ notification_id }) => notification_id === row.id),
      paused,
    ),
  )
  return { items, nextCursor: rows.length > filter.limit ? (items.at(-1)?.id ?? null) : null }
}

function viewOf(row: Row<'notifications'>, attempts: Row<'notification_attempts'>[], paused: ReadonlySet<string>) {
  return {
    id: row.id,
    api: row.api as NotificationApi, // written by us, like the casts below
    url: row.url,
    paymentRequestId: row.payment_request_id,
    paymentId: row.payment_id,
    body: row.body,
    state: row.state as NotificationState,
    sequence: row.sequence,
    eventAt: new Date(row.event_at).toISOString(),
    manner: row.manner as Manner | null,
    createdAt: new Date(row.created_at).toISOString(),
    isHeld: row.state === 'waiting' && paused.has(row.origin),
    awaitsListener: row.state === 'waiting' && row.origin === RELAY_ORIGIN && row.next_attempt_at === null,
    nextAttemptAt: row.next_attempt_at === null ? null : new Date(row.next_attempt_at).toISOString(),
    // One may have ended since the notification was read.
    attemptCount: Math.max(row.attempts, attempts.at(-1)?.number ?? 0),
    attempts: attempts.map(attemptView),
  }
}

function attemptView(row: Row<'notification_attempts'>) {
  return {
    id: row.id,
    number: row.number,
    at: new Date(row.at).toISOString(),
    durationMs: row.duration_ms,
    status: row.status,
    fault: row.fault,
    faultText: row.fault === null ? null : (ACKNOWLEDGEMENT_FAULTS[row.fault as AcknowledgementFault] ?? null),
    signatureVerified: row.signature_verified === null ? null : row.signature_verified === 1,
    requestHeaders: pairs(row.request_headers),
    responseHeaders: pairs(row.response_headers),
    responseBody: row.response_body,
  }
}

function pairs(json: string): { name: string; value: string }[] {
  const headers = JSON.parse(json) as Record<string, string> // written by us
  return Object.entries(headers).map(([name, value]) => ({ name, value }))
}
