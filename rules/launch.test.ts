import { describe, expect, test } from 'vitest'
import {
  clockAt,
  differenceOf,
  isExampleHost,
  launchGate,
  type LaunchFacts,
  type ProductionUrl,
  testValueIn,
} from './launch.ts'

const URL_LINE: ProductionUrl = {
  api: 'notifyPayment',
  url: 'https://pay.harbour.net/notify',
  sandboxUrl: null,
  status: 405,
  fault: null,
}
const RIGHT: LaunchFacts = {
  name: 'Harbour shop',
  description: 'Sells tickets.',
  partnerType: 'acquirer',
  products: ['cashier'],
  isOnTrial: false,
  contractedTypes: ['acquirer'],
  contractedProducts: ['cashier'],
  activeKeys: [2],
  waitingKeys: [],
  urls: [URL_LINE],
  standings: [{ product: 'cashier', required: 8, passed: 8, missing: [] }],
  allowLoopback: false,
}
const open = (change: Partial<LaunchFacts>) =>
  launchGate({ ...RIGHT, ...change }).flatMap(({ item, isFulfilled, about }) => (isFulfilled ? [] : [[item, about]]))
const withUrl = (change: Partial<ProductionUrl>) => ({ urls: [{ ...URL_LINE, ...change }] })

describe('the gate', () => {
  test('is open when every fact is right', () => expect(open({})).toEqual([]))

  test.each<[string, Partial<LaunchFacts>, (string | null)[][]]>([
    [
      'no key',
      { activeKeys: [] },
      [
        ['key_set', null],
        ['key_proved', null],
      ],
    ],
    ['a key that waits', { activeKeys: [], waitingKeys: [3] }, [['key_proved', null]]],
    ['a URL that nobody looked at', withUrl({ status: null }), [['url_reachable', URL_LINE.url]]],
    [
      'a URL that does not answer',
      withUrl({ status: null, fault: 'no answer' }),
      [['url_reachable', `${URL_LINE.url} (no answer)`]],
    ],
    [
      'no URL',
      withUrl({ url: null, status: null }),
      [
        ['url_set', 'notifyPayment'],
        ['url_reachable', null],
      ],
    ],
    [
      'cases that are missing',
      { standings: [{ product: 'cashier', required: 8, passed: 7, missing: ['cashier.balance'] }] },
      [['cases', '7 / 8: cashier.balance']],
    ],
    [
      'a product without a suite',
      { products: ['auto_debit'], contractedProducts: ['auto_debit'] },
      [['cases', '0 / 0']],
    ],
    ['a trial', { isOnTrial: true }, [['contract', null]]],
    ['a product without contract', { contractedProducts: ['auto_debit'] }, [['contract', 'Cashier Payment']]],
    ['a type without contract', { contractedTypes: ['wallet'] }, [['contract', null]]],
    [
      'a service provider',
      { partnerType: 'technical_service_provider', contractedTypes: ['technical_service_provider'] },
      [['authorization', null]],
    ],
    ['words of tests', { name: 'Demo', description: 'a TEST of 测试' }, [['test_values', 'Demo, TEST, 测试']]],
    ['loopback', withUrl({ url: 'http://127.0.0.1:9/' }), [['test_values', 'http://127.0.0.1:9/']]],
  ])('has open lines for %s', (_what, change, lines) => expect(open(change)).toEqual(lines))

  test('takes loopback where the operator allows it, and a host that only looks like one for tests', () => {
    expect(open({ ...withUrl({ url: 'http://127.0.0.1:9/' }), allowLoopback: true })).toEqual([])
    expect(open(withUrl({ url: 'https://test.harbour.net/' }))).toEqual([])
  })

  test('takes words that hold others within them', () => {
    expect(open({ name: 'Contest latest', description: 'Testament, attestation, demography' })).toEqual([])
  })
})

test.each([
  ['https://pay.harbour.net/', null],
  ['https://protest.net/attest', null],
  ['https://localhost/', 'loopback'],
  ['https://user@127.1.2.3:8443/x', 'loopback'],
  ['https://[::1]:8443/', 'loopback'],
  ['https://pay.harbour.net/?id=sandbox_1', 'sandbox_id'],
  ['https://api.example.com', 'example_name'],
  ['https://shop.EXAMPLE', 'example_name'],
  ['https://a.test/x', 'example_name'],
  ['https://myexample.com', null],
  ['https://uat.harbour.net/', 'test_host'],
  ['https://pay-staging2.harbour.net/', 'test_host'],
])('%s gives away: %s', (url, value) => expect(testValueIn(url)).toBe(value))

test('names with a dot at their end are the same names', () => {
  expect(isExampleHost('example.com.')).toBe(true)
  expect(isExampleHost('harbour.net.')).toBe(false)
})

test('the difference says what is missing, the same, or of a test', () => {
  const urls = [
    { ...URL_LINE, url: null },
    { ...URL_LINE, sandboxUrl: URL_LINE.url },
    { ...URL_LINE, url: 'https://uat.harbour.net/' },
  ]
  const key = { sandbox: 'SHA256:a', production: null }
  const lines = differenceOf({ clientId: { sandbox: 'SANDBOX_A', production: 'B' }, key, urls })
  expect(lines.map(({ kind, verdict, testValue }) => [kind, verdict, testValue])).toEqual([
    ['client_id', 'differs', null],
    ['key', 'missing', null],
    ['url', 'missing', null],
    ['url', 'same', null],
    ['url', 'differs', 'test_host'],
  ])
})

test('of two clocks one runs', () => {
  const at = { stateSince: 1000, centerMs: 50, partnerMs: 7 }
  expect(clockAt({ ...at, state: 'in_review' }, 1500)).toEqual({ centerMs: 550, partnerMs: 7 })
  expect(clockAt({ ...at, state: 'waiting_for_partner' }, 1500)).toEqual({ centerMs: 50, partnerMs: 507 })
  expect(clockAt({ ...at, state: 'confirmed' }, 1500)).toEqual({ centerMs: 50, partnerMs: 7 })
  expect(clockAt({ ...at, state: 'in_review' }, 900)).toEqual({ centerMs: 50, partnerMs: 7 })
})
