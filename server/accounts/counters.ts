/**
 * Counted tries. One atomic statement adds a try and returns the count, so a burst over several nodes cannot slip through; the
 * caller goes on only if the count allows.
 *
 * The window begins anew with each allowed try: after the last allowed one nothing is allowed until a whole window has passed. So
 * in no stretch of that length are there ever more tries than the limit.
 */
import { sql } from 'kysely'
import { Refusal } from '../../rules/refusals.ts'
import type { TxCtx } from '../context.ts'

export function takeTry(tx: TxCtx, key: string, limit: number, windowSeconds: number): Promise<boolean> {
  return take(tx, key, limit, windowSeconds, true)
}

/** A quota: so many within a window that begins with the first one. */
export function takeOfQuota(tx: TxCtx, key: string, limit: number, windowSeconds: number): Promise<boolean> {
  return take(tx, key, limit, windowSeconds, false)
}

/** As `takeOfQuota`, for what is refused in the same words as any other haste. */
export async function ensureQuota(tx: TxCtx, key: string, limit: number, windowSeconds: number): Promise<void> {
  if (await takeOfQuota(tx, key, limit, windowSeconds)) return
  throw new Refusal('request.too_many', { retryAfterSeconds: windowSeconds })
}

async function take(
  tx: TxCtx,
  key: string,
  limit: number,
  windowSeconds: number,
  beginsAnew: boolean,
): Promise<boolean> {
  const now = tx.clock.now()
  const resetsAt = now + windowSeconds * 1000
  const fresh = sql<boolean>`counters.resets_at <= ${now}`
  const { count } = await tx.db
    .insertInto('counters')
    .values({ key, count: 1, resets_at: resetsAt })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet({
        count: sql<number>`case when ${fresh} then 1 else counters.count + 1 end`,
        resets_at: beginsAnew
          ? sql<number>`case when ${fresh} or counters.count < ${limit} then ${resetsAt} else counters.resets_at end`
          : sql<number>`case when ${fresh} then ${resetsAt} else counters.resets_at end`,
      }),
    )
    .returning('count')
    .executeTakeFirstOrThrow()
  return count <= limit
}

export async function clearTries(tx: TxCtx, keys: readonly string[]): Promise<void> {
  await tx.db.deleteFrom('counters').where('key', 'in', keys).execute()
}
