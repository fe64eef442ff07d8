import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getExchange, listExchanges } from '../../contract/log.ts'
import { decideOrder } from '../../contract/wallet.ts'
import { TestBrowser } from '../../test/browser.ts'
import { makeIntegration } from '../../test/make.ts'
import { amsOrder, cashierOrder, orderKey, type Prefix } from '../../test/partner.ts'
import { type Center, startCenter } from '../../test/start.ts'

let center: Center
let made: Awaited<ReturnType<typeof makeIntegration>>
beforeAll(async () => {
  center = await startCenter()
  made = await makeIntegration(center)
})
afterAll(async () => {
  await made.server.close()
  await center.close()
})

const prefix: Prefix = '/ams/api/v1/'
const krw = (value: string) => ({ currency: 'KRW', value })
const usd = (value: string) => ({ currency: 'USD', value })
const inUsd = { paymentAmount: krw('18000'), settlementStrategy: { settlementCurrency: 'USD' } }
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT16:00:00\.000Z$/)
const QUOTE = {
  quoteId: expect.stringMatching(/^\d{8}KRWUSD$/),
  quoteCurrencyPair: 'KRW/USD',
  quotePrice: 0.00083333333,
  quoteStartTime: TIME,
  quoteExpiryTime: TIME,
}
const IN_APS = { settlementAmount: usd('1500'), settlementQuote: { ...QUOTE, baseCurrency: 'KRW', quoteUnit: '1' } }
const IN_AMS = { grossSettlementAmount: usd('1500'), settlementQuote: { ...QUOTE, guaranteed: true } }

const confirm = (body: Record<string, unknown>) =>
  new TestBrowser(center.origin).do(decideOrder, { params: orderKey(body), body: { decision: 'pay' } })
const told = async (paymentId: string) => {
  await expect.poll(() => made.server.received.some(({ body }) => body.paymentId === paymentId)).toBe(true)
  return made.server.received.find(({ body }) => body.paymentId === paymentId)?.body
}
const rowOf = (paymentId: unknown) =>
  center.app.database.reader
    .selectFrom('refunds')
    .selectAll()
    .where('payment_request_id', 'in', (eb) =>
      eb.selectFrom('payments').select('payment_request_id').where('payment_id', '=', String(paymentId)),
    )
    .execute()

describe('a payment that is settled in another currency', () => {
  test('carries settlement amount and quote once it is paid, in answers and notification of APS', async () => {
    const order = cashierOrder(inUsd)
    const started = await made.server.pay(order)
    expect(started.body).not.toHaveProperty('settlementAmount')
    await confirm(started.body)
    expect((await made.server.pay(order)).body).toMatchObject(IN_APS)
    expect((await made.server.inquire({ paymentId: started.body.paymentId })).body).toMatchObject(IN_APS)
    expect(await told(String(started.body.paymentId))).toMatchObject(IN_APS)
  })

  test('carries grossSettlementAmount in the words of AMS', async () => {
    const started = await made.server.call('payments/pay', amsOrder(inUsd), { prefix })
    await confirm(started.body)
    const { paymentId } = started.body
    const inquired = await made.server.call('payments/inquiryPayment', { paymentId }, { prefix })
    expect(inquired.body).toMatchObject(IN_AMS)
    expect(await told(String(paymentId))).toMatchObject(IN_AMS)
    const ids = { paymentId, refundRequestId: randomUUID() }
    const refunded = await made.server.call('payments/refund', { ...ids, refundAmount: krw('9000') }, { prefix })
    const half = { ...IN_AMS, grossSettlementAmount: usd('750') }
    expect(refunded.body).toMatchObject(half)
    const asked = await made.server.call('payments/inquiryRefund', { refundRequestId: ids.refundRequestId }, { prefix })
    expect(asked.body).toMatchObject(half)
  })

  test('is refunded at its own quote: parts add up to the whole to the last unit', async () => {
    const started = await made.server.pay(cashierOrder({ ...inUsd, paymentAmount: krw('10001') }))
    await confirm(started.body)
    const { paymentId } = started.body
    const parts = ['3333', '3333', '3335']
    const answers = []
    for (const value of parts) answers.push(await made.server.refund({ paymentId, refundAmount: krw(value) }))
    const moved = answers.map(({ body }) => Number((body.settlementAmount as { value: string }).value))
    const { body } = await made.server.inquire({ paymentId })
    expect(moved.reduce((sum, value) => sum + value, 0)).toBe(
      Number((body.settlementAmount as { value: string }).value),
    )
    expect(answers.every((answer) => JSON.stringify(answer.body.settlementQuote).includes('0.00083333333'))).toBe(true)
  })

  test('refunded by many at once moves what it was worth, and each answer says what it moved', async () => {
    const started = await made.server.pay(cashierOrder({ ...inUsd, paymentAmount: krw('10001') }))
    await confirm(started.body)
    const { paymentId } = started.body
    const calls = Array.from({ length: 9 }, () => made.server.refund({ paymentId, refundAmount: krw('1111') }))
    const answers = await Promise.all(calls)
    expect(answers.every(({ verified }) => verified)).toBe(true)
    const rows = await rowOf(paymentId)
    expect(rows).toHaveLength(9)
    const said = answers.map(({ body }) => (body.settlementAmount as { value: string }).value).sort()
    expect(said).toEqual(rows.map(({ settlement_minor }) => String(settlement_minor)).sort())
    // 9,999 of 10,001 KRW: 8.3325 USD, and of 8.33 USD the interchange of 0.8 %.
    expect(rows.reduce((sum, { settlement_minor }) => sum + (settlement_minor ?? 0), 0)).toBe(833)
    expect(rows.reduce((sum, { interchange_minor }) => sum + (interchange_minor ?? 0), 0)).toBe(7)
  })

  test('keeps its quote when it is repeated with another wish', async () => {
    const order = cashierOrder(inUsd)
    const first = await made.server.pay(order)
    expect((await made.server.pay({ ...order, settlementStrategy: { settlementCurrency: 'EUR' } })).raw).toBe(first.raw)
  })
})

