import type { ServerResponse } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { logIn } from '../../contract/accounts.ts'
import { setNotificationUrl } from '../../contract/applications.ts'
import { listNotifications } from '../../contract/log.ts'
import { decideOrder, getOrder } from '../../contract/wallet.ts'
import { NOTIFICATION_LADDER_SECONDS } from '../../rules/notification.ts'
import { TestBrowser } from '../../test/browser.ts'
import { makeIntegration, PASSWORD } from '../../test/make.ts'
import { orderKey } from '../../test/partner.ts'
import { type Center, startCenter } from '../../test/start.ts'

let center: Center
let made: Awaited<ReturnType<typeof makeIntegration>>
beforeAll(async () => {
  // The worker is driven by the tests: what is due is done when they say so.
  center = await startCenter()
})
beforeEach(async () => {
  made = await makeIntegration(center)
})
afterAll(() => center.close())

const payer = () => new TestBrowser(center.origin)

/** A payment that the payer has decided. Returns its ids. */
async function decided(decision: 'pay' | 'decline', change: Record<string, unknown> = {}) {
  const { body } = await made.server.pay(change)
  const params = orderKey(body)
  await payer().do(decideOrder, { params, body: { decision } })
  return { paymentId: body.paymentId }
}
const log = async () => {
  const ask = () =>
    made.developer.call(listNotifications, { params: { applicationId: made.application.id }, query: {} })
  const reply = await ask()
  if (reply.status === 200) return reply.body.items
  // The clock was moved past the end of the session.
  await made.developer.do(logIn, { body: { email: made.developer.email, password: PASSWORD } })
  return (await ask()).body.items
}
const attempts = async (count: number) => {
  await expect.poll(async () => (await log())[0]?.attempts.length ?? 0).toBe(count)
  const [notification] = await log()
  if (!notification) throw new Error('There is no notification.')
  return notification
}

describe('a final outcome', () => {
  test.each([
    ['pay', 'SUCCESS', 'S'],
    ['decline', 'USER_PAYMENT_VERIFICATION_FAILED', 'F'],
  ] as const)(
    '%s is told once, signed, and acknowledged by a signed answer',
    async (decision, resultCode, resultStatus) => {
      const { paymentId } = await decided(decision)
      const [received] = await made.server.waitForNotifications(1)
      expect(received?.verified).toBe(true)
      expect(received?.headers['client-id']).toBe(made.sandbox.clientId)
      expect(received?.body).toMatchObject({
        paymentId,
        paymentResult: { resultCode, resultStatus },
        acquirerId: made.sandbox.participantId,
      })
      const notification = await attempts(1)
      expect(notification).toMatchObject({ state: 'acknowledged', nextAttemptAt: null, url: made.server.notifyUrl })
      expect(notification.attempts).toMatchObject([{ number: 1, status: 200, fault: null, signatureVerified: true }])
      center.clock.forward(48 * 3600)
      await center.worker.runDue()
      expect(made.server.received).toHaveLength(1)
    },
  )

  test('that the clock brings about is told as well', async () => {
    await made.server.pay()
    center.clock.forward(601)
    await center.worker.runDue()
    const [received] = await made.server.waitForNotifications(1)
    expect(received?.body.paymentResult).toMatchObject({ resultCode: 'ORDER_IS_CLOSED', resultStatus: 'F' })
  })

  test('goes to the URL of the request before the one of the settings', async () => {
    const other = await makeIntegration(center, { notify: false })
    await decided('pay', { paymentNotifyUrl: other.server.notifyUrl })
    await other.server.waitForNotifications(1)
    expect(made.server.received).toHaveLength(0)
    await other.server.close()
  })

  test('of many decisions at once, one counts, and one notification goes out', async () => {
    const { body } = await made.server.pay()
    const params = orderKey(body)
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        payer().call(decideOrder, { params, body: { decision: i % 2 ? 'pay' : 'decline' } }),
      ),
    )
    const { state } = await payer().do(getOrder, { params })
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(10)
    await made.server.waitForNotifications(1)
    const [notification] = await log()
    expect(notification?.body).toContain(state === 'SUCCESS' ? '"resultStatus":"S"' : '"resultStatus":"F"')
    expect(await log()).toHaveLength(1)
  })
})

