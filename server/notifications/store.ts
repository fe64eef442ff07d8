/** SQL of notifications and their attempts. */
import { type ExpressionBuilder, sql } from 'kysely'
import { ACCEPTANCE } from '../../rules/limits.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { compiledInsert, compiledRead, compiledStatement } from '../db/compiled.ts'
import type { Row, Tables } from '../db/schema.ts'

const insertRow = compiledInsert('notifications')
const insertAttempt = compiledInsert('notification_attempts')

export async function insert(tx: TxCtx, notification: Row<'notifications'>): Promise<void> {
  await insertRow(tx.db, notification)
}

/** What is to be sent, and how its endpoint fares: null where it acknowledges. */
export type ToSend = Row<'notifications'> & { failed_in_row: number | null; paused_at: number | null }

const readToSend = compiledRead<{ id: string }, ToSend>(['id'], (db, { id }) =>
  db
    .selectFrom('notifications as n')
    .leftJoin('notification_endpoints as e', (join) =>
      join.onRef('e.client_id', '=', 'n.client_id').onRef('e.origin', '=', 'n.origin'),
    )
    .selectAll('n')
    .select(['e.failed_in_row', 'e.paused_at'])
    .where('n.id', '=', id),
)

export async function findToSend(ctx: Ctx, id: string): Promise<ToSend | undefined> {
  const [row] = await readToSend(ctx.db, { id })
  return row
}

export function find(ctx: Ctx | TxCtx, id: string): Promise<Row<'notifications'> | undefined> {
  return ctx.db.selectFrom('notifications').selectAll().where('id', '=', id).executeTakeFirst()
}

export type Filter = { state?: string | undefined; search?: string | undefined }

function matches({ state, search }: Filter) {
  return (eb: ExpressionBuilder<Tables, 'notifications'>) =>
    eb.and([
      ...(state ? [eb('state', '=', state)] : []),
      ...(search
        ? [eb.or([eb('id', '=', search), eb('payment_request_id', '=', search), eb('payment_id', '=', search)])]
        : []),
    ])
}

/** One more row than asked for, to know whether there is a next page. */
export function list(
  ctx: Ctx,
  applicationId: string,
  filter: Filter & { cursor?: string | undefined; limit: number },
): Promise<Row<'notifications'>[]> {
  let query = ctx.db
    .selectFrom('notifications')
    .selectAll()
    .where('application_id', '=', applicationId)
    .where(matches(filter))
  if (filter.cursor) query = query.where('id', '<', filter.cursor)
  return query
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .execute()
}

