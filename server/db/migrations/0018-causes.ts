import { type Kysely, sql } from 'kysely'
import type { Engine } from '../dialects.ts'
import { columnType } from '../dialects.ts'

/** Why a call was refused. What was recorded before says it by its result code alone. */
export async function up(db: Kysely<unknown>, engine: Engine): Promise<void> {
  await db.schema
    .alterTable('exchanges')
    .addColumn('cause', sql.raw(columnType(engine, 'text?')))
    .execute()
}
