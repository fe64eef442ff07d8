import { type Kysely, sql } from 'kysely'
import type { Engine } from '../dialects.ts'
import { columnType } from '../dialects.ts'
import type { ColumnKind } from '../schema.ts'

/** iMock, and which calls it answered. */
export async function up(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const type = (kind: ColumnKind) => sql.raw(columnType(engine, kind))
  await db.schema
    .createTable('mocks')
    .addColumn('application_id', type('text'), (column) => column.notNull().primaryKey())
    .addColumn('mode', type('text'), (column) => column.notNull())
    .addColumn('rules', type('text'), (column) => column.notNull())
    .addColumn('started_at', type('int'), (column) => column.notNull())
    .addColumn('started_by', type('text'), (column) => column.notNull())
    .addColumn('ends_at', type('int'), (column) => column.notNull())
    .execute()
  await db.schema.alterTable('exchanges').addColumn('is_mocked', type('int?')).execute()
}
