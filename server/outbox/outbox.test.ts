import { randomBytes } from 'node:crypto'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { OUTBOX } from '../../rules/limits.ts'
import { FAILED_WORK_LADDER_SECONDS } from '../../rules/notification.ts'
import { newDatabase, type TestDatabase } from '../../test/database.ts'
import { type App, newContext, type TxCtx } from '../context.ts'
import { type Database, openDatabase } from '../db/database.ts'
import { sealWith } from '../seal.ts'
import { makeNetworkPair } from '../applications/keys.ts'
import { addWork, type Handler, hurryLane, type Topic } from './outbox.ts'
import { newWorker } from './worker.ts'

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
    makePair: makeNetworkPair,
    log: pino({ level: 'silent' }),
    nudge: () => undefined,
  }
})
beforeEach(() => database.transact((db) => db.deleteFrom('outbox').execute()))
afterAll(async () => {
  await database.close()
  await made.drop()
})

const add = (payload: string, place: { lane?: string; tenant?: string; dueAt?: number } = {}) =>
  newContext(app, { kind: 'system' }).tx((tx) => addWork(tx, { topic: 'work', payload, ...place }))
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

test('the same worker, too, records only what came of its newest claim', async () => {
  await add('slow')
  const releases: (() => void)[] = []
  const recorded: string[] = []
  const slow = worker(async () => {
    const run = `run ${releases.length + 1}`
    await new Promise<void>((resolve) => releases.push(resolve))
    return { outcome: { done: true }, record: async () => void recorded.push(run) }
  })
  const first = slow.runDue()
  await expect.poll(() => releases).toHaveLength(1)
  offset += 31_000
  const second = slow.runDue()
  await expect.poll(() => releases).toHaveLength(2)
  releases[0]?.()
  await first
  expect(await rows()).toHaveLength(1)
  releases[1]?.()
  await second
  expect(recorded).toEqual(['run 2'])
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
  await running.start()
  await expect.poll(() => seen).toContain('slow')
  await add('later')
  await expect.poll(() => seen).toContain('later')
  release()
  await running.stop()
})

/** Work that begins and does not end before it is told to. */
function held() {
  const begun: string[] = []
  let release: () => void = () => undefined
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  const hold = async (payload: string) => {
    begun.push(payload)
    await released
    return { outcome: { done: true } } as const
  }
  return { begun, release: () => release(), hold }
}

describe('a lane', () => {
  test('that hangs has four pieces under way, in order, and holds no neighbour up', async () => {
    const before = app.clock.now() - 100
    for (let i = 0; i < 60; i++) {
      await add(`bad ${String(i).padStart(2, '0')}`, { lane: 'bad', tenant: 'a', dueAt: before + i })
    }
    for (let i = 0; i < 60; i++) await add(`good ${i}`, { lane: `good ${i % 3}`, tenant: 'b' })
    const { begun, release, hold } = held()
    const good: string[] = []
    const running = worker(async (_ctx, { payload }) => {
      if (payload.startsWith('bad')) return hold(payload)
      good.push(payload)
      return { outcome: { done: true } }
    }).runDue()
    await expect.poll(() => good).toHaveLength(60)
    expect(begun).toEqual(['bad 00', 'bad 01', 'bad 02', 'bad 03'])
    // The last neighbour may still be on its way out.
    const leased = async () => (await rows()).filter(({ lease_until }) => lease_until > app.clock.now())
    await expect.poll(leased).toHaveLength(OUTBOX.perLane)
    release()
    expect(await running).toBe(120)
    expect(begun).toEqual([...begun].sort())
  })

  test('takes new work of others at once, though it hangs', async () => {
    const { begun, release, hold } = held()
    const seen: string[] = []
    const busy = newWorker(
      app,
      {
        work: async (_ctx, { payload }) => {
          if (payload.startsWith('bad')) return hold(payload)
          seen.push(payload)
          return { outcome: { done: true } }
        },
      },
      async () => undefined,
      60_000,
    )
    for (let i = 0; i < 20; i++) await add(`bad ${i}`, { lane: 'bad' })
    await busy.start()
    await expect.poll(() => begun).toHaveLength(4)
    await add('later', { lane: 'good' })
    busy.nudge()
    await expect.poll(() => seen).toEqual(['later'])
    release()
    await busy.stop()
  })

  test('is worked off by one node at a time, and by another when that one is done', async () => {
    for (let i = 0; i < 20; i++) await add(`one ${i}`, { lane: 'one' })
    const { begun, release, hold } = held()
    const first = worker(async (_ctx, { payload }) => hold(payload)).runDue()
    await expect.poll(() => begun).toHaveLength(4)
    expect(await worker(done).runDue()).toBe(0)
    release()
    await first
    expect(await rows()).toEqual([])
  })

  test('is one of many of its tenant, whose share is bounded too', async () => {
    const lanes = OUTBOX.perTenant / OUTBOX.perLane + 2
    for (let i = 0; i < lanes * OUTBOX.perLane; i++) await add(`bad ${i}`, { lane: `bad ${i % lanes}`, tenant: 'a' })
    await add('good', { lane: 'good', tenant: 'b' })
    const { release, hold } = held()
    const good: string[] = []
    const running = worker(async (_ctx, { payload }) => {
      if (payload !== 'good') return hold(payload)
      good.push(payload)
      return { outcome: { done: true } }
    }).runDue()
    await expect.poll(() => good).toEqual(['good'])
    const leased = (await rows()).filter(({ lease_until }) => lease_until > app.clock.now())
    expect(leased).toHaveLength(OUTBOX.perTenant)
    release()
    await running
    expect(await rows()).toEqual([])
  })

  test('begins nothing whose lease ended while it waited for its turn', async () => {
    for (let i = 0; i < 5; i++) await add(`w${i}`, { lane: 'one' })
    const { begun, release, hold } = held()
    const first = worker(async (_ctx, { payload }) => hold(payload)).runDue()
    await expect.poll(() => begun).toHaveLength(4)
    offset += 31_000
    expect(await worker(done).runDue()).toBe(5)
    release()
    await first
    expect(begun).toHaveLength(4)
  })

  test('whose worker stops gives back what had not begun', async () => {
    for (let i = 0; i < 12; i++) await add(`w${i}`, { lane: 'one' })
    const { begun, release, hold } = held()
    const stopping = worker(async (_ctx, { payload }) => hold(payload))
    await stopping.start()
    await expect.poll(() => begun).toHaveLength(4)
    const stopped = stopping.stop()
    release()
    await stopped
    expect(begun).toHaveLength(4)
    expect((await rows()).map(({ lease_until }) => lease_until)).toEqual(Array.from({ length: 8 }, () => 0))
  })
})

