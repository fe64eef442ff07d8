import { type Kysely, sql } from 'kysely'
import type { Engine } from '../dialects.ts'
import { columnType } from '../dialects.ts'

/** Agreements of Auto Debit, found by each of their hashes. */
export async function up(db: Kysely<unknown>, engine: Engine): Promise<void> {
  let table = db.schema.createTable('agreements')
  for (const [column, kind] of Object.entries(COLUMNS)) {
    table = table.addColumn(column, sql.raw(columnType(engine, kind)), (c) => (kind.endsWith('?') ? c : c.notNull()))
  }
  await table.addPrimaryKeyConstraint('agreements_pk', ['id' as never]).execute()
  const index = (name: string, columns: string[]) =>
    db.schema.createIndex(`agreements_${name}`).on('agreements').columns(columns)
  await index('reference', ['application_id', 'auth_client_id', 'reference_agreement_id']).unique().execute()
  for (const hash of ['code_hash', 'access_hash', 'refresh_hash', 'grant_hash']) await index(hash, [hash]).execute()
  await index('application', ['application_id', 'created_at']).execute()
}

const COLUMNS = {
  id: 'text',
  application_id: 'text',
  secret: 'text',
  auth_client_id: 'text',
  reference_agreement_id: 'text?',
  asked: 'text',
  family: 'text',
  state: 'text',
  created_at: 'int',
  expires_at: 'int',
  code_hash: 'text?',
  code_expires_at: 'int?',
  access_hash: 'text?',
  access_expires_at: 'int?',
  refresh_hash: 'text?',
  refresh_expires_at: 'int?',
  grant_hash: 'text?',
  grant_answer: 'text?',
  payer_account: 'text?',
} as const
