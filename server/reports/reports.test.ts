import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { forwardSandboxClock } from '../../contract/applications.ts'
import { downloadReport, listReports, makeTodaysReport } from '../../contract/reports.ts'
import { decideOrder } from '../../contract/wallet.ts'
import { clearingDayOf, dayText, reportMoment, settlementDayOf, startOfClearingDay } from '../../rules/clearing.ts'
import { FEES, feeOf } from '../../rules/fees.ts'
import { BY_HAND, REPORTS } from '../../rules/limits.ts'
import { FAILED_WORK_LADDER_SECONDS } from '../../rules/notification.ts'
import { pathOf, TestBrowser } from '../../test/browser.ts'
import { makeIntegration } from '../../test/make.ts'
import { cashierOrder, orderKey } from '../../test/partner.ts'
import { download, makeDue, parseReport, reportOf, signed, whenMade } from '../../test/reports.ts'
import { type Center, startCenter } from '../../test/start.ts'
import { newContext } from '../context.ts'
import { deleteOld } from '../retention/retention.ts'
import { planReports, reportTopic } from './reports.ts'

let center: Center
let made: Awaited<ReturnType<typeof makeIntegration>>
let params: { applicationId: string }

beforeAll(async () => {
  center = await startCenter()
})
beforeEach(async () => {
  made = await makeIntegration(center, { notify: false })
  params = { applicationId: made.application.id }
  return () => made.server.close()
})
afterAll(() => center.close())

const money = (value: number, currency = 'USD') => ({ currency, value: String(value) })

async function pay(value: number, currency = 'USD', change: Record<string, unknown> = {}): Promise<string> {
  const order = cashierOrder({ paymentAmount: money(value, currency), ...change })
  const { body } = await made.server.pay(order)
  await new TestBrowser(center.origin).do(decideOrder, { params: orderKey(body), body: { decision: 'pay' } })
  return String(body.paymentId)
}
const refund = (paymentId: string, value: number, currency = 'USD') =>
  made.server.refund({ paymentId, refundAmount: money(value, currency) })
const makeToday = () => made.developer.do(makeTodaysReport, { params })
const forward = (forwardSeconds: number) => made.developer.do(forwardSandboxClock, { params, body: { forwardSeconds } })
/** By the clock of the sandbox to that day's 08:00 in UTC+8, and a minute. */
async function forwardTo(day: number): Promise<void> {
  const { now } = await made.developer.do(listReports, { params, query: {} })
  await forward(Math.ceil((reportMoment(day) - Date.parse(now)) / 1000) + 60)
}
const today = async () => clearingDayOf(Date.parse((await made.developer.do(listReports, { params, query: {} })).now))

