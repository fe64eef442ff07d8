/**
 * Transactions on SQLite, many to one commit. A durable commit costs one disk sync however much it holds, so the units of work that
 * wait at the same moment share one. Each runs inside a savepoint of its own: one that fails is undone alone, and none is
 * acknowledged before the common commit has reached the disk.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import type { Tables } from './schema.ts'
import type { SqliteHandle } from './sqlite.ts'

type Work<T> = (db: Kysely<Tables>) => Promise<T>
type Waiting = { work: Work<unknown>; resolve: (value: never) => void; reject: (reason: unknown) => void }
type Outcome = { value: unknown } | { error: unknown }

/** More would keep readers waiting too long. */
const LARGEST_BATCH = 64

export function groupCommit(kysely: Kysely<Tables>, handle: SqliteHandle): <T>(work: Work<T>) => Promise<T> {
  const frame = prepareFrame(handle)
  const waiting: Waiting[] = []
  let draining = false

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      // Requests that are being read in this turn of the event loop join the batch.
      await nextTurn()
      await commitTogether(kysely, frame, waiting.splice(0, LARGEST_BATCH))
    }
    draining = false
  }

  return <T>(work: Work<T>) =>
    new Promise<T>((resolve, reject) => {
      waiting.push({ work, resolve: resolve as (value: never) => void, reject }) // the queue forgets T, this closure does not
      if (draining) return
      draining = true
      void drain()
    })
}

/** The statements around the work, prepared once: they run for every unit. */
function prepareFrame(handle: SqliteHandle) {
  return {
    begin: handle.prepare('begin immediate'),
    commit: handle.prepare('commit'),
    rollback: handle.prepare('rollback'),
    savepoint: handle.prepare('savepoint work'),
    release: handle.prepare('release work'),
    undo: handle.prepare('rollback to work'),
  }
}
type Frame = ReturnType<typeof prepareFrame>

async function commitTogether(kysely: Kysely<Tables>, frame: Frame, batch: Waiting[]): Promise<void> {
  let outcomes: Outcome[]
  try {
    outcomes = await kysely.connection().execute(async (db) => {
      frame.begin.run()
      try {
        const results: Outcome[] = []
        for (const { work } of batch) results.push(await runInSavepoint(db, frame, work))
        frame.commit.run()
        return results
      } catch (error) {
        // A failed commit leaves the transaction open, or SQLite has ended it itself.
        try {
          frame.rollback.run()
        } catch {}
        throw error
      }
    })
  } catch (error) {
    for (const { reject } of batch) reject(error)
    return
  }
  for (const [i, { resolve, reject }] of batch.entries()) {
    const outcome = outcomes[i]
    if (outcome && 'value' in outcome)
      resolve(outcome.value as never) // the closure that queued it knows the type
    else reject(outcome?.error)
  }
}

async function runInSavepoint(db: Kysely<Tables>, frame: Frame, work: Work<unknown>): Promise<Outcome> {
  frame.savepoint.run()
  try {
    const value = await work(db)
    frame.release.run()
    return { value }
  } catch (error) {
    frame.undo.run()
    frame.release.run()
    return { error }
  }
}
