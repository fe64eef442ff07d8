import { describe, expect, test } from 'vitest'
import { amountIn, amountText } from './money.ts'
import { paymentStates } from './payment.ts'
import { payBody, payKinds, refundBody, statesOf, transactionWords } from './test-merchant.ts'

test('every state of a payment stands under exactly one word', () => {
  expect(transactionWords.flatMap(statesOf).sort()).toEqual([...paymentStates].sort())
})

test.each([
  ['10', 'USD', 1000n],
  ['10.5', 'USD', 1050n],
  [' 10.00 ', 'USD', 1000n],
  ['0.01', 'USD', 1n],
  ['1000', 'JPY', 1000n],
  ['1.234', 'KWD', 1234n],
  ['9999999999999.99', 'USD', 999999999999999n],
  ['10000000000000.00', 'USD', 'too_large'],
  ['1'.repeat(41), 'USD', 'not_a_number'],
  ['1000.0', 'JPY', 'decimals'],
  ['1.234', 'USD', 'decimals'],
  ['0', 'USD', 'not_more_than_0'],
  ['0.00', 'USD', 'not_more_than_0'],
  ['', 'USD', 'not_a_number'],
  ['-1', 'USD', 'not_a_number'],
  ['1,000', 'USD', 'not_a_number'],
  ['1e3', 'USD', 'not_a_number'],
  ['١٠', 'USD', 'not_a_number'],
] as const)('%s %s is read as %s', (text, currency, amount) => {
  expect(amountIn(text, currency)).toBe(amount)
})

test.each([
  ['USD', 123456n, '1234.56'],
  ['JPY', 123456n, '123456'],
  ['KWD', 5n, '0.005'],
])('an amount in %s is shown as it can be typed again', (currency, amountMinor, text) => {
  expect(amountText({ currency, amountMinor })).toBe(text)
  expect(amountIn(text, currency)).toBe(amountMinor)
})

describe.each(['aps', 'ams'] as const)('in %s', (family) => {
  const own = {
    id: (beginning: string) => `${beginning}-1`,
    paymentRequestId: 'REQ-0',
    paymentId: '1',
    refundRequestId: undefined,
    returnUrl: 'https://shop.example/',
  }
  const amount = { currency: 'JPY', value: '1200' }

  test.each(payKinds)('%s: title, amount and code stand where the gateway reads them', (kind) => {
    const body = payBody(family, { kind, title: 'Kite', amount, code: 'C', userAgent: 'Mine' }, own)
    expect(body).toMatchObject({
      paymentRequestId: 'REQ-1',
      paymentAmount: amount,
      paymentMethod: { paymentMethodId: 'C' },
      order: { orderDescription: 'Kite', orderAmount: amount },
    })
    expect(family === 'ams' ? body : body.order).toMatchObject({ env: { userAgent: 'Mine' } })
  })

  test('a refund names its payment in the words of the family', () => {
    const by = family === 'ams' ? { paymentId: '1' } : { paymentRequestId: 'REQ-0' }
    expect(refundBody(family, amount, own)).toMatchObject({ ...by, refundAmount: amount })
  })
})
