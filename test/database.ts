/** A database of its own for each test file, on the engine that the run is for. */
import { createHash, randomBytes } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { type DatabaseAddress, openDatabase } from '../server/db/database.ts'
import { loadSqlite } from '../server/db/sqlite.ts'

export type TestDatabase = { address: DatabaseAddress; drop(): Promise<void> }

export type TestEngine = 'sqlite' | 'postgres'

export function testEngine(): TestEngine {
  return process.env.SLIPWAY_TEST_ENGINE === 'postgres' ? 'postgres' : 'sqlite'
}

/** With the newest schema and nothing in it: a copy, since to migrate each anew would take most of a short test's time. */
export async function newDatabase(engine: TestEngine = testEngine()): Promise<TestDatabase> {
  return engine === 'sqlite' ? newSqlite(await sqliteTemplate()) : newPostgres(await postgresTemplate())
}

/** Without any table. */
export async function emptyDatabase(engine: TestEngine = testEngine()): Promise<TestDatabase> {
  return engine === 'sqlite' ? newSqlite() : newPostgres()
}

function newSqlite(template?: string): TestDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-test-'))
  const file = join(folder, 'slipway.db')
  if (template) copyFileSync(template, file)
  return {
    address: { engine: 'sqlite', file },
    drop: async () => rmSync(folder, { recursive: true, force: true }),
  }
}

async function newPostgres(template = 'template1'): Promise<TestDatabase> {
  const name = `slipway_test_${randomBytes(6).toString('hex')}`
  await onServer(`create database ${name} template ${template}`)
  return {
    // Few, because each begins with nothing in its head, and learns all tables anew.
    address: { engine: 'postgres', url: urlOf(name), poolSize: 3 },
    drop: () => onServer(`drop database if exists ${name} with (force)`),
  }
}

function postgresServer(): string {
  const server = process.env.SLIPWAY_TEST_POSTGRES
  if (!server) throw new Error('SLIPWAY_TEST_POSTGRES is not set; run the tests through npm test.')
  return server
}

function urlOf(name: string): string {
  const url = new URL(postgresServer())
  url.pathname = `/${name}`
  return url.href
}

const MIGRATIONS = fileURLToPath(new URL('../server/db/migrations', import.meta.url))

/** Of the schema that the migrations make: others have other templates. */
function schemaHash(): string {
  const hash = createHash('sha256')
  for (const file of readdirSync(MIGRATIONS).sort()) hash.update(readFileSync(join(MIGRATIONS, file)))
  return hash.digest('hex').slice(0, 16)
}

async function migrated(address: DatabaseAddress): Promise<void> {
  const database = await openDatabase(address)
  await database.close()
}

async function sqliteTemplate(): Promise<string> {
  const folder = fileURLToPath(new URL('../node_modules/.cache', import.meta.url))
  const file = join(folder, `slipway-test-${schemaHash()}.db`)
  if (existsSync(file)) return file
  const folderOfDraft = mkdtempSync(join(tmpdir(), 'slipway-test-'))
  const draft = join(folderOfDraft, 'slipway.db')
  await migrated({ engine: 'sqlite', file: draft })
  mkdirSync(folder, { recursive: true })
  // Beside it and moved: another test file may be making the same. Not copied: the newest pages are still in the log beside the file.
  const beside = `${file}.${randomBytes(6).toString('hex')}`
  const handle = await loadSqlite(draft)
  handle.exec(`vacuum into '${beside}'`)
  handle.close()
  renameSync(beside, file)
  rmSync(folderOfDraft, { recursive: true })
  return file
}

let template: Promise<string> | undefined

/** Looked for once by each process: it stays. */
function postgresTemplate(): Promise<string> {
  template ??= ensureTemplate()
  return template
}

async function ensureTemplate(): Promise<string> {
  const name = `slipway_template_${schemaHash()}`
  const client = new pg.Client({ connectionString: postgresServer() })
  await client.connect()
  try {
    await client.query("select pg_advisory_lock(hashtext('slipway test template'))")
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name])
    if (rowCount === 0) await makeTemplate(client, name)
    return name
  } finally {
    await client.end() // and so the lock
  }
}

async function makeTemplate(client: pg.Client, name: string): Promise<void> {
  const draft = `${name}_draft`
  await client.query(`drop database if exists ${draft} with (force)`)
  await client.query(`create database ${draft}`)
  await migrated({ engine: 'postgres', url: urlOf(draft), poolSize: 1 })
  await client.query(`alter database ${draft} rename to ${name}`)
}

let server: pg.Pool | undefined

/** What makes and drops databases, over a connection that stays: to open one costs the server more than most statements. */
async function onServer(statement: string): Promise<void> {
  server ??= new pg.Pool({ connectionString: postgresServer(), max: 1, allowExitOnIdle: true })
  if (server.listenerCount('error') === 0) server.on('error', () => undefined) // cut off by a crash: the next statement opens another
  await server.query(statement)
}

/**
 * PostgreSQL as after a crash: one of its processes dies, it ends all the others at once, and recovers from its log. Resolves when it
 * answers again.
 */
export async function crash({ address }: TestDatabase): Promise<void> {
  if (address.engine !== 'postgres') throw new Error('An embedded database crashes with its process.')
  const client = new pg.Client({ connectionString: address.url })
  client.on('error', () => undefined) // it is cut off with all others
  await client.connect()
  const { rows } = await client.query('select pg_backend_pid() as pid, inet_server_addr()::text as address')
  const [{ pid, address: host }] = rows as [{ pid: number; address: string }] // one row
  if (!host.startsWith('127.')) throw new Error('Only a server on this machine can be crashed.')
  const cut = new Promise<void>((resolve) => client.once('end', resolve))
  process.kill(pid, 'SIGKILL')
  await cut
  while (!(await answers(address.url))) await new Promise((resolve) => setTimeout(resolve, 20))
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}
