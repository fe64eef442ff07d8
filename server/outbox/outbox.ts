/**
 * Work to be done after a commit: the row is written in the transaction of the change that causes it. A worker claims rows with a
 * lease, commits, does the work, and records the outcome only while the lease is still its own. So a crash repeats work and never
 * loses it, and a node that was frozen cannot overwrite what another has done since.
 */
import { type ExpressionBuilder, sql } from 'kysely'
import { FAILED_WORK_LADDER_SECONDS, waitAfter } from '../../rules/notification.ts'
import { newId } from '../clock.ts'
import type { App, Ctx, TxCtx } from '../context.ts'
import { newContext } from '../context.ts'
import type { Row, Tables } from '../db/schema.ts'

/** What a handler says about a piece of work: done, not yet, or given up. */
export type Outcome = { done: true } | { retryInMs: number; error: string } | { giveUp: true; error: string }

/**
 * A handler does the work outside of any transaction and returns what to record. `record` runs in the same transaction as the
 * outcome, so that a log of attempts and the state of the queue cannot disagree.
 */
export type Handler = (
  ctx: Ctx,
  work: { id: string; payload: string; attempts: number },
) => Promise<{ outcome: Outcome; record?: (tx: TxCtx) => Promise<void> }>

export type Handlers = Record<string, Handler>

const LEASE_MS = 30_000
const BATCH = 50

