import { request as httpRequest } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sendTestNotification } from '../../contract/inotify.ts'
import { getExchange, listExchanges } from '../../contract/log.ts'
import { decideOrder } from '../../contract/wallet.ts'
import { TestBrowser } from '../../test/browser.ts'
import { makeIntegration } from '../../test/make.ts'
import { cashierOrder, orderKey } from '../../test/partner.ts'
import { type Center, startCenter } from '../../test/start.ts'

let center: Center
let made: Awaited<ReturnType<typeof makeIntegration>>
const order = cashierOrder()
const requestId = String(order.paymentRequestId)
const refundRequestId = 'refund-of-the-log'
let paymentId = ''
let refundId = ''

beforeAll(async () => {
  center = await startCenter()
  made = await makeIntegration(center)
  const paid = await made.server.pay(order)
  paymentId = String(paid.body.paymentId)
  await new TestBrowser(center.origin).do(decideOrder, { params: orderKey(paid.body), body: { decision: 'pay' } })
  await made.server.inquire({ paymentId })
  const refunded = await made.server.refund({
    paymentRequestId: requestId,
    refundRequestId,
    refundAmount: { currency: 'USD', value: '5' },
  })
  refundId = String(refunded.body.refundId)
  await made.server.pay()
  await made.server.pay({}, { body: '{"changed":true}' })
  await made.server.inquire({ paymentRequestId: 'unheard-of' })
})
afterAll(async () => {
  await made.server.close()
  await center.close()
})

const list = async (query: Record<string, string>) => {
  const params = { applicationId: made.application.id }
  const { items } = await made.developer.do(listExchanges, { params, query })
  return items
}

describe('the search of the request log', () => {
  test.each([
    ['paymentRequestId', () => requestId, 3],
    ['paymentId', () => paymentId, 3],
    ['refundId', () => refundId, 1],
    ['refundRequestId', () => refundRequestId, 1],
    ['part of a refundRequestId', () => 'of-the-log', 1],
    ['result code', () => 'ORDER_NOT_EXIST', 1],
    ['part of the URI', () => '/payments/refund', 1],
    ['a value in the body of a request', () => 'UNHEARD-of', 1],
    ['part of a value in the body of an answer', () => 'No payment of this', 1],
    ['the name of a field', () => 'paymentRequestId', 0],
    ['text that is nowhere', () => '100%_\\', 0],
  ])('finds by %s', async (_name, text, count) => {
    expect(await list({ search: text() })).toHaveLength(count)
  })

  test('finds a whole exchange id, and only that one', async () => {
    const [newest] = await list({})
    const found = await list({ search: newest?.id ?? '' })
    expect(found.map(({ id }) => id)).toEqual([newest?.id])
  })

  test('keeps its filters while it searches', async () => {
    expect(await list({ search: requestId, api: 'payments/inquiryPayment' })).toHaveLength(1)
    expect(await list({ search: requestId, result: 'U' })).toHaveLength(1)
    expect(await list({ search: requestId, resultCode: 'SUCCESS' })).toHaveLength(2)
  })
})

describe('the filters of the request log', () => {
  test('by interface, result, code, signature and time', async () => {
    expect(await list({ api: 'payments/pay' })).toHaveLength(3)
    expect(await list({ result: 'F' })).toHaveLength(2)
    expect(await list({ resultCode: 'INVALID_SIGNATURE' })).toHaveLength(1)
    expect(await list({ signature: 'refused' })).toHaveLength(1)
    const all = await list({})
    const middle = all[2]?.at ?? ''
    const [from, to] = [await list({ from: middle }), await list({ to: middle })]
    expect(from.length + to.length).toBe(all.length)
    expect(from.every(({ at }) => at >= middle)).toBe(true)
    expect(to.every(({ at }) => at < middle)).toBe(true)
    expect(await list({ from: '2099-01-01T00:00:00.000Z' })).toEqual([])
  })

  test('a code that is none is refused', async () => {
    const reply = await made.developer.call(listExchanges, {
      params: { applicationId: made.application.id },
      query: { resultCode: 'NO_SUCH_CODE' as 'SUCCESS' },
    })
    expect(reply.body.code).toBe('request.invalid')
  })
})

test('an exchange names the payment as it stands, its other exchanges and its notifications', async () => {
  await made.server.waitForNotifications(1)
  const [refund] = await list({ search: refundRequestId })
  const params = { applicationId: made.application.id, exchangeId: refund?.id ?? '' }
  expect(refund).toMatchObject({ refundRequestId, paymentRequestId: requestId })
  const { related } = await made.developer.do(getExchange, { params })
  expect(related.payment).toMatchObject({
    paymentId,
    state: 'PARTIALLY_REFUNDED',
    resultCode: 'SUCCESS',
    amount: { currency: 'USD', value: '1999' },
    refunded: { currency: 'USD', value: '5' },
  })
  expect(related.exchanges.map(({ api }) => api)).toEqual(['payments/inquiryPayment', 'payments/pay'])
  expect(related.notifications).toMatchObject([{ api: 'notifyPayment' }])
})

