import { createPublicKey, verify } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { checkSetUp, getAcceptance } from '../../contract/acceptance.ts'
import { addProducts, setNotificationUrl } from '../../contract/applications.ts'
import { listFailingEndpoints } from '../../contract/delivery.ts'
import type { CallInput } from '../../contract/endpoint.ts'
import { getInboxCall, type InboxCallView, listInbox, sendInboxCall } from '../../contract/inbox.ts'
import { sendTestNotification } from '../../contract/inotify.ts'
import { listExchanges, listNotifications, resendNotification } from '../../contract/log.ts'
import { setProductionUrl } from '../../contract/production.ts'
import { decideOrder } from '../../contract/wallet.ts'
import { INBOX } from '../../rules/limits.ts'
import { parseSignatureHeader, textBeforeBody } from '../../rules/signature.ts'
import { TestBrowser } from '../../test/browser.ts'
import { makeIntegration, makeMember } from '../../test/make.ts'
import { orderKey, shopOrder } from '../../test/partner.ts'
import { type Center, startCenter } from '../../test/start.ts'
import { codeOf, join, makeWallet } from '../../test/wallet.ts'
import { newContext } from '../context.ts'
import { deleteOld } from '../retention/retention.ts'
import { keepCall } from './keep.ts'

const INBOX_URL = 'inbox:/notify?from=slipway'

let center: Center
let made: Awaited<ReturnType<typeof makeIntegration>>
beforeAll(async () => {
  center = await startCenter()
})
beforeEach(async () => {
  made = await makeIntegration(center)
  await setUrl(INBOX_URL)
  return () => made.server.close()
})
afterAll(() => center.close())

const params = () => ({ applicationId: made.application.id })
const setUrl = (url: string) =>
  made.developer.call(setNotificationUrl, { params: { ...params(), api: 'notifyPayment' }, body: { url } })
const list = (query: CallInput<typeof listInbox>['query'] = {}) =>
  made.developer.do(listInbox, { params: params(), query })
const open = (callId: string) => made.developer.do(getInboxCall, { params: { ...params(), callId } })
const log = async () => (await made.developer.do(listNotifications, { params: params(), query: {} })).items
const send = (callId: string, url: string | null) =>
  made.developer.call(sendInboxCall, { params: { ...params(), callId }, body: { url } })

/** As soon as the inbox holds so many. */
async function kept(count: number): Promise<InboxCallView[]> {
  const items = await vi.waitUntil(
    async () => {
      const found = (await list()).items
      return found.length >= count && found
    },
    { timeout: 15_000 },
  )
  expect(items).toHaveLength(count)
  return Promise.all(items.map(({ id }) => open(id)))
}

async function pay(change: Record<string, unknown> = {}): Promise<string> {
  const { body } = await made.server.pay(change)
  await new TestBrowser(center.origin).do(decideOrder, { params: orderKey(body), body: { decision: 'pay' } })
  return String(body.paymentId)
}

async function passed(): Promise<string[]> {
  const { suites } = await made.developer.do(getAcceptance, { params: params() })
  return suites.flatMap(({ cases }) => cases.filter(({ state }) => state === 'passed').map(({ id }) => id))
}

/** As a partner would: from the kept request alone, with the key of the network. */
function isGenuine({ method, uri, headers, body }: InboxCallView, networkPublicKey = made.sandbox.networkPublicKey) {
  const header = (name: string) => headers.find((one) => one.name === name)?.value ?? ''
  const signature = parseSignatureHeader(header('Signature'))
  if ('fault' in signature) throw new Error(signature.fault)
  const text = textBeforeBody({ method, uri, clientId: header('Client-Id'), time: header('Request-Time') }) + body
  const key = createPublicKey({ key: Buffer.from(networkPublicKey ?? '', 'base64'), format: 'der', type: 'spki' })
  return verify('sha256', Buffer.from(text), key, Buffer.from(signature.signature, 'base64'))
}

