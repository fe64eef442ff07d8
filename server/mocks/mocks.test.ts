import { afterAll, beforeAll, expect, test } from 'vitest'
import { logIn } from '../../contract/accounts.ts'
import { getAcceptance } from '../../contract/acceptance.ts'
import { listExchanges } from '../../contract/log.ts'
import { getMock, startMock, stopMock } from '../../contract/mocks.ts'
import { makeIntegration, PASSWORD } from '../../test/make.ts'
import { cashierOrder } from '../../test/partner.ts'
import { type Center, startCenter } from '../../test/start.ts'

let center: Center
let made: Awaited<ReturnType<typeof makeIntegration>>
beforeAll(async () => {
  center = await startCenter()
  made = await makeIntegration(center, { notify: false })
})
afterAll(async () => {
  await made.server.close()
  await center.close()
})

const HEADERS = { loadmode: '2', markuid: '0A', instmock: 'O' }
const params = () => ({ applicationId: made.application.id })
const codeOf = async (order = cashierOrder(), headers: Record<string, string> = HEADERS) =>
  (await made.server.pay(order, { headers })).body.result.resultCode
const basic = (resultCode: 'RISK_REJECT' | 'UNKNOWN_EXCEPTION') => ({
  mode: 'basic' as const,
  minutes: 30 as const,
  rules: [{ api: 'payments/pay', field: null, value: null, resultCode }],
})
const amountOf = (value: string) => cashierOrder({ paymentAmount: { currency: 'USD', value } })

test('a call with the headers gets the code of its interface, signed, and nothing is done; one without is answered as ever', async () => {
  await made.developer.do(startMock, { params: params(), body: basic('RISK_REJECT') })
  const order = cashierOrder()
  const forced = await made.server.pay(order, { headers: HEADERS })
  expect(forced.body).toEqual({
    result: {
      resultCode: 'RISK_REJECT',
      resultStatus: 'F',
      resultMessage: 'iMock gave this answer; nothing was done.',
    },
  })
  expect(forced.verified).toBe(true)
  const { paymentRequestId } = order
  expect((await made.server.inquire({ paymentRequestId })).body.result.resultCode).toBe('ORDER_NOT_EXIST')
  expect(await codeOf(order, {})).toBe('PAYMENT_IN_PROCESS')
})

test.each([
  ['the digit 0 for the letter O', { ...HEADERS, instmock: '0' }, 'RISK_REJECT'],
  ['a third letter', { ...HEADERS, instmock: 'X' }, 'PAYMENT_IN_PROCESS'],
  ['another loadmode', { ...HEADERS, loadmode: '1' }, 'PAYMENT_IN_PROCESS'],
  ['no markuid', { loadmode: '2', instmock: 'O' }, 'PAYMENT_IN_PROCESS'],
])('the headers are three: %s', async (_name, headers, code) => {
  await made.developer.do(startMock, { params: params(), body: basic('RISK_REJECT') })
  expect(await codeOf(cashierOrder(), headers as Record<string, string>)).toBe(code)
})

test('a call that is wrong in itself is told so, mocked or not', async () => {
  await made.developer.do(startMock, { params: params(), body: basic('RISK_REJECT') })
  expect(await codeOf(amountOf('-1'))).toBe('PARAM_ILLEGAL')
  const forged = await made.server.pay(cashierOrder(), { headers: HEADERS, body: '{"changed":true}' })
  expect(forged.body.result.resultCode).toBe('INVALID_SIGNATURE')
})

