/** The worker: claims what is due, does it, records what became of it. Each topic has a loop of its own. */
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { OUTBOX, OUTGOING } from '../../rules/limits.ts'
import { FAILED_WORK_LADDER_SECONDS, waitAfter } from '../../rules/notification.ts'
import { newId } from '../clock.ts'
import type { App, TxCtx } from '../context.ts'
import { newContext } from '../context.ts'
import { compiledStatement } from '../db/compiled.ts'
import { isAlone } from '../db/dialects.ts'
import type { Row } from '../db/schema.ts'
import { claim, msToNext } from './claim.ts'
import type { Handler, Handlers, Outcome, Topic } from './outbox.ts'
import { newBell, newTurns } from './turns.ts'

export type Worker = {
  /** Does everything that is due now, and returns how many pieces that was. */
  runDue(): Promise<number>
  nudge(): void
  start(): Promise<void>
  /** Takes no new work, waits for what is under way, gives back the rest. */
  stop(): Promise<void>
}

/** What is done every so often, in a loop of its own. */
export type Chore = { run: () => Promise<void>; everyMs: number }

/** So long the ends of work are gathered before more is claimed: a claim is a transaction. */
const GATHER_MS = 5

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
  // What is due again before the next poll is looked for when it is due: the waits of a fast clock are shorter than a poll.
  const soon = (ms: number) => {
    if (ms >= pollMs || stop.asked) return
    const timer = setTimeout(() => {
      timers.delete(timer)
      nudge()
    }, ms + 1)
    timers.add(timer)
  }
  const timers = new Set<NodeJS.Timeout>()
  const topics = Object.entries(handlers).map(([topic, handled]) =>
    newTopic({ app, owner, topic, ...topicOf(handled), stop, pollMs, soon }),
  )
  // A mail server that is slow holds no notification up, nor the reverse.
  const loops = [sweep, ...topics.map(({ workOff }) => workOff)].map((run) => newLoop(app, run, pollMs))
  const slow = chores.map(({ run, everyMs }) => newLoop(app, run, everyMs))
  const nudge = () => {
    for (const { look } of topics) look()
    for (const loop of loops) loop.wake()
  }
  const giveBack = (from?: string) =>
    app.database.transact((db) => {
      const leased = db.updateTable('outbox').set({ lease_until: 0 }).where(sql<boolean>`lease_until > 0`)
      return (from === undefined ? leased : leased.where('lease_owner', '=', from)).execute()
    })
  return {
    async runDue() {
      await sweep()
      const counts = await Promise.all(topics.map(({ workOff }) => workOff()))
      return counts.reduce((sum, count) => sum + count, 0)
    },
    nudge,
    async start() {
      // Whoever held a lease of an embedded database is dead: there is no other process. Elsewhere leases end by themselves.
      if (isAlone(app.database.engine)) await giveBack()
      for (const loop of [...loops, ...slow]) loop.start()
    },
    async stop() {
      stop.asked = true
      for (const timer of timers) clearTimeout(timer)
      for (const { look } of topics) look()
      await Promise.all([...loops, ...slow].map((loop) => loop.stop()))
      await giveBack(owner)
    },
  }
}

type OnGivenUp = NonNullable<Topic['onGivenUp']>

function topicOf(handled: Handler | Topic) {
  const { handler, atOnce = OUTBOX.perTopic, onGivenUp }: Topic = 'handler' in handled ? handled : { handler: handled }
  return { handler, atOnce, onGivenUp }
}

type Loop = {
  app: App
  owner: string
  topic: string
  handler: Handler
  atOnce: number
  onGivenUp: OnGivenUp | undefined
  stop: { asked: boolean }
  pollMs: number
  /** Looks again after so long, if that is before the next poll. */
  soon: (ms: number) => void
}

function newTopic(loop: Loop) {
  const looks = new Set<() => void>()
  return {
    /** Something was added: whoever is at work looks again, without waiting for what is under way. */
    look: () => looks.forEach((look) => void look()),
    async workOff(): Promise<number> {
      const asked = { now: true }
      const bell = newBell()
      const look = () => {
        asked.now = true
        bell.ring()
      }
      looks.add(look)
      return workOff(loop, asked, bell).finally(() => looks.delete(look))
    },
  }
}

