import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GATEWAY } from '../../rules/limits.ts'
import { addProducts, removeProduct, setSandboxKey, getSandbox } from '../../contract/applications.ts'
import { getExchange, listExchanges } from '../../contract/log.ts'
import { decideOrder, getOrder } from '../../contract/wallet.ts'
import { TestBrowser } from '../../test/browser.ts'
import { proveReplacement } from '../../test/launch.ts'
import { makeApplication, makeIntegration, makeMember, makePartner } from '../../test/make.ts'
import { cashierOrder, newPair, orderKey, TestPartner } from '../../test/partner.ts'
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

const lastExchange = async () => {
  const params = { applicationId: made.application.id }
  const { items } = await made.developer.do(listExchanges, { params, query: { limit: 1 } })
  return made.developer.do(getExchange, { params: { ...params, exchangeId: items[0]?.id ?? '' } })
}

describe('pay', () => {
  test('starts a cashier payment and answers signed, in process, with the page for the payer', async () => {
    const reply = await made.server.pay()
    expect(reply.status).toBe(200)
    expect(reply.verified).toBe(true)
    expect(reply.headers.get('client-id')).toBe(made.sandbox.clientId)
    expect(reply.headers.get('signature')).toMatch(/^algorithm=RSA256,keyVersion=1,signature=[A-Za-z0-9%]+$/)
    expect(reply.body).toMatchObject({
      result: { resultCode: 'PAYMENT_IN_PROCESS', resultStatus: 'U' },
      acquirerId: made.sandbox.participantId,
      paymentAmount: { currency: 'USD', value: '1999' },
      paymentUrl: expect.stringContaining(`${center.origin}/wallet/pay/`),
    })
  })

  test('repeated with the same key fields gets the same bytes, whatever else has changed', async () => {
    const order = cashierOrder()
    const first = await made.server.pay(order)
    const second = await made.server.pay({ ...order, paymentRedirectUrl: 'https://elsewhere.example/' })
    expect(second.raw).toBe(first.raw)
  })

  test.each([
    ['paymentAmount', { paymentAmount: { currency: 'USD', value: '2000' } }],
    ['paymentMethod.paymentMethodType', { paymentMethod: { paymentMethodType: 'OTHER_WALLET' } }],
    [
      'order.orderAmount',
      { order: { ...(cashierOrder().order as object), orderAmount: { currency: 'EUR', value: '1999' } } },
    ],
  ])('repeated with another %s is inconsistent', async (name, change) => {
    const order = cashierOrder()
    await made.server.pay(order)
    const reply = await made.server.pay({ ...order, ...change })
    expect(reply.verified).toBe(true)
    expect(reply.body.result).toMatchObject({ resultCode: 'REPEAT_REQ_INCONSISTENT', resultStatus: 'F' })
    expect(reply.body.result.resultMessage).toContain(name)
  })

  test('a hundred parallel copies make one payment', async () => {
    const order = cashierOrder()
    const replies = await Promise.all(Array.from({ length: 100 }, () => made.server.pay(order)))
    expect(new Set(replies.map(({ raw }) => raw)).size).toBe(1)
    expect(replies.every(({ verified }) => verified)).toBe(true)
    const rows = await center.app.database.reader
      .selectFrom('payments')
      .select('payment_id')
      .where('payment_request_id', '=', String(order.paymentRequestId))
      .execute()
    expect(rows).toHaveLength(1)
  })

  test('tells the final outcome once the payer has paid, and the same bytes ever after', async () => {
    const order = cashierOrder()
    const first = await made.server.pay(order)
    await new TestBrowser(center.origin).do(decideOrder, {
      params: orderKey(first.body),
      body: { decision: 'pay' },
    })
    const second = await made.server.pay(order)
    const third = await made.server.pay(order)
    expect(second.body).toMatchObject({
      result: { resultCode: 'SUCCESS', resultStatus: 'S' },
      paymentId: first.body.paymentId,
      walletBrandName: 'TEST_WALLET',
    })
    expect(second.body.paymentUrl).toBeUndefined()
    expect(third.raw).toBe(second.raw)
  })

  test.each([
    [{ paymentRequestId: '' }, 'paymentRequestId'],
    [{ paymentRequestId: 'x'.repeat(65) }, 'paymentRequestId'],
    [{ paymentRequestId: undefined }, 'paymentRequestId'],
    [{ paymentRequestId: 'nul\0tail' }, 'paymentRequestId'],
    [{ paymentRequestId: 'half \ud800' }, 'paymentRequestId'],
    [{ paymentRequestId: 2 ** 60 }, 'paymentRequestId'],
    [{ paymentAmount: { currency: 'USD', value: '12.5' } }, 'paymentAmount.value'],
    [{ paymentAmount: { currency: 'USD', value: '0' } }, 'paymentAmount.value'],
    [{ paymentAmount: { currency: 'usd', value: '1' } }, 'paymentAmount.currency'],
    [{ paymentAmount: { currency: 'USD', value: '1'.repeat(16) } }, 'paymentAmount.value'],
    [{ paymentAmount: '10' }, 'paymentAmount'],
    [{ order: null }, 'order'],
    [{ paymentFactor: { isCashierPayment: 'perhaps' } }, 'paymentFactor.isCashierPayment'],
    [{ paymentFactor: {} }, 'paymentFactor.isCashierPayment'],
    [{ paymentFactor: { isInStorePayment: true } }, 'paymentFactor.inStorePaymentScenario'],
    [{ order: { ...(cashierOrder().order as object), env: {} } }, 'order.env.terminalType'],
    [{ order: { ...(cashierOrder().order as object), env: { terminalType: 'WAP' } } }, 'order.env.osType'],
    [{ paymentExpiryTime: 'tomorrow' }, 'paymentExpiryTime'],
    [{ paymentExpiryTime: '2001-01-01T00:00:00Z' }, 'paymentExpiryTime'],
    [{ paymentNotifyUrl: 'ftp://partner.example/' }, 'paymentNotifyUrl'],
    [{ paymentNotifyUrl: 'https://10.0.0.5/notify' }, 'paymentNotifyUrl'],
    [{ paymentRedirectUrl: 'javascript:alert(1)' }, 'paymentRedirectUrl'],
  ])('names the field that is wrong: %j', async (change, field) => {
    const reply = await made.server.pay(change)
    expect(reply.body.result).toMatchObject({ resultCode: 'PARAM_ILLEGAL', resultStatus: 'F' })
    expect(reply.body.result.resultMessage).toContain(field)
    expect(reply.verified).toBe(true)
  })

  test('takes numbers, booleans and unknown fields as real clients send them', async () => {
    const reply = await made.server.pay({
      paymentAmount: { currency: 'JPY', value: 1000, note: 'x' },
      order: { ...(cashierOrder().order as object), orderAmount: { currency: 'JPY', value: 1000 } },
      paymentFactor: { isCashierPayment: 'true' },
      paymentExpiryTime: null,
      somethingNew: [1, 2, 3],
    })
    expect(reply.body.result.resultCode).toBe('PAYMENT_IN_PROCESS')
    expect(reply.body.paymentAmount).toEqual({ currency: 'JPY', value: '1000' })
  })

  test('cuts a longer life to ten minutes, and is closed when they are over', async () => {
    const order = cashierOrder({ paymentExpiryTime: '2099-01-01T00:00:00+08:00' })
    const reply = await made.server.pay(order)
    const payer = new TestBrowser(center.origin)
    const view = await payer.do(getOrder, { params: orderKey(reply.body) })
    const life = Date.parse(view.expiresAt) - center.clock.now()
    expect(life).toBeGreaterThan(9.9 * 60_000)
    expect(life).toBeLessThanOrEqual(10 * 60_000)
    center.clock.forward(601)
    expect((await made.server.inquire({ paymentRequestId: order.paymentRequestId })).body.paymentResult).toMatchObject({
      resultCode: 'ORDER_IS_CLOSED',
      resultStatus: 'F',
    })
    expect((await payer.call(decideOrder, { params: orderKey(reply.body), body: { decision: 'pay' } })).body.code).toBe(
      'order.closed',
    )
    expect((await made.server.pay(order)).body.result.resultCode).toBe('ORDER_IS_CLOSED')
  })

  test('repeated when its time is over is still answered as what it became', async () => {
    const soon = new Date(center.clock.now() + 5000).toISOString()
    const order = cashierOrder({ paymentExpiryTime: soon })
    const first = await made.server.pay(order)
    await new TestBrowser(center.origin).do(decideOrder, { params: orderKey(first.body), body: { decision: 'pay' } })
    center.clock.forward(60)
    expect((await made.server.pay(order)).body.result.resultCode).toBe('SUCCESS')
    const other = { ...order, paymentAmount: { currency: 'USD', value: '1' } }
    expect((await made.server.pay(other)).body.result.resultCode).toBe('REPEAT_REQ_INCONSISTENT')
    const unknown = cashierOrder({ paymentExpiryTime: soon })
    expect((await made.server.pay(unknown)).body.result.resultCode).toBe('PARAM_ILLEGAL')
  })

  test('without the product is denied', async () => {
    const agreed = await made.server.pay({
      paymentMethod: {
        paymentMethodType: 'CONNECT_WALLET',
        paymentMethodId: 'a token',
        paymentMethodMetaData: { authClientId: 'M' },
      },
      paymentFactor: { isAgreementPayment: true },
    })
    expect(agreed.body.result.resultCode).toBe('ACCESS_DENIED')
    const params = { applicationId: made.application.id }
    await made.developer.do(addProducts, { params, body: { products: ['auto_debit'] } })
    await made.developer.do(removeProduct, { params: { ...params, productId: 'cashier' } })
    // The gateway may go on knowing a client for one second.
    const outcome = async () => (await made.server.pay()).body.result.resultCode
    await expect.poll(outcome, { timeout: 5000 }).toBe('ACCESS_DENIED')
    await made.developer.do(addProducts, { params, body: { products: ['cashier'] } })
    await expect.poll(outcome, { timeout: 5000 }).toBe('PAYMENT_IN_PROCESS')
  })
})

