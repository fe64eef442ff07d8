/** Faults planted one by one, each by a real call: Auto Diagnosis finds it, and says nothing of a call that is well. */
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { setNotificationUrl } from '../../contract/applications.ts'
import { listFindings } from '../../contract/findings.ts'
import { startMock } from '../../contract/mocks.ts'
import { decideOrder } from '../../contract/wallet.ts'
import { logIn } from '../../contract/accounts.ts'
import { TestBrowser } from '../../test/browser.ts'
import { makeIntegration, makeMember, makePartner, PASSWORD } from '../../test/make.ts'
import { cashierOrder, type GatewayReply, orderKey, type Wrong } from '../../test/partner.ts'
import { type Center, startCenter } from '../../test/start.ts'

let center: Center
let made: Awaited<ReturnType<typeof makeIntegration>>
beforeAll(async () => {
  center = await startCenter({ config: { rateFactor: 100 } })
})
afterAll(() => center.close())
beforeEach(async () => {
  made = await makeIntegration(center)
  return () => made.server.close()
})

const params = () => ({ applicationId: made.application.id })
const findings = async (search: string, query: { api?: string; days?: number } = {}) => {
  const { items } = await made.developer.do(listFindings, { params: params(), query: { search, ...query } })
  return items
}
/** Of the newest call that the text finds. */
const codesOf = async (search: unknown) =>
  (await findings(String(search)))[0]?.findings.map(({ code, detail }) =>
    detail === null ? code : `${code} ${detail}`,
  )
const traceOf = ({ headers }: GatewayReply) => headers.get('tracerid')
async function paid(order = cashierOrder()): Promise<GatewayReply> {
  const reply = await made.server.pay(order)
  await new TestBrowser(center.origin).do(decideOrder, { params: orderKey(reply.body), body: { decision: 'pay' } })
  return reply
}
const pay = async (change = {}, wrong: Wrong = {}) => traceOf(await made.server.pay(change, wrong))

test('a payment that went well has nothing to be said', async () => {
  const reply = await paid()
  await vi.waitFor(async () => expect(await codesOf(reply.body.paymentId)).toEqual([]), { timeout: 10_000 })
})

describe('finds', () => {
  test('a signature that does not verify', async () => {
    expect(await codesOf(await pay({}, { body: '{"changed":true}' }))).toEqual(['refused signature.does_not_verify'])
  })

  test('a malformed field', async () => {
    const trace = await pay({ paymentAmount: { currency: 'usd', value: '1' } })
    expect(await codesOf(trace)).toEqual([expect.stringMatching(/^refused field\./)])
  })

  test('a repeat with another content', async () => {
    const order = cashierOrder()
    await made.server.pay(order)
    const again = { ...order, paymentAmount: { currency: 'USD', value: '77' } }
    expect(await codesOf(await pay(again))).toEqual([expect.stringMatching(/^refused /)])
  })

  test('a payment that is unknown', async () => {
    const reply = await made.server.inquire({ paymentRequestId: 'unheard-of' })
    expect(await codesOf(traceOf(reply))).toEqual([expect.stringMatching(/^refused payment\./)])
  })

  test('another key version in the header', async () => {
    const trace = await pay({}, { keyVersion: '7' })
    expect(await codesOf(trace)).toContain('other_key_version 1')
  })

  test('a clock that is wrong', async () => {
    const order = JSON.stringify(cashierOrder())
    const uri = '/aps/api/v1/payments/pay'
    const time = new Date(Date.now() - 2 * 3_600_000).toISOString()
    const signature = made.server.sign(`POST ${uri}\n${made.server.clientId}.${time}.${order}`)
    const headers = {
      'request-time': time,
      signature: `algorithm=RSA256,keyVersion=1,signature=${encodeURIComponent(signature)}`,
    }
    expect(await codesOf(traceOf(await made.server.call('payments/pay', order, { headers })))).toContain(
      'clock_off 120',
    )
  })

  test('an answer of iMock', async () => {
    const rule = { api: 'payments/pay', field: null, value: null, resultCode: 'RISK_REJECT' as const }
    await made.developer.do(startMock, { params: params(), body: { mode: 'basic', minutes: 30, rules: [rule] } })
    const trace = await pay({}, { headers: { loadmode: '2', markuid: '0A', instmock: 'O' } })
    expect(await codesOf(trace)).toEqual(['mocked RISK_REJECT'])
  })

  test('an agreed input', async () => {
    const trace = await pay({ paymentAmount: { currency: 'USD', value: '9901' } })
    expect(await codesOf(trace)).toContain('agreed_input 9901')
  })

  test('a payment that is asked for again and again', async () => {
    const { body } = await made.server.pay()
    for (let i = 0; i < 21; i++) await made.server.inquire({ paymentId: body.paymentId })
    expect(await codesOf(body.paymentId)).toContain('asked_too_often 21')
  })

  test('a notification that is not acknowledged', async () => {
    made.server.acknowledge = (_received, response) => void response.writeHead(500).end()
    const { body } = await paid()
    await vi.waitFor(async () => expect(await codesOf(body.paymentId)).toContain('not_acknowledged wrong_status'), {
      timeout: 10_000,
    })
  })

  test('an outcome that can be told to nobody', async () => {
    await made.developer.do(setNotificationUrl, { params: { ...params(), api: 'notifyPayment' }, body: { url: null } })
    const { body } = await paid()
    expect(await codesOf(body.paymentId)).toContain('nobody_told')
  })
})

test('goes by interface, and another partner finds nothing', async () => {
  const { body } = await made.server.pay()
  await made.server.inquire({ paymentId: body.paymentId })
  expect(await findings(String(body.paymentId))).toHaveLength(2)
  expect(await findings(String(body.paymentId), { api: 'payments/pay', days: 1 })).toHaveLength(1)
  const stranger = await makeMember(center, await makePartner(center), ['developer_admin'])
  const refused = await stranger.call(listFindings, { params: params(), query: {} })
  expect(refused.status).toBe(404)
})

test('finds an unknown outcome that nobody asks for, and an order that nobody paid in time', async () => {
  const order = cashierOrder()
  await made.server.pay(order)
  expect(await codesOf(order.paymentRequestId)).toEqual([])
  center.clock.forward(61)
  expect(await codesOf(order.paymentRequestId)).toEqual(['left_unknown'])
  center.clock.forward(24 * 3600)
  await made.server.inquire({ paymentRequestId: order.paymentRequestId })
  await made.developer.do(logIn, { body: { email: made.developer.email, password: PASSWORD } })
  await vi.waitFor(async () => expect(await codesOf(order.paymentRequestId)).toContain('closed_unpaid'))
})