test('stands in the request log with what it is settled with', async () => {
  const started = await made.server.pay(cashierOrder(inUsd))
  const params = { applicationId: made.application.id }
  const found = await made.developer.do(listExchanges, { params, query: { search: String(started.body.paymentId) } })
  const opened = { ...params, exchangeId: found.items[0]?.id ?? '' }
  const { related } = await made.developer.do(getExchange, { params: opened })
  expect(related.payment?.settlement).toEqual({ ...usd('1500'), quotePrice: '0.00083333333' })
})

describe('a payment that is settled as it is paid', () => {
  test.each([undefined, {}, { settlementCurrency: 'USD' }])('has no quote: %j', async (settlementStrategy) => {
    const started = await made.server.pay(cashierOrder({ settlementStrategy }))
    await confirm(started.body)
    const { body } = await made.server.inquire({ paymentId: started.body.paymentId })
    expect(Object.keys(body).filter((name) => /settlement/i.test(name))).toEqual([])
  })
})

describe('is refused', () => {
  const codeOf = async (change: Record<string, unknown>) => {
    const { body } = await made.server.pay(cashierOrder(change))
    return [body.result.resultCode, body.result.resultMessage]
  }
  test('a currency that nobody knows: CURRENCY_NOT_SUPPORT, which names it', async () => {
    expect(await codeOf({ settlementStrategy: { settlementCurrency: 'XXX' } })).toEqual([
      'CURRENCY_NOT_SUPPORT',
      expect.stringContaining('XXX'),
    ])
    expect(await codeOf({ paymentAmount: { currency: 'ZZZ', value: '1' } })).toEqual([
      'CURRENCY_NOT_SUPPORT',
      expect.stringContaining('ZZZ'),
    ])
  })

  test('what is no currency at all: PARAM_ILLEGAL', async () => {
    expect((await codeOf({ settlementStrategy: { settlementCurrency: 'usd' } }))[0]).toBe('PARAM_ILLEGAL')
    expect((await codeOf({ settlementStrategy: 'USD' }))[0]).toBe('PARAM_ILLEGAL')
  })

  test('what is too large in the other currency: PAYMENT_AMOUNT_EXCEED_LIMIT', async () => {
    const change = { paymentAmount: usd('9'.repeat(15)), settlementStrategy: { settlementCurrency: 'IDR' } }
    expect((await codeOf(change))[0]).toBe('PAYMENT_AMOUNT_EXCEED_LIMIT')
  })
})
