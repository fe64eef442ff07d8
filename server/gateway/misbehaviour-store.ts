/** SQL of what the gateway is to do wrong on purpose: one row a client. */
import type { Misbehaviour } from '../../rules/acceptance/evidence.ts'
import { ACCEPTANCE } from '../../rules/limits.ts'
import type { ProductId } from '../../rules/products.ts'
import { firstIdAt } from '../clock.ts'
import type { TxCtx } from '../context.ts'

/** False where the client has one already. */
export async function insert(
  tx: TxCtx,
  row: { client_id: string; kind: Misbehaviour; product: ProductId; run_id: string; since: number },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('misbehaviours')
    .values(row)
    .onConflict((conflict) => conflict.column('client_id').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

type Wanted = { clientId: string; kind: Misbehaviour; product: ProductId | undefined; madeAt: number }

/** Of many at once exactly one takes it. */
export async function take(tx: TxCtx, { clientId, kind, product, madeAt }: Wanted): Promise<boolean> {
  if (product === undefined) return false
  const { numDeletedRows } = await tx.db
    .deleteFrom('misbehaviours')
    .where('client_id', '=', clientId)
    .where('kind', '=', kind)
    .where('product', '=', product)
    .where('since', '<=', madeAt)
    // A run that nobody looked at any more is over, and does nothing wrong weeks later.
    .where('run_id', '>', firstIdAt('run', tx.clock.now() - ACCEPTANCE.runSeconds * 1000))
    .executeTakeFirstOrThrow()
  return numDeletedRows === 1n
}

export async function removeOfRun(tx: TxCtx, runId: string): Promise<void> {
  await tx.db.deleteFrom('misbehaviours').where('run_id', '=', runId).execute()
}
