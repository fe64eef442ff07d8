import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import { columnType, type Engine } from '../dialects.ts'
import type { ColumnKind } from '../schema.ts'

/** Fresh proofs, browsers by name, disabled accounts, invitations of colleagues, the start-up link. */
export async function up(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const add = (table: string, column: string, kind: ColumnKind) =>
    db.schema
      .alterTable(table)
      .addColumn(column, sql.raw(columnType(engine, kind)))
      .execute()
  await add('sessions', 'proved_at', 'int?')
  await add('sessions', 'browser_hash', 'text?')
  await add('known_browsers', 'user_agent', 'text?')
  await add('people', 'disabled_at', 'int?')
  await add('people', 'last_partner_id', 'text?')
  await add('members', 'disabled_at', 'int?')
  await db.schema.createIndex('known_browsers_person').on('known_browsers').columns(['person_id']).execute()

  const table = async (name: string, columns: Record<string, ColumnKind>, primaryKey: string) => {
    let builder = db.schema.createTable(name)
    for (const [column, kind] of Object.entries(columns)) {
      builder = builder.addColumn(column, sql.raw(columnType(engine, kind)), (c) =>
        kind.endsWith('?') ? c : c.notNull(),
      )
    }
    await builder.addPrimaryKeyConstraint(`${name}_pk`, [primaryKey as never]).execute() // names are checked by the database
  }
  await table(
    'invitations',
    {
      id: 'text',
      partner_id: 'text',
      email: 'text',
      email_key: 'text',
      roles: 'text',
      token_hash: 'text',
      state: 'text',
      invited_by: 'text',
      inviter_id: 'text',
      sent_at: 'int',
      expires_at: 'int',
    },
    'id',
  )
  await db.schema
    .createIndex('invitations_address')
    .on('invitations')
    .columns(['partner_id', 'email_key'])
    .unique()
    .execute()
  await db.schema.createIndex('invitations_token').on('invitations').columns(['token_hash']).unique().execute()
  await table('startup_links', { id: 'text', token_hash: 'text', expires_at: 'int' }, 'id')
}