test('in the advanced mode the value of a field decides, the first rule that fits, and the codes of before are over', async () => {
  await made.developer.do(startMock, { params: params(), body: basic('RISK_REJECT') })
  const rule = (value: string, resultCode: 'USER_BALANCE_NOT_ENOUGH' | 'UNKNOWN_EXCEPTION') => ({
    api: 'payments/pay',
    field: 'paymentAmount.value',
    value,
    resultCode,
  })
  const { running } = await made.developer.do(startMock, {
    params: params(),
    body: {
      mode: 'advanced',
      minutes: 60,
      rules: [rule('4200', 'USER_BALANCE_NOT_ENOUGH'), rule('4300', 'UNKNOWN_EXCEPTION')],
    },
  })
  expect(running).toMatchObject({ mode: 'advanced', startedBy: expect.any(String) })
  expect(await codeOf(amountOf('4200'))).toBe('USER_BALANCE_NOT_ENOUGH')
  expect(await codeOf(amountOf('4300'))).toBe('UNKNOWN_EXCEPTION')
  expect(await codeOf(amountOf('4400'))).toBe('PAYMENT_IN_PROCESS')
})

test('the log says what iMock answered, and no acceptance case counts it', async () => {
  await made.developer.do(startMock, { params: params(), body: basic('UNKNOWN_EXCEPTION') })
  const order = cashierOrder()
  await made.server.pay(order, { headers: HEADERS })
  const search = String(order.paymentRequestId)
  const { items } = await made.developer.do(listExchanges, { params: params(), query: { search } })
  expect(items).toMatchObject([{ resultCode: 'UNKNOWN_EXCEPTION', isMocked: true, signature: 'verified' }])
  const before = JSON.stringify(await made.developer.do(getAcceptance, { params: params() }))
  await made.server.pay(cashierOrder(), { headers: HEADERS })
  expect(JSON.stringify(await made.developer.do(getAcceptance, { params: params() }))).toBe(before)
})

test.each([
  ['a field in the basic mode', { mode: 'basic', field: 'a', value: 'b' }, 'mock.rule_of_other_mode'],
  ['no field in the advanced mode', { mode: 'advanced', field: null, value: null }, 'mock.rule_of_other_mode'],
  ['a field without a value', { mode: 'advanced', field: 'a', value: null }, 'mock.rule_of_other_mode'],
] as const)('%s is refused', async (_name, { mode, field, value }, code) => {
  const rules = [{ api: 'payments/pay', field, value, resultCode: 'RISK_REJECT' as const }]
  const refused = await made.developer.call(startMock, { params: params(), body: { mode, minutes: 30, rules } })
  expect(refused.body).toMatchObject({ code, fields: [{ path: 'body.rules.0' }] })
})

test('two rules for the same, a success, a strange span and a strange interface are refused', async () => {
  const [rule] = basic('RISK_REJECT').rules
  const start = (body: unknown) => made.developer.call(startMock, { params: params(), body: body as never }) // on purpose
  expect((await start({ ...basic('RISK_REJECT'), rules: [rule, rule] })).body).toMatchObject({
    code: 'mock.rule_twice',
  })
  for (const wrong of [
    { ...basic('RISK_REJECT'), minutes: 31 },
    { ...basic('RISK_REJECT'), rules: [{ ...rule, resultCode: 'SUCCESS' }] },
    { ...basic('RISK_REJECT'), rules: [{ ...rule, api: 'payments/nothing' }] },
    { ...basic('RISK_REJECT'), rules: [] },
  ])
    expect((await start(wrong)).body).toMatchObject({ code: 'request.invalid' })
})

test('it switches itself off, and can be ended before', async () => {
  await made.developer.do(startMock, { params: params(), body: basic('RISK_REJECT') })
  center.clock.forward(30 * 60 - 30)
  expect(await codeOf()).toBe('RISK_REJECT')
  center.clock.forward(30)
  expect(await codeOf()).toBe('PAYMENT_IN_PROCESS')
  await made.developer.do(logIn, { body: { email: made.developer.email, password: PASSWORD } })
  expect(await made.developer.do(getMock, { params: params() })).toEqual({ running: null })
  await made.developer.do(startMock, { params: params(), body: basic('RISK_REJECT') })
  await made.developer.do(stopMock, { params: params() })
  expect(await codeOf()).toBe('PAYMENT_IN_PROCESS')
})
