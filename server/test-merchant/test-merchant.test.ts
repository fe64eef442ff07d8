import type { ServerResponse } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { getAcceptance, startCase } from '../../contract/acceptance.ts'
import {
  createApplication,
  getApplication,
  getSandbox,
  setNotificationUrl,
  setSandboxKey,
} from '../../contract/applications.ts'
import { listAudit } from '../../contract/audit.ts'
import { getExchange, listExchanges } from '../../contract/log.ts'
import { setProductionKey } from '../../contract/production.ts'
import {
  addThrowAwayKey,
  callMerchant,
  getTestMerchant,
  listTransactions,
  setMerchantUrl,
} from '../../contract/test-merchant.ts'
import { decideOrder } from '../../contract/wallet.ts'
import { TEST_MERCHANT } from '../../rules/limits.ts'
import { TestBrowser } from '../../test/browser.ts'
import { makeListener } from '../../test/listener.ts'
import { makeApplication, makeIntegration, makeMember, makePartner } from '../../test/make.ts'
import { cashierOrder, newPair, orderKey, type ReceivedNotification, TestPartner } from '../../test/partner.ts'
import { type Center, startCenter } from '../../test/start.ts'
import { newContext } from '../context.ts'
import { deleteOld } from '../retention/retention.ts'

let center: Center
let made: Awaited<ReturnType<typeof makeIntegration>>
/** Signs with a throw-away key. */
let merchant: TestPartner
beforeAll(async () => {
  center = await startCenter()
})
beforeEach(async () => {
  made = await makeIntegration(center, { notify: false })
  merchant = await TestPartner.start(center.origin)
  return async () => {
    await made.server.close()
    await merchant.close()
  }
})
afterAll(() => center.close())

const params = () => ({ applicationId: made.application.id })

async function throwAway(key = merchant.publicKey) {
  const added = await made.developer.do(addThrowAwayKey, { params: params(), body: { publicKey: key } })
  merchant.join(added.clientId, added.networkPublicKey)
  return added
}

const log = async () => (await made.developer.do(listExchanges, { params: params(), query: {} })).items
const codeOf = async () => (await merchant.pay()).body.result.resultCode

