import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { deleteApplication } from '../../contract/applications.ts'
import { listNotifications, resendNotification } from '../../contract/log.ts'
import { decideOrder } from '../../contract/wallet.ts'
import { TestBrowser } from '../../test/browser.ts'
import { makeIntegration } from '../../test/make.ts'
import { orderKey } from '../../test/partner.ts'
import { type Center, startCenter } from '../../test/start.ts'

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

  test('of another partner’s notification is not found', async () => {
    await paid()
    const { id } = await first()
    const other = await makeIntegration(center, { notify: false })
    const params = { applicationId: other.application.id, notificationId: id }
    expect((await other.developer.call(resendNotification, { params })).body.code).toBe('thing.not_found')
    await other.server.close()
  })
})

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