describe('a notification', () => {
  test('is kept byte for byte as it would have gone out, and nobody has acknowledged it', async () => {
    const paymentId = await pay()
    const [call] = await kept(1)
    const [notification] = await log()
    expect(call).toMatchObject({
      ...{ api: 'notifyPayment', family: 'aps', method: 'POST', uri: '/notify?from=slipway', paymentId },
      ...{ notificationId: notification?.id, notificationState: 'kept', body: notification?.body },
      bytes: Buffer.byteLength(call?.body ?? ''),
    })
    expect(call?.headers.map(({ name }) => name)).toEqual(['Content-Type', 'Client-Id', 'Request-Time', 'Signature'])
    expect(call && isGenuine(call)).toBe(true)
    expect(notification).toMatchObject({ state: 'kept', nextAttemptAt: null, attempts: [], url: INBOX_URL })
  })

  test('is not sent again, pauses nothing, and no acceptance case takes it for acknowledged', async () => {
    for (let i = 0; i < 6; i++) await pay()
    await kept(6)
    center.clock.forward(20 * 60)
    await pay()
    await kept(7)
    expect((await made.developer.do(listFailingEndpoints, { params: params() })).items).toEqual([])
    expect(await passed()).toEqual([])
    const { setUp } = await made.developer.do(checkSetUp, { params: params() })
    expect(setUp.find(({ check }) => check === 'reachable')).toMatchObject({ isRight: false })
  })

  test('that is sent again by hand is kept again, with the same body and a time of its own', async () => {
    await pay()
    const [first] = await kept(1)
    center.clock.forward(60)
    const notificationId = first?.notificationId ?? ''
    await made.developer.do(resendNotification, { params: { ...params(), notificationId } })
    const [again] = await kept(2)
    expect(again?.body).toBe(first?.body)
    expect(again?.headers).not.toEqual(first?.headers)
    expect(again && isGenuine(again)).toBe(true)
    await expect.poll(log).toMatchObject([{ state: 'kept', attempts: [] }])
  })

  test('can be one of a paymentNotifyUrl, and inbox: alone is its shortest path', async () => {
    await pay({ paymentNotifyUrl: 'inbox:' })
    const [call] = await kept(1)
    expect(call?.uri).toBe('/')
    expect(call && isGenuine(call)).toBe(true)
  })

  test('that was made up comes as it was wished: twice, or with a wrong signature', async () => {
    const wish = (manner: 'twice' | 'wrong_signature') =>
      made.developer.do(sendTestNotification, {
        params: params(),
        body: { ...MADE_UP, url: 'inbox:/made-up', manner },
      })
    await wish('twice')
    expect((await kept(2)).map((call) => [call.body, isGenuine(call)])).toEqual([
      [MADE_UP.body, true],
      [MADE_UP.body, true],
    ])
    await wish('wrong_signature')
    const [forged] = await kept(3)
    expect(forged && isGenuine(forged)).toBe(false)
    await expect.poll(async () => (await log()).map(({ state }) => state)).toEqual(['kept', 'kept'])
  })
})
const MADE_UP = {
  ...({ api: 'notifyPayment', family: 'aps', delaySeconds: 5, earlier: null } as const),
  body: '{"paymentRequestId": "made-up",  "name":"Zoë ✓"}',
}

