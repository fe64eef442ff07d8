/** SQL of merchants' accounts in the Test Wallet and their sessions. Those of a deleted application are not found. */
import type { Ctx, TxCtx } from '../context.ts'

function selectOpen(ctx: Ctx | TxCtx) {
  return ctx.db
    .selectFrom('merchants as m')
    .innerJoin('applications as a', 'a.id', 'm.application_id')
    .innerJoin('partners as p', 'p.id', 'a.partner_id')
    .selectAll('m')
    .select(['a.name as application_name', 'p.name as partner_name'])
    .where('a.deleted_at', 'is', null)
}

/** The merchant behind a link that can still be used. */
export function findInvited(ctx: Ctx | TxCtx, tokenHash: string) {
  return selectOpen(ctx)
    .where('m.token_hash', '=', tokenHash)
    .where('m.withdrawn_at', 'is', null)
    .where('m.invitation_expires_at', '>', ctx.clock.now())
    .executeTakeFirst()
}

export function findByAccount(ctx: Ctx, account: string) {
  return selectOpen(ctx).where('m.account', '=', account).executeTakeFirst()
}

export async function insertSession(tx: TxCtx, session: { token_hash: string; merchant_id: string }): Promise<void> {
  const now = tx.clock.now()
  await tx.db
    .insertInto('wallet_sessions')
    .values({ ...session, created_at: now, seen_at: now })
    .execute()
}

export function findSession(ctx: Ctx | TxCtx, tokenHash: string, seenAfter: number, createdAfter: number) {
  return ctx.db
    .selectFrom('wallet_sessions as s')
    .innerJoin('merchants as m', 'm.id', 's.merchant_id')
    .innerJoin('applications as a', 'a.id', 'm.application_id')
    .select(['m.id', 'm.application_id', 'm.name', 'm.mid', 'm.account', 's.seen_at'])
    .where('s.token_hash', '=', tokenHash)
    .where('s.seen_at', '>', seenAfter)
    .where('s.created_at', '>', createdAfter)
    .where('a.deleted_at', 'is', null)
    .executeTakeFirst()
}

export async function touchSession(tx: TxCtx, tokenHash: string): Promise<void> {
  await tx.db
    .updateTable('wallet_sessions')
    .set({ seen_at: tx.clock.now() })
    .where('token_hash', '=', tokenHash)
    .execute()
}

export async function deleteSession(tx: TxCtx, tokenHash: string): Promise<void> {
  await tx.db.deleteFrom('wallet_sessions').where('token_hash', '=', tokenHash).execute()
}

export async function deleteSessionsOf(tx: TxCtx, merchantId: string): Promise<void> {
  await tx.db.deleteFrom('wallet_sessions').where('merchant_id', '=', merchantId).execute()
}

export async function deleteSessionsBegun(tx: TxCtx, before: number, limit: number): Promise<number> {
  const old = await tx.db
    .selectFrom('wallet_sessions')
    .select('token_hash')
    .where('created_at', '<', before)
    .limit(limit)
    .execute()
  const hashes = old.map(({ token_hash }) => token_hash)
  if (hashes.length > 0) await tx.db.deleteFrom('wallet_sessions').where('token_hash', 'in', hashes).execute()
  return hashes.length
}
