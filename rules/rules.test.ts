import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { taskIds, taskStates } from './application.ts'
import { moneyText } from './money.ts'
import { NOTIFICATION_LADDER_SECONDS, waitAfter } from './notification.ts'
import { neededApisOf, partnerApisOf } from './products.ts'
import { resultOf } from './results.ts'
import { permissionsOf, permissionTitle, rolesThatMay, staffPermissionsOf, staffRolesThatMay } from './roles.ts'
import { formatSignatureHeader, parseSignatureHeader, textBeforeBody } from './signature.ts'

describe('roles', () => {
  test('several roles add up, none grant nothing', () => {
    expect(permissionsOf([])).toEqual([])
    expect(permissionsOf(['merchant_onboarding'])).toEqual(['merchant.invite'])
    expect(permissionsOf(['developer', 'merchant_onboarding'])).toEqual([
      'application.view',
      'sandbox.develop',
      'sandbox.test',
      'merchant.invite',
    ])
  })

  test('a permission knows its words and who carries it', () => {
    expect(permissionTitle('sandbox.test')).toBe('Conduct sandbox acceptance testing')
    expect(rolesThatMay('application.launch')).toEqual(['developer_admin'])
    expect(staffRolesThatMay('staff.partner.open')).toEqual(['operator_admin', 'solution_architect'])
    expect(staffPermissionsOf('support').every((permission) => permission.endsWith('.view'))).toBe(true)
    expect(staffPermissionsOf('support')).toContain('staff.partner.view')
  })
})

const NO_FACTS = {
  keySet: false,
  verifiedCall: false,
  merchantInvited: false,
  productionReady: false,
  launched: false,
}

describe('tasks', () => {
  const states = (facts: Parameters<typeof taskStates>[0]) => taskIds.map((id) => taskStates(facts)[id])
  test('one at a time is next', () => {
    const none = { required: 15, passed: 0 }
    const all = { required: 15, passed: 15 }
    const first = { ...NO_FACTS, cases: none }
    expect(states(undefined).slice(0, 3)).toEqual(['next', 'open', 'open'])
    expect(states(first).slice(0, 3)).toEqual(['done', 'next', 'open'])
    expect(states({ ...first, keySet: true }).slice(0, 3)).toEqual(['done', 'done', 'next'])
    const called = { ...first, keySet: true, verifiedCall: true }
    expect(states(called).slice(2, 5)).toEqual(['done', 'next', 'open'])
    expect(states({ ...called, cases: all }).slice(2, 5)).toEqual(['done', 'done', 'next'])
    expect(taskStates({ ...called, cases: all, merchantInvited: true }).invite_merchants).toBe('done')
    // A product without a suite yet: there is nothing that could be passed.
    expect(taskStates({ ...called, cases: { required: 0, passed: 0 } }).acceptance_tests).toBe('next')
    const invited = { ...called, cases: all, merchantInvited: true }
    expect(taskStates(invited)).toMatchObject({ configure_production: 'next', launch: 'open' })
    expect(taskStates({ ...invited, productionReady: true }).launch).toBe('next')
    expect(taskStates({ ...invited, productionReady: true, launched: true }).launch).toBe('done')
  })
})

test('money reads as people write it', () => {
  expect(moneyText({ currency: 'USD', amountMinor: 123456789n })).toBe('1,234,567.89 USD')
  expect(moneyText({ currency: 'USD', amountMinor: 5n })).toBe('0.05 USD')
  expect(moneyText({ currency: 'JPY', amountMinor: 1000n })).toBe('1,000 JPY')
  expect(moneyText({ currency: 'KWD', amountMinor: 1234n })).toBe('1.234 KWD')
})

test('the ladder has eight sends within 24 h 22 min, and a clock factor shortens it', () => {
  expect(NOTIFICATION_LADDER_SECONDS).toHaveLength(8)
  expect(NOTIFICATION_LADDER_SECONDS.reduce((sum, wait) => sum + wait, 0)).toBe((24 * 60 + 22) * 60)
  expect(waitAfter(NOTIFICATION_LADDER_SECONDS, 1)).toBe(120_000)
  expect(waitAfter(NOTIFICATION_LADDER_SECONDS, 1, 60)).toBe(2000)
  expect(waitAfter(NOTIFICATION_LADDER_SECONDS, 8)).toBeUndefined()
})

