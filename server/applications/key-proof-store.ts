/** SQL of keys that are proved, in any environment: by the client that was found to be the actor's. */
import type { Ctx, TxCtx } from '../context.ts'
import type { Row } from '../db/schema.ts'

export function listKeys(ctx: Ctx | TxCtx, clientId: string): Promise<Row<'client_keys'>[]> {
  return ctx.db
    .selectFrom('client_keys')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('version', 'desc')
    .execute()
}

export function findKey(ctx: Ctx | TxCtx, clientId: string, version: number): Promise<Row<'client_keys'> | undefined> {
  return ctx.db
    .selectFrom('client_keys')
    .selectAll()
    .where('client_id', '=', clientId)
    .where('version', '=', version)
    .executeTakeFirst()
}

/** A replacement that nobody has proved is itself replaced. */
export async function deleteWaitingKeys(tx: TxCtx, clientId: string): Promise<void> {
  await tx.db.deleteFrom('key_challenges').where('client_id', '=', clientId).execute()
  await tx.db.deleteFrom('client_keys').where('client_id', '=', clientId).where('state', '=', 'waiting').execute()
}

/** False where the key is not in this state any more. */
export async function moveKey(
  tx: TxCtx,
  { client_id, version, state }: Pick<Row<'client_keys'>, 'client_id' | 'version' | 'state'>,
  change: Partial<Pick<Row<'client_keys'>, 'state' | 'proved_at'>>,
): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('client_keys')
    .set(change)
    .where('client_id', '=', client_id)
    .where('version', '=', version)
    .where('state', '=', state)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

export function listChallenges(ctx: Ctx | TxCtx, clientId: string): Promise<Row<'key_challenges'>[]> {
  return ctx.db.selectFrom('key_challenges').selectAll().where('client_id', '=', clientId).execute()
}

export async function putChallenge(tx: TxCtx, challenge: Row<'key_challenges'>): Promise<void> {
  const { text, expires_at } = challenge
  await tx.db
    .insertInto('key_challenges')
    .values(challenge)
    .onConflict((conflict) => conflict.columns(['client_id', 'version']).doUpdateSet({ text, expires_at }))
    .execute()
}

/** Uses the challenge up. Of two that answer at once, one gets it. */
export async function takeChallenge(tx: TxCtx, { client_id, version, text }: Row<'key_challenges'>): Promise<boolean> {
  const { numDeletedRows } = await tx.db
    .deleteFrom('key_challenges')
    .where('client_id', '=', client_id)
    .where('version', '=', version)
    .where('text', '=', text)
    .executeTakeFirstOrThrow()
  return numDeletedRows === 1n
}
