import { type Kysely, sql } from 'kysely'
import type { Engine } from '../dialects.ts'
import { columnType } from '../dialects.ts'
import type { ColumnKind } from '../schema.ts'

/** Fair delivery: lanes of the outbox, endpoints that are paused, sequence and time of an event, and resends of many at once. */
export async function up(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const table = async (name: string, columns: Record<string, ColumnKind>, primaryKey: string[]) => {
    let builder = db.schema.createTable(name)
    for (const [column, kind] of Object.entries(columns)) {
      builder = builder.addColumn(column, sql.raw(columnType(engine, kind)), (c) =>
        kind.endsWith('?') ? c : c.notNull(),
      )
    }
    await builder.addPrimaryKeyConstraint(`${name}_pk`, primaryKey as [never, ...never[]]).execute() // names are checked by the database
  }
  const add = (on: string, column: string, kind: ColumnKind, fallback: string | number) =>
    db.schema
      .alterTable(on)
      .addColumn(column, sql.raw(columnType(engine, kind)), (c) => c.notNull().defaultTo(fallback))
      .execute()

  await add('outbox', 'lane', 'text', '')
  await add('outbox', 'tenant', 'text', '')
  // The work of a notification carries its id.
  await sql`update outbox set id = payload where topic = 'notification'`.execute(db)
  await db.schema.dropIndex('outbox_due').execute()
  await sql`create index outbox_topic on outbox (topic, due_at, id, lane, tenant) where due_at is not null`.execute(db)
  await sql`create index outbox_leased on outbox (lease_until) where lease_until > 0`.execute(db)
  await sql`create index outbox_lane on outbox (lane) where lane <> ''`.execute(db)

  await add('notifications', 'origin', 'text', '')
  await add('notifications', 'sequence', 'int', 1)
  await add('notifications', 'event_at', 'int', 0)
  await sql`update notifications set event_at = created_at`.execute(db)

  await table(
    'notification_endpoints',
    {
      client_id: 'text',
      origin: 'text',
      application_id: 'text',
      failed_in_row: 'int',
      failing_since: 'int',
      last_fault: 'text',
      paused_at: 'int?',
    },
    ['client_id', 'origin'],
  )
  await db.schema
    .createIndex('notification_endpoints_application')
    .on('notification_endpoints')
    .columns(['application_id'])
    .execute()
  await table(
    'notification_resends',
    {
      id: 'text',
      application_id: 'text',
      key: 'text',
      state: 'text?',
      search: 'text?',
      total: 'int',
      done: 'int',
      acknowledged: 'int',
      started_at: 'int',
      started_by: 'text',
    },
    ['application_id', 'id'],
  )
  await db.schema
    .createIndex('notification_resends_key')
    .on('notification_resends')
    .columns(['application_id', 'key'])
    .unique()
    .execute()
}