describe('inquiryPayment', () => {
  test('finds a payment by either id, and the network id decides', async () => {
    const order = cashierOrder()
    const { paymentId } = (await made.server.pay(order)).body
    for (const by of [
      { paymentRequestId: order.paymentRequestId },
      { paymentId },
      { paymentId, paymentRequestId: 'another' },
    ]) {
      const reply = await made.server.inquire(by)
      expect(reply.verified).toBe(true)
      expect(reply.body).toMatchObject({
        result: { resultCode: 'SUCCESS', resultStatus: 'S' },
        paymentResult: { resultCode: 'PAYMENT_IN_PROCESS', resultStatus: 'U' },
        paymentId,
        transactions: [{ transactionType: 'PAYMENT', transactionStatus: 'PROCESSING' }],
      })
    }
  })

  test('of an unknown id is ORDER_NOT_EXIST, of no id PARAM_ILLEGAL', async () => {
    expect((await made.server.inquire({ paymentRequestId: 'nobody' })).body.result.resultCode).toBe('ORDER_NOT_EXIST')
    expect((await made.server.inquire({})).body.result.resultCode).toBe('PARAM_ILLEGAL')
  })

  test('does not find the payment of another application', async () => {
    const other = await makeIntegration(center, { notify: false })
    const order = cashierOrder()
    await made.server.pay(order)
    expect((await other.server.inquire({ paymentRequestId: order.paymentRequestId })).body.result.resultCode).toBe(
      'ORDER_NOT_EXIST',
    )
    await other.server.close()
  })
})

