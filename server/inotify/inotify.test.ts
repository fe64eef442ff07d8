import type { ServerResponse } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { getAcceptance } from '../../contract/acceptance.ts'
import { createApplication } from '../../contract/applications.ts'
import { sendTestNotification } from '../../contract/inotify.ts'
import { listNotifications, resendNotification } from '../../contract/log.ts'
import type { CallInput } from '../../contract/endpoint.ts'
import { decideOrder } from '../../contract/wallet.ts'
import { NOTIFICATION_SAMPLES } from '../../rules/inotify.ts'
import { OUTGOING } from '../../rules/limits.ts'
import { partnerApisOf, productIds } from '../../rules/products.ts'
import { TestBrowser } from '../../test/browser.ts'
import { makeIntegration } from '../../test/make.ts'
import { orderKey } from '../../test/partner.ts'
import { type Center, startCenter } from '../../test/start.ts'

let center: Center
let made: Awaited<ReturnType<typeof makeIntegration>>
beforeAll(async () => {
  center = await startCenter()
  made = await makeIntegration(center)
})
afterAll(async () => {
  await made.server.close()
  await center.close()
})
beforeEach(() => {
  made.server.received.length = 0
  made.server.acknowledge = (received, response) => made.server.acknowledgeSigned(received, response)
})

type Body = CallInput<typeof sendTestNotification>['body']
const params = () => ({ applicationId: made.application.id })
const wanted = (change: Partial<Body> = {}): Body => ({
  api: 'notifyPayment',
  family: 'aps',
  url: null,
  manner: 'once',
  delaySeconds: 5,
  body: '{"paymentRequestId": "made-up",  "paymentId":"pay-1"}',
  earlier: null,
  ...change,
})
const send = async (change: Partial<Body> = {}) => {
  const { items } = await made.developer.do(sendTestNotification, { params: params(), body: wanted(change) })
  return items.map(({ id }) => id)
}
const refusalOf = async (change: Partial<Body>) =>
  (await made.developer.call(sendTestNotification, { params: params(), body: wanted(change) })).body
/** As it stands in the log once all its attempts are over. */
async function told(id: string, attempts = 1) {
  return vi.waitFor(
    async () => {
      const notification = await logged(id)
      // The log reads notifications before their attempts: one that ended in between is seen half.
      const isOver = notification?.nextAttemptAt === null && notification.attempts.length >= attempts
      if (!isOver) throw new Error('not yet')
      return notification
    },
    { timeout: 15_000, interval: 50 },
  )
}
const logged = async (id: string) =>
  (await made.developer.do(listNotifications, { params: params(), query: { search: id } })).items[0]

test('once: byte for byte, really signed, to the URL that is set, and the reply is judged', async () => {
  const [id = ''] = await send()
  const [received] = await made.server.waitForNotifications(1)
  expect(received).toMatchObject({ raw: wanted().body, verified: true, uri: '/notify?from=slipway' })
  expect(await told(id)).toMatchObject({
    manner: 'once',
    state: 'acknowledged',
    paymentRequestId: 'made-up',
    attempts: [{ fault: null, signatureVerified: true }],
  })
})

test('to another URL, and a reply that does not count is not sent again', async () => {
  made.server.acknowledge = (_received, response) => void response.writeHead(500).end()
  const [id = ''] = await send({ url: made.server.urlOf('elsewhere') })
  expect(await told(id)).toMatchObject({ state: 'failed', nextAttemptAt: null, attempts: [{ fault: 'wrong_status' }] })
  expect(made.server.received.map(({ uri }) => uri)).toEqual(['/elsewhere'])
})

test('late: nothing comes before its time', async () => {
  const [id = ''] = await send({ manner: 'late', delaySeconds: 600 })
  expect(await logged(id)).toMatchObject({ state: 'waiting', attempts: [] })
  expect(made.server.received).toEqual([])
  center.clock.forward(600)
  expect(await told(id)).toMatchObject({ state: 'acknowledged' })
})

test('twice: the same bytes again, though the first was acknowledged', async () => {
  const [id = ''] = await send({ manner: 'twice' })
  const received = await made.server.waitForNotifications(2)
  expect(received.map(({ raw, verified }) => [raw, verified])).toEqual([
    [wanted().body, true],
    [wanted().body, true],
  ])
  expect(await told(id, 2)).toMatchObject({ state: 'acknowledged', attempts: [{ fault: null }, { fault: null }] })
})

