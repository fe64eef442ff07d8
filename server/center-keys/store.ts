/** SQL of the center's own keys. */
import type { Ctx, TxCtx } from '../context.ts'
import type { Row } from '../db/schema.ts'

export function findKey(ctx: Ctx, name: string): Promise<Row<'center_keys'> | undefined> {
  return ctx.db.selectFrom('center_keys').selectAll().where('name', '=', name).executeTakeFirst()
}

/** Of two nodes at once the first one's stays. */
export async function insertKey(tx: TxCtx, row: Row<'center_keys'>): Promise<void> {
  await tx.db
    .insertInto('center_keys')
    .values(row)
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
}
