import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { checkSetUp } from '../../contract/acceptance.ts'
import { deleteApplication, restoreApplication, setNotificationUrl } from '../../contract/applications.ts'
import { listAudit } from '../../contract/audit.ts'
import { listNotifications, resendNotification } from '../../contract/log.ts'
import { setProductionUrl } from '../../contract/production.ts'
import { getRelay, newRelayToken, removeRelayToken } from '../../contract/relays.ts'
import { decideOrder } from '../../contract/wallet.ts'
import { OUTGOING, RELAY } from '../../rules/limits.ts'
import { TestBrowser } from '../../test/browser.ts'
import { makeListener, TestListener } from '../../test/listener.ts'
import { makeIntegration } from '../../test/make.ts'
import { orderKey } from '../../test/partner.ts'
import { type Center, startCenter } from '../../test/start.ts'
import { newContext } from '../context.ts'
import { deleteOld } from '../retention/retention.ts'

const URI = '/notify?from=slipway'
const RELAY_URL = `relay:${URI}`

let center: Center
let made: Awaited<ReturnType<typeof makeIntegration>>
beforeAll(async () => {
  center = await startCenter()
})
beforeEach(async () => {
  made = await makeIntegration(center)
  await setUrl(RELAY_URL)
  return () => made.server.close()
})
afterAll(() => center.close())

const params = () => ({ applicationId: made.application.id })
const setUrl = (url: string) =>
  made.developer.call(setNotificationUrl, { params: { ...params(), api: 'notifyPayment' }, body: { url } })
const listenerOf = (name?: string) => makeListener(made.developer, made.application.id, name)
const view = () => made.developer.do(getRelay, { params: params() })
const list = async () => (await made.developer.do(listNotifications, { params: params(), query: {} })).items
const local = () => new URL(made.server.notifyUrl).origin

/** Payments that are paid, each of which is told. Returns their ids in order. */
async function pay(count = 1, change: Record<string, unknown> = {}): Promise<string[]> {
  const ids: string[] = []
  for (let i = 0; i < count; i++) {
    const { body } = await made.server.pay(change)
    await new TestBrowser(center.origin).do(decideOrder, { params: orderKey(body), body: { decision: 'pay' } })
    ids.push(String(body.paymentId))
  }
  return ids
}

