import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addProducts, getSandbox } from '../../contract/applications.ts'
import { listNotifications } from '../../contract/log.ts'
import { decideOrder, getOrder, newPaymentCode } from '../../contract/wallet.ts'
import { TestBrowser } from '../../test/browser.ts'
import { makeIntegration } from '../../test/make.ts'
import { amsOrder, cashierOrder, orderKey, type Prefix, shopOrder, walletKey } from '../../test/partner.ts'
import { type Center, startCenter } from '../../test/start.ts'

let center: Center
let made: Awaited<ReturnType<typeof makeIntegration>>
let payer: TestBrowser

beforeAll(async () => {
  center = await startCenter({ config: { clockFactor: 600 } })
  made = await makeIntegration(center)
  payer = new TestBrowser(center.origin)
})
afterAll(async () => {
  await made.server.close()
  await center.close()
})

type Json = Record<string, unknown>
const AMS: readonly Prefix[] = ['/ams/api/v1/', '/ams/sandbox/api/v1/']
const prefix: Prefix = '/ams/api/v1/'
const ams = (api: string, body: Json) => made.server.call(`payments/${api}`, body, { prefix })
const paid = async (change: Json = {}) => {
  const order = amsOrder(change)
  const { body } = await ams('pay', order)
  await payer.do(decideOrder, { params: orderKey(body), body: { decision: 'pay' } })
  return { order, paymentId: String(body.paymentId) }
}
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)

