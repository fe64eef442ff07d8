import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addProducts, forwardSandboxClock, setNotificationUrl } from '../../contract/applications.ts'
import { decideOrder, disputeOrder, getOrder } from '../../contract/wallet.ts'
import type { DisputeKind } from '../../rules/dispute.ts'
import { TestBrowser } from '../../test/browser.ts'
import { makeIntegration } from '../../test/make.ts'
import { type GatewayReply, orderKey, shopOrder } from '../../test/partner.ts'
import { type Center, startCenter } from '../../test/start.ts'
import { until } from '../../test/until.ts'
import { codeOf as paymentCode, join, makeWallet } from '../../test/wallet.ts'

let center: Center
let acquirer: Awaited<ReturnType<typeof makeIntegration>>
let payer: TestBrowser
beforeAll(async () => {
  center = await startCenter({ config: { clockFactor: 600 } })
  acquirer = await makeIntegration(center, { notify: false })
  payer = new TestBrowser(center.origin)
  for (const api of ['initiateRetrieval', 'initiateEscalation'] as const) await setUrl(api, acquirer.server.urlOf(api))
})
afterAll(async () => {
  await acquirer.server.close()
  await center.close()
})
beforeEach(() => {
  acquirer.server.received.length = 0
})

type Json = Record<string, unknown>
const params = () => ({ applicationId: acquirer.application.id })
const setUrl = (api: 'initiateRetrieval' | 'initiateEscalation', url: string | null) =>
  acquirer.developer.do(setNotificationUrl, { params: { ...params(), api }, body: { url } })
const codeOf = ({ body }: GatewayReply) => body.result.resultCode

async function paid() {
  const started = await acquirer.server.pay()
  const order = orderKey(started.body)
  await payer.do(decideOrder, { params: order, body: { decision: 'pay' } })
  return order
}
const dispute = (order: ReturnType<typeof orderKey>, kind: DisputeKind, reason = '') =>
  payer.call(disputeOrder, { params: order, body: { kind, reason } })
/** The id under which the acquirer was told. */
const toldOf = (api: string, many = 1) =>
  until(async () => {
    const told = acquirer.server.received.filter(({ uri }) => uri === `/${api}`)
    expect(told).toHaveLength(many)
    return told[many - 1] as NonNullable<(typeof told)[number]>
  })
const respond = (api: 'responseRetrieval' | 'responseEscalation', body: Json) =>
  acquirer.server.call(`disputes/${api}`, body)

