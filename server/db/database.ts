/** The database as the rest of the server sees it: a handle that only reads, and transactions that write. */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Kysely, sql } from 'kysely'
import { type Engine, openPostgres, openSqlite } from './dialects.ts'
import { groupCommit } from './group-commit.ts'
import { migrate } from './migrate.ts'
import type { Tables } from './schema.ts'

/** Outside a transaction one can only read. */
export type Reader = Pick<Kysely<Tables>, 'selectFrom' | 'fn'>
export type Writer = Kysely<Tables>

export type DatabaseAddress = { engine: 'sqlite'; file: string } | { engine: 'postgres'; url: string; poolSize: number }

export type Database = {
  engine: Engine
  reader: Reader
  /** Runs the work in one transaction. It may await nothing but the database. */
  transact<T>(work: (db: Writer) => Promise<T>): Promise<T>
  /** Throws unless a row can be written and committed right now. */
  ping(): Promise<void>
  close(): Promise<void>
}

export async function openDatabase(address: DatabaseAddress): Promise<Database> {
  return address.engine === 'sqlite' ? sqliteDatabase(address.file) : postgresDatabase(address)
}

async function sqliteDatabase(file: string): Promise<Database> {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const { kysely, handle } = await openSqlite(file)
  await migrate(kysely, 'sqlite')
  const transact = groupCommit(kysely, handle)
  return {
    engine: 'sqlite',
    reader: kysely,
    transact,
    ping: () => transact(touchPing),
    close: () => kysely.destroy(),
  }
}

async function postgresDatabase({ url, poolSize }: { url: string; poolSize: number }): Promise<Database> {
  const kysely = openPostgres(url, poolSize)
  await migrate(kysely, 'postgres')
  const transact = <T>(work: (db: Writer) => Promise<T>) => kysely.transaction().execute(work)
  return {
    engine: 'postgres',
    reader: kysely,
    transact,
    ping: () => transact(touchPing),
    close: () => kysely.destroy(),
  }
}

async function touchPing(db: Writer): Promise<void> {
  await db
    .insertInto('counters')
    .values({ key: 'ping', count: 1, resets_at: 0 })
    .onConflict((c) => c.column('key').doUpdateSet({ count: sql<number>`counters.count + 1` }))
    .execute()
}
