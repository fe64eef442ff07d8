/** The inbox of a sandbox, as its developers read it; what it holds is put there by keep.ts. */
import type { Family } from '../../rules/interfaces.ts'
import type { PartnerApi } from '../../rules/products.ts'
import { Refusal } from '../../rules/refusals.ts'
import { getOwn } from '../applications/applications.ts'
import * as sandbox from '../applications/sandbox.ts'
import type { Ctx } from '../context.ts'
import * as notifications from '../notifications/notifications.ts'
import { resend } from '../notifications/resends.ts'
import { ensureTarget, isInboxUrl, urlRefusal, type Wall } from '../outgoing/wall.ts'
import * as store from './store.ts'

type Filter = Parameters<typeof store.list>[2]

export async function list(ctx: Ctx, applicationId: string, filter: Filter) {
  await getOwn(ctx, applicationId)
  const rows = await store.list(ctx, applicationId, filter)
  const items = rows.slice(0, filter.limit).map(summaryOf)
  return { items, nextCursor: rows.length > filter.limit ? (items.at(-1)?.id ?? null) : null }
}

export async function get(ctx: Ctx, applicationId: string, callId: string) {
  const row = await getCall(ctx, applicationId, callId)
  const headers = JSON.parse(row.headers) as Record<string, string> // written by us
  return {
    ...summaryOf(row),
    headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
    body: row.body,
    notificationState: (await notificationOf(ctx, row))?.state ?? null,
  }
}

/** The notification itself, not a copy: an acknowledgement counts as any other. Null: to the URL that is set. */
export async function send(ctx: Ctx, wall: Wall, { applicationId, callId }: CallParams, url: string | null) {
  const application = await getOwn(ctx, applicationId)
  const row = await getCall(ctx, applicationId, callId)
  const notification = await notificationOf(ctx, row)
  if (!notification) throw new Refusal('inbox.not_sendable')
  const wanted = url ?? (await urlSetFor(ctx, applicationId, row.api))
  if (wanted === null) throw new Refusal('inbox.no_url')
  const { href } = await ensureTarget(wanted, wall)
  if (isInboxUrl(href)) throw urlRefusal('inbox.own_url')
  await resend(ctx, application, notification.id, href)
  return notifications.get(ctx, notification.id)
}

type CallParams = { applicationId: string; callId: string }

async function getCall(ctx: Ctx, applicationId: string, callId: string): Promise<store.Call> {
  await getOwn(ctx, applicationId)
  const row = await store.find(ctx, applicationId, callId)
  if (!row) throw new Refusal('thing.not_found')
  return row
}

/** Undefined for a question, and where the log has forgotten it. */
async function notificationOf(ctx: Ctx, { application_id, notification_id }: store.Call) {
  if (notification_id === null) return undefined
  return (await notifications.list(ctx, application_id, { search: notification_id, limit: 1 })).items[0]
}

async function urlSetFor(ctx: Ctx, applicationId: string, api: string): Promise<string | null> {
  const { notificationUrls } = await sandbox.get(ctx, applicationId)
  const url = notificationUrls.find((one) => one.api === api)?.url ?? null
  return url !== null && isInboxUrl(url) ? null : url
}

function summaryOf(row: Omit<store.Call, 'application_id' | 'headers' | 'body'>) {
  return {
    id: row.id,
    at: new Date(row.at).toISOString(),
    api: row.api as PartnerApi, // written by us, like the next
    family: row.family as Family,
    method: row.method,
    uri: row.uri,
    bytes: row.bytes,
    notificationId: row.notification_id,
    paymentRequestId: row.payment_request_id,
    paymentId: row.payment_id,
  }
}
