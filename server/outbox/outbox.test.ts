import { randomBytes } from 'node:crypto'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { FAILED_WORK_LADDER_SECONDS } from '../../rules/notification.ts'
import { newDatabase, type TestDatabase } from '../../test/database.ts'
import { type App, newContext } from '../context.ts'
import { type Database, openDatabase } from '../db/database.ts'
import { sealWith } from '../seal.ts'
import { addWork, type Handler, newWorker } from './outbox.ts'

let made: TestDatabase
let database: Database
let app: App
let offset = 0
beforeAll(async () => {
  made = await newDatabase()
  database = await openDatabase(made.address)
  app = {
    config: {} as App['config'], // nothing below asks for it
    database,
    clock: { now: () => 1_800_000_000_000 + offset },
    seal: sealWith(randomBytes(32)),
    passwords: {} as App['passwords'], // nor for these
    log: pino({ level: 'silent' }),
    nudge: () => undefined,
  }
})
beforeEach(() => database.transact((db) => db.deleteFrom('outbox').execute()))
afterAll(async () => {
  await database.close()
  await made.drop()
})

const add = (payload: string) => newContext(app, { kind: 'system' }).tx((tx) => addWork(tx, { topic: 'work', payload }))
const worker = (work: Handler) => newWorker(app, { work }, async () => undefined)
const rows = () => database.reader.selectFrom('outbox').selectAll().execute()
const done: Handler = async () => ({ outcome: { done: true } })

test('work is done once and then gone, however many workers there are', async () => {
  for (let i = 0; i < 120; i++) await add(`w${i}`)
  const seen: string[] = []
  const handler: Handler = async (_ctx, { payload }) => {
    seen.push(payload)
    return { outcome: { done: true } }
  }
  await Promise.all([worker(handler).runDue(), worker(handler).runDue(), worker(handler).runDue()])
  expect(seen.sort()).toEqual(Array.from({ length: 120 }, (_, i) => `w${i}`).sort())
  expect(await rows()).toEqual([])
})

test('work that was put off comes back when it is due, and given-up work stays with its reason', async () => {
  await add('later')
  await worker(async () => ({ outcome: { retryInMs: 5000, error: 'not now' } })).runDue()
  expect(await rows()).toMatchObject([{ attempts: 1, last_error: 'not now', lease_owner: null }])
  expect(await worker(done).runDue()).toBe(0)
  offset += 5000
  await worker(async () => ({ outcome: { giveUp: true, error: 'never' } })).runDue()
  expect(await rows()).toMatchObject([{ attempts: 2, last_error: 'never', due_at: null }])
  offset += 1e9
  expect(await worker(done).runDue()).toBe(0)
})

test('a handler that throws loses nothing', async () => {
  await add('unlucky')
  await worker(async () => {
    throw new Error('boom')
  }).runDue()
  expect(await rows()).toMatchObject([{ attempts: 1, last_error: 'Error: boom' }])
})

test('a handler that throws every time is given up after the ladder, not tried for ever', async () => {
  await add('hopeless')
  let tries = 0
  const hopeless = worker(async () => {
    tries++
    throw new Error('boom')
  })
  for (let i = 0; i < 20; i++) {
    await hopeless.runDue()
    offset += 25 * 3600 * 1000
  }
  expect(tries).toBe(FAILED_WORK_LADDER_SECONDS.length)
  expect(await rows()).toMatchObject([{ due_at: null, last_error: 'Error: boom' }])
})

test('the work of a dead node is taken over when its lease is over, and a frozen one cannot overwrite that', async () => {
  await add('frozen')
  let thaw: () => void = () => undefined
  const frozen = new Promise<void>((resolve) => {
    thaw = resolve
  })
  const recorded: string[] = []
  const record = (name: string) => async () => void recorded.push(name)
  let begun: () => void = () => undefined
  const started = new Promise<void>((resolve) => {
    begun = resolve
  })
  const slow = worker(async () => {
    begun()
    await frozen
    return { outcome: { giveUp: true, error: 'too late' }, record: record('frozen') }
  }).runDue()
  await started
  expect(await worker(done).runDue()).toBe(0)
  offset += 31_000
  expect(await worker(async () => ({ outcome: { done: true }, record: record('second') })).runDue()).toBe(1)
  thaw()
  await slow
  expect(recorded).toEqual(['second'])
  expect(await rows()).toEqual([])
})

test('stopping gives leases back', async () => {
  await add('given back')
  const stopping = worker(async () => ({ outcome: { retryInMs: 0, error: 'again' } }))
  await stopping.runDue()
  await stopping.stop()
  expect((await rows()).every(({ lease_until }) => lease_until === 0)).toBe(true)
})

test('a topic that hangs holds no other up, not even work that comes later', async () => {
  let release: () => void = () => undefined
  const hanging = new Promise<void>((resolve) => {
    release = resolve
  })
  const seen: string[] = []
  const slow: Handler = async () => {
    seen.push('slow')
    await hanging
    return { outcome: { done: true } }
  }
  const quick: Handler = async (_ctx, { payload }) => {
    seen.push(payload)
    return { outcome: { done: true } }
  }
  const running = newWorker(app, { slow, work: quick }, async () => undefined, 20)
  await newContext(app, { kind: 'system' }).tx((tx) => addWork(tx, { topic: 'slow', payload: 'x' }))
  running.start()
  await expect.poll(() => seen).toContain('slow')
  await add('later')
  await expect.poll(() => seen).toContain('later')
  release()
  await running.stop()
})