describe('AMS', () => {
  test.each(AMS)('a payment below %s: started, paid, inquired, in the words of AMS', async (prefix) => {
    const order = amsOrder()
    const started = await made.server.call('payments/pay', order, { prefix })
    expect(started.verified).toBe(true)
    const url = expect.stringContaining(`${center.origin}/wallet/pay/`)
    expect(started.body).toEqual({
      result: { resultCode: 'PAYMENT_IN_PROCESS', resultStatus: 'U', resultMessage: expect.any(String) },
      paymentRequestId: order.paymentRequestId,
      paymentId: expect.stringMatching(/^\d{32}$/),
      paymentAmount: { currency: 'USD', value: '1999' },
      paymentCreateTime: TIME,
      normalUrl: url,
      redirectActionForm: { method: 'GET', redirectUrl: url },
    })
    await payer.do(decideOrder, { params: orderKey(started.body), body: { decision: 'pay' } })
    const inquired = await made.server.call(
      'payments/inquiryPayment',
      { paymentId: started.body.paymentId },
      { prefix },
    )
    const { paymentId, paymentCreateTime } = started.body
    expect(inquired.body).toEqual({
      result: { resultCode: 'SUCCESS', resultStatus: 'S', resultMessage: expect.any(String) },
      paymentStatus: 'SUCCESS',
      paymentResultCode: 'SUCCESS',
      paymentResultMessage: expect.any(String),
      paymentRequestId: order.paymentRequestId,
      paymentId,
      paymentAmount: { currency: 'USD', value: '1999' },
      paymentCreateTime,
      paymentTime: TIME,
      actualPaymentAmount: { currency: 'USD', value: '1999' },
      pspCustomerInfo: { pspName: 'TEST_WALLET', pspCustomerId: expect.any(String) },
      transactions: [],
    })
    expect((await made.server.call('payments/pay', order, { prefix })).body).toMatchObject({
      result: { resultStatus: 'S' },
      paymentTime: TIME,
    })
  })

  test('every state has its paymentStatus', async () => {
    const status = async (id: unknown) => (await ams('inquiryPayment', { paymentRequestId: id })).body.paymentStatus
    const open = amsOrder()
    const declined = await ams('pay', open)
    expect(await status(open.paymentRequestId)).toBe('PROCESSING')
    await payer.do(decideOrder, { params: orderKey(declined.body), body: { decision: 'decline' } })
    expect(await status(open.paymentRequestId)).toBe('FAIL')
    await ams('cancel', { paymentRequestId: open.paymentRequestId })
    expect(await status(open.paymentRequestId)).toBe('CANCELLED')
    const { order, paymentId } = await paid()
    expect(await status(order.paymentRequestId)).toBe('SUCCESS')
    for (const value of ['999', '1000']) {
      const refundAmount = { currency: 'USD', value }
      await ams('refund', { paymentId, refundRequestId: randomUUID(), refundAmount })
      expect(await status(order.paymentRequestId)).toBe('SUCCESS')
    }
    const soon = new Date(Date.now() + 300).toISOString()
    const short = amsOrder({ paymentExpiryTime: soon })
    await ams('pay', short)
    await expect.poll(() => status(short.paymentRequestId)).toBe('FAIL')
  })

  test('cancel says which payment and when, the same each time, also for one that never came', async () => {
    const order = amsOrder()
    const { body } = await ams('pay', order)
    const first = await ams('cancel', { paymentRequestId: order.paymentRequestId })
    expect(first.body).toEqual({
      result: expect.objectContaining({ resultStatus: 'S' }),
      paymentId: body.paymentId,
      paymentRequestId: order.paymentRequestId,
      cancelTime: TIME,
    })
    expect((await ams('cancel', { paymentId: body.paymentId })).raw).toBe(first.raw)
    const paymentRequestId = `never-${randomUUID()}`
    const never = await ams('cancel', { paymentRequestId })
    expect((await ams('cancel', { paymentRequestId })).raw).toBe(never.raw)
    expect((await ams('pay', amsOrder({ paymentRequestId }))).body.result.resultCode).toBe('ORDER_IS_CLOSED')
  })

  test('a refund is answered, can be inquired by either id, and is notified where that was asked for', async () => {
    const { paymentId } = await paid()
    const refundRequestId = `refund-${randomUUID()}`
    const amount = { currency: 'USD', value: '999' }
    const asked = { paymentId, refundRequestId, refundAmount: amount, refundNotifyUrl: made.server.notifyUrl }
    const answer = await ams('refund', asked)
    const facts = { refundRequestId, refundId: expect.any(String), refundAmount: amount, refundTime: TIME }
    expect(answer.body).toEqual({ result: expect.objectContaining({ resultStatus: 'S' }), ...facts, paymentId })
    expect((await ams('refund', asked)).raw).toBe(answer.raw)
    const byOwn = await ams('inquiryRefund', { refundRequestId })
    expect(byOwn.body).toEqual({
      result: expect.objectContaining({ resultStatus: 'S' }),
      refundStatus: 'SUCCESS',
      ...facts,
      paymentId,
    })
    expect((await ams('inquiryRefund', { refundId: answer.body.refundId, refundRequestId: 'no matter' })).raw).toBe(
      byOwn.raw,
    )
    expect((await ams('inquiryRefund', { refundRequestId: 'unknown' })).body.result.resultCode).toBe('ORDER_NOT_EXIST')
    await expect
      .poll(() => made.server.received.find(({ body }) => body.refundRequestId === refundRequestId))
      .toMatchObject({ verified: true, body: { notifyType: 'REFUND_RESULT', refundStatus: 'SUCCESS', ...facts } })
  })

  test('refund needs the paymentId, inquiryRefund one of two ids, pay a product code', async () => {
    const { order, paymentId } = await paid()
    const messageOf = async (api: string, body: Json) => (await ams(api, body)).body.result.resultMessage
    const amount = { currency: 'USD', value: '1' }
    const refund = { paymentRequestId: order.paymentRequestId, refundRequestId: 'r', refundAmount: amount }
    expect(await messageOf('refund', refund)).toMatch(/^paymentId: /)
    expect(await messageOf('inquiryRefund', {})).toMatch(/refundRequestId or refundId is needed/)
    expect(await messageOf('pay', amsOrder({ productCode: 'PAYMENT' }))).toMatch(
      /^productCode: must be CASHIER_PAYMENT/,
    )
    expect(await messageOf('pay', amsOrder({ env: undefined }))).toMatch(/^env\.terminalType must be WEB/)
    const nowhere = { ...refund, paymentId, refundNotifyUrl: 'ftp://x' }
    expect(await messageOf('refund', nowhere)).toMatch(/^refundNotifyUrl /)
  })

  test('a payment in a shop is named by its product code, and its code is what a repeat must not change', async () => {
    const params = { applicationId: made.application.id }
    await made.developer.do(addProducts, { params, body: { products: ['user_presented'] } })
    const sandbox = await made.developer.do(getSandbox, { params })
    const fresh = async () =>
      (await payer.do(newPaymentCode, { params: walletKey(sandbox.testWalletUrl) })).code?.value ?? ''
    const { paymentFactor: _, ...shop } = shopOrder(await fresh())
    const order = { ...shop, productCode: 'IN_STORE_PAYMENT', paymentFactor: { inStorePaymentScenario: 'PaymentCode' } }
    const answer = await ams('pay', order)
    expect(answer.body).toMatchObject({ result: { resultStatus: 'S' }, paymentTime: TIME, pspCustomerInfo: {} })
    expect(
      (await ams('pay', { ...order, order: { ...(shop.order as Json), orderDescription: 'Other words' } })).raw,
    ).toBe(answer.raw)
    const other = await ams('pay', {
      ...order,
      paymentMethod: { paymentMethodType: 'CONNECT_WALLET', paymentMethodId: await fresh() },
    })
    expect(other.body.result).toMatchObject({ resultCode: 'REPEAT_REQ_INCONSISTENT' })
    expect(other.body.result.resultMessage).toContain('paymentMethod.paymentMethodId')
  })

  test('the outcome is notified in the words of AMS, and an answer without a signature acknowledges it', async () => {
    made.server.acknowledge = (_received, response) =>
      void response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ result: { resultCode: 'SUCCESS', resultStatus: 'S', resultMessage: 'success' } }))
    const { order } = await paid()
    const params = { applicationId: made.application.id }
    await expect
      .poll(async () => {
        const query = { search: String(order.paymentRequestId) }
        return (await made.developer.do(listNotifications, { params, query })).items[0]
      })
      .toMatchObject({ state: 'acknowledged', attempts: [{ signatureVerified: null, fault: null }] })
    const received = made.server.received.find(({ body }) => body.paymentRequestId === order.paymentRequestId)
    expect(received).toMatchObject({
      verified: true,
      body: { notifyType: 'PAYMENT_RESULT', result: { resultCode: 'SUCCESS' }, paymentTime: TIME },
    })
  })

  test('an unknown client and an unknown interface are refused in the codes of AMS', async () => {
    const stranger = await made.server.call('payments/pay', amsOrder(), {
      prefix,
      headers: { 'client-id': 'SANDBOX_NOBODY' },
    })
    expect(stranger.body.result.resultCode).toBe('UNKNOWN_CLIENT')
    expect(stranger.verified).toBeNull()
    for (const api of ['cancelPayment', 'consultPayment', 'retrievePaymentSession']) {
      expect((await ams(api, { paymentRequestId: 'x' })).body.result.resultCode).toBe('NO_INTERFACE_DEF')
    }
    expect((await made.server.call('payments/inquiryRefund', { refundRequestId: 'x' })).body.result.resultCode).toBe(
      'NO_INTERFACE_DEF',
    )
  })
})