test('a question of the network is kept too: its outcome is unknown, and the request log says why', async () => {
  const wallet = await makeWallet(center)
  const at = { params: { ...wallet.params, api: 'pay' as const }, body: { url: 'inbox:/pay' } }
  await wallet.developer.do(setNotificationUrl, at)
  await made.developer.do(addProducts, { params: params(), body: { products: ['user_presented'] } })
  await join(wallet, made)
  const { body } = await made.server.call('payments/pay', shopOrder(await codeOf(wallet), '1999'))
  expect(body.result).toMatchObject({ resultStatus: 'U' })
  const items = (await wallet.developer.do(listInbox, { params: wallet.params, query: {} })).items
  expect(items).toMatchObject([{ api: 'pay', uri: '/pay', notificationId: null }])
  const callId = items[0]?.id ?? ''
  const call = await wallet.developer.do(getInboxCall, { params: { ...wallet.params, callId } })
  expect(isGenuine(call, wallet.sandbox.networkPublicKey)).toBe(true)
  const sent = await wallet.developer.call(sendInboxCall, {
    params: { ...wallet.params, callId },
    body: { url: wallet.server.urlOf('pay') },
  })
  expect(sent.body).toMatchObject({ code: 'inbox.not_sendable' })
  const asked = await wallet.developer.do(listExchanges, { params: wallet.params, query: { api: 'pay' } })
  expect(asked.items).toMatchObject([{ direction: 'out', resultStatus: 'U', signature: 'absent' }])
  await wallet.server.close()
})

describe('sent to a server', () => {
  test('it is the notification itself: the same body, signed anew, and its acknowledgement counts', async () => {
    await pay()
    const [call] = await kept(1)
    expect((await send(call?.id ?? '', made.server.notifyUrl)).status).toBe(200)
    const [received] = await made.server.waitForNotifications(1)
    expect(received).toMatchObject({ raw: call?.body, verified: true, uri: '/notify?from=slipway' })
    await expect
      .poll(log)
      .toMatchObject([{ state: 'acknowledged', url: made.server.notifyUrl, attempts: [{ fault: null }] }])
    expect(await open(call?.id ?? '')).toMatchObject({ notificationState: 'acknowledged' })
    expect(await passed()).not.toEqual([])
  })

  test('what is not acknowledged then has failed, and can be sent once more', async () => {
    made.server.acknowledge = (_received, response) => void response.writeHead(500).end()
    await pay()
    const [call] = await kept(1)
    await setUrl(made.server.notifyUrl)
    await send(call?.id ?? '', null)
    await expect.poll(log).toMatchObject([{ state: 'failed', attempts: [{ fault: 'wrong_status' }] }])
    made.server.acknowledge = (received, response) => made.server.acknowledgeSigned(received, response)
    await send(call?.id ?? '', null)
    await expect.poll(log).toMatchObject([{ state: 'acknowledged', attempts: [{}, { fault: null }] }])
  })

  test.each([
    ['without a URL, where none is set but the inbox', null, 'inbox.no_url'],
    ['back to the inbox', 'inbox:/notify', 'inbox.own_url'],
    ['to a private address', 'https://10.0.0.1/notify', 'url.not_public'],
    ['to what is no URL', 'notify', 'url.malformed'],
  ])('%s it is refused', async (_name, url, code) => {
    await pay()
    const [call] = await kept(1)
    expect((await send(call?.id ?? '', url)).body).toMatchObject({ code })
    expect(await log()).toMatchObject([{ state: 'kept', url: INBOX_URL }])
  })
})

test('the list is found through by name and by id, and goes on where a page ends', async () => {
  const ids: string[] = []
  for (const count of [1, 2, 3]) {
    ids.push(await pay())
    await kept(count)
  }
  const calls = await kept(3)
  const first = await list({ limit: 2 })
  expect(first.items.map(({ paymentId }) => paymentId)).toEqual([ids[2], ids[1]])
  const rest = await list({ limit: 2, cursor: first.nextCursor ?? '' })
  expect([rest.items.map(({ paymentId }) => paymentId), rest.nextCursor]).toEqual([[ids[0]], null])
  expect((await list({ search: ids[1] })).items).toHaveLength(1)
  expect((await list({ search: calls[0]?.notificationId ?? '' })).items).toMatchObject([{ id: calls[0]?.id }])
  expect((await list({ search: ids[1]?.slice(0, 8) })).items).toEqual([])
  expect((await list({ api: 'authNotify' })).items).toEqual([])
})

