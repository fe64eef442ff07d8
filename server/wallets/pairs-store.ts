/** SQL of pairs: which acquirer and which wallet pay each other. */
import type { Ctx, TxCtx } from '../context.ts'
import { lockUntilCommit } from '../db/dialects.ts'
import type { Row } from '../db/schema.ts'

/** The wallet that an acquirer is joined with, as it appears on the wire; undefined where they are strangers. */
export async function findJoinedWallet(ctx: Ctx | TxCtx, acquirer: string, wallet: string) {
  return ctx.db
    .selectFrom('pairs as p')
    .innerJoin('applications as a', 'a.id', 'p.wallet_application_id')
    .innerJoin('clients as c', 'c.application_id', 'a.id')
    .select(['a.id as applicationId', 'a.name', 'c.participant_id as pspId'])
    .where('p.acquirer_application_id', '=', acquirer)
    .where('p.wallet_application_id', '=', wallet)
    .where('a.deleted_at', 'is', null)
    .where('c.environment', '=', 'sandbox')
    .executeTakeFirst()
}

/** The acquirers that a wallet is joined with, the longest joined first. */
export function listJoinedAcquirers(ctx: Ctx | TxCtx, wallet: string) {
  return ctx.db
    .selectFrom('pairs as p')
    .innerJoin('applications as a', 'a.id', 'p.acquirer_application_id')
    .innerJoin('clients as c', 'c.application_id', 'a.id')
    .select(['a.id as applicationId', 'c.participant_id as participantId'])
    .where('p.wallet_application_id', '=', wallet)
    .where('a.deleted_at', 'is', null)
    .where('c.environment', '=', 'sandbox')
    .orderBy('p.created_at')
    .execute()
}

const SIDES = { acquirer: 'acquirer_application_id', wallet: 'wallet_application_id' } as const
export type Side = keyof typeof SIDES

/** Whom an application is joined with: who the others are, the newest first. */
export function listPairs(ctx: Ctx | TxCtx, applicationId: string, own: Side) {
  const other = SIDES[own === 'wallet' ? 'acquirer' : 'wallet']
  return ctx.db
    .selectFrom('pairs as x')
    .innerJoin('applications as a', 'a.id', `x.${other}`)
    .innerJoin('partners as p', 'p.id', 'a.partner_id')
    .innerJoin('clients as c', 'c.application_id', 'a.id')
    .select(['x.id', 'x.created_at', 'x.created_by', 'a.name', 'p.name as partner_name', 'c.participant_id'])
    .where(`x.${SIDES[own]}`, '=', applicationId)
    .where('a.deleted_at', 'is', null)
    .where('c.environment', '=', 'sandbox')
    .orderBy('x.created_at', 'desc')
    .orderBy('x.id')
    .execute()
}

/** One is joined after the other: two at once would both see room. For all, because a pair has two sides, and people join by hand. */
export function holdPairs(tx: TxCtx): Promise<void> {
  return lockUntilCommit(tx.db, tx.config.database.engine, 'pairs')
}

/** False where the two are joined already. */
export async function insertPair(tx: TxCtx, pair: Row<'pairs'>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('pairs')
    .values(pair)
    .onConflict((conflict) => conflict.columns(['acquirer_application_id', 'wallet_application_id']).doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

/** Either side may end it. */
export async function deletePair(tx: TxCtx, applicationId: string, pairId: string): Promise<boolean> {
  const { numDeletedRows } = await tx.db
    .deleteFrom('pairs')
    .where('id', '=', pairId)
    .where((eb) =>
      eb.or([eb('acquirer_application_id', '=', applicationId), eb('wallet_application_id', '=', applicationId)]),
    )
    .executeTakeFirstOrThrow()
  return numDeletedRows === 1n
}

/** A new code takes the place of the one before. */
export async function putCode(tx: TxCtx, code: Row<'pairing_codes'>): Promise<void> {
  const { application_id: _, ...change } = code
  await tx.db
    .insertInto('pairing_codes')
    .values(code)
    .onConflict((conflict) => conflict.column('application_id').doUpdateSet(change))
    .execute()
}

/** Takes the code, which is good once. Undefined: there is none like it, or its time is over. */
export async function takeCode(tx: TxCtx, codeHash: string) {
  const taken = await tx.db
    .deleteFrom('pairing_codes')
    .where('code_hash', '=', codeHash)
    .where('expires_at', '>', tx.clock.now())
    .returning('application_id')
    .executeTakeFirst()
  if (!taken) return undefined
  return tx.db
    .selectFrom('applications')
    .select(['id', 'name'])
    .where('id', '=', taken.application_id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
}