describe('before business logic', () => {
  const header = (name: string, value: string | undefined) => ({ headers: { [name]: value } })

  test.each([
    ['no Client-Id', header('client-id', undefined), 'PARAM_ILLEGAL', null],
    ['an unknown Client-Id', header('client-id', 'SANDBOX_NOBODY'), 'INVALID_CLIENT', null],
    ['no Request-Time', header('request-time', undefined), 'PARAM_ILLEGAL', null],
    ['no Signature', header('signature', undefined), 'PARAM_ILLEGAL', null],
    ['no signature part', header('signature', 'algorithm=RSA256,keyVersion=1'), 'PARAM_ILLEGAL', null],
    ['another algorithm', header('signature', 'algorithm=ECC224,keyVersion=1,signature=AAAA'), 'PARAM_ILLEGAL', null],
    [
      'a key version that is no number',
      header('signature', 'algorithm=RSA256,keyVersion=x,signature=AAAA'),
      'PARAM_ILLEGAL',
      null,
    ],
    [
      'a broken percent-encoding',
      header('signature', 'algorithm=RSA256,keyVersion=1,signature=%E0%A4%A'),
      'PARAM_ILLEGAL',
      null,
    ],
    [
      'a signature of something else',
      header('signature', 'algorithm=RSA256,keyVersion=1,signature=AAAA'),
      'INVALID_SIGNATURE',
      null,
    ],
    [
      'an unknown key version',
      header('signature', 'algorithm=RSA256,keyVersion=7,signature=AAAA'),
      'KEY_NOT_FOUND',
      null,
    ],
    ['another time than was signed', header('request-time', '2026-01-01T00:00:00Z'), 'INVALID_SIGNATURE', null],
    ['another media type', header('content-type', 'text/plain'), 'MEDIA_TYPE_NOT_ACCEPTABLE', true],
    ['an Agent-Token that we never gave', header('agent-token', 'made-up'), 'OAUTH_FAILED', true],
    ['an empty Agent-Token', header('agent-token', ''), 'PAYMENT_IN_PROCESS', true],
    ['one changed byte', { body: JSON.stringify(cashierOrder()).replace('Two', 'Ten') }, 'INVALID_SIGNATURE', null],
    ['a query that was not signed', { path: '/aps/api/v1/payments/pay?x=1' }, 'INVALID_SIGNATURE', null],
  ] as const)('%s: %s', async (_name, wrong, code, verified) => {
    const reply = await made.server.pay({}, wrong)
    expect(reply.status).toBe(200)
    expect(reply.body.result.resultCode).toBe(code)
    expect(reply.verified).toBe(verified)
  })

  test('an unknown path is answered signed, another method unsigned', async () => {
    for (const api of ['payments/payy', 'constructor', '__proto__', 'toString', '']) {
      const unknown = await made.server.call(api, {})
      expect(unknown.body.result.resultCode, api).toBe('NO_INTERFACE_DEF')
      expect(unknown.verified).toBe(true)
    }
    const get = await made.server.call('payments/pay', '', { method: 'GET' })
    expect(get.status).toBe(200)
    expect(get.body.result.resultCode).toBe('METHOD_NOT_SUPPORTED')
  })

  test('a query string is part of what is signed', async () => {
    const reply = await made.server.call('payments/pay?trace=1', cashierOrder())
    expect(reply.body.result.resultCode).toBe('PAYMENT_IN_PROCESS')
    expect(reply.verified).toBe(true)
  })

  test.each(['{', '[]', '"text"', 'null', '{"a":1}trailing', ''])('a body that is no JSON object: %j', async (body) => {
    const reply = await made.server.call('payments/pay', body)
    expect(reply.body.result.resultCode).toBe('PARAM_ILLEGAL')
    expect(reply.verified).toBe(true)
  })

  test('a body that is too large is answered in the protocol', async () => {
    const reply = await made.server.pay({ filler: 'x'.repeat(300_000) })
    expect(reply.status).toBe(200)
    expect(reply.body.result.resultCode).toBe('PARAM_ILLEGAL')
  })

  test('a client without a key gets KEY_NOT_FOUND, and its first key works at once', async () => {
    const developer = await makeMember(center, await makePartner(center))
    const application = await makeApplication(developer)
    const params = { applicationId: application.id }
    const { clientId } = await developer.do(getSandbox, { params })
    const server = await TestPartner.start(center.origin)
    server.join(clientId, made.sandbox.networkPublicKey ?? '')
    expect((await server.pay()).body.result.resultCode).toBe('KEY_NOT_FOUND')
    const sandbox = await developer.do(setSandboxKey, { params, body: { publicKey: server.publicKey } })
    server.join(clientId, sandbox.networkPublicKey ?? '')
    expect((await server.pay()).verified).toBe(true)
    await server.close()
  })

  test('a replacement verifies nothing until its text is signed; the key before it goes on working', async () => {
    const { developer, application, server } = await makeIntegration(center, { notify: false })
    const params = { applicationId: application.id }
    await server.pay()
    const pair = newPair()
    const set = await developer.do(setSandboxKey, { params, body: { publicKey: pair.publicKey } })
    expect(set.keys.map(({ version, state, provedAt }) => [version, state, provedAt !== null])).toEqual([
      [2, 'waiting', false],
      [1, 'active', true],
    ])
    const next = await TestPartner.start(center.origin)
    Object.assign(next, { privateKey: pair.privateKey, clientId: server.clientId, networkKey: server.networkKey })
    const early = await next.pay()
    expect(early.body.result.resultCode).toBe('INVALID_SIGNATURE')
    expect(early.body.result.resultMessage).toContain('not proved yet')
    expect((await developer.do(getSandbox, { params })).keys[0]).toMatchObject({ state: 'waiting', provedAt: null })
    expect((await server.pay()).body.result.resultCode).toBe('PAYMENT_IN_PROCESS')
    const { keys } = await proveReplacement(developer, application.id, pair.privateKey)
    expect(keys.map(({ version, state, provedAt }) => [version, state, provedAt !== null])).toEqual([
      [2, 'active', true],
      [1, 'active', true],
    ])
    expect((await next.pay()).body.result.resultCode).toBe('PAYMENT_IN_PROCESS')
    expect((await server.pay()).body.result.resultCode).toBe('PAYMENT_IN_PROCESS')
    const { items } = await developer.do(listExchanges, { params, query: { limit: 2 } })
    const exchange = await developer.do(getExchange, { params: { ...params, exchangeId: items[1]?.id ?? '' } })
    expect(exchange.warning).toContain('verifies with version 2')
    await Promise.all([server.close(), next.close()])
  })
})

