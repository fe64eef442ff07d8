import { type Kysely, sql } from 'kysely'
import type { Engine } from '../dialects.ts'
import { columnType } from '../dialects.ts'

/** Merchants registered with the wallets through the gateway. */
export async function up(db: Kysely<unknown>, engine: Engine): Promise<void> {
  let table = db.schema.createTable('registrations')
  for (const [column, kind] of Object.entries(COLUMNS)) {
    table = table.addColumn(column, sql.raw(columnType(engine, kind)), (c) => (kind.endsWith('?') ? c : c.notNull()))
  }
  await table
    .addPrimaryKeyConstraint('registrations_pk', ['application_id', 'registration_request_id'] as never[])
    .execute()
  await db.schema
    .createIndex('registrations_merchant')
    .on('registrations')
    .columns(['application_id', 'merchant_id', 'created_at'])
    .execute()
}

const COLUMNS = {
  application_id: 'text',
  registration_request_id: 'text',
  merchant_id: 'text',
  store_id: 'text?',
  created_at: 'int',
  decides_at: 'int',
  family: 'text',
} as const
