import { type Kysely, sql } from 'kysely'
import type { Engine } from '../dialects.ts'
import { columnType } from '../dialects.ts'
import type { ColumnKind } from '../schema.ts'

/** Merchants with their accounts in the Test Wallet, the fate of every mail, and whose payment it is. */
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
  const index = (name: string, on: string, columns: string[], unique = false) => {
    const builder = db.schema.createIndex(name).on(on).columns(columns)
    return (unique ? builder.unique() : builder).execute()
  }

  await table(
    'mails',
    {
      id: 'text',
      kind: 'text',
      recipient: 'text',
      copies: 'text',
      subject: 'text',
      about: 'text?',
      state: 'text',
      attempts: 'int',
      words: 'text?',
      perhaps_twice: 'int',
      created_at: 'int',
      tried_at: 'int?',
      next_at: 'int?',
      settled_at: 'int?',
    },
    ['id'],
  )
  await index('mails_state', 'mails', ['state', 'id'])

  await table(
    'merchants',
    {
      id: 'text',
      application_id: 'text',
      name: 'text',
      name_key: 'text',
      mid: 'text',
      email: 'text',
      email_key: 'text',
      products: 'text',
      account: 'text',
      password_hash: 'text?',
      token_hash: 'text?',
      token: 'text?',
      mail_id: 'text?',
      invited_at: 'int?',
      invited_by: 'text?',
      invitation_expires_at: 'int?',
      opened_at: 'int?',
      accepted_at: 'int?',
      withdrawn_at: 'int?',
      first_log_in_at: 'int?',
      created_at: 'int',
      created_by: 'text',
    },
    ['id'],
  )
  await index('merchants_mid', 'merchants', ['application_id', 'mid'], true)
  await index('merchants_account', 'merchants', ['account'], true)
  await index('merchants_token', 'merchants', ['token_hash'], true)

  await table('wallet_sessions', { token_hash: 'text', merchant_id: 'text', created_at: 'int', seen_at: 'int' }, [
    'token_hash',
  ])
  await index('wallet_sessions_merchant', 'wallet_sessions', ['merchant_id'])

  await table('invitation_preferences', { application_id: 'text', to_merchant: 'int', copies: 'text' }, [
    'application_id',
  ])

  for (const name of ['payments', 'payment_codes'])
    await db.schema
      .alterTable(name)
      .addColumn('payer_account', sql.raw(columnType(engine, 'text?')))
      .execute()
  await db.schema.dropIndex('payments_decided').execute()
  await sql`create index payments_payer on payments (application_id, payer_account, final_at)
    where final_at is not null`.execute(db)
  await sql`create index payments_waiting on payments (application_id, product, created_at)
    where state = 'PAYING'`.execute(db)
}