describe('a throw-away key', () => {
  test('signs calls beside the versions of the partner, without being one: marked in the log, answered signed', async () => {
    const { endsAt } = await throwAway()
    expect((Date.parse(endsAt) - center.clock.now()) / 1000).toBeCloseTo(TEST_MERCHANT.keySeconds, -2)
    const paid = await merchant.pay()
    expect(paid).toMatchObject({ verified: true, body: { result: { resultCode: 'PAYMENT_IN_PROCESS' } } })
    const [call] = await log()
    expect(call).toMatchObject({ byTestMerchant: true, signature: 'verified' })
    const params_ = { ...params(), exchangeId: call?.id ?? '' }
    const whole = await made.developer.do(getExchange, { params: params_ })
    expect(whole).toMatchObject({ keyVersion: null, warning: expect.stringContaining('Test Merchant') })
    const { keys } = await made.developer.do(getSandbox, { params: params() })
    expect(keys).toMatchObject([{ version: 1, provedAt: null }])
    await made.server.pay()
    expect((await log())[0]).toMatchObject({ byTestMerchant: false })
  })

  test('needs no key of the partner, and is none: the list of tasks and the settings say so', async () => {
    const application = await makeApplication(made.developer)
    const of = { params: { applicationId: application.id } }
    const added = await made.developer.do(addThrowAwayKey, { ...of, body: { publicKey: merchant.publicKey } })
    merchant.join(added.clientId, added.networkPublicKey)
    expect((await merchant.pay()).verified).toBe(true)
    const { facts } = await made.developer.do(getApplication, of)
    expect(facts).toMatchObject({ keySet: false, verifiedCall: false })
    expect(await made.developer.do(getSandbox, of)).toMatchObject({ keys: [], networkPublicKey: null })
    const body = { publicKey: made.server.publicKey }
    expect(
      (await made.developer.call(setSandboxKey, { ...of, body: { publicKey: merchant.publicKey } })).body,
    ).toMatchObject({ code: 'key.in_use' })
    expect((await made.developer.call(setSandboxKey, { ...of, body })).body).toMatchObject({ code: 'key.in_use' })
    const set = await made.developer.do(setSandboxKey, { ...of, body: { publicKey: newPair().publicKey } })
    expect(set.networkPublicKey).toBe(added.networkPublicKey)
  })

  test('is taken for its own application only', async () => {
    await throwAway()
    const other = await makeIntegration(center, { notify: false })
    merchant.join(other.sandbox.clientId, other.sandbox.networkPublicKey ?? '')
    expect(await codeOf()).toBe('INVALID_SIGNATURE')
    await other.server.close()
  })

  test('ends after twelve hours, and is forgotten', async () => {
    await throwAway()
    center.clock.forward(TEST_MERCHANT.keySeconds - 60)
    expect(await codeOf()).toBe('PAYMENT_IN_PROCESS')
    center.clock.forward(60)
    expect(await codeOf()).toBe('INVALID_SIGNATURE')
    await deleteOld(newContext(center.app, { kind: 'system' }))
    expect(await center.app.database.reader.selectFrom('throw_away_keys').selectAll().execute()).toEqual([])
  })

  test('is one of five at most: the oldest ends', async () => {
    await throwAway()
    for (let more = 0; more < TEST_MERCHANT.keysMax; more++) {
      expect(await codeOf()).toBe('PAYMENT_IN_PROCESS')
      center.clock.forward(1)
      await made.developer.do(addThrowAwayKey, { params: params(), body: { publicKey: newPair().publicKey } })
    }
    expect(await codeOf()).toBe('INVALID_SIGNATURE')
  })

  test('is never one of production', async () => {
    await throwAway()
    const refused = await made.developer.call(setProductionKey, {
      params: params(),
      body: { publicKey: merchant.publicKey },
    })
    expect(refused.body).toMatchObject({ code: 'key.of_sandbox' })
    merchant.join(made.sandbox.clientId.replace('SANDBOX_', ''), made.sandbox.networkPublicKey ?? '')
    expect(await codeOf()).toBe('INVALID_CLIENT')
  })

  test('is refused like any other key, and recorded when it is let in', async () => {
    const add = async (publicKey: string) =>
      (await made.developer.call(addThrowAwayKey, { params: params(), body: { publicKey } })).body
    const pem = newPair().privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    expect(await add(pem)).toMatchObject({ code: 'key.private' })
    expect(await add('no key')).toMatchObject({ code: expect.stringMatching(/^key\./) })
    expect(await add(made.server.publicKey)).toMatchObject({ code: 'key.in_use' })
    expect(await add(made.sandbox.networkPublicKey ?? '')).toMatchObject({ code: 'key.center' })
    await throwAway()
    expect(await add(merchant.publicKey)).toMatchObject({ code: 'key.in_use' })
    const { items } = await made.developer.do(listAudit, { query: { action: 'test_merchant.key' } })
    expect(items).toHaveLength(1)
  })

  test('is nothing for a wallet, which takes no orders', async () => {
    const partner = await makePartner(center, ['wallet'])
    const developer = await makeMember(center, partner)
    const application = await developer.do(createApplication, {
      body: { name: 'A wallet', partnerType: 'wallet', description: '', products: ['cashier'] },
    })
    const refused = await developer.call(addThrowAwayKey, {
      params: { applicationId: application.id },
      body: { publicKey: merchant.publicKey },
    })
    expect(refused.body).toMatchObject({ code: 'test_merchant.for_acquirers' })
  })
})