describe('request log', () => {
  test('keeps both sides of every exchange, byte for byte, at once', async () => {
    const order = cashierOrder({ note: 'naïve ☂' })
    const reply = await made.server.pay(order)
    const exchange = await lastExchange()
    expect(exchange).toMatchObject({
      api: 'payments/pay',
      resultCode: 'PAYMENT_IN_PROCESS',
      signature: 'verified',
      paymentRequestId: order.paymentRequestId,
      paymentId: reply.body.paymentId,
    })
    expect(JSON.parse(exchange.request.body)).toEqual(order)
    expect(exchange.response.body).toBe(reply.raw)
    expect(exchange.response.headers).toContainEqual({ name: 'signature', value: reply.headers.get('signature') })
  })

  test('shows for a refused signature the string that we verified against', async () => {
    await made.server.pay({}, { body: '{"changed":true}' })
    const exchange = await lastExchange()
    expect(exchange.signature).toBe('refused')
    const time = exchange.request.headers.find(({ name }) => name.toLowerCase() === 'request-time')?.value
    expect(exchange.signedText).toBe(`POST /aps/api/v1/payments/pay\n${made.sandbox.clientId}.${time}.{"changed":true}`)
  })

  test('does not write down credentials in headers', async () => {
    await made.server.pay({}, { headers: { 'agent-token': 'very-secret' } })
    expect(JSON.stringify(await lastExchange())).not.toContain('very-secret')
  })

  test('finds by any part of an id and by result, and pages', async () => {
    const order = cashierOrder()
    await made.server.pay(order)
    await made.server.inquire({ paymentRequestId: order.paymentRequestId })
    const params = { applicationId: made.application.id }
    const search = String(order.paymentRequestId).slice(6, 30)
    const found = await made.developer.do(listExchanges, { params, query: { search } })
    expect(found.items.map(({ api }) => api)).toEqual(['payments/inquiryPayment', 'payments/pay'])
    const first = await made.developer.do(listExchanges, { params, query: { search, limit: 1 } })
    const second = await made.developer.do(listExchanges, {
      params,
      query: { search, limit: 1, cursor: first.nextCursor ?? '' },
    })
    expect([...first.items, ...second.items]).toEqual(found.items)
    const refused = await made.developer.do(listExchanges, { params, query: { result: 'F', limit: 5 } })
    expect(refused.items.every(({ resultStatus }) => resultStatus === 'F')).toBe(true)
    expect((await made.developer.do(listExchanges, { params, query: { search: '100%_' } })).items).toEqual([])
  })
})

