/** Everything in which the two engines differ. Nothing else in the server asks which one it runs on. */
import { Kysely, PostgresDialect, type SqliteDatabase, SqliteDialect, type SqliteStatement, sql } from 'kysely'
import pg from 'pg'
import type { ColumnKind, Tables } from './schema.ts'
import { loadSqlite, type SqliteHandle } from './sqlite.ts'

export type Engine = 'sqlite' | 'postgres'

/** The name of a column's type in the engine's own words. */
export function columnType(engine: Engine, kind: ColumnKind): string {
  const base = kind.replace('?', '')
  if (engine === 'sqlite') return { text: 'text', int: 'integer', bytes: 'blob' }[base] ?? 'text'
  return { text: 'text', int: 'bigint', bytes: 'bytea' }[base] ?? 'text'
}

/** SQLite: write-ahead log, every commit synced, one connection. Foreign writers are waited for. */
export async function openSqlite(file: string): Promise<{ kysely: Kysely<Tables>; handle: SqliteHandle }> {
  const handle = await loadSqlite(file)
  // Before anything is written; a database that is there keeps its own. Evidence of a call is some 2.6 kB: pages of 4 kB hold one.
  handle.exec('pragma page_size = 8192')
  handle.exec('pragma journal_mode = wal')
  handle.exec('pragma synchronous = full')
  handle.exec('pragma wal_autocheckpoint = 4000')
  // 16 MB, when they are needed. The ids of partners fall anywhere into their indexes, whose pages should not be read again for each.
  handle.exec('pragma cache_size = -16384')
  return {
    kysely: new Kysely<Tables>({ dialect: new SqliteDialect({ database: withStatementCache(handle) }) }),
    handle,
  }
}

/** PostgreSQL: whole numbers as numbers (times and minor units fit), time-outs that nest inside the partner's own five seconds. */
export function openPostgres(url: string, poolSize: number): Kysely<Tables> {
  pg.types.setTypeParser(pg.types.builtins.INT8, Number)
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: 5000,
    statement_timeout: 10_000,
    lock_timeout: 5000,
    idle_in_transaction_session_timeout: 10_000,
  })
  // An idle connection that breaks is replaced by the pool; without a listener the process would end.
  pool.on('error', () => undefined)
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
}

/** From here to the end of the transaction nobody else holds the lock of this name. SQLite has one writer at a time anyway. */
export async function lockUntilCommit(db: Kysely<Tables>, engine: Engine, name: string): Promise<void> {
  if (engine === 'postgres') await sql`select pg_advisory_xact_lock(hashtext(${name}))`.execute(db)
}

/** An embedded database belongs to one process. */
export const isAlone = (engine: Engine): boolean => engine === 'sqlite'

/** A unique index refused the row: the two engines' codes for it. */
export function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code, errcode } = error as { code?: unknown; errcode?: unknown } // driver errors carry one of the two
  return code === '23505' || errcode === 2067 || errcode === 1555 || /UNIQUE constraint failed/.test(error.message)
}

/** The stock driver prepares each statement anew; preparing once per SQL text is several times faster. */
function withStatementCache(handle: SqliteHandle): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>()
  return {
    prepare(sql) {
      const known = prepared.get(sql)
      if (known) return known
      const statement = handle.prepare(sql)
      const fresh: SqliteStatement = {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...parameters),
        run: (parameters) => statement.run(...parameters),
        iterate: (parameters) => statement.iterate(...parameters),
      }
      if (prepared.size > 500) prepared.clear() // searches build their own texts
      prepared.set(sql, fresh)
      return fresh
    },
    close: () => handle.close(),
  }
}
