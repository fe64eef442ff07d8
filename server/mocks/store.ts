/** SQL of iMock: one row for a sandbox that has ever used it. */
import type { Ctx, TxCtx } from '../context.ts'
import type { Row } from '../db/schema.ts'

export type MockRow = Row<'mocks'>

/** Null where it is off, or over. */
export function findRunning(ctx: Ctx | TxCtx, applicationId: string): Promise<MockRow | undefined> {
  return ctx.db
    .selectFrom('mocks')
    .selectAll()
    .where('application_id', '=', applicationId)
    .where('ends_at', '>', ctx.clock.now())
    .executeTakeFirst()
}

export async function put(tx: TxCtx, mock: MockRow): Promise<void> {
  const { application_id: _, ...change } = mock
  await tx.db
    .insertInto('mocks')
    .values(mock)
    .onConflict((conflict) => conflict.column('application_id').doUpdateSet(change))
    .execute()
}

export async function remove(tx: TxCtx, applicationId: string): Promise<void> {
  await tx.db.deleteFrom('mocks').where('application_id', '=', applicationId).execute()
}