test('forged calls write down no more than their ration of bytes', async () => {
  const rateFactor = 0.1
  const rationed = await startCenter({ config: { rateFactor } })
  const there = await makeIntegration(rationed, { notify: false })
  const body = JSON.stringify({ filling: 'x'.repeat(90_000) })
  for (let i = 0; i < 4; i++) await there.server.pay({}, { body })
  expect((await there.server.pay()).verified).toBe(true)
  const rows = await rationed.app.database.reader.selectFrom('exchanges').select('request_body').execute()
  const kept = rows.reduce((bytes, { request_body }) => bytes + request_body.length, 0)
  expect(kept).toBeGreaterThan(90_000)
  expect(kept).toBeLessThan(GATEWAY.refusedBytesAtOncePerClient * rateFactor)
  await there.server.close()
  await rationed.close()
})

test('forged calls use up neither the ration of the good ones nor the log', async () => {
  const rationed = await startCenter({ config: { rateFactor: 0.2 } })
  const there = await makeIntegration(rationed, { notify: false })
  const forged = await Promise.all(Array.from({ length: 80 }, () => there.server.pay({}, { body: '{}' })))
  const codes = forged.map(({ body }) => body.result.resultCode)
  expect(codes).toContain('REQUEST_TRAFFIC_EXCEED_LIMIT')
  expect(codes).toContain('INVALID_SIGNATURE')
  expect((await there.server.pay()).verified).toBe(true)
  const rows = await rationed.app.database.reader.selectFrom('exchanges').select('result_code').execute()
  expect(rows).toHaveLength(codes.filter((code) => code === 'INVALID_SIGNATURE').length + 1)
  await there.server.close()
  await rationed.close()
})
