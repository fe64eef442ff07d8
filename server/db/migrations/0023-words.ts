import { type Kysely, sql } from 'kysely'
import type { Engine } from '../dialects.ts'
import { columnType } from '../dialects.ts'
import type { ColumnKind } from '../schema.ts'

/**
 * What the request log is filtered and searched by, at any size. The words stand apart from the exchanges, whose rows are wide: a search
 * reads nothing else. Of what was recorded before, ids and code are found; its bodies are not looked through again.
 */
export async function up(db: Kysely<unknown>, engine: Engine): Promise<void> {
  const type = (kind: ColumnKind) => sql.raw(columnType(engine, kind))
  const words = db.schema
    .createTable('exchange_words')
    .addColumn('application_id', type('text'), (column) => column.notNull())
    .addColumn('id', type('text'), (column) => column.notNull())
    .addColumn('words', type('text'), (column) => column.notNull())
    .addPrimaryKeyConstraint('exchange_words_pk', ['application_id', 'id'])
  await (engine === 'sqlite' ? words.modifyEnd(sql`without rowid`) : words).execute()
  await sql`insert into exchange_words (application_id, id, words)
    select application_id, id, lower(id || ' ' || uri || ' ' || result_code || ' ' || coalesce(payment_request_id, '') || ' ' ||
      coalesce(payment_id, '') || ' ' || coalesce(refund_request_id, '')) from exchanges`.execute(db)
  const index = (name: string, column: string) =>
    db.schema.createIndex(name).on('exchanges').columns(['application_id', column, 'id'])
  await index('exchanges_api', 'api').execute()
  await index('exchanges_code', 'result_code').execute()
  await index('exchanges_payment_id', 'payment_id').where(sql.ref('payment_id'), 'is not', null).execute()
  await index('exchanges_cause', 'cause').where(sql.ref('cause'), 'is not', null).execute()
  await index('exchanges_unverified', 'signature').where(sql.ref('signature'), '!=', sql.lit('verified')).execute()
}
