import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { convert, currencies, fitsWire, isCurrency, priceOf, quoteAt } from './exchange.ts'
import { feeOf, shareOf, WHOLE_BASIS_POINTS } from './fees.ts'
import { AMOUNT_DIGITS_MAX, decimalsOf } from './money.ts'

const currency = fc.constantFrom(...currencies)
const amount = fc.bigInt({ min: 0n, max: 10n ** BigInt(AMOUNT_DIGITS_MAX) - 1n })
/** Of a contract. */
const rate = fc.integer({ min: 0, max: WHOLE_BASIS_POINTS })
/** A payment, and the parts in which it is refunded: none, some of it, or all. */
const parts = fc.array(fc.bigInt({ min: 1n, max: 10n ** 11n }), { maxLength: 12 })

describe('prices', () => {
  test('of the table: whole units, cents, and currencies without decimals or with three', () => {
    expect(priceOf('KRW', 'USD')).toBe('0.00083333333')
    expect(convert(18_000n, 'KRW', 'USD', priceOf('KRW', 'USD'))).toBe(1500n)
    expect(convert(1000n, 'JPY', 'USD', priceOf('JPY', 'USD'))).toBe(667n)
    expect(convert(1000n, 'USD', 'JPY', priceOf('USD', 'JPY'))).toBe(1500n)
    expect(convert(1000n, 'USD', 'KWD', priceOf('USD', 'KWD'))).toBe(3070n)
    expect(convert(1n, 'IDR', 'USD', priceOf('IDR', 'USD'))).toBe(0n)
    expect(isCurrency('USD')).toBe(true)
    expect(isCurrency('XXX')).toBe(false)
    expect(isCurrency('constructor')).toBe(false)
  })

  test('every price is a decimal that JSON carries unchanged', () => {
    for (const base of currencies)
      for (const quote of currencies) {
        const price = priceOf(base, quote)
        expect(price, `${base}/${quote}`).toMatch(/^\d+(\.\d*[1-9])?$/)
        expect(price.replace('.', '').replace(/^0+/, '').length, price).toBeLessThanOrEqual(8)
        expect(JSON.parse(JSON.stringify(Number(price)))).toBe(Number(price))
        expect(Number(price)).toBeGreaterThan(0)
      }
  })

  test('a currency in itself costs one', () => {
    fc.assert(
      fc.property(currency, amount, (one, minor) => {
        expect(priceOf(one, one)).toBe('1')
        expect(convert(minor, one, one, '1')).toBe(minor)
      }),
    )
  })

  test('an amount is never off by more than half a smallest unit', () => {
    fc.assert(
      fc.property(currency, currency, amount, (base, quote, minor) => {
        const price = priceOf(base, quote)
        const [, decimals = ''] = price.split('.')
        const digits = BigInt(price.replace('.', ''))
        const above = minor * digits * 10n ** BigInt(decimalsOf(quote))
        const below = 10n ** BigInt(decimalsOf(base) + decimals.length)
        const off = convert(minor, base, quote, price) * below - above
        expect(2n * (off < 0n ? -off : off) <= below).toBe(true)
      }),
    )
  })

  test('a quote is that of its clearing day in UTC+8', () => {
    const quote = quoteAt(Date.parse('2026-11-25T17:00:00Z'), 'KRW', 'USD', '0.00083333333')
    expect(quote).toEqual({
      id: '20261126KRWUSD',
      pair: 'KRW/USD',
      base: 'KRW',
      price: '0.00083333333',
      startsAt: Date.parse('2026-11-25T16:00:00Z'),
      expiresAt: Date.parse('2026-11-26T16:00:00Z'),
    })
  })

  test('what has sixteen digits does not fit the wire', () => {
    expect(fitsWire(10n ** 15n - 1n)).toBe(true)
    expect(fitsWire(10n ** 15n)).toBe(false)
  })
})

describe('refunds in parts', () => {
  test('take back what the payment has brought, to the last unit, in any currency and any order, at any rate', () => {
    fc.assert(
      fc.property(currency, currency, parts, amount, rate, (base, quote, refunds, unrefunded, basisPoints) => {
        const price = priceOf(base, quote)
        const settled = (sum: bigint) => convert(sum, base, quote, price)
        const interchange = (sum: bigint) => feeOf(settled(sum), basisPoints)
        const refunded = refunds.reduce((sum, part) => sum + part, 0n)
        let before = 0n
        let moved = 0n
        let givenBack = 0n
        for (const part of refunds) {
          const share = shareOf(before, before + part, settled)
          expect(share >= 0n).toBe(true)
          moved += share
          givenBack += shareOf(before, before + part, interchange)
          before += part
        }
        expect(moved).toBe(settled(refunded))
        expect(givenBack).toBe(interchange(refunded))
        const whole = refunded + unrefunded
        expect(moved <= settled(whole)).toBe(true)
        expect(givenBack <= interchange(whole)).toBe(true)
      }),
    )
  })
})
