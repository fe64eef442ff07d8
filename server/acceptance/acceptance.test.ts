import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import {
  cancelCase,
  type CaseView,
  checkSetUp,
  getAcceptance,
  getAcceptanceReport,
  getEvidenceKey,
  saveAcceptanceReport,
  saveEvidence,
  startAllCases,
  startCase,
} from '../../contract/acceptance.ts'
import { logIn } from '../../contract/accounts.ts'
import { addProducts, setNotificationUrl, setSandboxKey } from '../../contract/applications.ts'
import { listNotifications } from '../../contract/log.ts'
import { decideOrder } from '../../contract/wallet.ts'
import { ACCEPTANCE } from '../../rules/limits.ts'
import { addAttempts } from '../../test/attempts.ts'
import { TestBrowser } from '../../test/browser.ts'
import { makeApplication, makeIntegration, PASSWORD } from '../../test/make.ts'
import { cashierOrder, type GatewayReply, newPair, orderKey } from '../../test/partner.ts'
import { type Center, startCenter } from '../../test/start.ts'
import { newContext } from '../context.ts'
import { deleteOld } from '../retention/retention.ts'

let center: Center
let made: Awaited<ReturnType<typeof makeIntegration>>
beforeAll(async () => {
  center = await startCenter({ config: { clockFactor: 600 } })
  made = await makeIntegration(center)
})
afterAll(async () => {
  await made.server.close()
  await center.close()
})

type Made = typeof made
const paramsOf = ({ application }: Made) => ({ applicationId: application.id })
const caseOf = (one: Made, caseId: string) => ({ params: { ...paramsOf(one), caseId } })

async function cases(one: Made = made): Promise<Record<string, CaseView>> {
  const { suites } = await one.developer.do(getAcceptance, { params: paramsOf(one) })
  return Object.fromEntries(suites.flatMap((suite) => suite.cases).map((found) => [found.id, found]))
}

const decide = (reply: GatewayReply, decision: 'pay' | 'decline') =>
  new TestBrowser(center.origin).do(decideOrder, { params: orderKey(reply.body), body: { decision } })

/** An integration of its own for a test that has to begin with nothing. */
async function fresh(work: (one: Made) => Promise<void>): Promise<void> {
  const one = await makeIntegration(center)
  try {
    await work(one)
  } finally {
    await one.server.close()
  }
}

