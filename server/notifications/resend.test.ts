import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { deleteApplication } from '../../contract/applications.ts'
import { countResend, lastResend, resendMatching } from '../../contract/delivery.ts'
import { sendTestNotification } from '../../contract/inotify.ts'
import { listNotifications, resendNotification } from '../../contract/log.ts'
import { decideOrder } from '../../contract/wallet.ts'
import { RESEND } from '../../rules/limits.ts'
import { addAttempts } from '../../test/attempts.ts'
import { TestBrowser } from '../../test/browser.ts'
import { makeIntegration } from '../../test/make.ts'
import { orderKey } from '../../test/partner.ts'
import { type Center, startCenter } from '../../test/start.ts'
import { newId } from '../clock.ts'

let center: Center
let made: Awaited<ReturnType<typeof makeIntegration>>
beforeAll(async () => {
  center = await startCenter()
})
beforeEach(async () => {
  made = await makeIntegration(center)
})
afterAll(() => center.close())

async function paid(): Promise<string> {
  const { body } = await made.server.pay()
  await new TestBrowser(center.origin).do(decideOrder, { params: orderKey(body), body: { decision: 'pay' } })
  await made.server.waitForNotifications(1)
  return String(body.paymentId)
}

const params = () => ({ applicationId: made.application.id })
const list = async (query: Record<string, string> = {}) => {
  const params = { applicationId: made.application.id }
  return (await made.developer.do(listNotifications, { params, query })).items
}
const first = async () => {
  const [notification] = await list()
  if (!notification) throw new Error('There is no notification.')
  return notification
}
const resend = async (notificationId: string) =>
  made.developer.do(resendNotification, { params: { applicationId: made.application.id, notificationId } })
const refusing = (_received: unknown, response: { writeHead(status: number): { end(): void } }) =>
  void response.writeHead(500).end()
const attempts = (count: number) => expect.poll(async () => (await first()).attempts.length).toBe(count)

describe('a resend', () => {
  test('of an acknowledged notification is one more attempt, and it stays acknowledged', async () => {
    await paid()
    await attempts(1)
    const { id, state } = await first()
    expect(state).toBe('acknowledged')
    made.server.acknowledge = refusing
    await resend(id)
    await attempts(2)
    expect(await first()).toMatchObject({ state: 'acknowledged', nextAttemptAt: null })
    expect(made.server.received[1]?.raw).toBe(made.server.received[0]?.raw)
    expect(made.server.received[1]?.verified).toBe(true)
  })

  test('that is acknowledged ends the schedule', async () => {
    made.server.acknowledge = refusing
    await paid()
    await attempts(1)
    made.server.acknowledge = (received, response) => made.server.acknowledgeSigned(received, response)
    await resend((await first()).id)
    await attempts(2)
    expect(await first()).toMatchObject({ state: 'acknowledged', nextAttemptAt: null })
    center.clock.forward(121)
    await center.worker.runDue()
    expect(made.server.received).toHaveLength(2)
  })

  test('that fails does not use up the schedule', async () => {
    made.server.acknowledge = refusing
    await paid()
    await attempts(1)
    const before = await first()
    await resend(before.id)
    await attempts(2)
    expect(await first()).toMatchObject({ state: 'waiting', nextAttemptAt: before.nextAttemptAt })
    center.clock.forward(121)
    await center.worker.runDue()
    await attempts(3)
    const { attempts: all } = await first()
    expect(all.map(({ number }) => number)).toEqual([1, 2, 3])
  })

  test('that is acknowledged stays so when the attempt before it fails later', async () => {
    const held: { writeHead(status: number): { end(): void } }[] = []
    made.server.acknowledge = (_received, response) => void held.push(response)
    await paid()
    made.server.acknowledge = (received, response) => made.server.acknowledgeSigned(received, response)
    await resend((await first()).id)
    await attempts(1)
    expect(await first()).toMatchObject({ state: 'acknowledged' })
    held[0]?.writeHead(500).end()
    await attempts(2)
    expect(await first()).toMatchObject({ state: 'acknowledged', nextAttemptAt: null })
  })

  test('many at once are numbered one by one', async () => {
    await paid()
    await attempts(1)
    const { id } = await first()
    await Promise.all(Array.from({ length: 5 }, () => resend(id)))
    await attempts(6)
    expect((await first()).attempts.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6])
  })

  test('again and again: the newest attempts are listed, fewer on a full page, and how many there were', async () => {
    await paid()
    await attempts(1)
    const { id } = await first()
    await addAttempts(center, id, Array(129).fill(null))
    const shown = async (limit: number) => {
      const { items } = await made.developer.do(listNotifications, { params: params(), query: { limit } })
      const found = items.find((one) => one.id === id)
      return [found?.attempts.length, found?.attempts[0]?.number, found?.attempts.at(-1)?.number, found?.attemptCount]
    }
    expect(await shown(100)).toEqual([100, 31, 130, 130])
    const body = { url: 'inbox:/many', manner: 'once', delaySeconds: 5, body: '{}', earlier: null } as const
    for (let i = 0; i < 19; i++) {
      const api = 'notifyPayment' as const
      await made.developer.do(sendTestNotification, { params: params(), body: { ...body, api, family: 'aps' } })
    }
    expect(await shown(20)).toEqual([50, 81, 130, 130])
  })

  test('of another partner’s notification is not found', async () => {
    await paid()
    const { id } = await first()
    const other = await makeIntegration(center, { notify: false })
    const params = { applicationId: other.application.id, notificationId: id }
    expect((await other.developer.call(resendNotification, { params })).body.code).toBe('thing.not_found')
    await other.server.close()
  })
})

