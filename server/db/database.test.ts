import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { type Kysely, sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { emptyDatabase, type TestDatabase } from '../../test/database.ts'
import { newId, systemClock } from '../clock.ts'
import { type App, newContext } from '../context.ts'
import { sealWith } from '../seal.ts'
import { makeNetworkPair } from '../applications/keys.ts'
import { type Database, openDatabase } from './database.ts'
import { columnType, isUniqueViolation } from './dialects.ts'
import { TABLES, type Tables } from './schema.ts'

let made: TestDatabase
let database: Database
let app: App
beforeAll(async () => {
  made = await emptyDatabase()
  database = await openDatabase(made.address)
  app = {
    config: {} as App['config'], // nothing below asks for it
    database,
    clock: systemClock,
    seal: sealWith(Buffer.alloc(32)),
    passwords: {} as App['passwords'], // nor for these
    makePair: makeNetworkPair,
    log: pino({ level: 'silent' }),
    nudge: () => undefined,
  }
})
afterAll(async () => {
  await database.close()
  await made.drop()
})

const ctx = () => newContext(app, { kind: 'system' })
const add = (db: Kysely<Tables>, key: string) =>
  db.insertInto('counters').values({ key, count: 1, resets_at: 0 }).execute()
const has = async (key: string) =>
  (await database.reader.selectFrom('counters').select('key').where('key', '=', key).execute()).length === 1

describe('schema', () => {
  test('the migrations make exactly what the data dictionary says', async () => {
    const tables = await (database.reader as Kysely<Tables>).introspection.getTables()
    const found = Object.fromEntries(
      tables.map(({ name, columns }) => [
        name,
        Object.fromEntries(
          columns.map((column) => [column.name, `${simple(column.dataType)}${column.isNullable ? '?' : ''}`]),
        ),
      ]),
    )
    const expected = Object.fromEntries(
      Object.entries(TABLES).map(([name, columns]) => [
        name,
        Object.fromEntries(
          Object.entries(columns).map(([column, kind]) => [
            column,
            `${columnType(database.engine, kind)}${kind.endsWith('?') ? '?' : ''}`,
          ]),
        ),
      ]),
    )
    expect(found).toEqual(expected)
  })

  test('migrating again changes nothing, and two at once agree', async () => {
    const again = await Promise.all([openDatabase(made.address), openDatabase(made.address)])
    for (const other of again) await other.close()
  })

  test('a database that the next release has brought further is opened, and one of another past is not', async () => {
    const kysely = database.reader as Kysely<Tables>
    const done = (name: string) =>
      sql`insert into kysely_migration (name, timestamp) values (${name}, ${new Date().toISOString()})`.execute(kysely)
    const undone = (name: string) => sql`delete from kysely_migration where name = ${name}`.execute(kysely)
    await done('9999-next')
    await (await openDatabase(made.address)).close()
    await undone('9999-next')
    await done('0000-other')
    await expect(openDatabase(made.address)).rejects.toThrow('could not be brought to the newest schema')
    await undone('0000-other')
    await (await openDatabase(made.address)).close()
  })

  const simple = (type: string) => ({ int8: 'bigint', TEXT: 'text', INTEGER: 'integer', BLOB: 'blob' })[type] ?? type
})

describe('a transaction', () => {
  test('is undone as a whole when it throws, and its neighbours are not', async () => {
    const results = await Promise.allSettled([
      ctx().tx((tx) => add(tx.db, 'left neighbour')),
      ctx().tx(async (tx) => {
        await add(tx.db, 'undone')
        throw new Error('no')
      }),
      ctx().tx((tx) => add(tx.db, 'right neighbour')),
    ])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect([await has('left neighbour'), await has('undone'), await has('right neighbour')]).toEqual([
      true,
      false,
      true,
    ])
  })

  test('survives a statement that fails inside of it', async () => {
    await ctx().tx((tx) => add(tx.db, 'taken'))
    await expect(ctx().tx((tx) => add(tx.db, 'taken'))).rejects.toSatisfy(isUniqueViolation)
    await ctx().tx((tx) => add(tx.db, 'afterwards'))
    expect(await has('afterwards')).toBe(true)
  })

  test('many at once all commit', async () => {
    await Promise.all(Array.from({ length: 300 }, (_, i) => ctx().tx((tx) => add(tx.db, `many ${i}`))))
    const { n } = await database.reader
      .selectFrom('counters')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('key', 'like', 'many %')
      .executeTakeFirstOrThrow()
    expect(Number(n)).toBe(300)
  })

  test('makes the outer handle throw while it is open, and its own after the end', async () => {
    const outer = ctx()
    let kept: { db: unknown } | undefined
    await outer.tx(async (tx) => {
      kept = tx
      expect(() => outer.db).toThrow(/while a transaction is open/)
    })
    expect(() => outer.db).not.toThrow()
    expect(() => kept?.db).toThrow(/has ended/)
  })

  test('inside another is part of it', async () => {
    const failing = ctx().tx((tx) =>
      tx.tx(async (inner) => {
        await add(inner.db, 'inner')
        throw new Error('no')
      }),
    )
    await expect(failing).rejects.toThrow('no')
    expect(await has('inner')).toBe(false)
  })

  test('runs its hooks after the commit, and not at all without one', async () => {
    const ran: string[] = []
    await ctx().tx(async (tx) => {
      tx.afterCommit(() => ran.push('committed'))
      expect(ran).toEqual([])
    })
    await ctx()
      .tx(async (tx) => {
        tx.afterCommit(() => ran.push('never'))
        throw new Error('no')
      })
      .catch(() => undefined)
    expect(ran).toEqual(['committed'])
  })
})

test('whole numbers come back as numbers, bytes as bytes', async () => {
  const id = newId('exc')
  const large = 999_999_999_999_999
  const bytes = Buffer.from([0, 255, 195, 40])
  const row = {
    id,
    application_id: 'a',
    at: large,
    duration_us: 1,
    method: 'POST',
    uri: '/',
    result_code: 'X',
    result_status: 'S',
    signature: 'verified',
    source_address: '',
    request_headers: '[]',
    request_body: bytes,
    response_headers: '[]',
    response_body: '',
    direction: 'in',
  }
  await ctx().tx((tx) => tx.db.insertInto('exchanges').values(row).execute())
  const found = await database.reader.selectFrom('exchanges').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  expect(found.at).toBe(large)
  expect(Buffer.from(found.request_body)).toEqual(bytes)
})

test.runIf(process.env.SLIPWAY_TEST_ENGINE === 'sqlite')(
  'SQLite keeps a write-ahead log and syncs every commit',
  async () => {
    const pragma = async (name: string) =>
      (await sql.raw(`pragma ${name}`).execute(database.reader as Kysely<Tables>)).rows[0]
    expect(await pragma('journal_mode')).toMatchObject({ journal_mode: 'wal' })
    expect(await pragma('synchronous')).toMatchObject({ synchronous: 2 })
  },
)

/** Makes the file, has it to itself, says so, and lets go of it after a moment. */
const HOLDER = `
const { parentPort, workerData } = require('node:worker_threads')
import('node:sqlite').catch(() => import('@photostructure/sqlite')).then(({ DatabaseSync }) => {
  const held = new DatabaseSync(workerData)
  held.exec('pragma journal_mode = wal; create table first (n integer)')
  held.exec('pragma locking_mode = exclusive; begin exclusive')
  parentPort.postMessage('held')
  setTimeout(() => held.close(), 200)
})`

test.runIf(process.env.SLIPWAY_TEST_ENGINE === 'sqlite')(
  'SQLite waits for who has the file at the moment',
  async () => {
    const held = await emptyDatabase()
    if (held.address.engine !== 'sqlite') throw new Error('This test is of SQLite.')
    const holder = new Worker(HOLDER, { eval: true, workerData: held.address.file })
    const ended = once(holder, 'exit')
    await once(holder, 'message')
    const opened = await openDatabase(held.address)
    await opened.ping()
    await opened.close()
    await ended
    await held.drop()
  },
)