test('out of order: the newer comes first, with the higher number', async () => {
  const ids = await send({ manner: 'out_of_order', body: '{"now":2}', earlier: '{"now":1}' })
  const received = await made.server.waitForNotifications(2)
  expect(received.map(({ raw }) => raw)).toEqual(['{"now":2}', '{"now":1}'])
  expect([(await told(ids[0] ?? ''))?.sequence, (await told(ids[1] ?? ''))?.sequence]).toEqual([2, 1])
})

test('with a wrong signature: it does not verify, and a reply in good faith shows', async () => {
  const [id = ''] = await send({ manner: 'wrong_signature' })
  const [received] = await made.server.waitForNotifications(1)
  expect(received?.verified).toBe(false)
  expect(await told(id)).toMatchObject({ manner: 'wrong_signature', attempts: [{ fault: null }] })
  await made.developer.do(resendNotification, { params: { ...params(), notificationId: id } })
  expect((await made.server.waitForNotifications(2))[1]?.verified).toBe(true)
})

test('no acceptance case counts it, and it pauses no endpoint', async () => {
  const { body } = await made.server.pay()
  const before = JSON.stringify(await made.developer.do(getAcceptance, { params: params() }))
  const outcome = JSON.stringify({
    paymentResult: { resultCode: 'SUCCESS', resultStatus: 'S' },
    paymentRequestId: body.paymentRequestId ?? '',
    paymentId: body.paymentId,
  })
  made.server.acknowledge = (_received, response) => void response.writeHead(500).end()
  for (let i = 0; i < 6; i++) await told((await send({ body: outcome }))[0] ?? '')
  expect(JSON.stringify(await made.developer.do(getAcceptance, { params: params() }))).toBe(before)
  expect(await logged((await send())[0] ?? '')).toMatchObject({ isHeld: false })
})

test('what hangs takes no connection of what is real', async () => {
  const hanging: ServerResponse[] = []
  const openAt = new Map<unknown, number>()
  made.server.acknowledge = (received, response) => {
    if (received.body.hangs) return void hanging.push(response)
    openAt.set(received.body.paymentId, hanging.filter(({ destroyed }) => !destroyed).length)
    made.server.acknowledgeSigned(received, response)
  }
  for (let i = 0; i < OUTGOING.connectionsPerEndpoint; i++) await send({ body: '{"hangs":true}' })
  await expect.poll(() => hanging).toHaveLength(OUTGOING.connectionsPerEndpoint)
  const { body } = await made.server.pay()
  await new TestBrowser(center.origin).do(decideOrder, { params: orderKey(body), body: { decision: 'pay' } })
  await expect.poll(() => openAt.get(body.paymentId)).toBe(OUTGOING.connectionsPerEndpoint)
  for (const response of hanging) response.destroy()
})

describe('is refused', () => {
  test.each([
    ['a body that is not JSON', { body: 'hello' }, { code: 'inotify.not_json', fields: [{ path: 'body.body' }] }],
    ['a list', { body: '[1]' }, { code: 'inotify.not_json' }],
    ['an order without what comes second', { manner: 'out_of_order' }, { code: 'inotify.no_earlier' }],
    [
      'what comes second is not JSON',
      { manner: 'out_of_order', earlier: '[]' },
      { code: 'inotify.not_json', fields: [{ path: 'body.earlier' }] },
    ],
    ['a notification whose URL is not set', { api: 'notifyRegistrationStatus' }, { code: 'inotify.no_url' }],
    ['a private address', { url: 'https://10.0.0.1/notify' }, { code: 'url.not_public' }],
    ['a delay of a day', { manner: 'late', delaySeconds: 86_400 }, { code: 'request.invalid' }],
    ['an empty body', { body: '' }, { code: 'request.invalid' }],
  ] as const)('%s', async (_name, change, refused) => {
    expect(await refusalOf(change)).toMatchObject(refused)
  })

  test('an application without a key', async () => {
    const { id } = await made.developer.do(createApplication, {
      body: { name: 'Keyless', partnerType: 'acquirer', description: '', products: ['cashier'] },
    })
    const input = { params: { applicationId: id }, body: wanted() }
    expect((await made.developer.call(sendTestNotification, input)).body).toMatchObject({ code: 'inotify.no_key' })
  })
})

test('there is a sample of every notification that a partner can be told', () => {
  const known = new Set(NOTIFICATION_SAMPLES.map(({ api }) => api as string))
  const apis = (['acquirer', 'wallet'] as const).flatMap((type) => partnerApisOf(type, productIds))
  const questions = ['consultUnbinding', 'userInitiatedPay', 'pay', 'inquiryPayment', 'cancelPayment', 'refund']
  expect(apis.filter((api) => !questions.includes(api) && !known.has(api))).toEqual([])
})
