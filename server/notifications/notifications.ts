/** Notifications to partners: added with the change they tell of, listed with every attempt. */
import type { Misbehaviour } from '../../rules/acceptance/evidence.ts'
import type { Family } from '../../rules/interfaces.ts'
import { ACKNOWLEDGEMENT_FAULTS, type AcknowledgementFault } from '../../rules/notification.ts'
import type { NotificationApi } from '../../rules/products.ts'
import { Refusal } from '../../rules/refusals.ts'
import { record } from '../audit/audit.ts'
import { newId } from '../clock.ts'
import type { Ctx, TxCtx } from '../context.ts'
import type { Row } from '../db/schema.ts'
import { addWork } from '../outbox/outbox.ts'
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
  /** The first attempt is put off by so much; the clock factor shortens it like every wait. */
  delaySeconds: number
  misbehaviour: Misbehaviour | null
}

export async function addNotification(tx: TxCtx, notification: NewNotification): Promise<void> {
  const id = newId('ntf')
  const now = tx.clock.now()
  const dueAt = now + (notification.delaySeconds * 1000) / tx.config.clockFactor
  await store.insert(tx, {
    id,
    application_id: notification.applicationId,
    client_id: notification.clientId,
    api: notification.api,
    payment_request_id: notification.paymentRequestId,
    payment_id: notification.paymentId,
    url: notification.url,
    body: notification.body,
    state: 'waiting',
    attempts: 0,
    next_attempt_at: Math.round(dueAt),
    created_at: now,
    misbehaviour: notification.misbehaviour,
    family: notification.family,
  })
  await addWork(tx, { topic: 'notification', payload: id, dueAt: Math.round(dueAt) })
}

/**
 * At once, whatever the state: one more attempt, beside the schedule. An acknowledged notification stays so; a failed one waits
 * again for this attempt.
 */
export async function resend(ctx: Ctx, applicationId: string, id: string) {
  await ctx.tx(async (tx) => {
    if (!(await store.noteResend(tx, applicationId, id))) throw new Refusal('thing.not_found')
    await addWork(tx, { topic: 'notification_resend', payload: id })
    await record(tx, { action: 'notification.resend', object: { id, name: '' } })
  })
  const row = await store.find(ctx, id)
  if (!row) throw new Refusal('thing.not_found')
  return viewOf(row, await store.listAttempts(ctx, [id]))
}

/** What a payment caused, newest first. */
export async function listOfPayment(ctx: Ctx, applicationId: string, paymentRequestId: string) {
  const rows = await store.listOfPayment(ctx, applicationId, paymentRequestId)
  return rows.map((row) => ({
    id: row.id,
    api: row.api as NotificationApi, // written by us, like the state
    state: row.state as State,
    createdAt: new Date(row.created_at).toISOString(),
    attempts: row.attempts,
  }))
}

type State = 'waiting' | 'acknowledged' | 'failed'
type Filter = {
  cursor?: string | undefined
  limit: number
  state?: State | undefined
  search?: string | undefined
}

/** Newest first. The application has been found to be the actor's. */
export async function list(ctx: Ctx, applicationId: string, filter: Filter) {
  const rows = await store.list(ctx, applicationId, filter)
  const page = rows.slice(0, filter.limit)
  const attempts = await store.listAttempts(
    ctx,
    page.map(({ id }) => id),
  )
  const items = page.map((row) =>
    viewOf(
      row,
      attempts.filter(({ notification_id }) => notification_id === row.id),
    ),
  )
  return { items, nextCursor: rows.length > filter.limit ? (items.at(-1)?.id ?? null) : null }
}

function viewOf(row: Row<'notifications'>, attempts: Row<'notification_attempts'>[]) {
  return {
    id: row.id,
    api: row.api as NotificationApi, // written by us, like the casts below
    url: row.url,
    paymentRequestId: row.payment_request_id,
    paymentId: row.payment_id,
    body: row.body,
    state: row.state as State,
    createdAt: new Date(row.created_at).toISOString(),
    nextAttemptAt: row.next_attempt_at === null ? null : new Date(row.next_attempt_at).toISOString(),
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
