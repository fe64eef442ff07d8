/**
 * The server is killed again and again under signed load. Whatever it acknowledged is there afterwards and reads the same; nothing is
 * half done; every decided payment is told to its partner.
 */
import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decideOrder } from '../contract/wallet.ts'
import { openDatabase } from '../server/db/database.ts'
import { TestBrowser } from './browser.ts'
import { crash, newDatabase, type TestDatabase, testEngine } from './database.ts'
import { integrate } from './integration.ts'
import { type MailSink, openMailSink } from './mail.ts'
import { cashierOrder, orderKey, type TestPartner } from './partner.ts'
import { freePort } from './port.ts'
import { newMasterKey, type ServerProcess, startProcess } from './process.ts'

/** `npm run prove -- kills` and `-- notifications` ask for more. */
const KILLS = Number(process.env.PROVE_KILLS ?? 4)
const CLIENTS = 16
/** `npm run prove -- notifications`: so many payments are decided and told of, and every client's payer decides. */
const EVENTS = Number(process.env.PROVE_EVENTS ?? 0)
/** Then a database that is a server of its own crashes too, after every second kill. */
const CRASHES = EVENTS > 0 && testEngine() === 'postgres' ? KILLS / 2 : 0

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

test('kill -9 under load loses and changes nothing that was acknowledged', {
  timeout: EVENTS > 0 ? 5_400_000 : 180_000 + KILLS * 10_000,
}, async () => {
  const port = await freePort()
  const options = { database: database.address, smtpUrl: mail.url, port, masterKey: newMasterKey() }
  let running: ServerProcess = await startProcess(options)
  const { server, application } = await integrate(running, mail)

  const acknowledged = new Map<string, { order: Record<string, unknown>; raw: string }>()
  const paid = new Set<string>()
  const stop = { now: false }
  const load = Array.from({ length: CLIENTS }, (_, i) =>
    keepPaying(server, EVENTS > 0 || i % 4 === 0, acknowledged, paid, stop),
  )

  const readyMs: number[] = []
  for (let kill = 0; kill < KILLS; kill++) {
    const before = acknowledged.size
    const enough = Math.max(25, EVENTS / KILLS)
    await expect.poll(() => acknowledged.size, { timeout: 600_000 }).toBeGreaterThan(before + enough)
    if (kill % 2 === 0 && kill / 2 < CRASHES) await crash(database)
    // The moment of the kill is what the test is about: it must not fit the rhythm of anything.
    await new Promise((resolve) => setTimeout(resolve, 200 + Math.random() * 800))
    await running.kill()
    running = await startProcess(options)
    readyMs.push(running.readyMs)
  }
  stop.now = true
  await Promise.all(load)

  expect(acknowledged.size).toBeGreaterThan(KILLS * 25)
  let changed = 0
  await eachOf(acknowledged, async ([id, { order, raw }]) => {
    if (paid.has(id)) return
    const again = await server.pay(order)
    if (again.raw !== raw) changed++
  })
  await eachOf(paid, async (id) => {
    const { body } = await server.inquire({ paymentRequestId: id })
    if ((body.paymentResult as { resultCode?: string } | undefined)?.resultCode !== 'SUCCESS') changed++
  })
  expect(changed).toBe(0)
  await expect
    .poll(() => new Set(server.received.map(({ body }) => body.paymentRequestId)).size, { timeout: 600_000 })
    .toBeGreaterThanOrEqual(paid.size)
  const told = new Set(server.received.map(({ body }) => body.paymentRequestId))
  expect([...paid].filter((id) => !told.has(id))).toEqual([])
  // Told twice is told the same: a notification that was under way at a kill comes again, byte for byte.
  const words = new Map<unknown, string>()
  const twoFaced = server.received.filter(({ body, raw }) => {
    const id = body.paymentRequestId
    const first = words.get(id) ?? raw
    words.set(id, first)
    return first !== raw
  })
  expect(twoFaced).toEqual([])
  const twice = server.received.length - told.size
  expect(await running.stop()).toBe(0)

  const halves = await findHalves(application.id)
  expect(halves).toEqual({ finalWithoutNotification: 0, doubled: 0, withoutEvidence: 0 })
  if (database.address.engine === 'sqlite') expect(checkSqlite(database.address.file)).toBe('ok')
  const slowest = Math.round(Math.max(...readyMs))
  process.stdout.write(
    `\nkill test: ${KILLS} kills, ${CRASHES} crashes of the database, ${acknowledged.size} acknowledged payments, ${paid.size} paid, 0 lost, 0 changed; serving again within ${slowest} ms; ${told.size} notifications, ${twice} sent again\n`,
  )
  await server.close()
})

