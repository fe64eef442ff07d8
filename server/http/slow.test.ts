/** Clients that send a byte a second, to hold connections open: they are thrown out, and nobody else notices. */
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testEngine } from '../../test/database.ts'
import { type Center, startCenter } from '../../test/start.ts'

const EACH = 300
const GONE_MS = 15_000
const DRIP_MS = 1000

let center: Center
beforeAll(async () => {
  center = await startCenter()
})
afterAll(() => center.close())

const HEAD = 'POST /api/session HTTP/1.1\r\nHost: localhost\r\n'
/** What each kind begins with, and what it goes on with for ever. */
const KINDS = {
  headers: { begin: HEAD, drip: 'X-Slow: 1\r\n' },
  body: { begin: `${HEAD}Content-Type: application/json\r\nContent-Length: 900000\r\n\r\n{"email":"`, drip: 'a' },
}

/** A connection that drips until it is closed; resolves to how long it lived, in milliseconds. */
function drip({ begin, drip: drop }: (typeof KINDS)['headers']): Promise<number> {
  return new Promise((resolve) => {
    const socket: Socket = connect(center.config.port, '127.0.0.1')
    const begun = performance.now()
    socket.on('error', () => undefined) // the server hangs up in the middle of a word
    socket.on('data', () => undefined)
    socket.write(begin)
    const timer = setInterval(() => socket.write(drop), DRIP_MS)
    socket.on('close', () => {
      clearInterval(timer)
      resolve(performance.now() - begun)
    })
  })
}

async function slowestLiveMs(asks: number): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < asks; i++) {
    const begun = performance.now()
    expect((await fetch(`${center.origin}/health/live`)).status).toBe(200)
    times.push(performance.now() - begun)
  }
  times.sort((a, b) => a - b)
  return times[Math.floor(times.length * 0.99)] ?? 0
}

test.runIf(testEngine() === 'sqlite')(
  'six hundred slow connections are gone within 15 seconds, and the center answers meanwhile',
  async () => {
    await slowestLiveMs(200)
    const before = await slowestLiveMs(300)
    const lives = (['headers', 'body'] as const).flatMap((kind) =>
      Array.from({ length: EACH }, () => drip(KINDS[kind])),
    )
    const ended = Promise.all(lives)
    const meanwhile = await slowestLiveMs(300)
    const longest = Math.max(...(await ended))
    expect(longest).toBeLessThan(GONE_MS)
    // Loose, because the slow ones live in this very process: a server that they can stop is slower by hundreds.
    expect(meanwhile).toBeLessThan(10 * Math.max(before, 5))
  },
  60_000,
)
