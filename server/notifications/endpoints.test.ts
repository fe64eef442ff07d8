import type { ServerResponse } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { logIn } from '../../contract/accounts.ts'
import { listFailingEndpoints, resumeEndpoint } from '../../contract/delivery.ts'
import { listNotifications, resendNotification } from '../../contract/log.ts'
import { decideOrder } from '../../contract/wallet.ts'
import { ENDPOINT, OUTGOING } from '../../rules/limits.ts'
import { NOTIFICATION_LADDER_SECONDS } from '../../rules/notification.ts'
import { TestBrowser } from '../../test/browser.ts'
import { makeIntegration, makeMember, PASSWORD } from '../../test/make.ts'
import { orderKey, TestPartner } from '../../test/partner.ts'
import { type Center, startCenter } from '../../test/start.ts'
import { newContext } from '../context.ts'
import { deleteOld } from '../retention/retention.ts'

let center: Center
let made: Awaited<ReturnType<typeof makeIntegration>>
beforeAll(async () => {
  center = await startCenter()
})
beforeEach(async () => {
  made = await makeIntegration(center)
})
afterAll(() => center.close())

const params = () => ({ applicationId: made.application.id })
/** The clock is moved past the end of the session again and again. */
const logInAgain = () => made.developer.do(logIn, { body: { email: made.developer.email, password: PASSWORD } })
const endpoints = async () => (await made.developer.do(listFailingEndpoints, { params: params() })).items
const list = async () => (await made.developer.do(listNotifications, { params: params(), query: {} })).items

async function pay(count = 1): Promise<string[]> {
  const ids: string[] = []
  for (let i = 0; i < count; i++) {
    const { body } = await made.server.pay()
    await new TestBrowser(center.origin).do(decideOrder, { params: orderKey(body), body: { decision: 'pay' } })
    ids.push(String(body.paymentId))
  }
  return ids
}

const failing = (_received: unknown, response: ServerResponse) => void response.writeHead(500).end()
const paymentsReceived = () => made.server.received.map(({ body }) => String(body.paymentId))

/** Until every notification of now has used up its attempts, or `sends` of them. */
async function useUp(sends = NOTIFICATION_LADDER_SECONDS.length): Promise<void> {
  const rows = () =>
    center.app.database.reader
      .selectFrom('notifications')
      .select('attempts')
      .where('application_id', '=', made.application.id)
      .where('state', '!=', 'acknowledged')
      .execute()
  for (let attempt = 1; attempt <= sends; attempt++) {
    await center.worker.runDue()
    await expect.poll(async () => (await rows()).every(({ attempts }) => attempts >= attempt)).toBe(true)
    if (attempt < sends) center.clock.forward(15 * 3600 + 1)
  }
}

const mailsTo = (address: string, subject: RegExp) =>
  center.mail.mails.filter((mail) => mail.to === address && subject.test(mail.subject))

