import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApplication, forwardSandboxClock } from '../../contract/applications.ts'
import { listEveryAudit } from '../../contract/audit.ts'
import { getPartner, removeContractFees, setContractFees } from '../../contract/partners.ts'
import { listFees, listReports, makeTodaysReport } from '../../contract/reports.ts'
import { decideOrder } from '../../contract/wallet.ts'
import { clearingDayOf, dayText, reportMoment, settlementDayOf } from '../../rules/clearing.ts'
import { DEFAULT_RATES, feeOf, type Rates } from '../../rules/fees.ts'
import { TestBrowser } from '../../test/browser.ts'
import { newDatabase, testEngine } from '../../test/database.ts'
import { makeIntegration, makeMember, makePartner, makeStaff } from '../../test/make.ts'
import { cashierOrder, orderKey } from '../../test/partner.ts'
import { makeDue, reportOf, signed } from '../../test/reports.ts'
import { type Center, startCenter } from '../../test/start.ts'
import { until } from '../../test/until.ts'

type Made = Awaited<ReturnType<typeof makeIntegration>>

let center: Center
beforeAll(async () => {
  center = await startCenter()
})
afterAll(() => center.close())

const rates = (interchangeBasisPoints: number, serviceBasisPoints: number): Rates => ({
  interchangeBasisPoints,
  serviceBasisPoints,
})
const usd = (value: number) => ({ currency: 'USD', value: String(value) })
const of = (made: Made) => ({ applicationId: made.application.id })
const agree = (made: Made, body: Rates, productId: 'cashier' | 'auto_debit' = 'cashier') =>
  made.partner.staff.do(setContractFees, { params: { partnerId: made.partner.id, productId }, body })

async function pay(made: Made, value: number, change: Record<string, unknown> = {}): Promise<string> {
  const { body } = await made.server.pay(cashierOrder({ paymentAmount: usd(value), ...change }))
  await new TestBrowser(made.developer.origin).do(decideOrder, { params: orderKey(body), body: { decision: 'pay' } })
  return String(body.paymentId)
}
const refund = (made: Made, paymentId: string, value: number) =>
  made.server.refund({ paymentId, refundAmount: usd(value) })

const chargedIn = async ({ app }: Center, paymentId: string): Promise<Rates> => {
  const row = await app.database.reader
    .selectFrom('payments')
    .select(['interchange_basis_points', 'service_basis_points'])
    .where('payment_id', '=', paymentId)
    .executeTakeFirstOrThrow()
  return rates(row.interchange_basis_points, row.service_basis_points)
}

/** The fees of each transaction in today's files, and what is left of everything, which is the same in all of them. */
async function reportsOf(made: Made) {
  await made.developer.do(makeTodaysReport, { params: of(made) })
  const read = (kind: 'transactionItems' | 'feeItems' | 'summary') =>
    reportOf(made.developer, made.application.id, kind)
  const [items, fees, summary] = [await read('transactionItems'), await read('feeItems'), await read('summary')]
  const sum = (lines: typeof fees.details, name: string) => lines.reduce((all, line) => all + signed(line, name), 0n)
  const left = sum(items.details, 'settlementAmountValue') + sum(fees.details, 'feeAmountValue')
  expect(signed(items.head, 'settlementAmountValue')).toBe(left)
  expect(signed(summary.details.at(-1) ?? {}, 'settlementAmountValue')).toBe(left)
  expect(signed(fees.head, 'settlementAmountValue')).toBe(sum(fees.details, 'feeAmountValue'))
  const feesOf = (transactionId: string) =>
    fees.details
      .filter((line) => line.transactionId === transactionId)
      .map((line) => [line.feeType, signed(line, 'feeAmountValue')])
  return { left, feesOf, fees: fees.details }
}

const taken = (amount: bigint, { interchangeBasisPoints, serviceBasisPoints }: Rates) => [
  ['INTERCHANGE_FEE', -feeOf(amount, interchangeBasisPoints)],
  ['SERVICE_FEE', -feeOf(amount, serviceBasisPoints)],
]

