/**
 * The published schedule, exact under a clock factor of 10,000 (a day in 9 seconds), with a kill and a restart in the middle; at its end
 * the notification has failed and a mail says so. `npm run prove -- ladder` takes more endpoints at once.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { me } from '../contract/accounts.ts'
import { listNotifications } from '../contract/log.ts'
import { decideOrder } from '../contract/wallet.ts'
import { ENDPOINT } from '../rules/limits.ts'
import { NOTIFICATION_LADDER_SECONDS } from '../rules/notification.ts'
import { TestBrowser } from './browser.ts'
import { newDatabase, type TestDatabase } from './database.ts'
import { integrate } from './integration.ts'
import { type MailSink, openMailSink } from './mail.ts'
import { orderKey, TestPartner } from './partner.ts'
import { freePort } from './port.ts'
import { newMasterKey, type ServerProcess, startProcess } from './process.ts'

const FACTOR = 10_000
const ENDPOINTS = Number(process.env.PROVE_ENDPOINTS ?? 1)
/** Fewer than pause an endpoint: those that were still to be sent would be held. */
const OF_EACH = ENDPOINT.pauseAfter - 1
/**
 * A send may come so much later than its moment: what the machine and the round trip take. Never earlier. Beside other tests only what no
 * busy machine explains is a fault; how exact it is, the long run shows.
 */
const LATEST_MS = process.env.PROVE_ENDPOINTS ? 800 : 5000
/** The server is killed while this send is the last that has been made: the longest wait follows, and it is back long before its end. */
const KILLED_AFTER = 7

let database: TestDatabase
let mail: MailSink
let running: ServerProcess | undefined
beforeAll(async () => {
  database = await newDatabase()
  mail = await openMailSink()
})
afterAll(async () => {
  await running?.kill()
  await mail.close()
  await database.drop()
})

test('eight sends at the moments of the table, through a kill and a restart', { timeout: 120_000 }, async () => {
  const options = {
    database: database.address,
    smtpUrl: mail.url,
    port: await freePort(),
    masterKey: newMasterKey(),
    env: { SLIPWAY_CLOCK_FACTOR: String(FACTOR) },
  }
  running = await startProcess(options)
  const { origin } = running
  const { server, developer, application } = await integrate(running, mail)
  const arrivals = new Map<string, number[]>()
  const receivers = await Promise.all(Array.from({ length: ENDPOINTS }, () => refusingReceiver(origin, arrivals)))
  const orders = receivers.flatMap(({ notifyUrl }) => Array.from({ length: OF_EACH }, () => notifyUrl))
  const started = await Promise.all(orders.map((paymentNotifyUrl) => server.pay({ paymentNotifyUrl })))
  const decide = (body: Record<string, unknown>) =>
    new TestBrowser(origin).do(decideOrder, { params: orderKey(body), body: { decision: 'pay' } })
  await Promise.all(started.map(({ body }) => decide(body)))
  const all = ENDPOINTS * OF_EACH
  const sends = () => [...arrivals.values()]
  const params = { applicationId: application.id }
  const recorded = async () =>
    (await developer.do(listNotifications, { params, query: { limit: 100 } })).items.map(
      ({ attempts }) => attempts.length,
    )
  await expect.poll(async () => Math.min(...(await recorded())), { interval: 20, timeout: 20_000 }).toBe(KILLED_AFTER)
  await running.kill()
  running = await startProcess(options)
  await expect
    .poll(() => sends().filter((times) => times.length === NOTIFICATION_LADDER_SECONDS.length).length, {
      timeout: 30_000,
    })
    .toBe(all)
  await expect
    .poll(
      async () =>
        new Set((await developer.do(listNotifications, { params, query: {} })).items.map(({ state }) => state)),
    )
    .toEqual(new Set(['failed']))

  const latenesses = sends().flatMap((times) => latenessesOf(times))
  const [earliest, latest] = [Math.min(...latenesses), Math.max(...latenesses)]
  process.stdout.write(
    `\nladder: ${all} notifications, ${sends().flat().length} sends, each between ${earliest.toFixed(0)} and ${latest.toFixed(0)} ms after its moment\n`,
  )
  // The clock of the receiver counts from the arrival, that of the server from the answer: a millisecond of rounding.
  expect(earliest).toBeGreaterThan(-2)
  expect(latest).toBeLessThan(LATEST_MS)
  const { person } = await developer.do(me, {})
  await mail.waitFor(person.email, /a notification failed/)
  expect(await running.stop()).toBe(0)
  for (const receiver of receivers) await receiver.close()
  await server.close()
})

/** How much later than the table says each send came, after the one before it. */
function latenessesOf(times: readonly number[]): number[] {
  return NOTIFICATION_LADDER_SECONDS.slice(1).map((seconds, at) => {
    const wait = (times[at + 1] ?? Number.NaN) - (times[at] ?? Number.NaN)
    return wait - (seconds * 1000) / FACTOR
  })
}

async function refusingReceiver(gateway: string, arrivals: Map<string, number[]>): Promise<TestPartner> {
  const receiver = await TestPartner.start(gateway)
  receiver.acknowledge = ({ body }, response) => {
    const id = String(body.paymentRequestId)
    arrivals.set(id, [...(arrivals.get(id) ?? []), performance.now()])
    response.writeHead(500).end()
  }
  return receiver
}
