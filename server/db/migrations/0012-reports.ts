import { type Kysely, sql } from 'kysely'
import type { Engine } from '../dialects.ts'
import { columnType } from '../dialects.ts'
import type { ColumnKind } from '../schema.ts'

/** Settlement in another currency, and the report files with the accounts that fetch them. */
export async function up(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const type = (kind: ColumnKind) => sql.raw(columnType(engine, kind))
  for (const [table, columns] of Object.entries(ADDED)) {
    for (const [column, kind] of Object.entries(columns))
      await db.schema.alterTable(table).addColumn(column, type(kind)).execute()
  }
  for (const [name, { key, columns }] of Object.entries(MADE)) {
    let table = db.schema.createTable(name)
    for (const [column, kind] of Object.entries(columns) as [string, ColumnKind][])
      table = table.addColumn(column, type(kind), (c) => (kind.endsWith('?') ? c : c.notNull()))
    await table.addPrimaryKeyConstraint(`${name}_pk`, key as never).execute() // names are checked by the database
  }
  const index = (name: string, on: string, columns: string[]) => db.schema.createIndex(name).on(on).columns(columns)
  await index('refunds_day', 'refunds', ['application_id', 'created_at']).execute()
  await index('report_runs_number', 'report_runs', ['application_id', 'kind', 'day', 'seq']).unique().execute()
  await index('report_files_name', 'report_files', ['application_id', 'folder_day', 'name']).unique().execute()
  await index('report_files_run', 'report_files', ['run_id']).execute()
  await index('report_drafts_age', 'report_drafts', ['begun_at']).execute()
  await index('report_sums_day', 'report_sums', ['application_id', 'day']).execute()
  await index('sftp_accounts_account', 'sftp_accounts', ['account']).unique().execute()
}

const ADDED = {
  payments: { settlement_currency: 'text?', settlement_minor: 'int?', quote_price: 'text?' },
  refunds: { settlement_minor: 'int?', interchange_minor: 'int?' },
} as const

const MADE = {
  report_runs: {
    key: ['id'],
    columns: {
      id: 'text',
      application_id: 'text',
      kind: 'text',
      day: 'int',
      seq: 'int',
      folder_day: 'int',
      until: 'int',
      made_for: 'int',
      by_hand: 'int',
      state: 'text',
      created_at: 'int',
      ready_at: 'int?',
    },
  },
  report_files: {
    key: ['id'],
    columns: {
      id: 'text',
      run_id: 'text',
      application_id: 'text',
      kind: 'text',
      name: 'text',
      folder_day: 'int',
      currency: 'text',
      bytes: 'int',
      made_for: 'int',
    },
  },
  report_drafts: { key: ['file_id'], columns: { file_id: 'text', begun_at: 'int' } },
  report_parts: {
    key: ['file_id', 'number'],
    columns: { file_id: 'text', number: 'int', size: 'int', content: 'bytes' },
  },
  report_sums: {
    key: ['run_id', 'currency'],
    columns: { run_id: 'text', currency: 'text', application_id: 'text', day: 'int', sums: 'text' },
  },
  report_marks: { key: ['application_id'], columns: { application_id: 'text', through: 'int' } },
  sftp_accounts: {
    key: ['application_id'],
    columns: {
      application_id: 'text',
      account: 'text',
      password_hash: 'text?',
      password_set_at: 'int?',
      password_set_by: 'text?',
      public_key: 'text?',
      key_fingerprint: 'text?',
      key_set_at: 'int?',
      key_set_by: 'text?',
    },
  },
} as const