/** Goes on until nothing is under way and nothing more is due. */
async function workOff(loop: Loop, asked: { now: boolean }, bell: ReturnType<typeof newBell>): Promise<number> {
  const { app, owner, topic, atOnce, stop, pollMs, soon } = loop
  const limitOf = (lane: string) => (lane === '' ? atOnce : OUTGOING.connectionsPerEndpoint)
  const turns = newTurns<Row<'outbox'>>(limitOf, (row) => work(loop, row), bell.ring)
  let count = 0
  let isMore = false
  let fault: { error: unknown } | undefined
  for (;;) {
    if ((asked.now || isMore) && !stop.asked && !fault) {
      asked.now = false
      try {
        const claimed = await claim(app, { owner, topic, places: OUTBOX.places - turns.taken(), atOnce })
        claimed.rows.forEach(turns.add)
        count += claimed.rows.length
        isMore = claimed.isMore
      } catch (error) {
        fault = { error }
      }
    }
    if (stop.asked || fault) turns.drop()
    if (turns.taken() === 0) {
      if (fault) throw fault.error
      const next = stop.asked ? undefined : await msToNext(newContext(app, { kind: 'system' }), topic)
      // What fell due since the last look is looked for at once; what others hold up, with the next poll.
      if (next !== undefined && !isMore) soon(Math.max(0, next))
      return count
    }
    if (!(await bell.heard(pollMs))) asked.now = true
    else if (isMore && !asked.now) await pause(GATHER_MS)
  }
}

/** Runs the same thing again and again, one at a time: every so often, and at once when it is woken. */
function newLoop(app: App, run: () => Promise<unknown>, pollMs: number) {
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

async function work({ app, owner, handler, onGivenUp, soon }: Loop, row: Row<'outbox'>): Promise<void> {
  // It waited too long for its turn: whoever claims it now may have begun already.
  if (row.lease_until < app.clock.now()) return
  const log = app.log.child({ work: row.id, topic: row.topic })
  const ctx = newContext(app, { kind: 'system' }, log)
  const result = await handler(ctx, row).catch((error: unknown) => {
    log.error({ err: error }, 'a handler failed')
    const outcome = afterFailure(row.attempts, String(error))
    const record = 'giveUp' in outcome && onGivenUp ? (tx: TxCtx) => onGivenUp(tx, row.payload) : undefined
    return { outcome, record }
  })
  try {
    await ctx.tx((tx) => recordOutcome(tx, owner, row, result.outcome, result.record))
    if ('retryInMs' in result.outcome) soon(result.outcome.retryInMs)
  } catch (error) {
    // The lease ends, and the work is done again.
    log.error({ err: error }, 'what became of a piece of work could not be recorded')
  }
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

const forget = compiledStatement<{ id: string; owner: string; until: number }, unknown>(
  ['id', 'owner', 'until'],
  (db, { id, owner, until }) =>
    db.deleteFrom('outbox').where('id', '=', id).where('lease_owner', '=', owner).where('lease_until', '=', until),
)

/**
 * Returns whether the lease was still ours. Its end tells one claim from the next: the same worker may have claimed the row again, and a
 * row is claimed only when the lease before is over.
 */
async function settle(tx: TxCtx, owner: string, row: Row<'outbox'>, outcome: Outcome): Promise<boolean> {
  if ('done' in outcome) {
    const { numAffectedRows = 0n } = await forget(tx.db, { id: row.id, owner, until: row.lease_until })
    return numAffectedRows > 0n
  }
  const isNoAttempt = 'retryInMs' in outcome && outcome.isNoAttempt === true
  const { numUpdatedRows } = await tx.db
    .updateTable('outbox')
    .set({
      attempts: isNoAttempt ? sql<number>`attempts` : sql<number>`attempts + 1`,
      due_at: 'retryInMs' in outcome ? tx.clock.now() + outcome.retryInMs : null,
      lease_owner: null,
      lease_until: 0,
      last_error: outcome.error.slice(0, 500),
    })
    .where('id', '=', row.id)
    .where('lease_owner', '=', owner)
    .where('lease_until', '=', row.lease_until)
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}
