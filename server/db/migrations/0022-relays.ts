import { type Kysely, sql } from 'kysely'
import type { Engine } from '../dialects.ts'
import { columnType } from '../dialects.ts'
import type { ColumnKind } from '../schema.ts'

/** The relay: its token, and the calls that wait for a listener. */
export async function up(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const type = (kind: ColumnKind) => sql.raw(columnType(engine, kind))
  await db.schema
    .createTable('relays')
    .addColumn('application_id', type('text'), (column) => column.notNull().primaryKey())
    .addColumn('token_hash', type('text'), (column) => column.notNull().unique())
    .addColumn('made_at', type('int'), (column) => column.notNull())
    .addColumn('made_by', type('text'), (column) => column.notNull())
    .addColumn('seen_at', type('int?'))
    .addColumn('listens_until', type('int'), (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('relay_calls')
    .addColumn('id', type('text'), (column) => column.notNull().primaryKey())
    .addColumn('application_id', type('text'), (column) => column.notNull())
    .addColumn('uri', type('text'), (column) => column.notNull())
    .addColumn('headers', type('text'), (column) => column.notNull())
    .addColumn('body', type('text'), (column) => column.notNull())
    .addColumn('created_at', type('int'), (column) => column.notNull())
    .addColumn('ends_at', type('int'), (column) => column.notNull())
    .addColumn('listener', type('text?'))
    .addColumn('taken_at', type('int?'))
    .addColumn('leased_until', type('int'), (column) => column.notNull())
    .addColumn('answered_at', type('int?'))
    .addColumn('answer_status', type('int?'))
    .addColumn('answer_headers', type('text?'))
    .addColumn('answer_body', type('text?'))
    .execute()
  await db.schema
    .createIndex('relay_calls_of_application')
    .on('relay_calls')
    .columns(['application_id', 'id'])
    .execute()
}
