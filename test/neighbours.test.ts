/**
 * One bad endpoint harms nobody. A hundred partners, all of them in order; then a hundred of whom twenty hang, twenty answer 500 and ten
 * reset: the other fifty are told as fast. `npm run prove -- neighbours` takes more rounds.
 */
import { createServer, type Server } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { OUTGOING } from '../rules/limits.ts'
import { makeIntegration } from './make.ts'
import { addNeighbour, type Manner, MANNERS, type Neighbour, notifyAll, percentile } from './neighbours.ts'
import { type Center, startCenter } from './start.ts'

const ROUNDS = Number(process.env.PROVE_ROUNDS ?? 8)
/** Between two rounds: a rate that the machine carries, so that waiting is never for the processor. */
const ROUND_MS = 400
/**
 * What the slowest of the fifty may take: in the long run, alone on the machine, half as much again as without bad neighbours. Beside other
 * tests, less than half of what a hanging endpoint is waited for.
 */
const mostMs = (cleanP99: number) => (process.env.PROVE_ROUNDS ? cleanP99 * 1.5 : OUTGOING.attemptMs / 2)

let center: Center
let made: Awaited<ReturnType<typeof makeIntegration>>
let inside: Server
let insideCalls = 0
beforeAll(async () => {
  center = await startCenter()
  made = await makeIntegration(center, { notify: false })
  inside = createServer((socket) => {
    insideCalls++
    socket.destroy()
  })
  await new Promise<void>((resolve) => inside.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  await made.server.close()
  await center.close()
  await new Promise((resolve) => inside.close(resolve))
})

const insideUrl = () => `http://127.0.0.1:${(inside.address() as AddressInfo).port}/` // it listens on TCP

async function neighbourhood(manners: Partial<Record<Manner, number>>): Promise<Neighbour[]> {
  const of = { partnerId: made.partner.id, applicationId: made.application.id }
  const wanted = Object.entries(manners).flatMap(
    ([manner, count]) => Array.from({ length: count }, () => manner as Manner), // keys of that record
  )
  return Promise.all(wanted.map((manner) => addNeighbour(center.app, of, manner, insideUrl())))
}

/** Notifies all of them round by round, and returns the delays of the first fifty that are in order. */
async function measure(neighbours: readonly Neighbour[], rounds: number): Promise<number[]> {
  const watched = neighbours.filter(({ manner }) => manner === 'good').slice(0, 50)
  for (const one of watched) one.delays.length = 0
  for (let round = 1; round <= rounds; round++) {
    const begun = performance.now()
    await notifyAll(center.app, neighbours)
    await expect.poll(() => watched.every(({ delays }) => delays.length >= round), { timeout: 15_000 }).toBe(true)
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, ROUND_MS - (performance.now() - begun))))
  }
  return watched.flatMap(({ delays }) => delays)
}

test('twenty that hang, twenty that answer 500 and ten that reset slow no other partner down', {
  timeout: 240_000,
}, async () => {
  const clean = await neighbourhood({ good: 100 })
  const mixed = await neighbourhood({ good: 50, hang: 20, fail: 20, reset: 10 })
  await measure(clean, 1)
  await measure(mixed, 1)
  const before = await measure(clean, ROUNDS / 2)
  const during = await measure(mixed, ROUNDS)
  const after = await measure(clean, ROUNDS / 2)
  const [cleanP99, mixedP99] = [percentile([...before, ...after], 0.99), percentile(during, 0.99)]
  process.stdout.write(
    `\nneighbours: p99 from commit to arrival ${mixedP99.toFixed(0)} ms among 50 bad endpoints, ${cleanP99.toFixed(0)} ms without them, ratio ${(mixedP99 / cleanP99).toFixed(2)} (${during.length} deliveries)\n`,
  )
  expect(mixedP99).toBeLessThanOrEqual(mostMs(cleanP99))
  for (const { manner, mostSockets, calls } of mixed) {
    expect(mostSockets(), manner).toBeLessThanOrEqual(OUTGOING.connectionsPerEndpoint)
    expect(calls(), manner).toBeGreaterThan(0)
    // Without a fault nothing comes twice.
    if (manner === 'good') expect(calls()).toBe(ROUNDS + 1)
  }
  await Promise.all([...clean, ...mixed].map((one) => one.close()))
})

test('whatever an endpoint answers, it holds nobody up and leads nowhere', { timeout: 60_000 }, async () => {
  const bad = Object.keys(MANNERS).filter((manner) => manner !== 'good') as Manner[] // keys of a constant
  const neighbours = await neighbourhood({ good: 3, ...Object.fromEntries(bad.map((manner) => [manner, 2])) })
  const delays = await measure(neighbours, 3)
  expect(Math.max(...delays)).toBeLessThan(OUTGOING.attemptMs / 2)
  // Each was called, the slowest ones until their time was over; none was believed, and none led inside.
  await expect
    .poll(() => stateOf(neighbours.filter(({ manner }) => manner !== 'good')), { timeout: 20_000 })
    .toEqual({ untried: 0, acknowledged: 0 })
  await expect
    .poll(() => stateOf(neighbours.filter(({ manner }) => manner === 'good')))
    .toEqual({ untried: 0, acknowledged: 9 })
  expect(insideCalls).toBe(0)
  await Promise.all(neighbours.map((one) => one.close()))
})

async function stateOf(neighbours: readonly Neighbour[]) {
  const rows = await center.app.database.reader
    .selectFrom('notifications')
    .select(['state', 'attempts'])
    .where(
      'application_id',
      'in',
      neighbours.map(({ applicationId }) => applicationId),
    )
    .execute()
  return {
    untried: rows.filter(({ attempts }) => attempts === 0).length,
    acknowledged: rows.filter(({ state }) => state === 'acknowledged').length,
  }
}
