/**
 * Work to be done after a commit: the row is written in the transaction of the change that causes it. A worker (worker.ts) claims rows
 * with a lease, commits, does the work, and records the outcome only while the lease is still its own. So a crash repeats work and never
 * loses it, and a node that was frozen cannot overwrite what another has done since.
 *
 * Work may stand in a lane: what it could hold up. Of one lane only so much is under way at a time, and of one tenant, so that nobody's
 * trouble becomes his neighbour's (claim.ts).
 */
import { sql } from 'kysely'
import { newId } from '../clock.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { compiledInsert } from '../db/compiled.ts'
import type { Row } from '../db/schema.ts'

/**
 * What a handler says about a piece of work: done, not yet, or given up. `isNoAttempt`: nothing was tried, so it does not count.
 */
export type Outcome =
  | { done: true }
  | { retryInMs: number; error: string; isNoAttempt?: true }
  | { giveUp: true; error: string }

/**
 * A handler does the work outside of any transaction and returns what to record. `record` runs in the same transaction as the
 * outcome, so that a log of attempts and the state of the queue cannot disagree.
 */
export type Handler = (
  ctx: Ctx,
  work: Pick<Row<'outbox'>, 'id' | 'payload' | 'attempts' | 'created_at' | 'last_error'>,
) => Promise<{ outcome: Outcome; record?: (tx: TxCtx) => Promise<void> }>

/**
 * What is done about a topic. `atOnce`: so much of its work in no lane is claimed and under way on each node. Where a piece takes long,
 * few: what waits for its turn has its lease running. `onGivenUp` is recorded with the end of work that failed again and again.
 */
export type Topic = {
  handler: Handler
  atOnce?: number
  onGivenUp?: (tx: TxCtx, payload: string) => Promise<void>
}

export type Handlers = Record<string, Handler | Topic>

export type NewWork = {
  topic: string
  /** Must not hold secrets unless it is sealed. */
  payload: string
  dueAt?: number
  id?: string
  lane?: string
  tenant?: string
}

/** Rows in one statement: some engines take a thousand values at most. */
const CHUNK = 50

const insertOne = compiledInsert('outbox')

export async function addWork(tx: TxCtx, work: NewWork): Promise<string> {
  const row = rowOf(tx, work)
  await insertOne(tx.db, row)
  tx.afterCommit(tx.nudge)
  return row.id
}

export async function addAllWork(tx: TxCtx, all: readonly NewWork[]): Promise<string[]> {
  const rows = all.map((work) => rowOf(tx, work))
  for (let at = 0; at < rows.length; at += CHUNK) {
    await tx.db
      .insertInto('outbox')
      .values(rows.slice(at, at + CHUNK))
      .execute()
  }
  tx.afterCommit(tx.nudge)
  return rows.map(({ id }) => id)
}

function rowOf(tx: TxCtx, { topic, payload, dueAt, id, lane = '', tenant = '' }: NewWork): Row<'outbox'> {
  const now = tx.clock.now()
  return {
    id: id ?? newId('job'),
    topic,
    payload,
    attempts: 0,
    due_at: dueAt ?? now,
    lease_owner: null,
    lease_until: 0,
    last_error: null,
    created_at: now,
    lane,
    tenant,
  }
}

/** Work is due earlier than was thought, unless somebody is at it. */
export async function bringForward(tx: TxCtx, id: string, dueAt: number): Promise<void> {
  await tx.db
    .updateTable('outbox')
    .set({ due_at: dueAt })
    .where('id', '=', id)
    .where('due_at', '>', dueAt)
    .where('lease_owner', 'is', null)
    .execute()
}

/** Whether this work is still to be done. */
export async function isWaiting(ctx: Ctx | TxCtx, id: string): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('outbox')
    .select('id')
    .where('id', '=', id)
    .where('due_at', 'is not', null)
    .executeTakeFirst()
  return row !== undefined
}

/** Which of these were given up and are still kept. */
export async function listGivenUp(ctx: Ctx | TxCtx, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await ctx.db
    .selectFrom('outbox')
    .select('id')
    .where('id', 'in', ids)
    .where('due_at', 'is', null)
    .execute()
  return new Set(rows.map(({ id }) => id))
}

/** Takes given-up work up again, with all its attempts. False: it is not kept any more, or was not given up. */
export async function retryWork(tx: TxCtx, id: string): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('outbox')
    .set({ due_at: tx.clock.now(), attempts: 0, lease_owner: null, lease_until: 0 })
    .where('id', '=', id)
    .where('due_at', 'is', null)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows === 1n) tx.afterCommit(tx.nudge)
  return numUpdatedRows === 1n
}

/** Makes due now what of a lane is put off; it goes in the order in which it was added. Returns the ids. */
export async function hurryLane(tx: TxCtx, topic: string, lane: string): Promise<string[]> {
  const now = tx.clock.now()
  const rows = await tx.db
    .updateTable('outbox')
    .set({ due_at: now })
    .where(sql<boolean>`lane <> ''`)
    .where('lane', '=', lane)
    .where('topic', '=', topic)
    .where('due_at', '>', now)
    .returning('id')
    .execute()
  tx.afterCommit(tx.nudge)
  return rows.map(({ id }) => id)
}

/** How much of these lanes is still to be done. A lane of which there is nothing is left out. */
export async function countInLanes(
  ctx: Ctx | TxCtx,
  topic: string,
  lanes: readonly string[],
): Promise<Map<string, number>> {
  if (lanes.length === 0) return new Map()
  const rows = await ctx.db
    .selectFrom('outbox')
    .select((eb) => ['lane', eb.fn.countAll().as('count')])
    .where(sql<boolean>`lane <> ''`)
    .where('lane', 'in', lanes)
    .where('topic', '=', topic)
    .where('due_at', 'is not', null)
    .groupBy('lane')
    .execute()
  return new Map(rows.map(({ lane, count }) => [lane, Number(count)]))
}
