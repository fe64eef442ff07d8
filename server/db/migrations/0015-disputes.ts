import { type Kysely, sql } from 'kysely'
import type { Engine } from '../dialects.ts'
import { columnType } from '../dialects.ts'

/** Disputes about payments, by the id that the network gives them. */
export async function up(db: Kysely<unknown>, engine: Engine): Promise<void> {
  let table = db.schema.createTable('disputes')
  for (const [column, kind] of Object.entries(COLUMNS)) {
    table = table.addColumn(column, sql.raw(columnType(engine, kind)), (c) => (kind.endsWith('?') ? c : c.notNull()))
  }
  await table.addPrimaryKeyConstraint('disputes_pk', ['id'] as never[]).execute()
  const index = (name: string, columns: string[]) =>
    db.schema.createIndex(`disputes_${name}`).on('disputes').columns(columns)
  await index('payment', ['application_id', 'payment_request_id']).execute()
  await index('wallet', ['wallet_application_id', 'wallet_dispute_id']).unique().execute()
}

const COLUMNS = {
  id: 'text',
  application_id: 'text',
  payment_request_id: 'text',
  kind: 'text',
  reason: 'text',
  amount_minor: 'int',
  currency: 'text',
  wallet_application_id: 'text?',
  wallet_dispute_id: 'text?',
  state: 'text',
  created_at: 'int',
  answer: 'text?',
  answered_at: 'int?',
} as const