describe('the acceptance tests', () => {
  const standing = async () => JSON.stringify(await made.developer.do(getAcceptance, { params: params() }))
  const payWith = async (by: TestPartner) => {
    const { body } = await by.pay()
    await new TestBrowser(center.origin).do(decideOrder, { params: orderKey(body), body: { decision: 'pay' } })
    await by.inquire({ paymentRequestId: body.paymentRequestId })
  }

  test('count nothing that a throw-away key has signed', async () => {
    await throwAway()
    const before = await standing()
    await payWith(merchant)
    expect(await standing()).toBe(before)
    await payWith(made.server)
    expect(await standing()).not.toBe(before)
  })

  test('do nothing wrong to it on purpose, and go on waiting for the partner', async () => {
    await throwAway()
    const to = { ...params(), api: 'notifyPayment' as const }
    await made.developer.do(setNotificationUrl, { params: to, body: { url: made.server.notifyUrl } })
    await made.server.pay()
    await made.developer.do(startCase, { params: { ...params(), caseId: 'cashier.answer_forged' } })
    expect((await merchant.pay()).verified).toBe(true)
    expect((await made.server.pay()).verified).toBe(false)
  })

  test('send it no forged notification either', async () => {
    await throwAway()
    const to = { ...params(), api: 'notifyPayment' as const }
    await made.developer.do(setNotificationUrl, { params: to, body: { url: made.server.notifyUrl } })
    await made.server.pay()
    await made.developer.do(startCase, { params: { ...params(), caseId: 'cashier.notification_forged' } })
    await payWith(merchant)
    await made.server.waitForNotifications(1)
    await payWith(made.server)
    const [ofMerchant, ofPartner] = await made.server.waitForNotifications(2)
    expect([ofMerchant?.verified, ofPartner?.verified]).toEqual([true, false])
  })
})

// ── the partner's server ─────────────────────────────────────────────────────────────────────────────────────────────────

const NOTHING = {
  product: null,
  scenario: null,
  title: null,
  amount: null,
  code: null,
  paymentRequestId: null,
  paymentId: null,
}
const ORDER = {
  ...NOTHING,
  action: 'order' as const,
  product: 'cashier' as const,
  title: 'Paper boat',
  amount: { currency: 'JPY', value: '1000' },
}
const GOOD = { status: 'PROCESSING', paymentRequestId: 'REQ-1', normalUrl: 'https://pay.example/1', more: 'ignored' }

const setUrl = (url: string | null) => made.developer.call(setMerchantUrl, { params: params(), body: { url } })
const order = () => made.developer.do(callMerchant, { params: params(), body: ORDER })

/** The partner's server answers so; returns what it was asked. */
async function answering(answer: (received: ReceivedNotification, response: ServerResponse) => void) {
  made.server.acknowledge = answer
  await setUrl(made.server.urlOf('merchant'))
}

const json = (value: unknown, status = 200) =>
  answering((_received, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value)),
  )