describe('fees of a contract', () => {
  test('two contracts and a change in between: each payment is settled and refunded at the rates it was made with', async () => {
    const [own, other] = [
      await makeIntegration(center, { notify: false }),
      await makeIntegration(center, { notify: false }),
    ]
    await agree(own, rates(250, 30))
    const first = await pay(own, 9999)
    const others = await pay(other, 9999)
    const before = await reportsOf(own)
    expect(before.feesOf(first)).toEqual(taken(9999n, rates(250, 30)))

    await agree(own, rates(100, 0))
    const second = await pay(own, 12_345)
    const inEuro = await pay(own, 5000, { settlementStrategy: { settlementCurrency: 'EUR' } })
    const given = [await refund(own, first, 3333), await refund(own, first, 6666)].map(({ body }) =>
      String(body.refundId),
    )
    const newer = await refund(own, second, 345)

    const after = await reportsOf(own)
    expect(after.feesOf(first)).toEqual(before.feesOf(first))
    expect(after.feesOf(second)).toEqual(taken(12_345n, rates(100, 0)))
    // Of the first one everything went back: its interchange whole, at its own rate, and its service fee not.
    const back = given.flatMap((id) => after.feesOf(id))
    expect(back.map(([type]) => type)).toEqual(['INTERCHANGE_FEE', 'INTERCHANGE_FEE'])
    expect(back.reduce((sum, [, minor]) => sum + BigInt(minor ?? 0), 0n)).toBe(feeOf(9999n, 250))
    expect(after.feesOf(String(newer.body.refundId))).toEqual([['INTERCHANGE_FEE', 3n]])
    expect(after.left).toBe(9999n - 9999n - feeOf(9999n, 30) + 12_345n - feeOf(12_345n, 100) - 345n + 3n)
    const euro = await reportOf(own.developer, own.application.id, 'feeItems', 'EUR')
    expect(euro.details.map((line) => signed(line, 'feeAmountValue'))).toEqual([-46n, 0n]) // of 46.00 EUR
    expect(await chargedIn(center, inEuro)).toEqual(rates(100, 0))

    expect((await reportsOf(other)).feesOf(others)).toEqual(taken(9999n, DEFAULT_RATES))
    await Promise.all([own.server.close(), other.server.close()])
  })

  test('the files of the day and its settlement add up, though the contract changed at noon', async () => {
    const made = await makeIntegration(center, { notify: false })
    await agree(made, rates(500, 100))
    await pay(made, 1001)
    await agree(made, rates(0, 1))
    await pay(made, 20_002)
    const due = 1001n - feeOf(1001n, 500) - feeOf(1001n, 100) + 20_002n - feeOf(20_002n, 1)
    const { now } = await made.developer.do(listReports, { params: of(made), query: {} })
    const day = clearingDayOf(Date.parse(now))
    const forwardSeconds = Math.ceil((reportMoment(settlementDayOf(day)) - Date.parse(now)) / 1000) + 60
    await made.developer.do(forwardSandboxClock, { params: of(made), body: { forwardSeconds } })
    // What was agreed since does not reach back into a report that has yet to be made.
    await agree(made, rates(10_000, 0))
    await makeDue(center)
    const settled = await reportOf(made.developer, made.application.id, 'settlement')
    const ofDay = settled.details.filter(({ clearingDate }) => clearingDate === dayText(day))
    expect(ofDay.reduce((sum, line) => sum + signed(line, 'settlementAmountValue'), 0n)).toBe(due)
    expect(signed(settled.head, 'settlementAmountValue')).toBe(due)
    await made.server.close()
  })

  test('count at once, for their product only, until they are taken out of the contract', async () => {
    const made = await makeIntegration(center, { notify: false })
    const params = { partnerId: made.partner.id, productId: 'cashier' as const }
    expect(await chargedIn(center, await pay(made, 100))).toEqual(DEFAULT_RATES)
    await agree(made, rates(1, 2), 'auto_debit')
    expect(await chargedIn(center, await pay(made, 100))).toEqual(DEFAULT_RATES)
    for (let round = 1; round <= 5; round++) {
      await agree(made, rates(round, 0))
      expect(await chargedIn(center, await pay(made, 100))).toEqual(rates(round, 0))
    }
    const { fees } = await made.partner.staff.do(removeContractFees, { params })
    expect(fees.map(({ product, agreed }) => [product, agreed])).toEqual([
      ['cashier', false],
      ['auto_debit', true],
      ['user_presented', false],
      ['merchant_presented', false],
    ])
    expect(await chargedIn(center, await pay(made, 100))).toEqual(DEFAULT_RATES)
    expect((await made.partner.staff.call(removeContractFees, { params })).body.code).toBe('partner.fees_not_agreed')
    await made.server.close()
  })

  test('a repeat of `pay` is the payment that it was', async () => {
    const made = await makeIntegration(center, { notify: false })
    const order = cashierOrder()
    const first = await made.server.pay(order)
    await agree(made, rates(900, 900))
    expect((await made.server.pay(order)).raw).toBe(first.raw)
    expect(await chargedIn(center, String(first.body.paymentId))).toEqual(DEFAULT_RATES)
    await made.server.close()
  })
})