describe("today's report", () => {
  test('holds the paid payments and the refunds, and adds up in all its files', async () => {
    const first = await pay(1999)
    await pay(50_001)
    const cancelled = await pay(700)
    await made.server.cancel({ paymentId: cancelled })
    await made.server.pay() // nobody has paid it
    await refund(first, 999)
    await refund(first, 1000)
    await makeToday()

    const items = await reportOf(made.developer, params.applicationId, 'transactionItems')
    expect(
      items.details.map(({ transactionType, settlementAmountValue, direction }) => [
        transactionType,
        settlementAmountValue,
        direction,
      ]),
    ).toEqual([
      ['PAYMENT', '1999', 'C'],
      ['PAYMENT', '50001', 'C'],
      ['REFUND', '999', 'D'],
      ['REFUND', '1000', 'D'],
    ])
    expect(items.details[2]).toMatchObject({ originalTransactionId: first, quotePrice: '', transactionCurrency: 'USD' })

    const fees = await reportOf(made.developer, params.applicationId, 'feeItems')
    const feeSum = fees.details.reduce((sum, line) => sum + signed(line, 'feeAmountValue'), 0n)
    const rate = (type: keyof typeof FEES, amount: bigint) => feeOf(amount, FEES[type].basisPoints)
    // Of the first payment everything is refunded: its interchange comes back whole, its service fee does not.
    const kept = rate('INTERCHANGE_FEE', 50_001n) + rate('SERVICE_FEE', 50_001n) + rate('SERVICE_FEE', 1999n)
    expect(feeSum).toBe(-kept)
    expect(signed(fees.head, 'settlementAmountValue')).toBe(feeSum)

    const net = 50_001n - kept
    expect(items.head).toMatchObject({ totalCount: '4', settlementCurrency: 'USD', direction: 'C' })
    expect(signed(items.head, 'settlementAmountValue')).toBe(net)
    const summary = await reportOf(made.developer, params.applicationId, 'summary')
    expect(summary.details.map(({ summaryType, count }) => [summaryType, count])).toEqual([
      ['PAYMENT', '2'],
      ['REFUND', '2'],
      ['INTERCHANGE_FEE', '4'],
      ['SERVICE_FEE', '2'],
      ['TOTAL', '4'],
    ])
    expect(signed(summary.details.at(-1) ?? {}, 'settlementAmountValue')).toBe(net)
  })

  test('has files of its own for each currency, settled at the quote of the payment', async () => {
    const paid = await pay(18_000, 'KRW', { settlementStrategy: { settlementCurrency: 'USD' } })
    await refund(paid, 9000, 'KRW')
    await pay(500, 'JPY')
    await makeToday()
    const usd = await reportOf(made.developer, params.applicationId, 'transactionItems', 'USD')
    expect(usd.details).toMatchObject([
      {
        transactionAmountValue: '18000',
        transactionCurrency: 'KRW',
        settlementAmountValue: '1500',
        quoteCurrencyPair: 'KRW/USD',
        quotePrice: '0.00083333333',
      },
      { transactionAmountValue: '9000', transactionCurrency: 'KRW', settlementAmountValue: '750', direction: 'D' },
    ])
    const jpy = await reportOf(made.developer, params.applicationId, 'transactionItems', 'JPY')
    expect(jpy.details).toMatchObject([{ settlementAmountValue: '500', settlementCurrency: 'JPY' }])
  })

  test('made again has the next number, and is rationed', async () => {
    for (let i = 0; i < BY_HAND.reports; i++) await makeToday()
    const refused = await made.developer.call(makeTodaysReport, { params })
    expect([refused.status, refused.body.code]).toEqual([429, 'request.too_many'])
    const names = (await whenMade(made.developer, params.applicationId)).map(({ name }) => name.slice(-7, -4))
    expect(new Set(names).size).toBe(BY_HAND.reports)
    expect(names.sort().at(-1)).toBe(String(BY_HAND.reports - 1).padStart(3, '0'))
  })

  test('of many pages and pieces is whole: each payment once, and the sum is right', async () => {
    const payments = 2 * REPORTS.pageRows + 7
    const at = Date.parse((await made.developer.do(listReports, { params, query: {} })).now)
    const [row] = await insertPayments(params.applicationId, payments, at)
    await makeToday()
    const { head, details } = await reportOf(made.developer, params.applicationId, 'transactionItems')
    expect(head.totalCount).toBe(String(payments))
    expect(new Set(details.map(({ transactionId }) => transactionId)).size).toBe(payments)
    const gross = details.reduce((sum, line) => sum + signed(line, 'settlementAmountValue'), 0n)
    expect(gross).toBe(BigInt(payments) * BigInt(row ?? 0))
    const files = await whenMade(made.developer, params.applicationId)
    const items = files.find(({ kind }) => kind === 'transactionItems')
    const text = await download(made.developer, params.applicationId, items?.id ?? '')
    expect(Buffer.byteLength(text)).toBe(items?.bytes)
  })
})

/** Paid at the same moment, as they would be under load; each of the same amount, which is returned. */
async function insertPayments(applicationId: string, count: number, at: number): Promise<number[]> {
  const amount = 1001
  const row = (i: number) => ({
    application_id: applicationId,
    payment_request_id: `many-${i}`,
    payment_id: `${at}${String(i).padStart(19, '0')}`.slice(0, 32),
    wallet_secret: '',
    state: 'SUCCESS',
    amount_minor: amount,
    currency: 'USD',
    order_amount_minor: amount,
    order_currency: 'USD',
    method_type: 'CONNECT_WALLET',
    order_description: 'Résumé of "many", cafés',
    merchant_name: 'M',
    created_at: at,
    expires_at: at,
    final_at: at,
    pay_answer: '{}',
    product: 'cashier',
    refunded_minor: 0,
    result_code: 'SUCCESS',
    family: 'aps',
    interchange_basis_points: 80,
    service_basis_points: 40,
  })
  await center.app.database.transact(async (db) => {
    for (let i = 0; i < count; i += 100) {
      const some = Array.from({ length: Math.min(100, count - i) }, (_, n) => row(i + n))
      await db.insertInto('payments').values(some).execute()
    }
  })
  return [amount]
}

