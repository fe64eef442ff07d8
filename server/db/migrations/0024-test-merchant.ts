import { type Kysely, sql } from 'kysely'
import type { Engine } from '../dialects.ts'
import { columnType } from '../dialects.ts'
import type { ColumnKind } from '../schema.ts'

/** The Test Merchant: its throw-away keys, the partner's server that it calls, and which calls and payments are its own. */
export async function up(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const type = (kind: ColumnKind) => sql.raw(columnType(engine, kind))
  await db.schema
    .createTable('test_merchants')
    .addColumn('application_id', type('text'), (column) => column.notNull().primaryKey())
    .addColumn('url', type('text'), (column) => column.notNull())
    .addColumn('set_at', type('int'), (column) => column.notNull())
    .addColumn('set_by', type('text'), (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('throw_away_keys')
    .addColumn('fingerprint', type('text'), (column) => column.notNull().primaryKey())
    .addColumn('application_id', type('text'), (column) => column.notNull())
    .addColumn('public_key', type('text'), (column) => column.notNull())
    .addColumn('set_at', type('int'), (column) => column.notNull())
    .addColumn('set_by', type('text'), (column) => column.notNull())
    .addColumn('ends_at', type('int'), (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('throw_away_keys_of_application')
    .on('throw_away_keys')
    .columns(['application_id', 'set_at'])
    .execute()
  for (const table of ['exchanges', 'payments'])
    await db.schema.alterTable(table).addColumn('by_test_merchant', type('int?')).execute()
}