describe('a resend of all that match', () => {
  const params = () => ({ applicationId: made.application.id })
  const progress = async () => (await made.developer.do(lastResend, { params: params() })).resend
  const sendAll = (body: { state?: 'failed' | 'acknowledged'; search?: string; key: string }) =>
    made.developer.call(resendMatching, { params: params(), body })

  test('takes what the filter shows, the oldest first, and tells how far it is', async () => {
    const ids = [await paid(), await paid(), await paid()]
    await expect.poll(async () => (await list({ state: 'acknowledged' })).length).toBe(3)
    expect(await made.developer.do(countResend, { params: params(), query: { state: 'failed' } })).toMatchObject({
      count: 0,
    })
    const query = { state: 'acknowledged' } as const
    expect(await made.developer.do(countResend, { params: params(), query })).toEqual({
      count: 3,
      most: RESEND.mostAtOnce,
    })
    expect(await progress()).toBeNull()
    const open: (() => void)[] = []
    made.server.acknowledge = (received, response) =>
      void open.push(() => made.server.acknowledgeSigned(received, response))
    const { body: begun } = await sendAll({ ...query, key: 'the first click' })
    expect(begun).toMatchObject({ total: 3, done: 0, isOver: false })
    await made.server.waitForNotifications(6)
    expect(await progress()).toMatchObject({ total: 3, done: 0 })
    open.shift()?.()
    await expect.poll(progress).toMatchObject({ done: 1, acknowledged: 1, isOver: false })
    for (const answer of open) answer()
    await expect.poll(progress).toMatchObject({ done: 3, acknowledged: 3, isOver: true })
    const again = made.server.received.slice(3).map(({ body }) => String(body.paymentId))
    expect(again.sort()).toEqual(ids.sort())
  })

  test('is done once, however often it is clicked, and one is under way at a time', async () => {
    await paid()
    await attempts(1)
    const open: (() => void)[] = []
    made.server.acknowledge = (received, response) =>
      void open.push(() => made.server.acknowledgeSigned(received, response))
    const clicks = await Promise.all(Array.from({ length: 5 }, () => sendAll({ key: 'one and the same' })))
    expect(new Set(clicks.map(({ body }) => body.id)).size).toBe(1)
    await made.server.waitForNotifications(2)
    expect((await sendAll({ key: 'another click' })).body.code).toBe('resend.under_way')
    for (const answer of open) answer()
    await expect.poll(progress).toMatchObject({ isOver: true })
    expect(made.server.received).toHaveLength(2)
    expect((await sendAll({ key: 'one and the same' })).body).toMatchObject({ isOver: true, done: 1 })
    expect(made.server.received).toHaveLength(2)
  })

  test('takes a thousand at most, and says how many there are', async () => {
    await paid()
    await attempts(1)
    await copies(RESEND.mostAtOnce + 4)
    expect(await made.developer.do(countResend, { params: params(), query: {} })).toMatchObject({
      count: RESEND.mostAtOnce + 5,
    })
    expect((await sendAll({ key: 'all of them' })).body.total).toBe(RESEND.mostAtOnce)
    await expect.poll(progress, { timeout: 60_000 }).toMatchObject({ isOver: true, acknowledged: RESEND.mostAtOnce })
  })

  test('of nothing is refused, and so is one too many in an hour', async () => {
    const tooMany = RESEND.allPerHour + 1
    const codes: unknown[] = []
    for (let i = 0; i < tooMany; i++)
      codes.push((await sendAll({ search: 'nothing', key: `click ${i} here` })).body.code)
    expect(codes[0]).toBe('resend.nothing_matches')
    expect(codes).not.toContain('request.too_many')
    await paid()
    await attempts(1)
    codes.length = 0
    for (let i = 0; i < tooMany; i++) {
      codes.push((await sendAll({ key: `resend ${i} here` })).body.code)
      await expect.poll(async () => (await progress())?.isOver).toBe(true)
    }
    expect(codes.slice(0, -1).every((code) => code === undefined)).toBe(true)
    expect(codes.at(-1)).toBe('request.too_many')
  })

  test('stands in the audit log of the partner with its filter', async () => {
    await paid()
    await attempts(1)
    await sendAll({ state: 'acknowledged', key: 'for the auditor' })
    const entries = await center.app.database.reader
      .selectFrom('audit_entries')
      .select(['action', 'after'])
      .where('chain', '=', made.partner.id)
      .where('action', '=', 'notification.resend_matching')
      .execute()
    expect(entries).toEqual([
      { action: 'notification.resend_matching', after: JSON.stringify({ state: 'acknowledged', notifications: 1 }) },
    ])
  })
})

