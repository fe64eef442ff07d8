import { type Kysely, sql } from 'kysely'
import type { Engine } from '../dialects.ts'
import { columnType } from '../dialects.ts'
import type { ColumnKind } from '../schema.ts'

/** The inbox: calls that were made at an `inbox:` URL, and where each attempt went. */
export async function up(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const type = (kind: ColumnKind) => sql.raw(columnType(engine, kind))
  await db.schema
    .createTable('inbox_calls')
    .addColumn('id', type('text'), (column) => column.notNull().primaryKey())
    .addColumn('application_id', type('text'), (column) => column.notNull())
    .addColumn('api', type('text'), (column) => column.notNull())
    .addColumn('family', type('text'), (column) => column.notNull())
    .addColumn('at', type('int'), (column) => column.notNull())
    .addColumn('method', type('text'), (column) => column.notNull())
    .addColumn('uri', type('text'), (column) => column.notNull())
    .addColumn('headers', type('text'), (column) => column.notNull())
    .addColumn('body', type('text'), (column) => column.notNull())
    .addColumn('bytes', type('int'), (column) => column.notNull())
    .addColumn('notification_id', type('text?'))
    .addColumn('payment_request_id', type('text'), (column) => column.notNull())
    .addColumn('payment_id', type('text'), (column) => column.notNull())
    .execute()
  // A notification of the inbox may be sent to another URL than before: each attempt says where it went.
  await db.schema.alterTable('notification_attempts').addColumn('url', type('text?')).execute()
  // The third column lets the size of an inbox be summed up without its bodies.
  await db.schema
    .createIndex('inbox_calls_of_application')
    .on('inbox_calls')
    .columns(['application_id', 'id', 'bytes'])
    .execute()
}
