/** Sending again by hand: one notification, or all that match a filter of the log. */
import { RESEND } from '../../rules/limits.ts'
import { Refusal } from '../../rules/refusals.ts'
import { ensureQuota } from '../accounts/counters.ts'
import { record } from '../audit/audit.ts'
import { newId } from '../clock.ts'
import { actorName, type Ctx, memberOf, type TxCtx } from '../context.ts'
import type { Row } from '../db/schema.ts'
import { addAllWork, type NewWork } from '../outbox/outbox.ts'
import { originOf } from '../outgoing/wall.ts'
import { laneOf } from './endpoints.ts'
import * as resends from './resend-store.ts'
import * as store from './store.ts'

/** It has been found to be the actor's. */
type Application = { id: string; name: string }

/**
 * At once, whatever the state: one more attempt, beside the schedule. An acknowledged notification stays so; one that failed or was kept
 * waits again for this attempt. With `to` it goes to this URL from now on.
 */
export async function resend(ctx: Ctx, application: Application, id: string, to?: string): Promise<void> {
  await ctx.tx(async (tx) => {
    const found = await store.find(tx, id)
    if (found?.application_id !== application.id) throw new Refusal('thing.not_found')
    const target = { url: to ?? found.url, origin: to === undefined ? found.origin : originOf(to) }
    const notification = { ...found, ...target }
    if (to !== undefined) await store.redirect(tx, application.id, id, target)
    await ensureQuota(tx, `resend ${application.id}`, RESEND.perHour, RESEND.hourSeconds)
    await store.noteResends(tx, application.id, [id])
    await addAllWork(tx, [workFor(tx, notification)])
    await record(tx, { action: 'notification.resend', object: { id, name: '' }, ...(to && { after: { url: to } }) })
  })
}

/** The payload is a notification, and where it belongs to a resend of many, that one's id. */
function workFor(
  tx: TxCtx,
  notification: Pick<Row<'notifications'>, 'id' | 'client_id' | 'origin'>,
  resendId?: string,
): NewWork {
  const payload = resendId === undefined ? notification.id : `${notification.id} ${resendId}`
  return { topic: 'notification_resend', payload, lane: laneOf(notification), tenant: memberOf(tx).partnerId }
}

export async function count(ctx: Ctx, applicationId: string, filter: store.Filter) {
  return { count: await store.countMatching(ctx, applicationId, filter), most: RESEND.mostAtOnce }
}

export async function last(ctx: Ctx, applicationId: string) {
  const row = await resends.findLast(ctx, applicationId)
  return { resend: row === undefined ? null : viewOf(row, ctx.clock.now()) }
}

/** The same key again is the same resend: a second click, or a call that is repeated after a broken connection. */
export async function resendMatching(ctx: Ctx, application: Application, key: string, filter: store.Filter) {
  const before = await resends.findByKey(ctx, application.id, key)
  if (before) return viewOf(before, ctx.clock.now())
  const row = await ctx.tx(async (tx) => {
    // Until the end of the transaction the counter lets nobody else of this application in here.
    await ensureQuota(tx, `resend all ${application.id}`, RESEND.allPerHour, RESEND.hourSeconds)
    return (await resends.findByKey(tx, application.id, key)) ?? begin(tx, application, key, filter)
  })
  return viewOf(row, ctx.clock.now())
}

async function begin(tx: TxCtx, application: Application, key: string, filter: store.Filter): Promise<resends.Resend> {
  const earlier = await resends.findLast(tx, application.id)
  if (earlier && !isOver(earlier, tx.clock.now())) throw new Refusal('resend.under_way')
  const found = await store.listMatching(tx, application.id, filter, RESEND.mostAtOnce)
  if (found.length === 0) throw new Refusal('resend.nothing_matches')
  const row = {
    id: newId('rsd'),
    application_id: application.id,
    key,
    state: filter.state ?? null,
    search: filter.search ?? null,
    total: found.length,
    done: 0,
    acknowledged: 0,
    started_at: tx.clock.now(),
    started_by: actorName(tx),
  }
  await resends.insert(tx, row)
  await store.noteResends(
    tx,
    application.id,
    found.map(({ id }) => id),
  )
  await addAllWork(
    tx,
    found.map((notification) => workFor(tx, notification, row.id)),
  )
  const after = { ...filter, notifications: found.length }
  const object = { id: application.id, name: application.name }
  await record(tx, { action: 'notification.resend_matching', object, after })
  return row
}

/** One that has not ended for so long is stuck: it must not hold up the next. */
function isOver({ done, total, started_at }: resends.Resend, now: number): boolean {
  return done >= total || started_at + RESEND.longestSeconds * 1000 <= now
}

function viewOf(row: resends.Resend, now: number) {
  return {
    id: row.id,
    total: row.total,
    done: row.done,
    acknowledged: row.acknowledged,
    isOver: isOver(row, now),
    startedAt: new Date(row.started_at).toISOString(),
    startedBy: row.started_by,
  }
}

export { noteDone } from './resend-store.ts'