test('nobody else can read it: another partner, and a colleague without the permission', async () => {
  await pay()
  const [call] = await kept(1)
  const callId = call?.id ?? ''
  const other = await makeIntegration(center)
  const foreign = { ...params(), callId }
  const mine = { applicationId: other.application.id, callId }
  expect((await other.developer.call(listInbox, { params: params(), query: {} })).status).toBe(404)
  expect((await other.developer.call(getInboxCall, { params: foreign })).status).toBe(404)
  expect((await other.developer.call(getInboxCall, { params: mine })).status).toBe(404)
  const body = { url: other.server.notifyUrl }
  expect((await other.developer.call(sendInboxCall, { params: foreign, body })).status).toBe(404)
  expect((await other.developer.call(sendInboxCall, { params: mine, body })).status).toBe(404)
  const merchants = await makeMember(center, made.partner, ['merchant_onboarding'])
  expect((await merchants.call(getInboxCall, { params: foreign })).status).toBe(403)
  await other.server.close()
})

describe('it is bounded', () => {
  const keep = (body: string, count: number) =>
    newContext(center.app, { kind: 'system' }).tx(async (tx) => {
      for (let i = 0; i < count; i++)
        await keepCall(tx, {
          ...{ applicationId: made.application.id, api: 'notifyPayment', family: 'aps', at: center.clock.now() },
          ...{ uri: '/', headers: {}, body, notificationId: null, paymentRequestId: `${i}`, paymentId: '' },
        })
    })

  test('in number: the oldest make room', async () => {
    await keep('{"first":true}', 1)
    const [first] = (await list()).items
    // Ids of one millisecond have no order.
    const before = Date.now()
    await vi.waitUntil(() => Date.now() > before, { interval: 1 })
    await keep('{}', INBOX.calls - 1)
    expect((await list({ search: first?.id ?? '' })).items).toHaveLength(1)
    await keep('{}', 3)
    expect((await list({ search: first?.id ?? '' })).items).toEqual([])
    const { n } = await center.app.database.reader
      .selectFrom('inbox_calls')
      .select((eb) => eb.fn.countAll().as('n'))
      .where('application_id', '=', made.application.id)
      .executeTakeFirstOrThrow()
    expect(Number(n)).toBe(INBOX.calls)
  })

  test('and in size, where the newest always stays', async () => {
    const half = `{"x":"${'x'.repeat(INBOX.bytes / 2)}"}`
    await keep(half, 1)
    const before = Date.now()
    await vi.waitUntil(() => Date.now() > before, { interval: 1 })
    await keep(half, 1)
    expect((await list()).items).toHaveLength(1)
    await keep('{}', 1)
    expect((await list()).items).toHaveLength(2)
  })
})

test('calls go with the logs, by age', async () => {
  await pay()
  const [call] = await kept(1)
  const retain = () => deleteOld(newContext(center.app, { kind: 'system' }))
  await retain()
  const rows = () =>
    center.app.database.reader
      .selectFrom('inbox_calls')
      .select('id')
      .where('id', '=', call?.id ?? '')
      .execute()
  expect(await rows()).toHaveLength(1)
  center.clock.forward(7 * 86_400 + 60)
  await retain()
  expect(await rows()).toEqual([])
})

test.each([
  ['a host', 'inbox://localhost/notify'],
  ['no stroke', 'inbox:notify'],
  ['a fragment', 'inbox:/notify#here'],
])('a URL with %s is refused', async (_name, url) => {
  expect((await setUrl(url)).body).toMatchObject({ code: 'url.not_inbox', fields: [{ path: 'url' }] })
})

test('production never takes one', async () => {
  const reply = await made.developer.call(setProductionUrl, {
    params: { ...params(), api: 'notifyPayment' },
    body: { url: INBOX_URL },
  })
  expect(reply.body).toMatchObject({ code: 'url.not_https' })
})