describe('a case', () => {
  test('ticks from ordinary traffic, and a verdict that failed leads to the call', () =>
    fresh(async (one) => {
      expect((await cases(one))['cashier.repeated_pay']).toMatchObject({
        state: 'not_started',
        verdict: null,
        run: null,
      })
      const id = 'req-ticks'
      await one.server.pay({ paymentRequestId: id })
      await one.server.pay({ paymentRequestId: id, paymentAmount: { currency: 'USD', value: '5' } })
      const failed = (await cases(one))['cashier.repeated_pay']
      expect(failed).toMatchObject({ state: 'failed', verdict: { rule: 'repeat.same', outcome: 'failed' } })
      expect(failed?.verdict?.exchange).toMatch(/^exc_/)
      const order = cashierOrder({ paymentRequestId: 'req-ticks-2' })
      await one.server.pay(order)
      await one.server.pay(order)
      expect((await cases(one))['cashier.repeated_pay']).toMatchObject({ state: 'passed', suiteVersion: 1 })
    }))

  test('waits for you while it is your turn, runs while it is the center’s, and is passed when it was acknowledged', () =>
    fresh(async (one) => {
      const reply = await one.server.pay()
      expect((await cases(one))['cashier.success_web']).toMatchObject({
        state: 'waiting',
        verdict: { outcome: 'open', waitsFor: 'partner' },
      })
      await decide(reply, 'pay')
      await expect.poll(async () => (await cases(one))['cashier.success_web']?.state).toBe('passed')
    }))

  test('rests on the first attempts, and on the first that was acknowledged, however often one sends again', () =>
    fresh(async (one) => {
      await decide(await one.server.pay(), 'pay')
      const sent = async () =>
        (await one.developer.do(listNotifications, { params: paramsOf(one), query: {} })).items[0]
      await expect.poll(sent).toMatchObject({ state: 'acknowledged', attemptCount: 1 })
      const { id = '' } = (await sent()) ?? {}
      await center.app.database.transact((db) =>
        db
          .updateTable('notification_attempts')
          .set({ fault: 'wrong_status' })
          .where('notification_id', '=', id)
          .execute(),
      )
      const late = ACCEPTANCE.attempts + 9
      await addAttempts(center, id, [...Array(late).fill('wrong_status'), null, ...Array(200).fill(null)])
      expect((await cases(one))['cashier.success_web']).toMatchObject({ state: 'passed' })
      const { suites } = await one.developer.do(getAcceptanceReport, { params: paramsOf(one) })
      const found = suites.flatMap((suite) => suite.cases).find((known) => known.id === 'cashier.success_web')
      expect(found?.confirmed).toBe(true)
      const named = found?.restsOn.filter((known) => known.startsWith('att_'))
      expect(named).toHaveLength(ACCEPTANCE.attempts + 1)
      const { text } = await one.developer.call(saveEvidence, { params: paramsOf(one) })
      for (const attempt of named ?? []) expect(text).toContain(`"id":"${attempt}"`)
    }))

  test('that is started counts only what comes after, and its pass ends the run', () =>
    fresh(async (one) => {
      const { server, developer } = one
      const cancelled = async () => {
        const id = `req-${Math.random()}`
        await server.pay({ paymentRequestId: id })
        await server.cancel({ paymentRequestId: id })
        await server.inquire({ paymentRequestId: id })
      }
      const id = 'req-before'
      await server.pay({ paymentRequestId: id })
      await server.cancel({ paymentRequestId: id })
      await developer.do(startCase, caseOf(one, 'cashier.cancelled'))
      await server.inquire({ paymentRequestId: id })
      expect((await cases(one))['cashier.cancelled']).toMatchObject({ state: 'waiting', run: { endedAt: null } })
      await cancelled()
      expect((await cases(one))['cashier.cancelled']).toMatchObject({ state: 'passed', run: { endedAs: 'passed' } })
    }))

  test('that is passed stays passed: by another key, another product, and wrong calls later', () =>
    fresh(async (one) => {
      const { server, developer } = one
      const order = cashierOrder({ paymentRequestId: 'req-stays' })
      await server.pay(order)
      await server.pay(order)
      expect((await cases(one))['cashier.repeated_pay']?.state).toBe('passed')
      await developer.do(setSandboxKey, { params: paramsOf(one), body: { publicKey: newPair().publicKey } })
      await developer.do(addProducts, { params: paramsOf(one), body: { products: ['user_presented'] } })
      await server.pay({ ...order, paymentAmount: { currency: 'USD', value: '7' } })
      const after = await cases(one)
      expect(after['cashier.repeated_pay']?.state).toBe('passed')
      expect(after['user_presented.repeated_pay']?.state).toBe('not_started')
    }))

  test('that is cancelled says so, leaves a pass as it was, and takes back what it asked of the gateway', () =>
    fresh(async (one) => {
      const { developer, server } = one
      await developer.do(startCase, caseOf(one, 'cashier.answer_forged'))
      expect(await developer.call(startCase, caseOf(one, 'cashier.answer_forged'))).toMatchObject({
        status: 409,
        body: { code: 'acceptance.running' },
      })
      expect(await developer.call(startCase, caseOf(one, 'cashier.notification_forged'))).toMatchObject({
        status: 409,
        body: { code: 'acceptance.other_running' },
      })
      await developer.do(cancelCase, caseOf(one, 'cashier.answer_forged'))
      expect((await cases(one))['cashier.answer_forged']).toMatchObject({ state: 'cancelled' })
      expect((await server.pay()).verified).toBe(true)
      expect(await developer.call(cancelCase, caseOf(one, 'cashier.answer_forged'))).toMatchObject({
        status: 409,
        body: { code: 'acceptance.not_running' },
      })
    }))

  test('during which the gateway signs an answer wrongly does so once, and says it in the log', () =>
    fresh(async (one) => {
      const { developer, server } = one
      await developer.do(startCase, caseOf(one, 'cashier.answer_forged'))
      const replies = [await server.pay(), await server.pay()]
      expect(replies.map(({ verified }) => verified)).toEqual([false, true])
      expect((await cases(one))['cashier.answer_forged']).toMatchObject({
        state: 'failed',
        verdict: { rule: 'answer.verify', received: expect.stringContaining('another payment') },
      })
    }))

  test('ticks however much comes after it before somebody looks', { timeout: 60_000 }, () =>
    fresh(async (one) => {
      const order = cashierOrder({ paymentRequestId: 'req-long-ago' })
      await one.server.pay(order)
      await one.server.pay(order)
      for (let sent = 0; sent < ACCEPTANCE.calls + 50; sent += 50)
        await Promise.all(Array.from({ length: 50 }, () => one.server.inquire({ paymentRequestId: 'req-nobody' })))
      expect((await cases(one))['cashier.repeated_pay']).toMatchObject({ state: 'passed' })
    }),
  )

  test('of a product that the application does not have is not found', async () => {
    expect(await made.developer.call(startCase, caseOf(made, 'user_presented.success'))).toMatchObject({ status: 404 })
  })

  test('of many started at once runs once', () =>
    fresh(async (one) => {
      const asked = Array.from({ length: 8 }, () => one.developer.call(startCase, caseOf(one, 'cashier.balance')))
      const statuses = (await Promise.all(asked)).map(({ status }) => status)
      expect(statuses.filter((status) => status === 200)).toHaveLength(1)
      expect(statuses.filter((status) => status === 409)).toHaveLength(7)
    }))
})