/** A few at a time. */
async function eachOf<T>(values: Iterable<T>, look: (value: T) => Promise<void>): Promise<void> {
  const left = values[Symbol.iterator]()
  const looker = async () => {
    for (let next = left.next(); !next.done; next = left.next()) await look(next.value)
  }
  await Promise.all(Array.from({ length: 8 }, looker))
}

/** One client: pays, and every fourth client's payer pays too. A call that got no answer is repeated with the same id. */
async function keepPaying(
  server: TestPartner,
  decides: boolean,
  acknowledged: Map<string, { order: Record<string, unknown>; raw: string }>,
  paid: Set<string>,
  stop: { now: boolean },
): Promise<void> {
  while (!stop.now) {
    const order = cashierOrder({ paymentExpiryTime: undefined })
    const id = String(order.paymentRequestId)
    const reply = await answered(() => payForSure(server, order), stop)
    if (!reply) return
    if (reply.body.result.resultCode !== 'PAYMENT_IN_PROCESS') throw new Error(`pay answered ${reply.raw}`)
    acknowledged.set(id, { order, raw: reply.raw })
    if (!decides) continue
    const params = orderKey(reply.body)
    const payer = new TestBrowser(server.gateway)
    const decision = await answered(() => payer.call(decideOrder, { params, body: { decision: 'pay' } }), stop)
    if (decision?.status === 200) paid.add(id)
    else acknowledged.delete(id) // decided or not: nobody was told
  }
}

/** An unknown result is asked for again, as the docs say. Only a database that crashed gives one. */
async function payForSure(server: TestPartner, order: Record<string, unknown>) {
  const reply = await server.pay(order)
  if (CRASHES > 0 && reply.body.result.resultCode === 'UNKNOWN_EXCEPTION')
    throw new Error('Unknown whether it was paid.')
  return reply
}

async function answered<T>(call: () => Promise<T>, stop: { now: boolean }): Promise<T | undefined> {
  for (;;) {
    const reply = await call().catch(() => undefined)
    if (reply !== undefined || stop.now) return reply
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

async function findHalves(applicationId: string) {
  const opened = await openDatabase(database.address)
  const count = (rows: unknown[]) => rows.length
  const payments = opened.reader
    .selectFrom('payments as p')
    .select('p.payment_id')
    .where('p.application_id', '=', applicationId)
  const finalWithoutNotification = await payments
    .where('p.state', '!=', 'PAYING')
    .where((eb) =>
      eb.not(
        eb.exists(eb.selectFrom('notifications as n').select('n.id').whereRef('n.payment_id', '=', 'p.payment_id')),
      ),
    )
    .execute()
  const doubled = await opened.reader
    .selectFrom('notifications')
    .select('payment_id')
    .groupBy('payment_id')
    .having((eb) => eb(eb.fn.countAll(), '>', 1))
    .execute()
  const withoutEvidence = await opened.reader
    .selectFrom('notifications as n')
    .select('n.id')
    .where('n.state', '=', 'acknowledged')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb.selectFrom('notification_attempts as a').select('a.id').whereRef('a.notification_id', '=', 'n.id'),
        ),
      ),
    )
    .execute()
  await opened.close()
  return {
    finalWithoutNotification: count(finalWithoutNotification),
    doubled: count(doubled),
    withoutEvidence: count(withoutEvidence),
  }
}

/** Asked of a process of its own, so that nothing of ours has touched the file before. */
function checkSqlite(file: string): string {
  const script = `
    const load = () => import('node:sqlite').catch(() => import('@photostructure/sqlite'))
    const { DatabaseSync } = await load()
    console.log(new DatabaseSync(${JSON.stringify(file)}).prepare('pragma integrity_check').get().integrity_check)`
  return execFileSync(process.execPath, ['--no-warnings', '--input-type=module', '-e', script], {
    encoding: 'utf8',
  }).trim()
}