test('a paymentRequestId belongs to the family in which it was used first', async () => {
  const order = cashierOrder()
  await made.server.pay(order)
  const again = await ams('pay', amsOrder({ paymentRequestId: order.paymentRequestId }))
  expect(again.body.result).toMatchObject({ resultCode: 'REPEAT_REQ_INCONSISTENT' })
  expect(again.body.result.resultMessage).toContain('APS')
  // It can be looked at from either.
  expect((await ams('inquiryPayment', { paymentRequestId: order.paymentRequestId })).body.paymentStatus).toBe(
    'PROCESSING',
  )
})

test('what one family began is told in the words of whoever asks: a refund, and an order that was cancelled before it came', async () => {
  const { paymentId } = await paid()
  const refundAmount = { currency: 'USD', value: '10' }
  const refundRequestId = `refund-${randomUUID()}`
  const first = await made.server.refund({ paymentId, refundRequestId, refundAmount })
  expect(first.body.acquirerId).toEqual(expect.any(String))
  const again = await ams('refund', { paymentId, refundRequestId, refundAmount })
  expect(again.body).toMatchObject({ refundRequestId, refundId: first.body.refundId, paymentId })
  expect(again.body.acquirerId).toBeUndefined()
  const paymentRequestId = `never-${randomUUID()}`
  await made.server.cancel({ paymentRequestId })
  const closed = await ams('pay', amsOrder({ paymentRequestId }))
  expect(closed.body).toMatchObject({ result: { resultCode: 'ORDER_IS_CLOSED' }, paymentRequestId })
  expect(closed.body.acquirerId).toBeUndefined()
})

test('an order of AMS lives fourteen minutes, and ten where a later end is wished', async () => {
  const minutesOf = async (change: Json) => {
    const { body } = await ams('pay', amsOrder(change))
    const order = await payer.do(getOrder, { params: orderKey(body) })
    return Math.round((Date.parse(order.expiresAt) - Date.parse(String(body.paymentCreateTime))) / 60_000)
  }
  expect(await minutesOf({})).toBe(14)
  expect(await minutesOf({ paymentExpiryTime: '2099-01-01T00:00:00Z' })).toBe(10)
})