describe('the set-up', () => {
  test('is another thing than a failure: without key and URL no case starts, and the pre-flight names what is missing', async () => {
    const application = await makeApplication(made.developer)
    const params = { applicationId: application.id }
    const { setUp } = await made.developer.do(checkSetUp, { params })
    expect(Object.fromEntries(setUp.map(({ check, isRight }) => [check, isRight]))).toEqual({
      key: false,
      key_proved: false,
      notification_url: false,
      product: true,
    })
    const reply = await made.developer.call(startCase, { params: { ...params, caseId: 'cashier.balance' } })
    expect(reply).toMatchObject({ status: 409, body: { code: 'acceptance.not_set_up' } })
    expect(await made.developer.call(startAllCases, { params: { ...params, product: 'cashier' } })).toMatchObject({
      body: { code: 'acceptance.not_set_up' },
    })
  })

  test('asks the notification URL whether it answers', () =>
    fresh(async (one) => {
      const reachable = async () =>
        (await one.developer.do(checkSetUp, { params: paramsOf(one) })).setUp.find(({ check }) => check === 'reachable')
      expect(await reachable()).toMatchObject({ isRight: true, detail: expect.stringMatching(/^HTTP \d+$/) })
      await one.developer.do(setNotificationUrl, {
        params: { ...paramsOf(one), api: 'notifyPayment' },
        body: { url: 'http://127.0.0.1:9/gone' },
      })
      expect(await reachable()).toMatchObject({ isRight: false })
    }))
})

test('run all starts what needs no hands and in which the gateway does nothing wrong', () =>
  fresh(async (one) => {
    await one.developer.do(startAllCases, { params: { ...paramsOf(one), product: 'cashier' } })
    const running = Object.values(await cases(one)).filter(({ run }) => run && !run.endedAt)
    expect(running.map(({ id }) => id).sort()).toEqual([
      'cashier.cancelled',
      'cashier.no_answer',
      'cashier.repeated_pay',
    ])
  }))

