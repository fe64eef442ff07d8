/** SQL of what the gateway is to do wrong on purpose: one row a client. */
import type { Misbehaviour } from '../../rules/acceptance/evidence.ts'
import type { TxCtx } from '../context.ts'

/** False where the client has one already. */
export async function insert(
  tx: TxCtx,
  row: { client_id: string; kind: Misbehaviour; run_id: string; since: number },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('misbehaviours')
    .values(row)
    .onConflict((conflict) => conflict.column('client_id').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

type Wanted = { clientId: string; kind: Misbehaviour; madeAt: number }

/** Of many at once exactly one takes it. */
export async function take(tx: TxCtx, { clientId, kind, madeAt }: Wanted): Promise<boolean> {
  const { numDeletedRows } = await tx.db
    .deleteFrom('misbehaviours')
    .where('client_id', '=', clientId)
    .where('kind', '=', kind)
    .where('since', '<=', madeAt)
    .executeTakeFirstOrThrow()
  return numDeletedRows === 1n
}

export async function removeOfRun(tx: TxCtx, runId: string): Promise<void> {
  await tx.db.deleteFrom('misbehaviours').where('run_id', '=', runId).execute()
}
