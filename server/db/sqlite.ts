/** The only file that knows where SQLite comes from: Node's own from 22 on, the same code as a package before. */

export type SqliteHandle = {
  exec(sql: string): void
  prepare(sql: string): {
    columns(): unknown[]
    all(...parameters: readonly unknown[]): unknown[]
    run(...parameters: readonly unknown[]): { changes: number | bigint; lastInsertRowid: number | bigint }
    iterate(...parameters: readonly unknown[]): IterableIterator<unknown>
    get(...parameters: readonly unknown[]): unknown
  }
  close(): void
}

type SqliteModule = { DatabaseSync: new (file: string) => SqliteHandle }

/** Older libraries can lose a commit when a write meets a checkpoint. */
const OLDEST = [3, 51, 3] as const

export async function loadSqlite(file: string): Promise<SqliteHandle> {
  for (const name of ['node:sqlite', '@photostructure/sqlite']) {
    const module = await import(name).catch(() => undefined)
    if (!module) continue
    const handle = new (module as SqliteModule).DatabaseSync(file) // both have the same interface
    // Before anything is read: the file may be in the hands of a command, or of a server that is just ending.
    handle.exec('pragma busy_timeout = 5000')
    if (isNewEnough(handle)) return handle
    handle.close()
  }
  throw new Error(`No SQLite of ${OLDEST.join('.')} or later: use Node 24, or install the dependencies again.`)
}

function isNewEnough(handle: SqliteHandle): boolean {
  const { version } = handle.prepare('select sqlite_version() as version').get() as { version: string }
  const parts = version.split('.').map(Number)
  for (const [i, least] of OLDEST.entries()) {
    const part = parts[i] ?? 0
    if (part !== least) return part > least
  }
  return true
}
