import { type Kysely, sql } from 'kysely'
import type { Engine } from '../dialects.ts'
import { columnType } from '../dialects.ts'

/** Notifications that somebody made up. */
export async function up(db: Kysely<unknown>, engine: Engine): Promise<void> {
  await db.schema
    .alterTable('notifications')
    .addColumn('manner', sql.raw(columnType(engine, 'text?')))
    .execute()
}
