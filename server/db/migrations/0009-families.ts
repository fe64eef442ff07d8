import { type Kysely, sql } from 'kysely'
import type { Engine } from '../dialects.ts'
import { columnType } from '../dialects.ts'

/** In whose words a payment was made, what it was paid with (to be compared, not to be read), and whose code was read. */
export async function up(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const text = sql.raw(columnType(engine, 'text'))
  for (const table of ['payments', 'refunds', 'notifications']) {
    await db.schema
      .alterTable(table)
      .addColumn('family', text, (column) => column.notNull().defaultTo('aps'))
      .execute()
  }
  for (const column of ['method_id_hash', 'scenario']) {
    await db.schema
      .alterTable('payments')
      .addColumn(column, sql.raw(columnType(engine, 'text?')))
      .execute()
  }
}