test('single resends are rationed by the hour', async () => {
  await paid()
  await attempts(1)
  const { id } = await first()
  await center.app.database.transact((db) =>
    db
      .insertInto('counters')
      .values({
        key: `resend ${made.application.id}`,
        count: RESEND.perHour - 1,
        resets_at: center.clock.now() + 3_600_000,
      })
      .execute(),
  )
  await resend(id)
  const params = { applicationId: made.application.id, notificationId: id }
  expect((await made.developer.call(resendNotification, { params })).body.code).toBe('request.too_many')
  await attempts(2)
})

/** Copies of the one notification there is, as if it had been told of so many payments. */
async function copies(count: number): Promise<void> {
  await center.app.database.transact(async (db) => {
    const row = await db
      .selectFrom('notifications')
      .selectAll()
      .where('application_id', '=', made.application.id)
      .executeTakeFirstOrThrow()
    for (let i = 0; i < count; i++) {
      await db
        .insertInto('notifications')
        .values({ ...row, id: newId('ntf') })
        .execute()
    }
  })
}

test('the log is searched by payment', async () => {
  const paymentId = await paid()
  expect(await list({ search: paymentId })).toHaveLength(1)
  expect(await list({ search: 'another' })).toHaveLength(0)
})

test('a notification of a deleted application ends as failed', async () => {
  made.server.acknowledge = refusing
  await paid()
  await attempts(1)
  const { id } = await first()
  const params = { applicationId: made.application.id }
  await made.developer.do(deleteApplication, { params, body: { typedName: made.application.name } })
  center.clock.forward(125)
  await center.worker.runDue()
  const row = await center.app.database.reader
    .selectFrom('notifications')
    .select(['state', 'next_attempt_at'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  expect(row).toEqual({ state: 'failed', next_attempt_at: null })
})
