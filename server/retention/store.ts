/** SQL that deletes by age. Each statement deletes at most `limit` rows and returns how many it deleted. */
import type { ExpressionBuilder } from 'kysely'
import { firstIdAt } from '../clock.ts'
import type { Ctx, TxCtx } from '../context.ts'
import type { Tables } from '../db/schema.ts'

/** Applications whose exchanges there may be, deleted ones included. */
export async function listApplicationIds(ctx: Ctx): Promise<string[]> {
  const rows = await ctx.db.selectFrom('clients').select('application_id').distinct().execute() // of any environment
  return rows.map(({ application_id }) => application_id)
}

/** Evidence is kept as long as the verdict that rests on it. */
function restsNoVerdictOn(table: 'exchanges' | 'notifications') {
  return (eb: ExpressionBuilder<Tables, 'exchanges' | 'notifications'>) =>
    eb.not(
      eb.exists(
        eb
          .selectFrom('acceptance_evidence as kept')
          .select('kept.evidence_id')
          .whereRef('kept.application_id', '=', `${table}.application_id`)
          .whereRef('kept.evidence_id', '=', `${table}.id`),
      ),
    )
}

/** Whether there is something to delete. */
export async function hasOldExchanges(ctx: Ctx, applicationId: string, before: number): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('exchanges')
    .select('id')
    .where('application_id', '=', applicationId)
    .where('id', '<', firstIdAt('exc', before))
    .where(restsNoVerdictOn('exchanges'))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** By application, because the key is sorted so: only what is deleted is read. */
export async function deleteExchanges(tx: TxCtx, applicationId: string, before: number, limit: number) {
  const old = await tx.db
    .selectFrom('exchanges')
    .select('id')
    .where('application_id', '=', applicationId)
    .where('id', '<', firstIdAt('exc', before))
    .where(restsNoVerdictOn('exchanges'))
    .orderBy('id')
    .limit(limit)
    .execute()
  if (old.length === 0) return 0
  for (const table of ['exchange_words', 'exchanges'] as const)
    await tx.db.deleteFrom(table).where('application_id', '=', applicationId).where('id', 'in', ids(old)).execute()
  return old.length
}

/** With their attempts. One that waits for its next attempt stays, however old. */
export async function deleteNotifications(tx: TxCtx, before: number, limit: number): Promise<number> {
  const old = await tx.db
    .selectFrom('notifications')
    .select('id')
    .where('id', '<', firstIdAt('ntf', before))
    .where('state', '!=', 'waiting')
    .where(restsNoVerdictOn('notifications'))
    .orderBy('id')
    .limit(limit)
    .execute()
  if (old.length === 0) return 0
  await tx.db.deleteFrom('notification_attempts').where('notification_id', 'in', ids(old)).execute()
  await tx.db.deleteFrom('notifications').where('id', 'in', ids(old)).execute()
  return old.length
}

/** What was sent again, long after its end; the last one of an application goes like the others. */
export async function deleteResends(tx: TxCtx, before: number, limit: number): Promise<number> {
  const old = await tx.db
    .selectFrom('notification_resends')
    .select('id')
    .where('started_at', '<', before)
    .limit(limit)
    .execute()
  if (old.length > 0) await tx.db.deleteFrom('notification_resends').where('id', 'in', ids(old)).execute()
  return old.length
}

/** A reset may be entered and used for a while after its code is over, so it is kept a day longer. */
export function deleteResets(tx: TxCtx, before: number, limit: number): Promise<number> {
  return deleteByToken(tx, 'resets', 'code_expires_at', before, limit)
}

export function deleteKnownBrowsers(tx: TxCtx, before: number, limit: number): Promise<number> {
  return deleteByToken(tx, 'known_browsers', 'seen_at', before, limit)
}

export function deleteSessionsBegun(tx: TxCtx, before: number, limit: number): Promise<number> {
  return deleteByToken(tx, 'sessions', 'created_at', before, limit)
}

export function deleteSessionsIdle(tx: TxCtx, before: number, limit: number): Promise<number> {
  return deleteByToken(tx, 'sessions', 'seen_at', before, limit)
}

export function deleteUsedActivations(tx: TxCtx, before: number, limit: number): Promise<number> {
  return deleteByToken(tx, 'activations', 'used_at', before, limit)
}

type Aged = {
  resets: 'code_expires_at'
  known_browsers: 'seen_at'
  sessions: 'created_at' | 'seen_at'
  activations: 'used_at'
}

/** Tables whose key is the hash of a token. A time that is null is not over. */
async function deleteByToken<T extends keyof Aged>(
  tx: TxCtx,
  table: T,
  column: Aged[T],
  before: number,
  limit: number,
): Promise<number> {
  const old = await tx.db
    .selectFrom(table as keyof Aged) // one of the four, all with a token_hash
    .select('token_hash')
    .where(column as 'seen_at', '<', before) // the column belongs to the table, by its type
    .limit(limit)
    .execute()
  const hashes = old.map(({ token_hash }) => token_hash)
  if (hashes.length > 0) {
    await tx.db
      .deleteFrom(table as keyof Aged)
      .where('token_hash', 'in', hashes)
      // Asked again: a browser that two people use has a row for each.
      .where(column as 'seen_at', '<', before)
      .execute()
  }
  return hashes.length
}

/** Of people who never came; their addresses are nobody's business any more. */
export async function deleteInvitations(tx: TxCtx, before: number, limit: number): Promise<number> {
  const old = await tx.db.selectFrom('invitations').select('id').where('expires_at', '<', before).limit(limit).execute()
  if (old.length > 0) {
    await tx.db.deleteFrom('invitations').where('id', 'in', ids(old)).where('expires_at', '<', before).execute()
  }
  return old.length
}

export async function deleteCounters(tx: TxCtx, before: number, limit: number): Promise<number> {
  const old = await tx.db.selectFrom('counters').select('key').where('resets_at', '<', before).limit(limit).execute()
  const keys = old.map(({ key }) => key)
  if (keys.length > 0) {
    // Asked again: a counter may have begun anew since.
    await tx.db.deleteFrom('counters').where('key', 'in', keys).where('resets_at', '<', before).execute()
  }
  return keys.length
}

/** Their times are those of the sandbox's clock, which is ahead of `before` by its offset. */
export async function deletePaymentCodes(tx: TxCtx, before: number, limit: number): Promise<number> {
  const old = await tx.db
    .selectFrom('payment_codes as p')
    .innerJoin('clients as c', 'c.application_id', 'p.application_id')
    .select('p.code')
    .where('c.environment', '=', 'sandbox')
    .where((eb) => eb(eb('p.created_at', '-', eb.ref('c.clock_offset_ms')), '<', before))
    .limit(limit)
    .execute()
  const codes = old.map(({ code }) => code)
  if (codes.length > 0) await tx.db.deleteFrom('payment_codes').where('code', 'in', codes).execute()
  return codes.length
}

export async function deleteGivenUpWork(tx: TxCtx, before: number, limit: number): Promise<number> {
  const old = await tx.db
    .selectFrom('outbox')
    .select('id')
    .where('due_at', 'is', null)
    .where('created_at', '<', before)
    .limit(limit)
    .execute()
  if (old.length > 0) await tx.db.deleteFrom('outbox').where('id', 'in', ids(old)).execute()
  return old.length
}

function ids(rows: readonly { id: Tables['exchanges']['id'] }[]): string[] {
  return rows.map(({ id }) => id)
}
