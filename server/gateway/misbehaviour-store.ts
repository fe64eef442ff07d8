/** SQL of what the gateway is to do wrong on purpose: one row a client. */
import type { Misbehaviour } from '../../rules/acceptance/evidence.ts'
import type { Ctx, TxCtx } from '../context.ts'

/** False where the client has one already. */
export async function insert(
  tx: TxCtx,
  row: { client_id: string; kind: Misbehaviour; run_id: string },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('misbehaviours')
    .values(row)
    .onConflict((conflict) => conflict.column('client_id').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export async function find(ctx: Ctx | TxCtx, clientId: string): Promise<Misbehaviour | null> {
  const row = await ctx.db
    .selectFrom('misbehaviours')
    .select('kind')
    .where('client_id', '=', clientId)
    .executeTakeFirst()
  return (row?.kind ?? null) as Misbehaviour | null // written by us
}

/** Of many at once exactly one takes it. */
export async function take(tx: TxCtx, clientId: string, kind: Misbehaviour): Promise<boolean> {
  const { numDeletedRows } = await tx.db
    .deleteFrom('misbehaviours')
    .where('client_id', '=', clientId)
    .where('kind', '=', kind)
    .executeTakeFirstOrThrow()
  return numDeletedRows === 1n
}

export async function removeOfRun(tx: TxCtx, runId: string): Promise<void> {
  await tx.db.deleteFrom('misbehaviours').where('run_id', '=', runId).execute()
}