/** Whether a call is its listener's until the time of its attempt is over. */
const isHeld = (id: string) => async () => {
  const { leased_until: leasedUntil, ends_at: endsAt } = await center.app.database.reader
    .selectFrom('relay_calls')
    .select(['leased_until', 'ends_at'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return leasedUntil === endsAt
}

/** Somebody listens from now on. */
async function there(listener: TestListener): Promise<TestListener> {
  expect((await listener.take({ waitSeconds: 0 })).status).toBe(200)
  return listener
}

describe('a call', () => {
  test('reaches the machine of the listener as it was signed, and its answer is judged like any other', async () => {
    const listener = await there(await listenerOf())
    const [paymentId] = await pay()
    const call = await listener.next()
    expect(call.uri).toBe(URI)
    expect(call.withinMs).toBeGreaterThan(1000)
    expect(await listener.forward(call, local())).toMatchObject({ status: 200, body: { isInTime: true } })
    const [received] = await made.server.waitForNotifications(1)
    expect(received).toMatchObject({ uri: URI, verified: true, body: { paymentId } })
    await expect
      .poll(list)
      .toMatchObject([{ url: RELAY_URL, state: 'acknowledged', attempts: [{ status: 200, signatureVerified: true }] }])
    const calls = await center.app.database.reader.selectFrom('relay_calls').selectAll().execute()
    expect(calls).toEqual([])
  })

  test.each([
    ['without a signature', 200, '{"result":{"resultCode":"SUCCESS","resultStatus":"S"}}', 'no_signature'],
    ['with another status', 502, 'slipway-listen: refused', 'wrong_status'],
    ['that is no JSON', 200, Buffer.from([0, 255, 128]), 'not_json'],
  ])('answered %s does not count', async (_name, status, body, fault) => {
    const listener = await there(await listenerOf())
    await pay()
    const { id } = await listener.next()
    await listener.answer(id, status, { 'X-One': 'a', 'x-one': 'b' }, body)
    await expect.poll(list).toMatchObject([{ state: 'waiting', attempts: [{ status, fault }] }])
    const [notification] = await list()
    expect(notification?.attempts[0]?.responseHeaders).toEqual([{ name: 'x-one', value: 'a, b' }])
    expect(notification?.nextAttemptAt).not.toBeNull()
  })

  test('is answered once: the second answer is too late, and so is one after the time of an attempt', async () => {
    const listener = await there(await listenerOf())
    await pay(2)
    const [first, second] = [await listener.next(), await listener.next()]
    expect((await listener.answer(first.id, 500, {}, '')).body).toEqual({ isInTime: true })
    expect((await listener.forward(first, local())).body).toEqual({ isInTime: false })
    await expect
      .poll(async () => (await list()).map(({ attempts }) => attempts[0]?.fault), {
        timeout: OUTGOING.attemptMs + 5000,
      })
      .toEqual(expect.arrayContaining(['no_answer', 'wrong_status']))
    expect((await listener.answer(second.id, 200, {}, '')).body).toEqual({ isInTime: false })
  })

  test('can be one of a paymentNotifyUrl', async () => {
    const listener = await there(await listenerOf())
    await pay(1, { paymentNotifyUrl: 'relay:/other/path' })
    expect((await listener.next()).uri).toBe('/other/path')
  })
})

describe('listeners', () => {
  test('get each call once, however many they are', async () => {
    const one = await there(await listenerOf('listener-one'))
    const two = new TestListener(center.origin, one.token, 'listener-two')
    const ids = await pay(12)
    const got: string[] = []
    const work = async (listener: TestListener) => {
      while (got.length < ids.length) {
        const { body } = await listener.take({ most: 1, waitSeconds: 1 })
        for (const call of body.calls) {
          got.push(call.id)
          await listener.forward(call, local())
        }
      }
    }
    await Promise.all([work(one), work(two)])
    expect(new Set(got).size).toBe(ids.length)
    await expect.poll(async () => (await list()).every(({ state }) => state === 'acknowledged')).toBe(true)
    expect(made.server.received.map(({ body }) => body.paymentId).sort()).toEqual(ids.sort())
  })

  test('that die give back what they had, within the time of the attempt', async () => {
    const dying = await there(await listenerOf('listener-dies'))
    await pay()
    const call = await dying.next()
    const dies = new AbortController()
    const poll = dying.take({ waitSeconds: 20 }, dies.signal).catch(() => 'dead')
    await expect.poll(async () => (await view()).isListening).toBe(true)
    // The poll has proved that the call before it was got.
    await expect.poll(isHeld(call.id)).toBe(true)
    const other = new TestListener(center.origin, dying.token, 'listener-lives')
    center.clock.forward(RELAY.leaseMs / 1000)
    expect((await other.take({ waitSeconds: 0 })).body.calls).toEqual([])
    const next = other.next()
    dies.abort()
    expect(await poll).toBe('dead')
    expect((await next).id).toBe(call.id)
    await other.forward(await next, local())
    await expect.poll(list).toMatchObject([{ state: 'acknowledged', attempts: [{ number: 1 }] }])
  })

  test('that die before they poll again never had it', async () => {
    const dead = await there(await listenerOf('listener-dies'))
    await pay()
    const goOn = center.clock.stand()
    onTestFinished(goOn)
    const call = await dead.next()
    const other = new TestListener(center.origin, dead.token, 'listener-lives')
    expect((await other.take({ waitSeconds: 0 })).body.calls).toEqual([])
    goOn()
    expect((await other.next()).id).toBe(call.id)
    // Who polls again has it to himself.
    await other.take({ waitSeconds: 0 })
    center.clock.forward(RELAY.leaseMs / 1000)
    expect((await dead.take({ waitSeconds: 0 })).body.calls).toEqual([])
    expect((await other.forward(call, local())).body).toEqual({ isInTime: true })
  })

  test('are ten at most, and may ask no longer than the limits say', async () => {
    const listener = await there(await listenerOf())
    const cut = new AbortController()
    // Whichever arrives last is one too many; the others go on waiting.
    const polls = Array.from({ length: RELAY.polls + 1 }, () =>
      listener.take({ waitSeconds: 20 }, cut.signal).then(
        ({ status }) => status,
        () => 'cut',
      ),
    )
    expect(await Promise.race(polls)).toBe(429)
    cut.abort()
    expect((await Promise.all(polls)).filter((end) => end === 'cut')).toHaveLength(RELAY.polls)
    await expect.poll(async () => (await listener.take({ waitSeconds: 0 })).status).toBe(200)
    expect((await listener.take({ waitSeconds: RELAY.pollSecondsMax + 1 })).status).toBe(422)
    const large = new Uint8Array(OUTGOING.answerBytes + 3)
    expect((await listener.answer(`rly_${'0'.repeat(32)}`, 200, {}, large)).status).toBe(422)
    const header = { long: 'x'.repeat(OUTGOING.headerBytes) }
    expect((await listener.answer(`rly_${'0'.repeat(32)}`, 200, header, '')).status).toBe(422)
  })
})

describe('with no listener', () => {
  test('nothing is an attempt; the first poll sends at once what waits, in its order', async () => {
    const listener = await listenerOf()
    const ids = await pay(9)
    await expect.poll(async () => (await list()).filter(({ awaitsListener }) => awaitsListener)).toHaveLength(9)
    expect((await list()).every(({ attempts, state }) => attempts.length === 0 && state === 'waiting')).toBe(true)
    expect(await view()).toMatchObject({ isListening: false, seenAt: null, waiting: 9 })
    const told: unknown[] = []
    while (told.length < ids.length) {
      const call = await listener.next()
      told.push(JSON.parse(Buffer.from(call.body, 'base64').toString()).paymentId)
      await listener.forward(call, local())
    }
    // Four are under way at a time, and whichever of them is laid down first is fetched first.
    for (let at = 0; at < ids.length; at++) expect(Math.abs(told.indexOf(ids[at]) - at)).toBeLessThan(8)
    expect(told.slice(0, 4).sort()).toEqual(ids.slice(0, 4).sort())
    await expect.poll(async () => (await list()).every(({ attempts }) => attempts.length === 1)).toBe(true)
    expect(await view()).toMatchObject({ isListening: true, seenAt: expect.any(String), waiting: 0 })
  })

  test('that fetches what it is believed to wait for, nobody was asked', async () => {
    await there(await listenerOf())
    await pay()
    const laidDown = () => center.app.database.reader.selectFrom('relay_calls').selectAll().execute()
    await expect.poll(laidDown).toHaveLength(1)
    // Believed to be there for some seconds; then what nobody fetched is held like the rest.
    center.clock.forward(RELAY.graceMs / 1000 + 1)
    await expect.poll(async () => (await list())[0]?.awaitsListener, { timeout: OUTGOING.attemptMs + 5000 }).toBe(true)
    expect((await list())[0]?.attempts).toEqual([])
  })

  test('sending again by hand says that there was no answer', async () => {
    await pay()
    await expect.poll(async () => (await list())[0]?.awaitsListener).toBe(true)
    const [notification] = await list()
    const notificationId = notification?.id ?? ''
    await made.developer.do(resendNotification, { params: { ...params(), notificationId } })
    await expect.poll(list).toMatchObject([{ state: 'waiting', attempts: [{ fault: 'no_answer' }] }])
  })

  test('the pre-flight says so', async () => {
    const reachable = async () =>
      (await made.developer.do(checkSetUp, { params: params() })).setUp.find(({ check }) => check === 'reachable')
    expect(await reachable()).toMatchObject({ isRight: false })
    await there(await listenerOf())
    expect(await reachable()).toMatchObject({ isRight: true })
  })
})

describe('the token', () => {
  test('is shown once, opens the relay of its own sandbox only, and ends when it is replaced or removed', async () => {
    const before = await listenerOf()
    const open = before.take({ waitSeconds: 20 })
    const listener = await listenerOf()
    expect(await open).toMatchObject({ status: 401, body: { code: 'relay.wrong_token' } })
    expect((await before.take({ waitSeconds: 0 })).status).toBe(401)
    expect((await there(listener)).token).not.toBe(before.token)
    const removed = listener.take({ waitSeconds: 20 })
    await expect.poll(async () => (await view()).isListening).toBe(true)
    expect(await made.developer.do(removeRelayToken, { params: params() })).toMatchObject({ token: null })
    expect((await removed).status).toBe(401)
    expect(JSON.stringify(await view())).not.toContain(listener.token)
    const { items } = await made.developer.do(listAudit, { query: {} })
    expect(items.map(({ action }) => action).slice(0, 3)).toEqual(['relay.remove', 'relay.token', 'relay.token'])
  })

  test.each([
    ['no token', ''],
    ['another one', 'x'.repeat(43)],
  ])('%s opens nothing', async (_name, token) => {
    const stranger = new TestListener(center.origin, token)
    expect((await stranger.take({ waitSeconds: 0 })).body).toMatchObject({ code: 'relay.wrong_token' })
    expect((await stranger.answer(`rly_${'0'.repeat(32)}`, 200, {}, '')).status).toBe(401)
  })

  test('of another partner neither fetches nor answers', async () => {
    const foreign = await makeIntegration(center)
    const stranger = await there(await makeListener(foreign.developer, foreign.application.id))
    const listener = await there(await listenerOf())
    await pay()
    const call = await listener.next()
    expect((await stranger.take({ waitSeconds: 0 })).body.calls).toEqual([])
    expect((await stranger.answer(call.id, 500, {}, '')).body).toEqual({ isInTime: false })
    expect((await listener.forward(call, local())).body).toEqual({ isInTime: true })
    const reply = await foreign.developer.call(newRelayToken, { params: params() })
    expect(reply.status).toBe(404)
    await foreign.server.close()
  })

  test('opens nothing while its application is deleted, and again when that is taken back', async () => {
    const listener = await there(await listenerOf())
    await made.developer.do(deleteApplication, { params: params(), body: { typedName: made.application.name } })
    expect((await listener.take({ waitSeconds: 0 })).status).toBe(401)
    await made.developer.do(restoreApplication, { params: params() })
    expect((await listener.take({ waitSeconds: 0 })).status).toBe(200)
  })

  test('is no use to a foreign page', async () => {
    const { token } = await listenerOf()
    const from = (headers: Record<string, string>) =>
      new TestBrowser(center.origin).send('POST', '/api/relay/take', '{}', {
        authorization: `Bearer ${token}`,
        ...headers,
      })
    expect((await from({ origin: 'https://evil.example' })).status).toBe(403)
    expect((await from({ 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  })
})

test.each([
  ['no path', 'relay:notify'],
  ['a host', 'relay://localhost/notify'],
  ['two strokes', 'relay:/a/..//notify'],
  ['a fragment', 'relay:/notify#here'],
])('a URL with %s is refused', async (_name, url) => {
  expect((await setUrl(url)).body).toMatchObject({ code: 'url.not_relay', fields: [{ path: 'url' }] })
})

test('production has no relay', async () => {
  const reply = await made.developer.call(setProductionUrl, {
    params: { ...params(), api: 'notifyPayment' },
    body: { url: RELAY_URL },
  })
  expect(reply.body).toMatchObject({ code: 'url.not_https' })
})

test('calls that nobody waits for any more are deleted', async () => {
  const row = { application_id: made.application.id, uri: '/', headers: '{}', body: '', created_at: 0, leased_until: 0 }
  const now = center.clock.now()
  await center.app.database.transact((db) =>
    db
      .insertInto('relay_calls')
      .values([
        { ...row, id: 'rly_old', ends_at: now - RELAY.staleSeconds * 1000 - 1 },
        { ...row, id: 'rly_new', ends_at: now },
      ])
      .execute(),
  )
  await deleteOld(newContext(center.app, { kind: 'system' }))
  const left = await center.app.database.reader.selectFrom('relay_calls').select('id').execute()
  expect(left).toEqual([{ id: 'rly_new' }])
})
