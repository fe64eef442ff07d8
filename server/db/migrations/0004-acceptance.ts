import { type Kysely, sql } from 'kysely'
import type { Engine } from '../dialects.ts'
import { columnType } from '../dialects.ts'
import type { ColumnKind } from '../schema.ts'

/** Acceptance tests: runs, verdicts with what they rest on, what the gateway does wrong on purpose, and the center's own keys. */
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

  await table(
    'acceptance_runs',
    {
      id: 'text',
      application_id: 'text',
      case_id: 'text',
      started_at: 'int',
      started_by: 'text',
      after_exchange: 'text',
      ended_at: 'int?',
      ended_as: 'text?',
      verdict: 'text?',
    },
    ['id'],
  )
  await db.schema
    .createIndex('acceptance_runs_case')
    .on('acceptance_runs')
    .columns(['application_id', 'case_id', 'id'])
    .execute()
  await sql`create unique index acceptance_runs_open on acceptance_runs (application_id, case_id)
    where ended_at is null`.execute(db)
  await table(
    'acceptance_verdicts',
    {
      application_id: 'text',
      payer: 'text',
      case_id: 'text',
      suite_version: 'int',
      outcome: 'text',
      verdict: 'text',
      at: 'int',
      run_id: 'text?',
    },
    ['application_id', 'payer', 'case_id'],
  )
  await table('acceptance_evidence', { application_id: 'text', payer: 'text', case_id: 'text', evidence_id: 'text' }, [
    'application_id',
    'evidence_id',
    'payer',
    'case_id',
  ])
  await table('acceptance_marks', { application_id: 'text', exchange_id: 'text' }, ['application_id'])
  await table('misbehaviours', { client_id: 'text', kind: 'text', product: 'text', run_id: 'text', since: 'int' }, [
    'client_id',
  ])
  await table('center_keys', { name: 'text', public_key: 'text', private_key: 'text', made_at: 'int' }, ['name'])
  for (const on of ['exchanges', 'notifications', 'notification_attempts']) {
    await db.schema
      .alterTable(on)
      .addColumn('misbehaviour', sql.raw(columnType(engine, 'text?')))
      .execute()
  }
}
