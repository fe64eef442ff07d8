import { type Kysely, sql } from 'kysely'
import type { Engine } from '../dialects.ts'
import { columnType } from '../dialects.ts'

/** When somebody chose a first password, for the stage of the partner; its products; mails by the time of their writing. */
export async function up(db: Kysely<unknown>, engine: Engine): Promise<void> {
  await db.schema
    .alterTable('people')
    .addColumn('activated_at', sql.raw(columnType(engine, 'int?')))
    .execute()
  await db.schema
    .alterTable('partners')
    .addColumn('products', sql.raw(columnType(engine, 'text?')))
    .execute()
  await db.schema.createIndex('mails_created').on('mails').column('created_at').execute()
}
