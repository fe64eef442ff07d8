/**
 * Counted tries. One atomic statement adds a try and returns the count, so a burst over several nodes cannot slip through; the
 * caller goes on only if the count allows.
 *
 * The window begins anew with each allowed try: after the last allowed one nothing is allowed until a whole window has passed. So
 * in no stretch of that length are there ever more tries than the limit.
 */
import { type RawBuilder, sql } from 'kysely'
import { Refusal } from '../../rules/refusals.ts'
import type { TxCtx } from '../context.ts'
import { compiledStatement } from '../db/compiled.ts'

export function takeTry(tx: TxCtx, key: string, limit: number, windowSeconds: number): Promise<boolean> {
  return take(tx, key, limit, windowSeconds, countTry)
}

/** A quota: so many within a window that begins with the first one. */
export function takeOfQuota(tx: TxCtx, key: string, limit: number, windowSeconds: number): Promise<boolean> {
  return take(tx, key, limit, windowSeconds, countOfQuota)
}

/** As `takeOfQuota`, for what is refused in the same words as any other haste. */
export async function ensureQuota(tx: TxCtx, key: string, limit: number, windowSeconds: number): Promise<void> {
  if (await takeOfQuota(tx, key, limit, windowSeconds)) return
  throw new Refusal('request.too_many', { retryAfterSeconds: windowSeconds })
}

type Try = { key: string; limit: number; now: number; resetsAt: number }

async function take(
  tx: TxCtx,
  key: string,
  limit: number,
  windowSeconds: number,
  count: typeof countTry,
): Promise<boolean> {
  const now = tx.clock.now()
  const { rows } = await count(tx.db, { key, limit, now, resetsAt: now + windowSeconds * 1000 })
  const [counted] = rows
  if (!counted) throw new Error('A try was not counted.')
  return counted.count <= limit
}

const countTry = counting(({ limit, now }) => sql`counters.resets_at <= ${now} or counters.count < ${limit}`)
const countOfQuota = counting(({ now }) => sql`counters.resets_at <= ${now}`)

/** One try more. The count begins again when the window is over, and the window when `beginsAnew`. */
function counting(beginsAnew: (values: Try) => RawBuilder<unknown>) {
  return compiledStatement<Try, { count: number }>(['key', 'limit', 'now', 'resetsAt'], (db, values) =>
    db
      .insertInto('counters')
      .values({ key: values.key, count: 1, resets_at: values.resetsAt })
      .onConflict((conflict) =>
        conflict.column('key').doUpdateSet({
          count: sql<number>`case when counters.resets_at <= ${values.now} then 1 else counters.count + 1 end`,
          resets_at: sql<number>`case when ${beginsAnew(values)} then ${values.resetsAt} else counters.resets_at end`,
        }),
      )
      .returning('count'),
  )
}

export async function clearTries(tx: TxCtx, keys: readonly string[]): Promise<void> {
  for (const key of keys) await clearOne(tx.db, { key })
}

const clearOne = compiledStatement(['key'], (db, { key }: { key: string }) =>
  db.deleteFrom('counters').where('key', '=', key),
)
