import { type Kysely, sql } from 'kysely'
import type { Engine } from '../dialects.ts'
import { columnType } from '../dialects.ts'
import type { ColumnKind } from '../schema.ts'

/** Production and launch: proofs of keys, looks at URLs, requests to launch with their remarks, and the UAT checklist. */
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
  for (const [on, column] of [
    ['clients', 'changed_at'],
    ['applications', 'launched_at'],
    ['application_products', 'launched_at'],
  ] as const) {
    await db.schema
      .alterTable(on)
      .addColumn(column, sql.raw(columnType(engine, 'int?')))
      .execute()
  }
  await table('key_challenges', { client_id: 'text', version: 'int', text: 'text', expires_at: 'int' }, [
    'client_id',
    'version',
  ])
  await table('url_looks', { client_id: 'text', api: 'text', url: 'text', at: 'int', status: 'int?', fault: 'text?' }, [
    'client_id',
    'api',
  ])
  await table(
    'launch_requests',
    {
      id: 'text',
      application_id: 'text',
      kind: 'text',
      products: 'text',
      state: 'text',
      filed_at: 'int',
      filed_by: 'text',
      state_since: 'int',
      center_ms: 'int',
      partner_ms: 'int',
      settled_by: 'text?',
    },
    ['id'],
  )
  await db.schema
    .createIndex('launch_requests_application')
    .on('launch_requests')
    .columns(['application_id', 'id'])
    .execute()
  await db.schema.createIndex('launch_requests_queue').on('launch_requests').columns(['state', 'id']).execute()
  await sql`create unique index launch_requests_open on launch_requests (application_id)
    where state in ('in_review', 'waiting_for_partner')`.execute(db)
  await table(
    'launch_remarks',
    { id: 'text', request_id: 'text', round: 'int', item: 'text', text: 'text', at: 'int', made_by: 'text' },
    ['id'],
  )
  await db.schema.createIndex('launch_remarks_request').on('launch_remarks').columns(['request_id', 'id']).execute()
  await table('uat_ticks', { application_id: 'text', item: 'text', ticked_at: 'int', ticked_by: 'text' }, [
    'application_id',
    'item',
  ])
}
