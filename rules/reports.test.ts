import { describe, expect, test } from 'vitest'
import {
  clearingDayOf,
  clearingDaysSettledOn,
  dayOfText,
  dayText,
  isBusinessDay,
  reportDayAt,
  reportMoment,
  settlementDayOf,
  startOfClearingDay,
} from './clearing.ts'
import { convert } from './exchange.ts'
import { feeOf } from './fees.ts'
import {
  addSums,
  batchIdOf,
  type Cleared,
  count,
  headText,
  noSums,
  reportFolder,
  reportName,
  summaryText,
  sumsOfText,
  sumsToText,
  totalOf,
  transactionLine,
} from './reports.ts'

const day = (text: string) => dayOfText(text) ?? Number.NaN
const PARTICIPANT = '1012345678901234567'
const BATCH = { participantId: PARTICIPANT, currency: 'USD', day: day('20261126'), area: 'clearing' } as const

describe('days', () => {
  test('begin at 00:00 in UTC+8, and their files come at 08:00 of the next', () => {
    const thursday = day('20261126')
    expect(startOfClearingDay(thursday)).toBe(Date.parse('2026-11-26T00:00:00+08:00'))
    expect(clearingDayOf(startOfClearingDay(thursday) - 1)).toBe(thursday - 1)
    expect(clearingDayOf(startOfClearingDay(thursday))).toBe(thursday)
    expect(reportMoment(thursday)).toBe(Date.parse('2026-11-26T08:00:00+08:00'))
    expect(reportDayAt(reportMoment(thursday) - 1)).toBe(thursday - 1)
    expect(dayText(thursday)).toBe('20261126')
  })

  test.each(['20261131', '2026112', '20261126 ', 'settlem.', '20260230'])('%s is no day', (text) => {
    expect(dayOfText(text)).toBeUndefined()
  })

  test('money moves two days later, and at no weekend', () => {
    const settled = (text: string) => dayText(settlementDayOf(day(text)))
    expect(settled('20261123')).toBe('20261125') // Monday to Wednesday
    expect(settled('20261126')).toBe('20261130') // Thursday to Monday
    expect(settled('20261127')).toBe('20261130')
    expect(settled('20261128')).toBe('20261130')
    expect(settled('20261129')).toBe('20261201') // Sunday to Tuesday
    expect(isBusinessDay(day('20261128'))).toBe(false)
    expect(clearingDaysSettledOn(day('20261128'))).toEqual([])
    expect(clearingDaysSettledOn(day('20261130')).map(dayText)).toEqual(['20261126', '20261127', '20261128'])
    expect(clearingDaysSettledOn(day('20261201')).map(dayText)).toEqual(['20261129'])
  })

  test('every clearing day is settled on one day', () => {
    const days = Array.from({ length: 400 }, (_, i) => day('20260101') + i)
    for (const one of days) expect(clearingDaysSettledOn(settlementDayOf(one))).toContain(one)
    const all = days.flatMap((one) => clearingDaysSettledOn(one))
    expect(new Set(all).size).toBe(all.length)
  })
})

test('names and folders are those of the network', () => {
  const name = reportName({ kind: 'feeItems', participantId: PARTICIPANT, currency: 'USD', day: BATCH.day, seq: 7 })
  expect(name).toBe(`feeItems_${PARTICIPANT}_USD_20261126C${PARTICIPANT}_4012345678901234567_007.csv`)
  expect(batchIdOf('clearing', BATCH.day, PARTICIPANT).length).toBeLessThanOrEqual(32)
  expect(reportFolder('clearing', PARTICIPANT, BATCH.day)).toBe(
    `/sandbox/settlements/clearing/${PARTICIPANT}/20261126/`,
  )
})

/** Published for another report of the network: 18,000 KRW are settled as 14.50 USD, half of it refunded as 7.25 USD. */
test('the worked example of the network: what is due, what is taken, what is given back', () => {
  const price = '0.00083333333'
  const usd = (krw: bigint) => convert(krw, 'KRW', 'USD', price)
  const fee = (minor: bigint) => feeOf(minor, 333)
  expect([usd(18_000n), fee(usd(18_000n))]).toEqual([1500n, 50n])
  expect(usd(18_000n) - fee(usd(18_000n))).toBe(1450n)
  expect(usd(9000n) - fee(usd(9000n))).toBe(725n)
})

const PAYMENT: Cleared = {
  type: 'PAYMENT',
  id: '1',
  originalId: '',
  requestId: '=REQ,1',
  description: '=1+1',
  methodType: 'CONNECT_WALLET',
  pspName: 'TEST_WALLET',
  product: 'cashier',
  at: Date.parse('2026-11-26T01:02:03Z'),
  amountMinor: 18_000n,
  currency: 'KRW',
  settlementMinor: 1500n,
  settlementCurrency: 'USD',
  quote: null,
  interchangeMinor: 12n,
  serviceMinor: 6n,
}
const REFUND: Cleared = {
  ...PAYMENT,
  type: 'REFUND',
  id: '2',
  amountMinor: 9000n,
  settlementMinor: 750n,
  interchangeMinor: 6n,
  serviceMinor: 0n,
}

describe('sums', () => {
  const sums = noSums()
  count(sums, PAYMENT)
  count(sums, REFUND)

  test('a payment is credit, its fees and refunds are debit; a refund brings interchange back, and no service fee', () => {
    expect(sums).toEqual({
      PAYMENT: { count: 1, minor: 1500n },
      REFUND: { count: 1, minor: -750n },
      INTERCHANGE_FEE: { count: 2, minor: -6n },
      SERVICE_FEE: { count: 1, minor: -6n },
    })
    expect(totalOf(sums)).toEqual({ count: 2, minor: 738n })
  })

  test('are stored and read without loss, however large', () => {
    const large = noSums()
    large.PAYMENT.minor = 10n ** 30n
    large.PAYMENT.count = 3
    addSums(large, sums)
    expect(sumsOfText(sumsToText(large))).toEqual(large)
  })
})

test('nothing at all is no money, and debit', () => {
  expect(headText(BATCH, totalOf(noSums()), 'transactionItems').split('\r\n')[1]).toBe(
    `0,20261126C${PARTICIPANT},${PARTICIPANT},4012345678901234567,20261126,0,USD,D`,
  )
  expect(summaryText(BATCH, noSums()).split('\r\n').at(-2)).toMatch(/,TOTAL,0,0,USD,D$/)
})

test('what a spreadsheet would run is made text, in ids too', () => {
  const line = transactionLine(BATCH, PAYMENT)
  expect(line).toContain(`,"'=REQ,1","'=1+1",CONNECT_WALLET,`)
  expect(line).toContain(',2026-11-26T09:02:03+08:00,')
})
