import { describe, expect, test } from 'vitest'
import { isDecided, nextState, OUTCOME, paymentStates, REFUNDABLE } from './payment.ts'
import { RESULTS, resultCodes } from './results.ts'
import { AGREED_INPUTS, agreedBy, agreedFor } from './simulator.ts'
import { cancelWindowEnd, refundWindowEnd } from './windows.ts'

describe('the payment machine', () => {
  test('a payment is cancelled in any state, and once', () => {
    for (const state of paymentStates.filter((name) => name !== 'CANCELLED')) {
      expect(nextState(state, 'cancel'), state).toBe('CANCELLED')
    }
    expect(nextState('CANCELLED', 'cancel')).toBeUndefined()
  })

  test('only what is paid is refunded, and a part refunded stays so until the rest is', () => {
    expect(REFUNDABLE).toEqual(['SUCCESS', 'PARTIALLY_REFUNDED'])
    for (const state of REFUNDABLE) {
      expect(nextState(state, 'refundPart')).toBe('PARTIALLY_REFUNDED')
      expect(nextState(state, 'refundRest')).toBe('REFUNDED')
    }
  })

  test('what is decided is not decided again', () => {
    for (const state of paymentStates.filter(isDecided)) {
      for (const event of ['confirm', 'decline', 'expire'] as const) expect(nextState(state, event)).toBeUndefined()
    }
  })

  test('is in process on the wire only while nobody has decided', () => {
    for (const state of paymentStates) expect(RESULTS[OUTCOME[state]][0] === 'U', state).toBe(!isDecided(state))
  })
})

describe('windows', () => {
  const utc = (text: string) => Date.parse(text)
  test.each([
    ['2026-03-10T02:00:00Z', '2026-03-10T16:15:00Z'],
    // 23:59 and midnight in UTC+8.
    ['2026-03-10T15:59:59.999Z', '2026-03-10T16:15:00Z'],
    ['2026-03-10T16:00:00Z', '2026-03-11T16:15:00Z'],
    ['2026-12-31T16:00:00Z', '2027-01-01T16:15:00Z'],
  ])('a payment of %s can be cancelled until %s', (paid, end) => {
    expect(cancelWindowEnd(utc(paid))).toBe(utc(end))
  })

  test.each([
    ['2026-03-10T02:00:00Z', '2027-03-10T02:00:00Z'],
    ['2027-03-01T02:00:00Z', '2028-03-01T02:00:00Z'],
    ['2028-02-29T02:00:00Z', '2029-03-01T02:00:00Z'],
    // 29 February in UTC+8 already.
    ['2028-02-28T20:00:00Z', '2029-02-28T20:00:00Z'],
  ])('a payment of %s can be refunded until %s', (paid, end) => {
    expect(refundWindowEnd(utc(paid))).toBe(utc(end))
  })
})

describe('agreed inputs', () => {
  test('each amount stands once, with words for both products', () => {
    expect(new Set(AGREED_INPUTS.map(({ value }) => value)).size).toBe(AGREED_INPUTS.length)
    for (const { value, title, cashier, userPresented } of AGREED_INPUTS) {
      expect([value, title, cashier, userPresented].every(Boolean), value).toBe(true)
    }
  })

  test('the network’s own four are first', () => {
    expect(AGREED_INPUTS.slice(0, 4).map(({ value }) => value)).toEqual(['9901', '9902', '9903', '9904'])
  })

  test('another amount is ordinary', () => {
    expect(agreedFor({ amountMinor: 1999n })).toBeUndefined()
    expect(agreedFor({ amountMinor: 9905n })?.walletSays).toBe('USER_BALANCE_NOT_ENOUGH')
    expect(agreedBy(null)).toMatchObject({ value: '' })
    expect(agreedBy('no longer agreed')).toMatchObject({ value: '' })
  })

  test('what refuses or fails does so for good', () => {
    for (const { value, refused, walletSays } of AGREED_INPUTS) {
      for (const code of [refused, walletSays]) if (code) expect(RESULTS[code][0], value).toBe('F')
    }
  })
})

test('every result code says why and what to do', () => {
  for (const code of resultCodes) {
    const [, message, cause, remedy] = RESULTS[code]
    for (const text of [message, cause, remedy]) expect(text, code).toMatch(/\.$/)
  }
})