test('an exchange about nothing has nothing related', async () => {
  const [refused] = await list({ resultCode: 'INVALID_SIGNATURE' })
  const params = { applicationId: made.application.id, exchangeId: refused?.id ?? '' }
  const { related } = await made.developer.do(getExchange, { params })
  expect(related).toEqual({ payment: null, exchanges: [], notifications: [] })
})

describe('calls that cannot be served as they came', () => {
  test('a body that is too large is in the log of its client', async () => {
    const reply = await made.server.pay({ filler: 'x'.repeat(300_000) })
    expect(reply.status).toBe(200)
    expect(reply.body.result).toMatchObject({ resultCode: 'PARAM_ILLEGAL' })
    const [newest] = await list({})
    expect(newest).toMatchObject({ resultCode: 'PARAM_ILLEGAL', signature: 'absent' })
  })

  test('another method is in the log of its client', async () => {
    const reply = await made.server.call('payments/pay', '', { method: 'GET' })
    expect(reply.body.result.resultCode).toBe('METHOD_NOT_SUPPORTED')
    const [newest] = await list({})
    expect(newest).toMatchObject({ method: 'GET', resultCode: 'METHOD_NOT_SUPPORTED' })
  })

  test.each(['PROPFIND', 'SEARCH', 'LOCK', 'PURGE'])('even %s is answered in the protocol', async (method) => {
    expect(await bare(method)).toMatchObject({ result: { resultCode: 'METHOD_NOT_SUPPORTED', resultStatus: 'F' } })
  })

  const bare = (method: string) =>
    new Promise<unknown>((resolve, reject) => {
      const call = httpRequest(`${center.origin}/aps/api/v1/payments/pay`, { method }, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString('utf8'))))
      })
      call.on('error', reject)
      call.end()
    })
})

describe('spellings of the content type', () => {
  const GOOD = [
    'application/json',
    'APPLICATION/JSON',
    'Application/Json',
    'application/json;',
    'application/json; ',
    'application/json;charset=UTF-8',
    'application/json;charset=utf-8',
    'application/json; charset=utf-8',
    'application/json; charset=UTF-8',
    'application/json ; charset=UTF-8',
    'application/json;  charset=UTF-8',
    'application/json; charset="utf-8"',
    'application/json;charset=utf8',
    'application/json; Charset=utf-8',
    'application/json; charset=utf-8; boundary=x',
    'application/json; v=1',
    'application/json;;charset=utf-8',
    'application/json; charset',
    'application/json; =',
    undefined,
  ]
  const BAD = [
    'text/plain',
    'text/json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'application/json-patch+json',
    'application/jsonp',
    'application/json5',
    'application/ld+json',
    'application/octet-stream',
    'application',
    'json',
    '/json',
    'application/',
    '*/*',
    'application/json, text/plain',
    'application/json/x',
    ';charset=utf-8',
    '"application/json"',
    'application /json',
  ]

  test.each(GOOD)('%s is JSON', async (type) => {
    const reply = await made.server.pay({}, { headers: { 'content-type': type } })
    // Without one, the runtime that sends adds a type of plain text of its own accord.
    const code = type === undefined ? 'MEDIA_TYPE_NOT_ACCEPTABLE' : 'PAYMENT_IN_PROCESS'
    expect(reply.body.result.resultCode).toBe(code)
    expect(reply.verified).toBe(true)
  })

  test.each(BAD)('%s is not', async (type) => {
    const reply = await made.server.pay({}, { headers: { 'content-type': type } })
    expect(reply.status).toBe(200)
    expect(reply.body.result.resultCode).toBe('MEDIA_TYPE_NOT_ACCEPTABLE')
    expect(reply.verified).toBe(true)
  })
})

test('a call is found by the tracerid of its answer, in whichever case, and no other is', async () => {
  const answers = [await made.server.inquire({ paymentId }), await made.server.inquire({ paymentId: 'unknown' })]
  for (const { headers, body } of answers) {
    const found = await list({ search: headers.get('tracerid')?.toUpperCase() ?? '' })
    expect(found.map(({ resultCode }) => resultCode)).toEqual([body.result.resultCode])
  }
})

test('of the notifications of a payment the newest fifty are shown beside its call, however many were made up', async () => {
  const params = { applicationId: made.application.id }
  const body = { api: 'notifyPayment', family: 'aps', url: 'inbox:/many', manner: 'once', delaySeconds: 5 } as const
  const text = JSON.stringify({ paymentRequestId: requestId })
  let newest = ''
  for (let i = 0; i < 51; i++) {
    const sent = { ...body, body: text, earlier: null }
    newest = (await made.developer.do(sendTestNotification, { params, body: sent })).items[0]?.id ?? ''
  }
  const [exchange] = await list({ search: requestId })
  const { related } = await made.developer.do(getExchange, { params: { ...params, exchangeId: exchange?.id ?? '' } })
  expect(related.notifications).toHaveLength(50)
  expect(related.notifications[0]?.id).toBe(newest)
})