describe('the clock', () => {
  test('makes the files of the day before at 08:00 in UTC+8, also of an empty day', async () => {
    const day = await today()
    expect((await made.developer.do(listReports, { params, query: {} })).items).toEqual([])
    await forwardTo(day + 1)
    await makeDue(center)
    const files = await whenMade(made.developer, params.applicationId)
    const clearing = files.filter(({ kind }) => kind !== 'settlement')
    expect(clearing.map(({ kind }) => kind).sort()).toEqual(['feeItems', 'summary', 'transactionItems'])
    for (const { name, folder, byHand } of clearing) {
      expect(name).toContain(`_USD_${dayText(day)}C`)
      expect(folder).toBe(`/sandbox/settlements/clearing/${made.sandbox.participantId}/${dayText(day + 1)}/`)
      expect(byHand).toBe(false)
    }
    const { head, details } = await reportOf(made.developer, params.applicationId, 'transactionItems')
    expect(head).toMatchObject({ totalCount: '0', settlementAmountValue: '0', direction: 'D' })
    expect(details).toEqual([])
  })

  test('plans each day once, whichever node looks and however often', async () => {
    await forwardTo((await today()) + 2)
    const ctx = () => newContext(center.app, { kind: 'system' })
    await Promise.all([planReports(ctx()), planReports(ctx()), planReports(ctx())])
    await makeDue(center)
    const files = await whenMade(made.developer, params.applicationId)
    expect(files.filter(({ kind }) => kind === 'summary')).toHaveLength(2)
  })

  test('takes a payment into the day of its time, and the settlement two days later, never at a weekend', async () => {
    const day = await today()
    await pay(10_000)
    await forwardTo(day + 4)
    await pay(77)
    await makeDue(center)
    const files = await whenMade(made.developer, params.applicationId)
    const cleared = files.filter(({ kind }) => kind === 'transactionItems').map(({ day: of }) => of)
    expect(cleared.length).toBe(4)
    const settlements = files.filter(({ kind }) => kind === 'settlement')
    expect(settlements.every(({ day: of }) => ![0, 6].includes(new Date(of).getUTCDay()))).toBe(true)
    const texts = await Promise.all(settlements.map(({ id }) => download(made.developer, params.applicationId, id)))
    const lines = texts.flatMap((text) => parseReport(text).details)
    const paid = lines.filter(({ summaryType, count }) => summaryType === 'PAYMENT' && count === '1')
    expect(paid).toMatchObject([{ settlementAmountValue: '10000', clearingDate: dayText(day), direction: 'C' }])
    const heads = texts.map((text) => parseReport(text).head).filter(({ totalCount }) => totalCount === '1')
    expect(heads).toMatchObject([{ settlementAmountValue: String(10_000 - 80 - 40), direction: 'C' }])
  })

  test('that was moved far makes what would still be kept, and no more', async () => {
    await forward(100 * 86_400)
    await makeDue(center)
    const files = await whenMade(made.developer, params.applicationId)
    expect(files.filter(({ kind }) => kind === 'summary')).toHaveLength(REPORTS.keptDays)
  })

  test('lets a file go after seven days, with its pieces', async () => {
    await makeToday()
    const [file] = await whenMade(made.developer, params.applicationId)
    const gone = () => made.developer.send('GET', `/api${pathOf(downloadReport.path, { ...params, fileId: file?.id })}`)
    const retain = () => deleteOld(newContext(center.app, { kind: 'system' }))
    await forward(REPORTS.keptDays * 86_400 - 60)
    await retain()
    expect((await gone()).status).toBe(200)
    await forward(120)
    await retain()
    expect((await gone()).status).toBe(404)
    const parts = await center.app.database.reader
      .selectFrom('report_parts')
      .select('number')
      .where('file_id', '=', file?.id ?? '')
      .execute()
    expect(parts).toEqual([])
  })
})

test('what a cut-off run left behind is removed, and nobody ever sees it', async () => {
  const draft = { file_id: 'rpf_00000000000000000000000000000001' }
  await center.app.database.transact(async (db) => {
    await db
      .insertInto('report_drafts')
      .values({ ...draft, begun_at: center.clock.now() - 2 * 3_600_000 })
      .execute()
    await db
      .insertInto('report_parts')
      .values({ ...draft, number: 1, size: 1, content: Buffer.from('x') })
      .execute()
  })
  await deleteOld(newContext(center.app, { kind: 'system' }))
  const left = await center.app.database.reader
    .selectFrom('report_parts')
    .select('number')
    .where('file_id', '=', draft.file_id)
    .execute()
  expect(left).toEqual([])
})

