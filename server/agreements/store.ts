/** SQL of agreements. */
import type { Ctx, TxCtx } from '../context.ts'
import type { Row } from '../db/schema.ts'

export type Agreement = Row<'agreements'>

/** Inserts it unless this client has one with the same reference. */
export async function insert(tx: TxCtx, agreement: Agreement): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('agreements')
    .values(agreement)
    .onConflict((conflict) =>
      conflict.columns(['application_id', 'auth_client_id', 'reference_agreement_id']).doNothing(),
    )
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

type Reference = Pick<Agreement, 'application_id' | 'auth_client_id' | 'reference_agreement_id'>

export function findByReference(
  ctx: Ctx | TxCtx,
  { application_id, auth_client_id, reference_agreement_id }: Reference,
) {
  return ctx.db
    .selectFrom('agreements')
    .selectAll()
    .where('application_id', '=', application_id)
    .where('auth_client_id', '=', auth_client_id)
    .where('reference_agreement_id', '=', reference_agreement_id)
    .executeTakeFirst()
}

/** Of an application that is there; with the clock of its sandbox. */
export function find(ctx: Ctx | TxCtx, id: string) {
  return ctx.db
    .selectFrom('agreements as g')
    .innerJoin('applications as a', 'a.id', 'g.application_id')
    .innerJoin('clients as c', 'c.application_id', 'g.application_id')
    .selectAll('g')
    .select(['c.clock_offset_ms', 'c.client_id'])
    .where('g.id', '=', id)
    .where('c.environment', '=', 'sandbox')
    .where('a.deleted_at', 'is', null)
    .executeTakeFirst()
}

type Hash = 'access_hash' | 'code_hash' | 'refresh_hash' | 'grant_hash'

export function findByHash(ctx: Ctx | TxCtx, applicationId: string, column: Hash, hash: string) {
  return ctx.db
    .selectFrom('agreements')
    .selectAll()
    .where('application_id', '=', applicationId)
    .where(column, '=', hash)
    .executeTakeFirst()
}

/** Changes it if it is still in the state, or has still the grant, that the change was decided on. */
export async function change(
  tx: TxCtx,
  id: string,
  still: { state: string } | { state: string; code_hash: string } | { state: string; refresh_hash: string },
  set: Partial<Omit<Agreement, 'id' | 'application_id'>>,
): Promise<boolean> {
  let query = tx.db.updateTable('agreements').set(set).where('id', '=', id).where('state', '=', still.state)
  if ('code_hash' in still) query = query.where('code_hash', '=', still.code_hash)
  if ('refresh_hash' in still) query = query.where('refresh_hash', '=', still.refresh_hash)
  return (await query.executeTakeFirstOrThrow()).numUpdatedRows === 1n
}

/** Writes nothing new, and holds the row: whoever ends the agreement at this moment waits for this transaction. */
export async function hold(tx: TxCtx, id: string, accessHash: string): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('agreements')
    .set({ access_hash: accessHash })
    .where('id', '=', id)
    .where('state', '=', 'agreed')
    .where('access_hash', '=', accessHash)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** Those that a wallet has agreed to, newest first. */
export function listAgreed(ctx: Ctx, applicationId: string, payerAccount: string | null, limit: number) {
  return ctx.db
    .selectFrom('agreements')
    .selectAll()
    .where('application_id', '=', applicationId)
    .where('state', '=', 'agreed')
    .where('payer_account', payerAccount === null ? 'is' : '=', payerAccount)
    .orderBy('created_at', 'desc')
    .limit(limit)
    .execute()
}

/** Where the partner wants to be told about agreements. */
export async function findNotifyUrl(tx: TxCtx, clientId: string): Promise<string | undefined> {
  const row = await tx.db
    .selectFrom('notification_urls')
    .select('url')
    .where('client_id', '=', clientId)
    .where('api', '=', 'authNotify')
    .executeTakeFirst()
  return row?.url
}
