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
