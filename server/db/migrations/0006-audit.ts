import { type Kysely, sql } from 'kysely'
import type { Engine } from '../dialects.ts'
import { columnType } from '../dialects.ts'
import type { ColumnKind } from '../schema.ts'

/** The audit log: one chain of hashes for each partner, and one for the center itself. */
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
    'audit_entries',
    {
      chain: 'text',
      number: 'int',
      id: 'text',
      at: 'int',
      actor_kind: 'text',
      actor_id: 'text?',
      actor_name: 'text',
      actor_email: 'text?',
      action: 'text',
      object_id: 'text',
      object_name: 'text',
      before: 'text?',
      after: 'text?',
      address: 'text?',
      request_id: 'text?',
      previous_hash: 'text',
      hash: 'text',
    },
    ['chain', 'number'],
  )
  await db.schema.createIndex('audit_entries_id').on('audit_entries').column('id').unique().execute()
  await db.schema.createIndex('audit_entries_chain').on('audit_entries').columns(['chain', 'id']).execute()
  await table(
    'audit_heads',
    { chain: 'text', first_number: 'int', first_previous_hash: 'text', number: 'int', hash: 'text', seal: 'text' },
    ['chain'],
  )
}