describe('who sees and sets them', () => {
  test('the partner sees those of its own products, and the staff those of all', async () => {
    const made = await makeIntegration(center, { notify: false })
    const { fees } = await agree(made, rates(150, 25))
    expect(fees).toHaveLength(4)
    expect(fees[0]).toEqual({ product: 'cashier', ...rates(150, 25), agreed: true })
    const support = await makeStaff(center, 'support')
    const params = { partnerId: made.partner.id }
    expect((await support.do(getPartner, { params })).fees).toEqual(fees)
    const refused = await support.call(setContractFees, {
      params: { ...params, productId: 'cashier' },
      body: rates(0, 0),
    })
    expect(refused.body.code).toBe('permission.missing')
    expect(await made.developer.do(listFees, { params: of(made) })).toEqual({
      items: [{ product: 'cashier', ...rates(150, 25), agreed: true }],
    })
    await made.server.close()
  })

  test('a wallet pays none, and is shown none', async () => {
    const developer = await makeMember(center, await makePartner(center, ['wallet']))
    const body = {
      name: 'Wallet',
      partnerType: 'wallet' as const,
      description: '',
      products: ['user_presented' as const],
    }
    const { id } = await developer.do(createApplication, { body })
    expect(await developer.do(listFees, { params: { applicationId: id } })).toEqual({ items: [] })
  })

  test('a change stands in the audit log, with what was there before', async () => {
    const partner = await makePartner(center)
    const params = { partnerId: partner.id, productId: 'cashier' as const }
    await partner.staff.do(setContractFees, { params, body: rates(120, 40) })
    await partner.staff.do(removeContractFees, { params })
    const { items } = await partner.staff.do(listEveryAudit, { query: { chain: partner.id, action: 'partner.fees' } })
    const changes = (before: number, after: number) => [
      { field: 'cashier.interchangeBasisPoints', before: String(before), after: String(after) },
      { field: 'cashier.serviceBasisPoints', before: '40', after: '40' },
    ]
    expect(items.map((entry) => entry.changes)).toEqual([changes(120, 80), changes(80, 120)])
  })

  test('two architects at once: what each has agreed for his product stays', async () => {
    const partner = await makePartner(center)
    const set = (productId: 'cashier' | 'auto_debit' | 'user_presented') =>
      partner.staff.do(setContractFees, { params: { partnerId: partner.id, productId }, body: rates(7, 7) })
    await Promise.all([set('cashier'), set('auto_debit'), set('user_presented')])
    const { fees } = await partner.staff.do(getPartner, { params: { partnerId: partner.id } })
    expect(fees.map(({ agreed }) => agreed)).toEqual([true, true, true, false])
  })

  const WHOLE = 'a whole number of basis points from 0 to 10,000'
  // biome-ignore format: read as a table
  test.each([
    [{ interchangeBasisPoints: -1 },       'request.invalid',      [['interchangeBasisPoints', WHOLE]]],
    [{ serviceBasisPoints: 10_001 },       'request.invalid',      [['serviceBasisPoints', WHOLE]]],
    [{ serviceBasisPoints: 0.5 },          'request.invalid',      [['serviceBasisPoints', WHOLE]]],
    [{ interchangeBasisPoints: '80' },     'request.invalid',      [['interchangeBasisPoints', WHOLE]]],
    [{ interchangeBasisPoints: null },     'request.invalid',      [['interchangeBasisPoints', WHOLE]]],
    [{ interchangeBasisPoints: 9_961 },    'partner.fees_too_high', undefined],
  ])('%j is refused with %s', async (change, code, fields) => {
    const { id, staff } = await makePartner(center)
    const body = { ...DEFAULT_RATES, ...change }
    const reply = await staff.send<unknown>('PUT', `/api/staff/partners/${id}/fees/cashier`, body)
    expect([reply.status, reply.body.code]).toEqual([422, code])
    expect(reply.body.fields?.map(({ path, message }) => [path, message])).toEqual(fields)
    expect((await staff.do(getPartner, { params: { partnerId: id } })).fees[0]?.agreed).toBe(false)
  })

  test('nobody sets the fees of a partner that there is not, or of a product that nobody has', async () => {
    const { id, staff } = await makePartner(center)
    const put = (partnerId: string, product: string) =>
      staff.send<unknown>('PUT', `/api/staff/partners/${partnerId}/fees/${product}`, DEFAULT_RATES)
    expect((await put(`ptn_${'0'.repeat(32)}`, 'cashier')).body.code).toBe('thing.not_found')
    expect((await put(id, 'lottery')).status).toBeGreaterThanOrEqual(400)
  })

  test('a member of a partner cannot set them', async () => {
    const partner = await makePartner(center)
    const member = await makeMember(center, partner)
    const params = { partnerId: partner.id, productId: 'cashier' as const }
    expect((await member.call(setContractFees, { params, body: rates(0, 0) })).status).toBe(403)
  })
})