/** Adds work; `payload` must not hold secrets unless it is sealed. */
export async function addWork(
  tx: TxCtx,
  work: { topic: string; payload: string; dueAt?: number; id?: string },
): Promise<string> {
  const now = tx.clock.now()
  const id = work.id ?? newId('job')
  await tx.db
    .insertInto('outbox')
    .values({
      id,
      topic: work.topic,
      payload: work.payload,
      attempts: 0,
      due_at: work.dueAt ?? now,
      lease_until: 0,
      created_at: now,
    })
    .execute()
  tx.afterCommit(tx.nudge)
  return id
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

/** Whether work of this topic still waits for this thing. */
export async function hasWork(ctx: Ctx | TxCtx, topic: string, payload: string): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('outbox')
    .select('id')
    .where('topic', '=', topic)
    .where('payload', '=', payload)
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

/** Claims what is due of one topic, for this owner. */
async function claim(app: App, ctx: Ctx, owner: string, topic: string): Promise<Row<'outbox'>[]> {
  const now = app.clock.now()
  return ctx.tx(async (tx) => {
    const due = (eb: ExpressionBuilder<Tables, 'outbox'>) => {
      const query = eb
        .selectFrom('outbox')
        .select('id')
        .where('topic', '=', topic)
        .where('due_at', '<=', now)
        .where('lease_until', '<', now)
        .orderBy('due_at')
        .limit(BATCH)
      return app.database.engine === 'postgres' ? query.forUpdate().skipLocked() : query
    }
    return tx.db
      .updateTable('outbox')
      .set({ lease_owner: owner, lease_until: now + LEASE_MS })
      .where((eb) => eb('id', 'in', due(eb as unknown as ExpressionBuilder<Tables, 'outbox'>))) // the update's builder sees one table more
      .returningAll()
      .execute()
  })
}

export type Worker = {
  /** Does everything that is due now, and returns how many pieces that was. */
  runDue(): Promise<number>
  nudge(): void
  start(): void
  /** Takes no new work, waits for what is under way, gives back the rest. */
  stop(): Promise<void>
}

/** What is done every so often, in a lane of its own. */
export type Chore = { run: () => Promise<void>; everyMs: number }

/** `sweep` is what the clock alone brings about; it runs before each look at the queue. */
export function newWorker(
  app: App,
  handlers: Handlers,
  sweep: () => Promise<void>,
  pollMs = 1000,
  chores: readonly Chore[] = [],
): Worker {
  const owner = newId('wrk')
  const stop = { asked: false }
  const runTopic = (topic: string, handler: Handler) => runAllDue(app, owner, topic, handler, stop)
  // Each topic has a lane of its own: a mail server that is slow holds no notification up, nor the reverse.
  const lanes = [
    sweep,
    ...Object.entries(handlers).map(
      ([topic, handler]) =>
        () =>
          runTopic(topic, handler),
    ),
  ].map((run) => newLane(app, run, pollMs))
  const slow = chores.map(({ run, everyMs }) => newLane(app, run, everyMs))
  return {
    async runDue() {
      await sweep()
      const counts = await Promise.all(Object.entries(handlers).map(([topic, handler]) => runTopic(topic, handler)))
      return counts.reduce((sum, count) => sum + count, 0)
    },
    nudge: () => lanes.forEach((lane) => void lane.wake()),
    start: () => [...lanes, ...slow].forEach((lane) => void lane.start()),
    async stop() {
      stop.asked = true
      await Promise.all([...lanes, ...slow].map((lane) => lane.stop()))
      await app.database.transact((db) =>
        db.updateTable('outbox').set({ lease_until: 0 }).where('lease_owner', '=', owner).execute(),
      )
    },
  }
}

async function runAllDue(
  app: App,
  owner: string,
  topic: string,
  handler: Handler,
  stop: { asked: boolean },
): Promise<number> {
  let count = 0
  for (;;) {
    const claimed = await claim(app, newContext(app, { kind: 'system' }), owner, topic)
    await Promise.all(claimed.map((row) => work(app, handler, owner, row)))
    count += claimed.length
    if (claimed.length < BATCH || stop.asked) return count
  }
}

/** Runs the same thing again and again, one at a time: every so often, and at once when it is woken. */
function newLane(app: App, run: () => Promise<unknown>, pollMs: number) {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<unknown> | undefined
  let again = false
  let stopped = true

  async function loop(): Promise<void> {
    do {
      again = false
      await run().catch((error: unknown) => app.log.error({ err: error }, 'the outbox could not be worked off'))
    } while (again && !stopped)
    running = undefined
    if (!stopped) timer = setTimeout(wake, pollMs)
  }

  function wake(): void {
    clearTimeout(timer)
    if (stopped) return
    if (running) again = true
    else running = loop()
  }

  return {
    wake,
    start() {
      stopped = false
      wake()
    },
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}

async function work(app: App, handler: Handler, owner: string, row: Row<'outbox'>): Promise<void> {
  const log = app.log.child({ work: row.id, topic: row.topic })
  const ctx = newContext(app, { kind: 'system' }, log)
  const result = await handler(ctx, row).catch((error: unknown) => {
    log.error({ err: error }, 'a handler failed')
    return { outcome: afterFailure(row.attempts, String(error)), record: undefined }
  })
  await ctx.tx((tx) => recordOutcome(tx, owner, row, result.outcome, result.record))
}

/** A mistake of ours may be mended meanwhile, or the trouble may pass; work that never succeeds must not be tried for ever. */
function afterFailure(attempts: number, error: string): Outcome {
  const retryInMs = waitAfter(FAILED_WORK_LADDER_SECONDS, attempts + 1)
  return retryInMs === undefined ? { giveUp: true, error } : { retryInMs, error }
}

async function recordOutcome(
  tx: TxCtx,
  owner: string,
  row: Row<'outbox'>,
  outcome: Outcome,
  record: ((tx: TxCtx) => Promise<void>) | undefined,
): Promise<void> {
  const mine = await settle(tx, owner, row, outcome)
  if (mine) await record?.(tx)
}

/** Returns whether the lease was still ours. */
async function settle(tx: TxCtx, owner: string, row: Row<'outbox'>, outcome: Outcome): Promise<boolean> {
  if ('done' in outcome) {
    const { numDeletedRows } = await tx.db
      .deleteFrom('outbox')
      .where('id', '=', row.id)
      .where('lease_owner', '=', owner)
      .executeTakeFirstOrThrow()
    return numDeletedRows > 0n
  }
  const { numUpdatedRows } = await tx.db
    .updateTable('outbox')
    .set({
      attempts: sql<number>`attempts + 1`,
      due_at: 'retryInMs' in outcome ? tx.clock.now() + outcome.retryInMs : null,
      lease_owner: null,
      lease_until: 0,
      last_error: outcome.error.slice(0, 500),
    })
    .where('id', '=', row.id)
    .where('lease_owner', '=', owner)
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}
