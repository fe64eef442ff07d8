import { type Kysely, sql } from 'kysely'
import type { Engine } from '../dialects.ts'
import { columnType } from '../dialects.ts'
import type { ColumnKind } from '../schema.ts'

/** The whole life of a payment: refunds, cancelling, payment codes, a clock per sandbox; indexes for the request log. */
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
  const add = (on: string, column: string, kind: ColumnKind, fallback?: string | number) =>
    db.schema
      .alterTable(on)
      .addColumn(column, sql.raw(columnType(engine, kind)), (c) =>
        fallback === undefined ? c : c.notNull().defaultTo(fallback),
      )
      .execute()
  const index = (name: string, on: string, columns: string[], unique = false) => {
    const builder = db.schema.createIndex(name).on(on).columns(columns)
    return (unique ? builder.unique() : builder).execute()
  }

  await add('clients', 'clock_offset_ms', 'int', 0)
  await add('clients', 'wallet_hash', 'text?')
  await add('clients', 'wallet_secret', 'text?')
  await index('clients_wallet', 'clients', ['wallet_hash'], true)

  await add('payments', 'product', 'text', 'cashier')
  await add('payments', 'refunded_minor', 'int', 0)
  await add('payments', 'result_code', 'text?')
  await add('payments', 'decides_at', 'int?')
  await add('payments', 'decides_as', 'text?')
  await add('payments', 'cancelled_at', 'int?')
  await add('payments', 'wake_at', 'int?')
  await add('payments', 'agreed', 'text?')
  await sql`update payments set wake_at = expires_at where state = 'PAYING'`.execute(db)
  await sql`update payments set result_code = case state
    when 'SUCCESS' then 'SUCCESS'
    when 'FAILED' then 'USER_PAYMENT_VERIFICATION_FAILED'
    when 'CLOSED' then 'ORDER_IS_CLOSED' end`.execute(db)
  await db.schema.dropIndex('payments_open').execute()
  await sql`create index payments_wake on payments (wake_at) where wake_at is not null`.execute(db)
  await sql`create index payments_decided on payments (application_id, final_at) where final_at is not null`.execute(db)

  await table(
    'refunds',
    {
      application_id: 'text',
      refund_request_id: 'text',
      refund_id: 'text',
      payment_request_id: 'text',
      amount_minor: 'int',
      currency: 'text',
      created_at: 'int',
      answer: 'text',
    },
    ['application_id', 'refund_request_id'],
  )
  await index('refunds_id', 'refunds', ['refund_id'], true)
  await index('refunds_payment', 'refunds', ['application_id', 'payment_request_id'])

  await table(
    'payment_codes',
    { code: 'text', application_id: 'text', created_at: 'int', expires_at: 'int', used_by: 'text?' },
    ['code'],
  )
  await index('payment_codes_application', 'payment_codes', ['application_id', 'created_at'])
  await index('payment_codes_age', 'payment_codes', ['created_at'])

  await add('exchanges', 'refund_request_id', 'text?')
  await index('exchanges_payment', 'exchanges', ['application_id', 'payment_request_id'])
  await index('exchanges_status', 'exchanges', ['application_id', 'result_status', 'id'])
  await sql`create index exchanges_refund on exchanges (application_id, refund_request_id)
    where refund_request_id is not null`.execute(db)
  await index('notifications_payment', 'notifications', ['application_id', 'payment_request_id'])
}
