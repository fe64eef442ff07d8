/** SQL of the Test Merchant: throw-away keys, where the partner's server is, and the payments that a merchant looks at. */
import { TEST_MERCHANT } from '../../rules/limits.ts'
import type { PaymentState } from '../../rules/payment.ts'
import type { Ctx, TxCtx } from '../context.ts'
import type { Row } from '../db/schema.ts'

// ── keys ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Of more than may be, the oldest end. */
export async function insertKey(tx: TxCtx, key: Row<'throw_away_keys'>): Promise<void> {
  await tx.db.insertInto('throw_away_keys').values(key).execute()
  const surplus = await tx.db
    .selectFrom('throw_away_keys')
    .select('fingerprint')
    .where('application_id', '=', key.application_id)
    .orderBy('set_at', 'desc')
    .orderBy('fingerprint')
    .offset(TEST_MERCHANT.keysMax)
    .limit(TEST_MERCHANT.keysPerHour)
    .execute()
  if (surplus.length === 0) return
  const fingerprints = surplus.map(({ fingerprint }) => fingerprint)
  await tx.db.deleteFrom('throw_away_keys').where('fingerprint', 'in', fingerprints).execute()
}

export async function deleteEnded(tx: TxCtx, before: number, limit: number): Promise<number> {
  const old = await tx.db
    .selectFrom('throw_away_keys')
    .select('fingerprint')
    .where('ends_at', '<', before)
    .limit(limit)
    .execute()
  const fingerprints = old.map(({ fingerprint }) => fingerprint)
  if (fingerprints.length > 0)
    await tx.db.deleteFrom('throw_away_keys').where('fingerprint', 'in', fingerprints).execute()
  return fingerprints.length
}

/** A key of a partner, in any environment. Of throw-away keys the table itself takes none twice. */
export async function isKnownKey(tx: TxCtx, fingerprint: string): Promise<boolean> {
  const own = await tx.db
    .selectFrom('client_keys')
    .select('version')
    .where('fingerprint', '=', fingerprint)
    .executeTakeFirst()
  return own !== undefined
}

// ── the partner's server ─────────────────────────────────────────────────────────────────────────────────────────────────

export function findServer(ctx: Ctx | TxCtx, applicationId: string): Promise<Row<'test_merchants'> | undefined> {
  return ctx.db.selectFrom('test_merchants').selectAll().where('application_id', '=', applicationId).executeTakeFirst()
}

export async function putServer(tx: TxCtx, server: Row<'test_merchants'>): Promise<void> {
  const { application_id: _, ...change } = server
  await tx.db
    .insertInto('test_merchants')
    .values(server)
    .onConflict((conflict) => conflict.column('application_id').doUpdateSet(change))
    .execute()
}

export async function removeServer(tx: TxCtx, applicationId: string): Promise<void> {
  await tx.db.deleteFrom('test_merchants').where('application_id', '=', applicationId).execute()
}

// ── transactions ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The payments that the newest calls of the log were about, newest first. A cancel without its payment is none. */
export async function listPayments(ctx: Ctx, applicationId: string, states: readonly PaymentState[]) {
  const newest = ctx.db
    .selectFrom('exchanges')
    .select('payment_request_id')
    .where('application_id', '=', applicationId)
    .orderBy('id', 'desc')
    .limit(TEST_MERCHANT.callsLooked)
    .as('newest')
  return ctx.db
    .selectFrom('payments')
    .selectAll()
    .where('application_id', '=', applicationId)
    .where('payment_request_id', 'in', ctx.db.selectFrom(newest).select('payment_request_id').distinct())
    .where('state', 'in', states)
    .where('amount_minor', '>', 0)
    .orderBy('created_at', 'desc')
    .orderBy('payment_id', 'desc')
    .limit(TEST_MERCHANT.transactions)
    .execute()
}
