import { type Kysely, sql } from 'kysely'
import type { Engine } from '../dialects.ts'
import { columnType } from '../dialects.ts'

/** Wallets as partners: who is joined with whom, whose wallet a payment is with, and the calls that the network itself makes. */
export async function up(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const [text, int, maybeText] = (['text', 'int', 'text?'] as const).map((kind) => sql.raw(columnType(engine, kind)))
  if (!text || !int || !maybeText) throw new Error('Three kinds of columns were asked for.')
  await db.schema
    .createTable('pairs')
    .addColumn('id', text, (column) => column.notNull().primaryKey())
    .addColumn('acquirer_application_id', text, (column) => column.notNull())
    .addColumn('wallet_application_id', text, (column) => column.notNull())
    .addColumn('created_at', int, (column) => column.notNull())
    .addColumn('created_by', text, (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('pairs_both')
    .on('pairs')
    .columns(['acquirer_application_id', 'wallet_application_id'])
    .unique()
    .execute()
  await db.schema.createIndex('pairs_wallet').on('pairs').columns(['wallet_application_id']).execute()
  await db.schema
    .createTable('pairing_codes')
    .addColumn('application_id', text, (column) => column.notNull().primaryKey())
    .addColumn('code_hash', text, (column) => column.notNull().unique())
    .addColumn('expires_at', int, (column) => column.notNull())
    .addColumn('created_by', text, (column) => column.notNull())
    .execute()
  for (const [table, column] of [
    ['payments', 'wallet_application_id'],
    ['payments', 'wallet_payer'],
    ['payment_codes', 'customer_id'],
  ] as const) {
    await db.schema.alterTable(table).addColumn(column, maybeText).execute()
  }
  await db.schema
    .alterTable('exchanges')
    .addColumn('direction', text, (column) => column.notNull().defaultTo('in'))
    .execute()
}