describe('what is not an acknowledgement', () => {
  const success = JSON.stringify({ result: { resultCode: 'SUCCESS', resultStatus: 'S', resultMessage: 'success' } })
  const answer = (status: number, body: string) => (_received: unknown, response: ServerResponse) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(body)

  test.each([
    ['no_signature', answer(200, success), null],
    ['wrong_status', answer(500, success), null],
    ['not_json', answer(200, 'ok'), null],
    ['not_success', answer(200, success.replace('"S"', '"U"')), null],
    ['no_answer', (_received: unknown, response: ServerResponse): void => void response.destroy(), null],
    [
      'wrong_status',
      (_received: unknown, response: ServerResponse): void =>
        void response.writeHead(302, { location: '/elsewhere' }).end(),
      null,
    ],
    [
      'no_answer',
      (_received: unknown, response: ServerResponse): void => void response.writeHead(200).end('x'.repeat(100_000)),
      null,
    ],
  ] as const)('%s', async (fault, acknowledge, signatureVerified) => {
    made.server.acknowledge = acknowledge
    await decided('pay')
    const notification = await attempts(1)
    expect(notification.state).toBe('waiting')
    expect(notification.attempts[0]).toMatchObject({ fault, signatureVerified })
    expect(notification.attempts[0]?.faultText).toEqual(expect.any(String))
  })

  test('a signature that does not verify', async () => {
    made.server.acknowledge = (received, response) =>
      made.server.acknowledgeSigned(received, response, { signature: made.server.sign('something else') })
    await decided('pay')
    const notification = await attempts(1)
    expect(notification.attempts[0]).toMatchObject({ fault: 'wrong_signature', signatureVerified: false })
  })
})

describe('the ladder', () => {
  test('sends again after each published wait until the answer is signed', async () => {
    made.server.acknowledge = (_received, response) => void response.writeHead(200).end('{}')
    await decided('pay')
    for (const [done, wait] of NOTIFICATION_LADDER_SECONDS.slice(1, 4).entries()) {
      const notification = await attempts(done + 1)
      const planned = Date.parse(notification.nextAttemptAt ?? '') - center.clock.now()
      expect(planned / 1000).toBeGreaterThan(wait - 10)
      expect(planned / 1000).toBeLessThanOrEqual(wait)
      center.clock.forward(wait - 10)
      await center.worker.runDue()
      expect((await log())[0]?.attempts).toHaveLength(done + 1)
      center.clock.forward(11)
      await center.worker.runDue()
    }
    made.server.acknowledge = (received, response) => made.server.acknowledgeSigned(received, response)
    await attempts(4)
    center.clock.forward(3601)
    await center.worker.runDue()
    const notification = await attempts(5)
    expect(notification.state).toBe('acknowledged')
    expect(notification.attempts.map(({ signatureVerified }) => signatureVerified)).toEqual([
      null,
      null,
      null,
      null,
      true,
    ])
    expect(new Set(made.server.received.map(({ raw }) => raw)).size).toBe(1)
    expect(made.server.received.every(({ verified }) => verified)).toBe(true)
  })

  test('ends after eight sends', async () => {
    made.server.acknowledge = (_received, response) => void response.writeHead(503).end()
    await decided('pay')
    for (let sends = 1; sends < 8; sends++) {
      await attempts(sends)
      center.clock.forward(15 * 3600 + 1)
      await center.worker.runDue()
    }
    expect(await attempts(8)).toMatchObject({ state: 'failed', nextAttemptAt: null })
    center.clock.forward(100 * 3600)
    await center.worker.runDue()
    expect(made.server.received).toHaveLength(8)
  })
})

test('a name that leads inside by the time of the sending is not called', async () => {
  let address = '93.184.216.34'
  const rebinding = await startCenter({ resolve: async () => [{ address, family: 4 }] })
  const there = await makeIntegration(rebinding, { notify: false })
  const params = { applicationId: there.application.id }
  await there.developer.do(setNotificationUrl, {
    params: { ...params, api: 'notifyPayment' },
    body: { url: 'https://partner.test/notify' },
  })
  address = '10.0.0.5'
  const { body } = await there.server.pay()
  const order = orderKey(body)
  await new TestBrowser(rebinding.origin).do(decideOrder, { params: order, body: { decision: 'pay' } })
  await expect
    .poll(async () => (await there.developer.do(listNotifications, { params, query: {} })).items[0]?.attempts[0]?.fault)
    .toBe('no_answer')
  await there.server.close()
  await rebinding.close()
})