describe('an endpoint that acknowledges nothing', () => {
  test('is told once a day that notifications fail, and is paused after five in a row', async () => {
    const merchants = await makeMember(center, made.partner, ['merchant_onboarding'])
    made.server.acknowledge = failing
    await pay(ENDPOINT.pauseAfter - 1)
    await useUp()
    await center.mail.waitFor(made.developer.email, /a notification failed/)
    await logInAgain()
    expect(await endpoints()).toMatchObject([
      { failedInRow: 4, pausedAt: null, lastFault: 'wrong_status', origin: new URL(made.server.notifyUrl).origin },
    ])
    await pay()
    await useUp()
    const mail = await center.mail.waitFor(made.developer.email, /notifications are paused/)
    expect(mail.text).toContain(new URL(made.server.notifyUrl).origin)
    await logInAgain()
    const [endpoint] = await endpoints()
    expect(endpoint).toMatchObject({ failedInRow: 5, pausedAt: expect.any(String), waiting: 0 })
    // Four failed on the first of these days, the fifth on the next, and that one said more.
    expect(mailsTo(made.developer.email, /a notification failed/)).toHaveLength(1)
    expect(mailsTo(merchants.email, /notification/)).toEqual([])
    expect((await list()).every(({ state }) => state === 'failed')).toBe(true)
  })

  test('is sent nothing while it is paused, loses nothing, and gets what waits in order when it is resumed', async () => {
    made.server.acknowledge = failing
    await pay(ENDPOINT.pauseAfter)
    await useUp()
    const sent = made.server.received.length
    await logInAgain()
    const waiting = await pay(12)
    await center.worker.runDue()
    // Held for longer than the log is kept.
    center.clock.forward(8 * 86_400)
    await center.worker.runDue()
    await deleteOld(newContext(center.app, { kind: 'system' }))
    await logInAgain()
    expect(made.server.received).toHaveLength(sent)
    expect(await endpoints()).toMatchObject([{ waiting: 12 }])
    const held = (await list()).filter(({ state }) => state === 'waiting')
    expect(held).toHaveLength(12)
    expect(held.every(({ isHeld, nextAttemptAt, attempts }) => isHeld && !nextAttemptAt && attempts.length === 0)).toBe(
      true,
    )

    const open: (() => void)[] = []
    made.server.acknowledge = (received, response) =>
      void open.push(() => made.server.acknowledgeSigned(received, response))
    const { origin } = new URL(made.server.notifyUrl)
    const resumed = await made.developer.do(resumeEndpoint, { params: params(), body: { origin } })
    expect(resumed.items).toEqual([])
    for (let at = 0; at < waiting.length; at += OUTGOING.connectionsPerEndpoint) {
      await expect.poll(() => made.server.received.length).toBe(sent + at + OUTGOING.connectionsPerEndpoint)
      // Four at a time, and the oldest of them all.
      expect(
        paymentsReceived()
          .slice(sent + at)
          .sort(),
      ).toEqual(waiting.slice(at, at + 4).sort())
      for (const answer of open.splice(0)) answer()
    }
    await expect.poll(async () => (await list()).filter(({ state }) => state === 'waiting')).toEqual([])
  })

  test('that acknowledges once begins to be counted anew', async () => {
    made.server.acknowledge = failing
    await pay(ENDPOINT.pauseAfter - 1)
    await useUp()
    made.server.acknowledge = (received, response) => made.server.acknowledgeSigned(received, response)
    await logInAgain()
    await pay()
    await expect.poll(endpoints).toEqual([])
    made.server.acknowledge = failing
    await pay()
    await useUp()
    await logInAgain()
    expect(await endpoints()).toMatchObject([{ failedInRow: 1, pausedAt: null }])
  })

  test('is paused for its own application and host only', async () => {
    made.server.acknowledge = failing
    await pay(ENDPOINT.pauseAfter)
    await useUp()
    await logInAgain()
    const other = await makeIntegration(center, { notify: false })
    const { body } = await made.server.pay({ paymentNotifyUrl: other.server.notifyUrl })
    await new TestBrowser(center.origin).do(decideOrder, { params: orderKey(body), body: { decision: 'pay' } })
    await other.server.waitForNotifications(1)
    await other.server.close()
  })

  test('can be tried by hand while it is paused, and is resumed once', async () => {
    made.server.acknowledge = failing
    await pay(ENDPOINT.pauseAfter)
    await useUp()
    await logInAgain()
    made.server.acknowledge = (received, response) => made.server.acknowledgeSigned(received, response)
    const before = made.server.received.length
    const [first] = await list()
    await made.developer.do(resendNotification, { params: { ...params(), notificationId: first?.id ?? '' } })
    await made.server.waitForNotifications(before + 1)
    const { origin } = new URL(made.server.notifyUrl)
    expect(await endpoints()).toMatchObject([{ pausedAt: expect.any(String) }])
    await made.developer.do(resumeEndpoint, { params: params(), body: { origin } })
    const again = await made.developer.call(resumeEndpoint, { params: params(), body: { origin } })
    expect(again.body.code).toBe('endpoint.not_paused')
  })
})

test('mails about failures of many endpoints of one application are bounded together', async () => {
  const others = await Promise.all(
    Array.from({ length: ENDPOINT.mailsPerApplicationAndDay + 2 }, () => TestPartner.start(center.origin)),
  )
  for (const server of others) {
    server.acknowledge = failing
    const { body } = await made.server.pay({ paymentNotifyUrl: server.notifyUrl })
    await new TestBrowser(center.origin).do(decideOrder, { params: orderKey(body), body: { decision: 'pay' } })
  }
  await useUp()
  const written = await center.app.database.reader
    .selectFrom('mails')
    .select('id')
    .where('about', '=', made.application.id)
    .execute()
  expect(written).toHaveLength(ENDPOINT.mailsPerApplicationAndDay)
  await expect.poll(() => mailsTo(made.developer.email, /a notification failed/)).toHaveLength(written.length)
  for (const server of others) await server.close()
})