test('what is called at a partner follows from its type and its products', () => {
  expect(partnerApisOf('acquirer', ['cashier'])).toEqual([
    ...['notifyPayment', 'initiateRetrieval', 'initiateEscalation', 'notifyRegistrationStatus'],
  ])
  expect(partnerApisOf('acquirer', [])).toEqual([])
  expect(partnerApisOf('acquirer', ['merchant_presented'])).toEqual([
    ...['notifyPayment', 'initiateRetrieval', 'initiateEscalation', 'notifyRegistrationStatus', 'userInitiatedPay'],
  ])
  expect(neededApisOf('acquirer', ['merchant_presented'])).toEqual(['notifyPayment'])
  expect(partnerApisOf('wallet', ['cashier'])).toEqual([
    ...['responseRetrieval', 'responseEscalation', 'inquiryPayment', 'cancelPayment', 'refund'],
  ])
  expect(neededApisOf('wallet', ['user_presented'])).toEqual(['pay', 'inquiryPayment', 'cancelPayment', 'refund'])
})

test('a result message is cut to the protocol', () => {
  expect(resultOf('PARAM_ILLEGAL', 'x'.repeat(300)).resultMessage).toHaveLength(256)
  expect(resultOf('SUCCESS')).toEqual({ resultCode: 'SUCCESS', resultStatus: 'S', resultMessage: 'Success.' })
})

describe('signature header', () => {
  test.each([
    ['algorithm=RSA256,keyVersion=1,signature=AbC%2B%2F%3D'],
    ['algorithm=RSA256, keyVersion=1, signature=AbC%2b%2f%3d'],
    [' signature = AbC+/= , keyversion=1 , Algorithm=rsa256 '],
    ['keyVersion=1,signature=AbC%2B%2F%3D'],
  ])('is read tolerantly: %s', (header) => {
    expect(parseSignatureHeader(header)).toEqual({ algorithm: 'RSA256', keyVersion: 1, signature: 'AbC+/=' })
  })

  test.each([
    [undefined, 'missing'],
    ['  ', 'missing'],
    ['algorithm=RSA256,keyVersion=1', 'no_signature'],
    ['algorithm=ECC224,keyVersion=1,signature=AA', 'wrong_algorithm'],
    ['algorithm=RSA256,keyVersion=-1,signature=AA', 'wrong_key_version'],
    ['algorithm=RSA256,keyVersion=1,signature=A%', 'wrong_encoding'],
    ['algorithm=RSA256,keyVersion=1,signature=A-_', 'wrong_encoding'],
  ])('tells what is wrong with %s', (header, fault) => {
    expect(parseSignatureHeader(header)).toEqual({ fault })
  })

  test('without a key version means the newest', () => {
    expect(parseSignatureHeader('signature=AA')).toMatchObject({ keyVersion: undefined })
  })

  test('what we write, we read', () => {
    fc.assert(
      fc.property(fc.nat(1e9 - 1), fc.base64String({ minLength: 4 }), (version, signature) => {
        const header = formatSignatureHeader(version, signature)
        expect(header.split(',')).toHaveLength(3)
        expect(parseSignatureHeader(header)).toEqual({ algorithm: 'RSA256', keyVersion: version, signature })
      }),
    )
  })

  test('no text makes it throw', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `algorithm=RSA256,keyVersion=1,signature=${text}`),
        ),
        (text) => {
          expect(parseSignatureHeader(text)).toBeTypeOf('object')
        },
      ),
      { numRuns: 10_000 },
    )
  })

  test('the text in front of the body has one line feed and full stops', () => {
    expect(textBeforeBody({ method: 'POST', uri: '/a?b=c', clientId: 'C', time: 'T' })).toBe('POST /a?b=c\nC.T.')
  })
})
