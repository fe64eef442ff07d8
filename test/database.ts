/** A database of its own for each test file, on the engine that the run is for. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { DatabaseAddress } from '../server/db/database.ts'

export type TestDatabase = { address: DatabaseAddress; drop(): Promise<void> }

export type TestEngine = 'sqlite' | 'postgres'

export function testEngine(): TestEngine {
  return process.env.SLIPWAY_TEST_ENGINE === 'postgres' ? 'postgres' : 'sqlite'
}

export async function newDatabase(engine: TestEngine = testEngine()): Promise<TestDatabase> {
  return engine === 'sqlite' ? newSqlite() : newPostgres()
}

function newSqlite(): TestDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-test-'))
  return {
    address: { engine: 'sqlite', file: join(folder, 'slipway.db') },
    drop: async () => rmSync(folder, { recursive: true, force: true }),
  }
}

async function newPostgres(): Promise<TestDatabase> {
  const server = process.env.SLIPWAY_TEST_POSTGRES
  if (!server) throw new Error('SLIPWAY_TEST_POSTGRES is not set; run the tests through npm test.')
  const name = `slipway_test_${randomBytes(6).toString('hex')}`
  await onServer(server, `create database ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return {
    address: { engine: 'postgres', url: url.href, poolSize: 5 },
    drop: () => onServer(server, `drop database if exists ${name} with (force)`),
  }
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
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

function answers(url: string): Promise<boolean> {
  return onServer(url, 'select 1').then(
    () => true,
    () => false,
  )
}
