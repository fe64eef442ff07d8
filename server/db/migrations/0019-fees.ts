import { type Kysely, sql } from 'kysely'
import type { Engine } from '../dialects.ts'
import { columnType } from '../dialects.ts'

/**
 * Fees of a contract, and in each payment those that it was made with. Until now that was one table for everybody, so the payments that
 * are there, and those of a node that still runs the release before, have its values.
 */
export async function up(db: Kysely<unknown>, engine: Engine): Promise<void> {
  await db.schema
    .alterTable('partners')
    .addColumn('fees', sql.raw(columnType(engine, 'text?')))
    .execute()
  for (const [column, basisPoints] of Object.entries({ interchange_basis_points: 80, service_basis_points: 40 })) {
    await db.schema
      .alterTable('payments')
      .addColumn(column, sql.raw(columnType(engine, 'int')), (c) => c.notNull().defaultTo(basisPoints))
      .execute()
  }
}