test('a payment that a node of the release before writes has the fees of then', async () => {
  const made = await makeIntegration(center, { notify: false })
  const paid = await pay(made, 100)
  const {
    interchange_basis_points: _i,
    service_basis_points: _s,
    ...row
  } = await center.app.database.reader
    .selectFrom('payments')
    .selectAll()
    .where('payment_id', '=', paid)
    .executeTakeFirstOrThrow()
  const old = { ...row, payment_request_id: 'of-before', payment_id: '1'.repeat(32) }
  await center.app.database.transact((db) =>
    db
      .insertInto('payments')
      .values(old as never) // as that release does
      .execute(),
  )
  expect(await chargedIn(center, '1'.repeat(32))).toEqual(rates(80, 40))
  await made.server.close()
})

describe.runIf(testEngine() === 'postgres')('two nodes', () => {
  test('what is changed on one counts on the other within a second', async () => {
    const database = await newDatabase()
    const config = { masterKey: randomBytes(32) }
    const one = await startCenter({ database, config })
    const two = await startCenter({ database, config, mail: one.mail })
    const made = await makeIntegration(two, { notify: false })
    await pay(made, 100) // now the second one knows the client
    const staff = new TestBrowser(one.origin)
    for (const [name, value] of made.partner.staff.cookies) staff.cookies.set(name, value)
    const params = { partnerId: made.partner.id, productId: 'cashier' as const }
    await staff.do(setContractFees, { params, body: rates(3, 3) })
    const changedAt = performance.now()
    await until(async () => expect(await chargedIn(two, await pay(made, 100))).toEqual(rates(3, 3)), 5000)
    expect(performance.now() - changedAt).toBeLessThan(2500)
    await made.server.close()
    await two.close()
    await one.close()
    await database.drop()
  })
})