export async function countMatching(ctx: Ctx, applicationId: string, filter: Filter): Promise<number> {
  const { count } = await ctx.db
    .selectFrom('notifications')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('application_id', '=', applicationId)
    .where(matches(filter))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** The oldest that match, oldest first. */
export function listMatching(tx: TxCtx, applicationId: string, filter: Filter, limit: number) {
  return tx.db
    .selectFrom('notifications')
    .select(['id', 'client_id', 'origin'])
    .where('application_id', '=', applicationId)
    .where(matches(filter))
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** Whose work it is to be fair among. */
export async function findPartnerId(tx: TxCtx, applicationId: string): Promise<string> {
  const row = await tx.db
    .selectFrom('applications')
    .select('partner_id')
    .where('id', '=', applicationId)
    .executeTakeFirst()
  return row?.partner_id ?? ''
}

/** Of each the newest so many, the oldest of them first. An attempt holds what the partner answered: some 25 kB at worst. */
export async function listNewestAttempts(
  ctx: Ctx,
  notificationIds: readonly string[],
  most: number,
): Promise<Row<'notification_attempts'>[]> {
  if (notificationIds.length === 0) return []
  return (
    ctx.db
      .selectFrom('notification_attempts as a')
      .innerJoin('notifications as n', 'n.id', 'a.notification_id')
      .selectAll('a')
      .where('a.notification_id', 'in', notificationIds)
      // They are numbered without a gap.
      .where((eb) => eb('a.number', '>', eb('n.attempts', '-', most)))
      .orderBy('a.number')
      .execute()
  )
}

const JUDGED_ATTEMPT = ['id', 'notification_id', 'at', 'fault', 'misbehaviour'] as const
export type JudgedAttempt = Pick<Row<'notification_attempts'>, (typeof JUDGED_ATTEMPT)[number]>

/**
 * Of each the first so many, and the first that was sent in good faith and acknowledged, however late. What is read once is read again:
 * more attempts change no verdict that was right.
 */
export async function listJudgedAttempts(ctx: Ctx, notificationIds: readonly string[]): Promise<JudgedAttempt[]> {
  if (notificationIds.length === 0) return []
  const acknowledged = ctx.db
    .selectFrom('notification_attempts')
    .select((eb) => ['notification_id', eb.fn.min('number').as('number')])
    .where('notification_id', 'in', notificationIds)
    .where('fault', 'is', null)
    .where('misbehaviour', 'is', null)
    .groupBy('notification_id')
    .as('k')
  return ctx.db
    .selectFrom('notification_attempts as a')
    .leftJoin(acknowledged, (join) =>
      join.onRef('k.notification_id', '=', 'a.notification_id').onRef('k.number', '=', 'a.number'),
    )
    .select(JUDGED_ATTEMPT.map((column) => `a.${column}` as const))
    .where('a.notification_id', 'in', notificationIds)
    .where((eb) => eb.or([eb('a.number', '<=', ACCEPTANCE.attempts), eb('k.number', 'is not', null)]))
    .orderBy('a.number')
    .execute()
}

/** Attempts that a verdict names, as they are judged. */
export function listNamedAttempts(ctx: Ctx, named: Named): Promise<JudgedAttempt[]> {
  return inChunks(named, (some) => selectNamed(ctx, some).select(JUDGED_ATTEMPT).execute())
}

/** The same, whole. */
export function listWholeAttempts(ctx: Ctx, named: Named): Promise<Row<'notification_attempts'>[]> {
  return inChunks(named, (some) => selectNamed(ctx, some).selectAll().execute())
}

/** Attempts of these notifications. */
export type Named = { ids: readonly string[]; attemptIds: readonly string[] }

function selectNamed(ctx: Ctx, { ids, attemptIds }: Named) {
  return ctx.db
    .selectFrom('notification_attempts')
    .where('notification_id', 'in', ids)
    .where('id', 'in', attemptIds)
    .orderBy('number')
}

async function inChunks<T>({ ids, attemptIds }: Named, read: (some: Named) => Promise<T[]>): Promise<T[]> {
  const rows: T[] = []
  for (let at = 0; ids.length > 0 && at < attemptIds.length; at += CHUNK)
    rows.push(...(await read({ ids, attemptIds: attemptIds.slice(at, at + CHUNK) })))
  return rows
}

/** One attempt of a notification of the application, and where it was sent. */
export async function findAttempt(ctx: Ctx, ids: { applicationId: string; notificationId: string; attemptId: string }) {
  const row = await ctx.db
    .selectFrom('notification_attempts as a')
    .innerJoin('notifications as n', 'n.id', 'a.notification_id')
    .selectAll('a')
    .select('n.url as url_now')
    .where('n.application_id', '=', ids.applicationId)
    .where('n.id', '=', ids.notificationId)
    .where('a.id', '=', ids.attemptId)
    .executeTakeFirst()
  return row && { ...row, url: row.url ?? row.url_now }
}

/** The newest so many, without their bodies: iNotify makes up as many of a payment as somebody likes. */
export function listOfPayment(ctx: Ctx, applicationId: string, paymentRequestId: string, most: number) {
  return ctx.db
    .selectFrom('notifications')
    .select(['id', 'api', 'state', 'created_at', 'attempts'])
    .where('application_id', '=', applicationId)
    .where('payment_request_id', '=', paymentRequestId)
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
}

/** Ids in one statement. */
const CHUNK = 500

/** Failed and kept ones wait again; the others keep their state and, if there is one, their next attempt. */
export async function noteResends(tx: TxCtx, applicationId: string, ids: readonly string[]): Promise<void> {
  const now = tx.clock.now()
  for (let at = 0; at < ids.length; at += CHUNK) {
    await tx.db
      .updateTable('notifications')
      .set((eb) => ({
        state: eb.case().when('state', 'in', ['failed', 'kept']).then('waiting').else(eb.ref('state')).end(),
        next_attempt_at: eb.fn.coalesce('next_attempt_at', eb.val(now)),
      }))
      .where('id', 'in', ids.slice(at, at + CHUNK))
      .where('application_id', '=', applicationId)
      .execute()
  }
}

/** Of those that wait. Null: not before somebody resumes the endpoint. */
export async function setNextAttempt(tx: TxCtx, ids: readonly string[], next: number | null): Promise<void> {
  for (let at = 0; at < ids.length; at += CHUNK) {
    await tx.db
      .updateTable('notifications')
      .set({ next_attempt_at: next })
      .where('id', 'in', ids.slice(at, at + CHUNK))
      .where('state', '=', 'waiting')
      .execute()
  }
}

export type AttemptRow = Omit<Row<'notification_attempts'>, 'number' | 'notification_id'>

/** Undefined: it stays as it is. */
type Change = { state?: string; next_attempt_at?: number | null }

/**
 * Numbered by the row itself: a resend and a scheduled attempt may end at the same moment. Acknowledged once is acknowledged for ever,
 * also by an attempt that was faster than this one.
 */
const countAttempt = compiledStatement<
  { id: string; state: string | null; keepsNext: number; next: number | null },
  { attempts: number }
>(['id', 'state', 'keepsNext', 'next'], (db, { id, state, keepsNext, next }) =>
  db
    .updateTable('notifications')
    .set((eb) => ({
      attempts: eb('attempts', '+', 1),
      state: sql<string>`case when state = 'acknowledged' then state else coalesce(cast(${state} as text), state) end`,
      next_attempt_at: sql<number | null>`case
        when state = 'acknowledged' then null
        when cast(${keepsNext} as bigint) = 1 then next_attempt_at
        else cast(${next} as bigint) end`,
    }))
    .where('id', '=', id)
    .returning('attempts'),
)

/** Writes an attempt down under the next number, which it returns, and what it made of the notification. */
export async function recordAttempt(
  tx: TxCtx,
  notificationId: string,
  attempt: AttemptRow,
  { state, next_attempt_at: next }: Change,
): Promise<number> {
  const { rows } = await countAttempt(tx.db, {
    id: notificationId,
    state: state ?? null,
    keepsNext: Number(next === undefined),
    next: next ?? null,
  })
  const [counted] = rows
  if (!counted) throw new Error('A notification that was sent is gone.')
  await insertAttempt(tx.db, { ...attempt, notification_id: notificationId, number: counted.attempts })
  return counted.attempts
}

/** It is in the inbox, and nobody was told. With `next` it comes there once more. */
export async function noteKept(tx: TxCtx, id: string, next: number | null): Promise<void> {
  await tx.db
    .updateTable('notifications')
    .set({ state: next === null ? 'kept' : 'waiting', next_attempt_at: next })
    .where('id', '=', id)
    .where('state', '!=', 'acknowledged')
    .execute()
}

/** From now on it goes to another URL. */
export async function redirect(tx: TxCtx, applicationId: string, id: string, to: { url: string; origin: string }) {
  await tx.db
    .updateTable('notifications')
    .set(to)
    .where('id', '=', id)
    .where('application_id', '=', applicationId)
    .execute()
}

/** Ends a notification that nobody can be told any more. */
export async function markFailed(tx: TxCtx, id: string): Promise<void> {
  await tx.db
    .updateTable('notifications')
    .set({ state: 'failed', next_attempt_at: null })
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .execute()
}

const JUDGED = ['id', 'created_at', 'payment_request_id', 'family', 'body', 'misbehaviour'] as const

/** Oldest first. What is told of refunds is judged by nothing, nor is what was made up with iNotify: neither is read. */
export async function listJudged(
  ctx: Ctx,
  applicationId: string,
  by: { paymentRequestIds: readonly string[] } | { ids: readonly string[] },
): Promise<Pick<Row<'notifications'>, (typeof JUDGED)[number]>[]> {
  const [column, values] =
    'ids' in by ? (['id', by.ids] as const) : (['payment_request_id', by.paymentRequestIds] as const)
  if (values.length === 0) return []
  return ctx.db
    .selectFrom('notifications')
    .select(JUDGED)
    .where('application_id', '=', applicationId)
    .where(column, 'in', values)
    .where('api', '=', 'notifyPayment')
    .where('manner', 'is', null)
    .orderBy('id')
    .execute()
}

/** Whole rows, oldest first. */
export async function listWhole(
  ctx: Ctx,
  applicationId: string,
  ids: readonly string[],
): Promise<Row<'notifications'>[]> {
  if (ids.length === 0) return []
  return ctx.db
    .selectFrom('notifications')
    .selectAll()
    .where('application_id', '=', applicationId)
    .where('id', 'in', ids)
    .orderBy('id')
    .execute()
}