describe('report and evidence', () => {
  const VERIFY = fileURLToPath(new URL('../../examples/verify-evidence/verify.mjs', import.meta.url))
  let folder: string
  let text: string
  let key: string
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'slipway-evidence-'))
    await decide(
      await made.server.pay({ order: { ...orderOf(), orderDescription: 'Zwei Karten — 两张票 "quoted"' } }),
      'pay',
    )
    await decide(await made.server.pay(), 'decline')
    await vi.waitFor(async () => {
      const found = await cases()
      for (const id of ['cashier.success_web', 'cashier.declined']) expect(found[id]?.state).toBe('passed')
    })
    text = (await made.developer.call(saveEvidence, { params: paramsOf(made) })).text
    key = (await made.developer.do(getEvidenceKey, {})).publicKey
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const orderOf = () => ({
    referenceOrderId: 'order-evidence',
    orderAmount: { currency: 'USD', value: '1999' },
    merchant: { merchantName: 'Harbour Theatre' },
    env: { terminalType: 'WEB' },
  })

  function verify(bytes: Uint8Array | string, ...rest: string[]) {
    const file = join(folder, 'package.jsonl')
    writeFileSync(file, bytes)
    const { status, stdout, stderr } = spawnSync(process.execPath, [VERIFY, file, ...rest], {
      encoding: 'utf8',
      env: {},
    })
    return { status, output: stdout + stderr }
  }

  test('the report confirms each verdict from its evidence alone, and gives JSON and JUnit XML', async () => {
    const report = await made.developer.do(getAcceptanceReport, { params: paramsOf(made) })
    const [suite] = report.suites
    expect(suite).toMatchObject({ product: 'cashier', version: 1 })
    const decided = suite?.cases.filter(({ verdict }) => verdict !== null) ?? []
    expect(decided.length).toBeGreaterThanOrEqual(2)
    expect(decided.every(({ confirmed, restsOn }) => confirmed === true && restsOn.length > 0)).toBe(true)
    const json = await made.developer.call(saveAcceptanceReport, { params: { ...paramsOf(made), format: 'json' } })
    expect(json.headers.get('content-disposition')).toMatch(/attachment; filename="acceptance-SANDBOX_.*-report\.json"/)
    expect(JSON.parse(json.text).application.id).toBe(made.application.id)
    const xml = await made.developer.call(saveAcceptanceReport, { params: { ...paramsOf(made), format: 'junit' } })
    expect(xml.text).toMatch(/<testsuite name="cashier" tests="\d+" failures="0" errors="0" skipped="\d+"/)
    expect(xml.text).toContain('<testcase classname="cashier" name="success_web"')
  })

  test('the package verifies off line, under its own key and under the key of the center', async () => {
    expect(verify(text)).toMatchObject({ status: 3, output: expect.stringMatching(/^WHOLE under the key that/) })
    expect(verify(text, '')).toMatchObject({ status: 2, output: expect.stringContaining('Usage') })
    const linked = join(folder, 'linked.mjs')
    symlinkSync(VERIFY, linked)
    expect(spawnSync(process.execPath, [linked, '/dev/null'], { env: {} }).status).toBe(1)
    expect(verify(text, key)).toMatchObject({
      status: 0,
      output: expect.stringContaining('passed  cashier.success_web'),
    })
    const { publicKey } = newPair()
    expect(verify(text, publicKey)).toMatchObject({ status: 1, output: expect.stringContaining('another key') })
  })

  test('a changed byte anywhere makes it fail, and its record and field are named', async () => {
    const { verifyPackage } = (await import(VERIFY)) as { verifyPackage(bytes: Buffer, key?: string): unknown[] }
    const bytes = Buffer.from(text)
    expect(verifyPackage(bytes, key).length).toBeGreaterThan(4)
    const starts = [0, ...[...bytes.entries()].filter(([, byte]) => byte === 10).map(([at]) => at + 1)]
    const lineOf = (at: number) => starts.findLastIndex((start) => start <= at) + 1
    // Every byte of every line would take minutes; a step that fits no structure meets all of its parts.
    for (let at = 0; at < bytes.length; at += 37) {
      const changed = Buffer.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ 1
      const message = messageOf(() => verifyPackage(changed, key))
      expect(message, `byte ${at} of line ${lineOf(at)}`).toMatch(new RegExp(`ecord ${lineOf(at)}\\b|line feed|seal`))
    }
    const field = bytes.indexOf('"outcome":"passed"')
    const forged = Buffer.from(text.replace('"outcome":"passed"', '"outcome":"failed"'))
    expect(messageOf(() => verifyPackage(forged))).toBe(
      `Record 2 (verdict cashier.success_web), field outcome, at byte ${field}`,
    )
  })

  test('a record that is left out, added, doubled or moved is found', async () => {
    const lines = text.trimEnd().split('\n')
    const [first = '', second = '', third = '', ...rest] = lines
    for (const changed of [
      [first, third, ...rest],
      [first, second, second, third, ...rest],
      [first, third, second, ...rest],
      lines.slice(0, -1),
    ]) {
      expect(verify(`${changed.join('\n')}\n`)).toMatchObject({
        status: 1,
        output: expect.stringMatching(/^NOT GENUINE\. Record \d/),
      })
    }
    expect(verify(text.slice(0, -1)).status).toBe(1)
    expect(verify('').status).toBe(1)
  })
})

function messageOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  return 'nothing was thrown'
}

test('nobody sees the acceptance tests of another partner', async () => {
  const other = await makeIntegration(center)
  await other.server.close()
  for (const endpoint of [getAcceptance, getAcceptanceReport, saveEvidence, checkSetUp]) {
    expect((await other.developer.call(endpoint, { params: paramsOf(made) })).status).toBe(404)
  }
})

/** Last, because they move the clock of the center beyond everybody's session. */
describe('as time goes by', () => {
  test('a case is over a day after it was started', () =>
    fresh(async (one) => {
      await one.developer.do(startCase, caseOf(one, 'cashier.answer_forged'))
      center.clock.forward(ACCEPTANCE.runSeconds + 60)
      await one.developer.do(logIn, { body: { email: one.developer.email, password: PASSWORD } })
      expect((await cases(one))['cashier.answer_forged']).toMatchObject({ state: 'cancelled' })
      expect((await one.server.pay()).verified).toBe(true)
    }))

  test('what a verdict rests on outlives the log', () =>
    fresh(async (one) => {
      await decide(await one.server.pay(), 'decline')
      await expect.poll(async () => (await cases(one))['cashier.declined']?.state).toBe('passed')
      await one.server.inquire({ paymentRequestId: 'nobody' })
      center.clock.forward(30 * 24 * 3600)
      await deleteOld(newContext(center.app, { kind: 'system' }))
      await one.developer.do(logIn, { body: { email: one.developer.email, password: PASSWORD } })
      const report = await one.developer.do(getAcceptanceReport, { params: paramsOf(one) })
      expect(report.suites[0]?.cases.find(({ id }) => id === 'cashier.declined')).toMatchObject({
        state: 'passed',
        confirmed: true,
      })
    }))
})