describe("the partner's own merchant API", () => {
  test('is asked with a call that is signed as a notification is, and holds what belongs to the action alone', async () => {
    await json(GOOD)
    const { fault, answer, exchangeId, httpStatus } = await order()
    expect(fault).toBeNull()
    expect(httpStatus).toBe(200)
    expect(answer).toEqual({
      status: 'PROCESSING',
      paymentRequestId: 'REQ-1',
      paymentId: null,
      normalUrl: 'https://pay.example/1',
      code: null,
      message: null,
    })
    await made.developer.do(callMerchant, {
      params: params(),
      body: { ...NOTHING, action: 'refund', amount: ORDER.amount, paymentRequestId: 'REQ-1', title: 'not for it' },
    })
    const [asked, refunded] = made.server.received
    expect(asked).toMatchObject({ uri: '/merchant', verified: true })
    const { requestId, ...body } = asked?.body ?? {}
    expect(requestId).toMatch(/^TM-/)
    expect(body).toEqual({ action: 'order', product: 'cashier', title: 'Paper boat', amount: ORDER.amount })
    expect(refunded?.body).toMatchObject({ action: 'refund', paymentRequestId: 'REQ-1' })
    expect(refunded?.body).not.toHaveProperty('title')
    const whole = await made.developer.do(getExchange, { params: { ...params(), exchangeId: exchangeId ?? '' } })
    expect(whole).toMatchObject({
      direction: 'out',
      api: 'testMerchant',
      resultCode: 'PROCESSING',
      resultStatus: 'S',
      paymentRequestId: 'REQ-1',
      byTestMerchant: true,
    })
  })

  const text = (body: string | Buffer, status = 200) =>
    answering((_received, response) => void response.writeHead(status).end(body))
  test.each<[string, () => Promise<void>, unknown]>([
    ['with another status', () => json(GOOD, 500), { fault: 'wrong_status', httpStatus: 500 }],
    ['with a redirect', () => text('', 302), { fault: 'wrong_status', httpStatus: 302 }],
    ['with a page', () => text('<html>'), { fault: 'not_json', raw: '<html>' }],
    ['with nothing', () => text(''), { fault: 'not_json' }],
    ['with a list', () => json([GOOD]), { fault: 'not_json' }],
    ['with NUL', () => text(Buffer.from([0, 255])), { fault: 'not_json' }],
    [
      'without a status',
      () => json({ paymentRequestId: 'R' }),
      { fault: 'wrong_field', faultField: { path: 'status' } },
    ],
    [
      'with a status that is none',
      () => json({ ...GOOD, status: 'DONE' }),
      {
        fault: 'wrong_field',
        faultField: { path: 'status', message: 'must be one of PROCESSING, SUCCESS, CANCELLED, REFUND' },
      },
    ],
    ['without an id', () => json({ status: 'SUCCESS' }), { faultField: { path: 'paymentRequestId' } }],
    [
      'with a number for an id',
      () => json({ ...GOOD, paymentRequestId: 7 }),
      { faultField: { path: 'paymentRequestId' } },
    ],
    [
      'with a script for a URL',
      () => json({ ...GOOD, normalUrl: 'javascript:alert(1)' }),
      { faultField: { path: 'normalUrl' } },
    ],
    ['with a code that is too long', () => json({ ...GOOD, code: 'x'.repeat(3000) }), { faultField: { path: 'code' } }],
    ['with more than it may', () => text('x'.repeat(70_000)), { fault: 'no_answer', httpStatus: null, raw: null }],
    [
      'by hanging up',
      () => answering((_received, response) => void response.socket?.destroy()),
      { fault: 'no_answer', httpStatus: null },
    ],
    [
      'with a wrong signature',
      () =>
        answering((received, response) =>
          made.server.answerSigned(received, response, GOOD, { signature: 'QUFBQQ==' }),
        ),
      { fault: 'wrong_signature' },
    ],
  ])('that answers %s is told what was wrong', async (_name, prepare, wrong) => {
    await prepare()
    expect(await order()).toMatchObject({ ...(wrong as object), answer: null })
    expect((await log())[0]).toMatchObject({ resultCode: 'UNKNOWN_EXCEPTION', resultStatus: 'U' })
  })

  test('that never answers is waited for five seconds', async () => {
    await answering(() => undefined)
    const { fault, durationMs } = await order()
    expect(fault).toBe('no_answer')
    expect(durationMs).toBeLessThan(8000)
  }, 15_000)

  test('may sign its answer', async () => {
    await answering((received, response) => made.server.answerSigned(received, response, GOOD))
    expect((await order()).fault).toBeNull()
    expect((await log())[0]).toMatchObject({ signature: 'verified' })
  })

  test('is not asked without a URL, without a key, or for less than the action needs', async () => {
    const call = async (body: object, of = params()) =>
      (await made.developer.call(callMerchant, { params: of, body: { ...ORDER, ...body } })).body
    expect(await call({})).toMatchObject({ code: 'test_merchant.no_url' })
    await json(GOOD)
    expect(await call({ amount: null, title: null })).toMatchObject({
      code: 'test_merchant.incomplete',
      fields: [{ path: 'body.title' }, { path: 'body.amount' }],
    })
    expect(await call({ product: 'user_presented', scenario: 'PaymentCode' })).toMatchObject({
      code: 'test_merchant.incomplete',
      fields: [{ path: 'body.code' }],
    })
    for (const amount of ['0', '-1', '10.00', '1'.repeat(16)])
      expect(await call({ amount: { currency: 'USD', value: amount } })).toMatchObject({ code: 'request.invalid' })
    const bare = { applicationId: (await makeApplication(made.developer)).id }
    await made.developer.do(setMerchantUrl, { params: bare, body: { url: made.server.urlOf('merchant') } })
    expect(await call({}, bare)).toMatchObject({ code: 'test_merchant.no_key' })
    expect(made.server.received).toEqual([])
  })

  test.each([
    ['http://shop.example/merchant', 'url.not_https'],
    ['https://10.0.0.1/', 'url.not_public'],
    ['https://169.254.169.254/latest', 'url.not_public'],
    ['https://user:pass@shop.example/', 'url.credentials'],
    ['https://shop.example:22/', 'url.port'],
    ['merchant', 'url.malformed'],
  ])('is not set to %s', async (url, code) => {
    expect((await setUrl(url)).body).toMatchObject({ code })
    expect((await made.developer.do(getTestMerchant, { params: params() })).url).toBeNull()
  })

  test('can be reached through the relay, and says when nobody listens', async () => {
    expect((await setUrl('relay:/merchant')).status).toBe(200)
    expect(await order()).toMatchObject({ fault: 'nobody_listens', exchangeId: null })
    const listener = await makeListener(made.developer, made.application.id)
    await listener.take({ waitSeconds: 0 })
    made.server.acknowledge = (_received, response) => void response.end(JSON.stringify(GOOD))
    const asked = order()
    await listener.forward(await listener.next(), new URL(made.server.notifyUrl).origin)
    expect(await asked).toMatchObject({ fault: null, answer: { paymentRequestId: 'REQ-1' } })
  })

  test('is forgotten when its URL is taken away, and both are recorded', async () => {
    await json(GOOD)
    await setUrl(null)
    expect(await made.developer.do(getTestMerchant, { params: params() })).toEqual({
      url: null,
      setAt: null,
      setBy: null,
    })
    const { items } = await made.developer.do(listAudit, { query: { action: 'test_merchant.url' } })
    expect(items).toHaveLength(2)
  })
})