test('of several workers that make the same report one makes it visible', async () => {
  const now = center.clock.now()
  const run = {
    id: `rpr_${'0'.repeat(31)}9`,
    application_id: params.applicationId,
    kind: 'clearing',
    day: clearingDayOf(now),
    seq: 500,
    folder_day: clearingDayOf(now),
    until: now,
    made_for: now,
    by_hand: 1,
    state: 'waiting',
    created_at: now,
  }
  await center.app.database.transact((db) => db.insertInto('report_runs').values(run).execute())
  const work = { id: 'job_x', payload: run.id, attempts: 0, created_at: now, last_error: null }
  const workers = [1, 2, 3].map(() => reportTopic.handler(newContext(center.app, { kind: 'system' }), work))
  expect((await Promise.all(workers)).map(({ outcome }) => outcome)).toEqual(Array(3).fill({ done: true }))
  const files = await whenMade(made.developer, params.applicationId)
  expect(files.map(({ kind }) => kind).sort()).toEqual(['feeItems', 'summary', 'transactionItems'])
  const drafts = await center.app.database.reader.selectFrom('report_drafts').selectAll().execute()
  // What the others made is out of sight, and no piece of what is seen will be removed with it.
  expect(drafts.filter(({ file_id }) => files.some(({ id }) => id === file_id))).toEqual([])
})

test('a clearing that is given up is said to have failed, with the settlement that rests on it, and goes with its age', async () => {
  const now = center.clock.now()
  const day = clearingDayOf(now)
  await insertPayments(params.applicationId, 1, now)
  const run = { application_id: params.applicationId, folder_day: day, until: now + 1, made_for: now, by_hand: 0 }
  const clearing = { ...run, id: `rpr_${'0'.repeat(31)}1`, kind: 'clearing', day, seq: 0 }
  const settlement = { ...run, id: `rpr_${'0'.repeat(31)}2`, kind: 'settlement', day: settlementDayOf(day), seq: 0 }
  const work = { topic: 'report', due_at: now, lease_until: 0, created_at: now, lane: '', tenant: '' }
  const lastTry = FAILED_WORK_LADDER_SECONDS.length - 1
  await center.app.database.transact(async (db) => {
    // What no transaction line can be made of.
    await db
      .updateTable('payments')
      .set({ wallet_payer: 'nobody' })
      .where('application_id', '=', params.applicationId)
      .execute()
    for (const one of [clearing, settlement]) {
      await db
        .insertInto('report_runs')
        .values({ ...one, state: 'waiting', created_at: now })
        .execute()
      const attempts = one === clearing ? lastTry : 0
      await db
        .insertInto('outbox')
        .values({ ...work, id: one.id.replace('rpr', 'job'), payload: one.id, attempts })
        .execute()
    }
  })
  center.worker.nudge()
  const state = async () => {
    const { waiting, failed, items } = await made.developer.do(listReports, { params, query: {} })
    return { waiting, failed, files: items.length }
  }
  await expect.poll(state).toEqual({ waiting: 0, failed: 2, files: 0 })
  expect(center.errors.splice(0)).toEqual([expect.stringContaining('a handler failed')])
  await forward((REPORTS.sumsKeptDays + 2) * 86_400)
  await deleteOld(newContext(center.app, { kind: 'system' }))
  expect(await state()).toMatchObject({ failed: 0 })
})

test('the files of another partner are not found', async () => {
  await makeToday()
  const [file] = await whenMade(made.developer, params.applicationId)
  const stranger = await makeIntegration(center, { notify: false })
  const path = (applicationId: string) => `/api${pathOf(downloadReport.path, { applicationId, fileId: file?.id })}`
  expect((await stranger.developer.send('GET', path(stranger.application.id))).status).toBe(404)
  expect((await stranger.developer.send('GET', path(params.applicationId))).status).toBe(404)
  await stranger.server.close()
})

test('a download is saved, and not opened, under its own name', async () => {
  await makeToday()
  const [file] = await whenMade(made.developer, params.applicationId)
  const path = `/api${pathOf(downloadReport.path, { ...params, fileId: file?.id })}`
  const { headers } = await made.developer.send('GET', path)
  expect(headers.get('content-disposition')).toBe(`attachment; filename="${file?.name}"`)
  expect(headers.get('content-type')).toBe('text/csv; charset=utf-8')
})

test('a refund of an earlier day stands in its own day', async () => {
  const day = await today()
  const paid = await pay(4000)
  await forward(
    Math.ceil(
      (startOfClearingDay(day + 1) - Date.parse((await made.developer.do(listReports, { params, query: {} })).now)) /
        1000,
    ) + 1200,
  )
  await refund(paid, 1000)
  await makeToday()
  const { details } = await reportOf(made.developer, params.applicationId, 'transactionItems')
  expect(details).toMatchObject([
    { transactionType: 'REFUND', originalTransactionId: paid, settlementAmountValue: '1000' },
  ])
})
