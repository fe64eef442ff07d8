import { describe, expect, test } from 'vitest'
import { type ContractFees, contractFeesOf, DEFAULT_RATES, feeOf, ratesOf, type Rates, takesTooMuch } from './fees.ts'
import type { ProductId } from './products.ts'

const rates = (interchangeBasisPoints: number, serviceBasisPoints: number): Rates => ({
  interchangeBasisPoints,
  serviceBasisPoints,
})

// biome-ignore format: read as a table
test.each<[stored: string | null, product: ProductId, is: Rates]>([
  [null,                                                                           'cashier',    DEFAULT_RATES],
  ['{}',                                                                           'cashier',    DEFAULT_RATES],
  ['{"cashier":{"interchangeBasisPoints":150,"serviceBasisPoints":0}}',            'cashier',    rates(150, 0)],
  ['{"cashier":{"interchangeBasisPoints":150,"serviceBasisPoints":0}}',            'auto_debit', DEFAULT_RATES],
  ['{"cashier":{"interchangeBasisPoints":0,"serviceBasisPoints":0}}',              'cashier',    rates(0, 0)],
])('a contract that says %s charges %s with %j', (stored, product, is) => {
  expect(ratesOf(contractFeesOf(stored), product)).toEqual(is)
})

test('what one product has agreed says nothing of another', () => {
  const fees: ContractFees = { cashier: rates(1, 2), user_presented: rates(3, 4) }
  expect(ratesOf(fees, 'user_presented')).toEqual(rates(3, 4))
  expect(ratesOf(fees, 'merchant_presented')).toEqual(rates(80, 40))
})

// biome-ignore format: read as a table
test.each<[Rates, boolean]>([
  [rates(0, 0),            false],
  [rates(10_000, 0),       false],
  [rates(6000, 4000),      false],
  [rates(6000, 4001),      true ],
  [rates(0, 10_001),       true ],
])('%j takes more than was paid: %s', (of, tooMuch) => {
  expect(takesTooMuch(of)).toBe(tooMuch)
})

describe('a fee', () => {
  // biome-ignore format: read as a table
  test.each<[amount: bigint, basisPoints: number, fee: bigint]>([
    [10_000n,                  80,     80n],
    [    62n,                  80,      0n], // 0.496
    [    63n,                  80,      1n], // 0.504
    [     1n,                5000,      1n], // half a unit upwards
    [     1n,                4999,      0n],
    [ 9_999n,                   0,      0n],
    [ 9_999n,              10_000,  9_999n],
    [999_999_999_999_999n, 10_000, 999_999_999_999_999n],
  ])('on %s at %s basis points is %s', (amount, basisPoints, fee) => {
    expect(feeOf(amount, basisPoints)).toBe(fee)
  })
})
