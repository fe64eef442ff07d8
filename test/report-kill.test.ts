/**
 * The server is killed while it makes the report of a large day: whatever is to be seen afterwards is whole, and in the end everything
 * is there. And a large day neither stops the server from answering nor fills its memory.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listReports, makeTodaysReport } from '../contract/reports.ts'
import { openDatabase } from '../server/db/database.ts'
import { newDatabase, type TestDatabase } from './database.ts'
import { integrate } from './integration.ts'
import { type MailSink, openMailSink } from './mail.ts'
import { freePort } from './port.ts'
import { newMasterKey, type ServerProcess, startProcess } from './process.ts'
import { download, parseReport, signed } from './reports.ts'

/** `npm run prove -- reports` asks for more. */
const KILLS = Number(process.env.PROVE_KILLS ?? 2)
const PAYMENTS = 20_000
const AMOUNT = 1001

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

async function insertDay(applicationId: string): Promise<void> {
  const opened = await openDatabase(database.address)
  const at = Date.now() - 1000
  const row = (i: number) => ({
    application_id: applicationId,
    payment_request_id: `many-${i}`,
    payment_id: String(i).padStart(32, '0'),
    wallet_secret: '',
    state: 'SUCCESS',
    amount_minor: AMOUNT,
    currency: 'USD',
    order_amount_minor: AMOUNT,
    order_currency: 'USD',
    method_type: 'CONNECT_WALLET',
    order_description: 'One of very many',
    merchant_name: 'M',
    created_at: at,
    expires_at: at,
    final_at: at + (i % 1000),
    pay_answer: '{}',
    product: 'cashier',
    refunded_minor: 0,
    result_code: 'SUCCESS',
    family: 'aps',
    interchange_basis_points: 80,
    service_basis_points: 40,
  })
  for (let i = 0; i < PAYMENTS; i += 500) {
    const some = Array.from({ length: 500 }, (_, n) => row(i + n))
    await opened.transact((db) => db.insertInto('payments').values(some).execute())
  }
  await opened.close()
}

/** How many pieces there are, of files that are seen and of those that are not. */
async function piecesOf(): Promise<{ drafts: number; files: number }> {
  const opened = await openDatabase(database.address)
  const drafts = await opened.reader.selectFrom('report_drafts').select('file_id').execute()
  const files = await opened.reader.selectFrom('report_files').select('id').execute()
  await opened.close()
  return { drafts: drafts.length, files: files.length }
}

test('a report is there as a whole or not at all, whenever the server is killed', {
  timeout: 180_000 + KILLS * 10_000,
}, async () => {
  const options = {
    database: database.address,
    smtpUrl: mail.url,
    port: await freePort(),
    masterKey: newMasterKey(),
  }
  let running: ServerProcess = await startProcess(options)
  const { developer, application, server } = await integrate(running, mail)
  const params = { applicationId: application.id }
  await insertDay(application.id)
  const list = () => developer.do(listReports, { params, query: { limit: 100 } })

  let cutOff = 0
  for (let kill = 0; kill < KILLS; kill++) {
    const before = (await list()).items.length
    await developer.do(makeTodaysReport, { params })
    // The moment of the kill is what the test is about: it must not fit the rhythm of anything.
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 1500))
    await running.kill()
    const { drafts, files } = await piecesOf()
    if (drafts > 0) cutOff++
    expect(files % 3, `kill ${kill}`).toBe(0)
    expect(files).toBeGreaterThanOrEqual(before)
    running = await startProcess(options)
  }

  // What was cut off is taken up again when its lease is over.
  await expect.poll(async () => (await list()).waiting, { timeout: 90_000 }).toBe(0)
  const files = (await list()).items
  expect(files).toHaveLength(KILLS * 3)
  for (const { id } of files.filter(({ kind }) => kind === 'transactionItems')) {
    const { head, details } = parseReport(await download(developer, application.id, id))
    expect(head.totalCount).toBe(String(PAYMENTS))
    expect(new Set(details.map(({ transactionId }) => transactionId)).size).toBe(PAYMENTS)
    const gross = details.reduce((sum, line) => sum + signed(line, 'settlementAmountValue'), 0n)
    expect(gross).toBe(BigInt(PAYMENTS * AMOUNT))
  }

  // While it makes one more, it answers.
  await developer.do(makeTodaysReport, { params })
  let slowestMs = 0
  while ((await list()).waiting > 0) {
    const begun = performance.now()
    await fetch(`${running.origin}/health/live`)
    slowestMs = Math.max(slowestMs, performance.now() - begun)
  }
  // It is not held up for as long as the report takes. How long it is, the prover tells.
  expect(slowestMs).toBeLessThan(2000)
  process.stdout.write(
    `\nreport kill test: ${KILLS} kills, ${cutOff} within the making; ${KILLS} reports of ${PAYMENTS} payments whole; slowest answer meanwhile ${Math.round(slowestMs)} ms\n`,
  )
  expect(await running.stop()).toBe(0)
  await server.close()
})
