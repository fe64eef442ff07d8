/** Clients that send a byte a second, to hold connections open: they are thrown out, and nobody else notices. */
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testEngine } from '../../test/database.ts'
import { type Center, startCenter } from '../../test/start.ts'

const EACH = 300
/** Headers have ten seconds, a whole request thirty; connections are looked at every two. */
const GONE_MS = { headers: 15_000, body: 35_000 }
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
    let begun = performance.now()
    socket.on('connect', () => {
      begun = performance.now()
    })
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
  'slow headers are gone within 15 seconds and slow bodies within 35, and the center answers meanwhile',
  async () => {
    await slowestLiveMs(200)
    const before = await slowestLiveMs(300)
    const longest = (kind: keyof typeof KINDS) =>
      Promise.all(Array.from({ length: EACH }, () => drip(KINDS[kind]))).then((lives) => Math.max(...lives))
    const ended = Promise.all([longest('headers'), longest('body')])
    const meanwhile = await slowestLiveMs(300)
    const [headers, body] = await ended
    expect(headers).toBeLessThan(GONE_MS.headers)
    expect(body).toBeLessThan(GONE_MS.body)
    // Loose, because the slow ones live in this very process: a server that they can stop is slower by hundreds.
    expect(meanwhile).toBeLessThan(10 * Math.max(before, 5))
  },
  60_000,
)