describe('transactions', () => {
  const list = async (word?: 'PROCESSING' | 'SUCCESS' | 'CANCELLED' | 'REFUND') =>
    (await made.developer.do(listTransactions, { params: params(), query: word ? { word } : {} })).items

  test('are the payments of the log under four words, whoever made them', async () => {
    await throwAway()
    const payer = new TestBrowser(center.origin)
    const orders = []
    for (const by of [merchant, made.server, merchant, made.server]) {
      const asked = cashierOrder()
      orders.push({ ...(await by.pay(asked)).body, paymentRequestId: asked.paymentRequestId })
    }
    const [open, paid, cancelled, refunded] = orders
    for (const one of [paid, refunded])
      await payer.do(decideOrder, { params: orderKey(one ?? {}), body: { decision: 'pay' } })
    await merchant.cancel({ paymentRequestId: cancelled?.paymentRequestId })
    await merchant.refund({
      paymentRequestId: refunded?.paymentRequestId,
      refundAmount: { currency: 'USD', value: '500' },
    })
    await merchant.cancel({ paymentRequestId: 'never-paid' })
    expect((await list()).map(({ word }) => word)).toEqual(['REFUND', 'CANCELLED', 'SUCCESS', 'PROCESSING'])
    const [first] = await list('PROCESSING')
    expect(first).toMatchObject({
      paymentRequestId: open?.paymentRequestId,
      payUrl: expect.stringContaining('/wallet/pay/'),
      family: 'aps',
    })
    expect(await list('REFUND')).toMatchObject([{ refunded: { value: '500' }, payUrl: null }])
  })

  test('of somebody else are not found', async () => {
    const other = await makeIntegration(center, { notify: false })
    const reply = await other.developer.call(listTransactions, { params: params(), query: {} })
    expect(reply.status).toBe(404)
    await other.server.close()
  })
})