test('of a topic that does few things at once no more is claimed than is under way', async () => {
  for (let i = 0; i < 6; i++) await add(`w${i}`)
  const { begun, release, hold } = held()
  const few = { atOnce: 2, handler: (_ctx, { payload }) => hold(payload) } satisfies Topic
  const first = newWorker(app, { work: few }, async () => undefined).runDue()
  await expect.poll(() => begun).toHaveLength(2)
  const leased = (await rows()).filter(({ lease_until }) => lease_until > app.clock.now())
  expect(leased.map(({ payload }) => payload).sort()).toEqual(begun.toSorted())
  // The rest is another node's, if there is one.
  expect(await worker(done).runDue()).toBe(4)
  release()
  expect(await first).toBe(2)
})

test('work that is given up because it fails again and again says so in the same transaction', async () => {
  await add('hopeless')
  const given: string[] = []
  const handler: Handler = async () => {
    throw new Error('boom')
  }
  const onGivenUp = async (_tx: TxCtx, payload: string) => void given.push(payload)
  const hopeless = newWorker(app, { work: { handler, onGivenUp } }, async () => undefined)
  for (const _ of FAILED_WORK_LADDER_SECONDS) {
    expect(given).toEqual([])
    await hopeless.runDue()
    offset += 25 * 3600 * 1000
  }
  expect(given).toEqual(['hopeless'])
})

test('what was not tried counts as no attempt', async () => {
  await add('held')
  await worker(async () => ({ outcome: { retryInMs: 1000, error: 'paused', isNoAttempt: true } })).runDue()
  expect(await rows()).toMatchObject([{ attempts: 0, last_error: 'paused' }])
})

test('a lane that is hurried is due now, with what was put off, and no other is', async () => {
  const later = app.clock.now() + 100_000
  const ctx = newContext(app, { kind: 'system' })
  await ctx.tx(async (tx) => {
    await addWork(tx, { topic: 'work', payload: 'a', lane: 'one', dueAt: later })
    await addWork(tx, { topic: 'work', payload: 'b', lane: 'two', dueAt: later })
  })
  await ctx.tx((tx) => hurryLane(tx, 'work', 'one'))
  const seen: string[] = []
  await worker(async (_ctx, { payload }) => {
    seen.push(payload)
    return { outcome: { done: true } }
  }).runDue()
  expect(seen).toEqual(['a'])
})

test('what falls due before the next poll is done when it is due', async () => {
  await add('soon', { dueAt: app.clock.now() + 300 })
  const seen: string[] = []
  const handler: Handler = async (_ctx, { payload }) => {
    seen.push(payload)
    return { outcome: { done: true } }
  }
  const running = newWorker(app, { work: handler }, async () => undefined, 60_000)
  await running.start()
  offset += 300
  await expect.poll(() => seen).toEqual(['soon'])
  await running.stop()
})