describe('the payer of the Test Wallet', () => {
  test('asks what a payment was for; the acquirer is told, answers, and the payer reads it', async () => {
    const order = await paid()
    expect((await dispute(order, 'retrieval', 'I do not know this')).status).toBe(200)
    const told = await toldOf('initiateRetrieval')
    expect(told).toMatchObject({
      verified: true,
      body: { paymentId: order.paymentId, disputeReason: 'I do not know this', disputeAmount: { value: '1999' } },
    })
    const { disputeRequestId } = told.body
    const answer = { disputeRequestId, responseMessage: 'Two tickets for Friday' }
    expect(codeOf(await respond('responseEscalation', { ...answer, refundType: 'NO_REFUND' }))).toBe('RECORD_NOT_FOUND')
    expect(codeOf(await respond('responseRetrieval', answer))).toBe('SUCCESS')
    expect(codeOf(await respond('responseRetrieval', answer))).toBe('SUCCESS')
    const other = { disputeRequestId, responseMessage: 'Something else' }
    expect(codeOf(await respond('responseRetrieval', other))).toBe('REPEAT_REQ_INCONSISTENT')
    const { disputes } = await payer.do(getOrder, { params: order })
    expect(disputes).toMatchObject([{ kind: 'retrieval', state: 'answered', message: 'Two tickets for Friday' }])
  })

  test('wants money back: how much the acquirer gives is at most what is disputed', async () => {
    const order = await paid()
    await dispute(order, 'escalation')
    const { disputeRequestId } = (await toldOf('initiateEscalation')).body
    const amount = (value: string, currency = 'USD') => ({ refundAmount: { currency, value } })
    const wrong: [Json, RegExp][] = [
      [{ refundType: 'ALL' }, /^refundType: must be FULL_REFUND/],
      [{ refundType: 'PARTIAL_REFUND' }, /^refundAmount: is needed/],
      [{ refundType: 'PARTIAL_REFUND', ...amount('2000') }, /^refundAmount must be at most/],
      [{ refundType: 'PARTIAL_REFUND', ...amount('5', 'EUR') }, /^refundAmount.currency must be USD/],
      [{ refundType: 'FULL_REFUND', ...amount('5') }, /^refundAmount must be the disputed/],
      [{ refundType: 'NO_REFUND', ...amount('5') }, /^refundAmount must be left out/],
    ]
    for (const [body, message] of wrong) {
      const { result } = (await respond('responseEscalation', { disputeRequestId, ...body })).body
      expect(result.resultMessage).toMatch(message)
    }
    const said = { disputeRequestId, refundType: 'PARTIAL_REFUND', ...amount('500') }
    expect(codeOf(await respond('responseEscalation', said))).toBe('SUCCESS')
    const { disputes } = await payer.do(getOrder, { params: order })
    expect(disputes).toMatchObject([{ refundType: 'PARTIAL_REFUND', refundAmount: { currency: 'USD', value: '500' } }])
  })

  test('has one open at a time, two escalations and five retrievals of a payment, and 360 days', async () => {
    const order = await paid()
    const many = await Promise.all(Array.from({ length: 5 }, () => dispute(order, 'escalation')))
    expect(many.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(many.find(({ status }) => status !== 200)?.body).toMatchObject({
      code: 'dispute.not_possible',
      fields: [{ path: 'kind', message: 'There is an open escalation of this payment.' }],
    })
    for (const count of [1, 2]) {
      const { disputeRequestId } = (await toldOf('initiateEscalation', count)).body
      await respond('responseEscalation', { disputeRequestId, refundType: 'NO_REFUND' })
      const next = await dispute(order, 'escalation')
      expect(next.status, String(count)).toBe(count === 1 ? 200 : 409)
    }
    for (let count = 1; count <= 5; count++) {
      expect((await dispute(order, 'retrieval')).status).toBe(200)
      const { disputeRequestId } = (await toldOf('initiateRetrieval', count)).body
      await respond('responseRetrieval', { disputeRequestId })
    }
    expect((await dispute(order, 'retrieval')).status).toBe(409)
    const old = await paid()
    const late = await paid()
    await dispute(late, 'escalation')
    const { disputeRequestId } = (await toldOf('initiateEscalation', 3)).body
    await respond('responseEscalation', { disputeRequestId, refundType: 'NO_REFUND' })
    const day = 24 * 60 * 60
    await acquirer.developer.do(forwardSandboxClock, { params: params(), body: { forwardSeconds: 26 * day } })
    expect((await dispute(late, 'escalation')).body).toMatchObject({ code: 'dispute.not_possible' })
    await acquirer.developer.do(forwardSandboxClock, { params: params(), body: { forwardSeconds: 340 * day } })
    expect((await dispute(old, 'retrieval')).body).toMatchObject({ code: 'dispute.not_possible' })
  })

  test('disputes only what was paid, and only where the acquirer has said where he is told', async () => {
    const open = orderKey((await acquirer.server.pay()).body)
    expect((await dispute(open, 'retrieval')).body).toMatchObject({ code: 'dispute.not_possible' })
    const order = await paid()
    expect((await payer.do(getOrder, { params: order })).takesDisputes).toBe(true)
    await setUrl('initiateRetrieval', null)
    expect((await payer.do(getOrder, { params: order })).takesDisputes).toBe(false)
    expect((await dispute(order, 'retrieval')).body).toMatchObject({ code: 'dispute.not_possible' })
    await setUrl('initiateRetrieval', acquirer.server.urlOf('initiateRetrieval'))
  })
})

test('a wallet partner opens a dispute in its own words, and is told the answer under its own id', async () => {
  await acquirer.developer.do(addProducts, { params: params(), body: { products: ['user_presented'] } })
  const wallet = await makeWallet(center)
  await join(wallet, acquirer)
  const api = 'responseEscalation' as const
  const url = wallet.server.urlOf(api)
  await wallet.developer.do(setNotificationUrl, { params: { ...wallet.params, api }, body: { url } })
  const before = wallet.server.acknowledge
  wallet.server.acknowledge = (received, response) =>
    received.uri === `/${api}` ? wallet.server.acknowledgeSigned(received, response) : before(received, response)
  const reply = await acquirer.server.call('payments/pay', shopOrder(await paymentCode(wallet)))
  const open = (body: Json) => wallet.server.call('disputes/initiateEscalation', { disputeRequestId: 'W-1', ...body })
  expect(codeOf(await open({ paymentRequestId: 'strange' }))).toBe('ORDER_NOT_EXIST')
  const wanted = { paymentRequestId: reply.body.paymentId, disputeAmount: { currency: 'USD', value: '700' } }
  expect(codeOf(await open({ ...wanted, disputeAmount: { currency: 'USD', value: '2000' } }))).toBe('PROCESS_FAIL')
  const many = await Promise.all(Array.from({ length: 5 }, () => open(wanted)))
  expect(many.map(codeOf)).toEqual(Array(5).fill('SUCCESS'))
  const told = await toldOf('initiateEscalation')
  expect(told.body).toMatchObject({ pspId: wallet.sandbox.participantId, disputeAmount: { value: '700' } })
  const { disputeRequestId } = told.body
  await respond('responseEscalation', { disputeRequestId, refundType: 'FULL_REFUND' })
  await until(async () =>
    expect(wallet.server.received.find(({ uri }) => uri === `/${api}`)).toMatchObject({
      verified: true,
      body: {
        disputeRequestId: 'W-1',
        paymentRequestId: reply.body.paymentId,
        refundType: 'FULL_REFUND',
        refundAmount: { currency: 'USD', value: '700' },
      },
    }),
  )
  const second = await acquirer.server.call('payments/pay', shopOrder(await paymentCode(wallet)))
  expect(codeOf(await open({ paymentRequestId: second.body.paymentId }))).toBe('REPEAT_REQ_INCONSISTENT')
  await wallet.server.close()
})
