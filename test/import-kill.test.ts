/**
 * The server is killed twenty times while it stores a list of 1,000 merchants: each list is there as a whole or not at all. Then it is
 * killed while it invites them: nobody is left out, and nobody gets two different mails.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApplication } from '../contract/applications.ts'
import * as contract from '../contract/merchants.ts'
import { csvLine } from '../rules/cells.ts'
import { openDatabase } from '../server/db/database.ts'
import type { TestBrowser } from './browser.ts'
import { newDatabase, type TestDatabase } from './database.ts'
import { integrate } from './integration.ts'
import { type MailSink, openMailSink } from './mail.ts'
import { freePort } from './port.ts'
import { newMasterKey, type ServerProcess, startProcess } from './process.ts'
import { HEADER, merchantRow } from './workbook.ts'

/** `npm run prove -- import` asks for fifty. */
const KILLS = Number(process.env.PROVE_KILLS ?? 3)
/** While invitations are mailed. */
const MAIL_KILLS = 5
const ROWS = 1000
const INVITED = 120

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

const listOf = (rows: number) =>
  Buffer.from([HEADER, ...Array.from({ length: rows }, (_, i) => merchantRow(i + 1))].map(csvLine).join(''))

/** The moment of a kill is what the test is about: it must not fit the rhythm of anything. */
const someTime = (mostMs: number) => new Promise((resolve) => setTimeout(resolve, Math.random() * mostMs))

const newApplication = (developer: TestBrowser, name: string) =>
  developer.do(createApplication, {
    body: { name, partnerType: 'acquirer', description: '', products: ['cashier'] },
  })

async function countOf(applicationId: string): Promise<{ merchants: number; entries: number }> {
  const opened = await openDatabase(database.address)
  const merchants = await opened.reader
    .selectFrom('merchants')
    .select('id')
    .where('application_id', '=', applicationId)
    .execute()
  const entries = await opened.reader
    .selectFrom('audit_entries')
    .select('id')
    .where('object_id', '=', applicationId)
    .where('action', '=', 'merchant.import')
    .execute()
  await opened.close()
  return { merchants: merchants.length, entries: entries.length }
}

test('a list of a thousand merchants is stored as a whole or not at all, whenever the server is killed', {
  timeout: 180_000 + KILLS * 10_000,
}, async () => {
  const options = {
    database: database.address,
    smtpUrl: mail.url,
    port: await freePort(),
    masterKey: newMasterKey(),
    env: { SLIPWAY_CLOCK_FACTOR: '600' },
  }
  let running: ServerProcess = await startProcess(options)
  const { developer, server } = await integrate(running, mail)
  const restart = async () => {
    await running.kill()
    running = await startProcess(options)
  }
  const body = listOf(ROWS)
  const store = (applicationId: string) =>
    developer.call(contract.storeMerchantFile, { params: { applicationId }, query: { name: 'list.csv' }, body })

  // As long as storing takes here, so that the kills fall into all of it.
  const first = await newApplication(developer, 'Measured')
  const begun = performance.now()
  expect((await store(first.id)).body).toMatchObject({ added: ROWS })
  const tookMs = performance.now() - begun

  let whole = 0
  for (let kill = 0; kill < KILLS; kill++) {
    const { id } = await newApplication(developer, `Killed ${kill}`)
    const answered = store(id).then(
      ({ status }) => status === 200,
      () => false,
    )
    await someTime(tookMs * 1.2)
    await restart()
    const wasTold = await answered
    const { merchants, entries } = await countOf(id)
    expect([0, ROWS], `kill ${kill}`).toContain(merchants)
    expect(entries).toBe(merchants / ROWS)
    if (wasTold) expect(merchants).toBe(ROWS)
    if (merchants === ROWS) whole++
    // Sent again it is there once, whatever had become of it.
    if (kill === 0) expect((await store(id)).body).toMatchObject({ rows: ROWS, failed: 0 })
  }

  const { id } = await newApplication(developer, 'Invited')
  const some = { params: { applicationId: id }, query: { name: 'list.csv' }, body: listOf(INVITED) }
  await developer.do(contract.storeMerchantFile, some)
  const invite = () => developer.call(contract.sendMerchantInvitations, { params: { applicationId: id } })
  for (let kill = 0; kill < MAIL_KILLS; kill++) {
    const asked = invite().catch(() => undefined)
    await someTime(150)
    await restart()
    await asked
  }
  await invite()
  const mailed = () => {
    const ids = new Map<string, Set<string>>()
    for (const { to, raw } of mail.mails.filter((one) => /to test payments/.test(one.subject)))
      ids.set(to, (ids.get(to) ?? new Set()).add(/^message-id: (.+)$/im.exec(raw)?.[1] ?? ''))
    return ids
  }
  await expect.poll(() => mailed().size, { timeout: 90_000 }).toBe(INVITED)
  expect([...mailed().values()].filter((ids) => ids.size !== 1)).toEqual([])
  expect(await running.stop()).toBe(0)
  process.stdout.write(
    `\nimport kill test: ${KILLS} kills within ${Math.round(tookMs * 1.2)} ms, ${whole} lists whole, ${KILLS - whole} absent; ${INVITED} invited, each with one mail\n`,
  )
  await server.close()
})
