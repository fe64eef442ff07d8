/**
 * The relay under load, while the script on the laptop and the center are killed and restarted in turn: every notification reaches the
 * laptop, signed, and every one is acknowledged in the end.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { setNotificationUrl } from '../contract/applications.ts'
import { newRelayToken } from '../contract/relays.ts'
import { decideOrder } from '../contract/wallet.ts'
import { openDatabase } from '../server/db/database.ts'
import { TestBrowser } from './browser.ts'
import { newDatabase, type TestDatabase } from './database.ts'
import { integrate } from './integration.ts'
import { startScript } from './listen-script.ts'
import { type MailSink, openMailSink } from './mail.ts'
import { cashierOrder, orderKey, type TestPartner } from './partner.ts'
import { freePort } from './port.ts'
import { newMasterKey, startProcess } from './process.ts'

/** `npm run prove -- relay` */
const EVENTS = Number(process.env.PROVE_RELAYED ?? 100)
const CLIENTS = 4

let database: TestDatabase
let mail: MailSink
beforeAll(async () => {
  database = await newDatabase()
  mail = await openMailSink()
})
afterAll(async () => {
  await mail.close()
  await database.drop()
})

test('no notification is lost when the script or the center is killed, and both start again', {
  timeout: 120_000 + EVENTS * 500,
}, async () => {
  const options = { database: database.address, smtpUrl: mail.url, port: await freePort(), masterKey: newMasterKey() }
  let center = await startProcess(options)
  const { server, developer, application } = await integrate(center, mail)
  const params = { applicationId: application.id }
  await developer.do(setNotificationUrl, {
    params: { ...params, api: 'notifyPayment' },
    body: { url: 'relay:/notify' },
  })
  const { newToken: token } = await developer.do(newRelayToken, { params })
  const start = () => startScript({ center: center.origin, token, forward: new URL(server.notifyUrl).origin })
  let script = start()

  const paid = new Set<string>()
  const load = Promise.all(Array.from({ length: CLIENTS }, () => keepPaying(server, paid)))
  const told = () => new Set(server.received.map(({ body }) => body.paymentRequestId))
  const share = async (part: number) =>
    expect.poll(() => told().size, { timeout: 300_000, interval: 5 }).toBeGreaterThanOrEqual(EVENTS * part)

  await share(0.15)
  script.kill('SIGKILL')
  expect(await script.ended).toBe(null)
  script = start()
  await share(0.35)
  await center.kill()
  center = await startProcess(options)
  await share(0.5)
  // As a deployment does it, and as a person does it.
  expect(await center.stop()).toBe(0)
  center = await startProcess(options)
  await share(0.65)
  script.kill('SIGINT')
  expect(await script.ended).toBe(0)
  // Nobody listens for a while: what comes now waits.
  await new Promise((resolve) => setTimeout(resolve, 300))
  script = start()
  await share(0.8)
  await Promise.all([center.kill(), script.kill('SIGKILL')])
  script = start()
  center = await startProcess(options)
  await load

  expect(paid.size).toBe(EVENTS)
  await expect.poll(() => [...paid].filter((id) => !told().has(id)), { timeout: 300_000 }).toEqual([])
  expect(server.received.every(({ verified, uri }) => verified && uri === '/notify')).toBe(true)
  await expect.poll(countUnacknowledged, { timeout: 60_000 }).toBe(0)
  script.kill('SIGINT')
  await script.ended
  expect(await center.stop()).toBe(0)
  process.stdout.write(
    `\nrelay: ${told().size} notifications through two kills and a stop of the center, and three ends of the script; 0 lost, ${server.received.length - told().size} came twice\n`,
  )
  await server.close()
})

/** Pays and decides until there are enough. What got no answer is asked again with the same id. */
async function keepPaying(server: TestPartner, paid: Set<string>): Promise<void> {
  for (let isMore = true; isMore; isMore = paid.size < EVENTS) {
    const order = cashierOrder({ paymentExpiryTime: undefined })
    const id = String(order.paymentRequestId)
    // Counted before, so that all clients together make just so many.
    paid.add(id)
    const { body } = await answered(() => server.pay(order))
    const payer = new TestBrowser(server.gateway)
    const decide = () => payer.call(decideOrder, { params: orderKey(body), body: { decision: 'pay' } })
    await answered(decide)
  }
}

async function answered<T>(call: () => Promise<T>): Promise<T> {
  for (;;) {
    const reply = await call().catch(() => undefined)
    if (reply !== undefined) return reply
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

async function countUnacknowledged(): Promise<number> {
  const opened = await openDatabase(database.address)
  const rows = await opened.reader
    .selectFrom('notifications')
    .select('state')
    .where('state', '!=', 'acknowledged')
    .execute()
  await opened.close()
  return rows.length
}
