/** Notifications to partners: added with the change they tell of, listed with every attempt. */
import { ACKNOWLEDGEMENT_FAULTS, type AcknowledgementFault } from '../../rules/notification.ts'
import type { NotificationApi } from '../../rules/products.ts'
import { newId } from '../clock.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { addWork } from '../outbox/outbox.ts'
import * as store from './store.ts'

type NewNotification = {
  applicationId: string
  clientId: string
  paymentRequestId: string
  paymentId: string
  url: string
  body: string
}

export async function addNotification(tx: TxCtx, notification: NewNotification): Promise<void> {
  const id = newId('ntf')
  const now = tx.clock.now()
  await store.insert(tx, {
    id,
    application_id: notification.applicationId,
    client_id: notification.clientId,
    api: 'notifyPayment',
    payment_request_id: notification.paymentRequestId,
    payment_id: notification.paymentId,
    url: notification.url,
    body: notification.body,
    state: 'waiting',
    attempts: 0,
    next_attempt_at: now,
    created_at: now,
  })
  await addWork(tx, { topic: 'notification', payload: id })
}

type Filter = { cursor?: string | undefined; limit: number; state?: 'waiting' | 'acknowledged' | 'failed' | undefined }

/** Newest first. The application has been found to be the actor's. */
export async function list(ctx: Ctx, applicationId: string, filter: Filter) {
  const rows = await store.list(ctx, applicationId, filter)
  const page = rows.slice(0, filter.limit)
  const attempts = await store.listAttempts(
    ctx,
    page.map(({ id }) => id),
  )
  const items = page.map((row) => ({
    id: row.id,
    api: row.api as NotificationApi, // written by us, like the casts below
    url: row.url,
    paymentRequestId: row.payment_request_id,
    paymentId: row.payment_id,
    body: row.body,
    state: row.state as 'waiting' | 'acknowledged' | 'failed',
    createdAt: new Date(row.created_at).toISOString(),
    nextAttemptAt: row.next_attempt_at === null ? null : new Date(row.next_attempt_at).toISOString(),
    attempts: attempts.filter(({ notification_id }) => notification_id === row.id).map(attemptView),
  }))
  return { items, nextCursor: rows.length > filter.limit ? (items.at(-1)?.id ?? null) : null }
}

function attemptView(row: Awaited<ReturnType<typeof store.listAttempts>>[number]) {
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
