import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listNotifications } from '../../contract/log.ts'
import { decideOrder } from '../../contract/wallet.ts'
import { TestBrowser } from '../../test/browser.ts'
import { makeIntegration } from '../../test/make.ts'
import { amsOrder, orderKey } from '../../test/partner.ts'
import { ModelReceiver } from '../../test/receiver.ts'
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

const ams = (api: string, body: Record<string, unknown>) =>
  made.server.call(`payments/${api}`, body, { prefix: '/ams/api/v1/' })

async function decided(decision: 'pay' | 'decline'): Promise<string> {
  const order = amsOrder()
  const { body } = await ams('pay', order)
  await new TestBrowser(center.origin).do(decideOrder, { params: orderKey(body), body: { decision } })
  return String(order.paymentRequestId)
}

/** Refunds so much of each, and asks to be told. Returns the ids. */
async function refunded(paymentRequestId: string, values: readonly string[]): Promise<string[]> {
  const { body } = await ams('inquiryPayment', { paymentRequestId })
  const ids: string[] = []
  for (const value of values) {
    const refundRequestId = `refund-${randomUUID()}`
    const refundAmount = { currency: 'USD', value }
    const refundNotifyUrl = made.server.notifyUrl
    await ams('refund', { paymentId: body.paymentId, refundRequestId, refundAmount, refundNotifyUrl })
    ids.push(refundRequestId)
  }
  return ids
}

test('whoever follows the documented rule ends in the same state, in whatever order and however often he is told', async () => {
  const paid = await decided('pay')
  const declined = await decided('decline')
  const cancelled = await decided('pay')
  const givenBack = await decided('pay')
  const refunds = await refunded(givenBack, ['500', '1000'])
  await ams('cancel', { paymentRequestId: cancelled })
  const told = (await made.server.waitForNotifications(6)).map(({ body }) => body)

  const end = (deliveries: readonly Record<string, unknown>[]) => {
    const receiver = new ModelReceiver()
    for (const id of refunds) receiver.asksRefund(givenBack, id)
    // Cancelled by its own call, before the notification that says "paid" arrives.
    receiver.cancelled(cancelled)
    for (const body of deliveries) receiver.take(body)
    return [paid, declined, cancelled, givenBack].map((id) => receiver.stateOf(id))
  }
  const inOrder = end(told)
  expect(inOrder).toEqual([
    { outcome: 'paid', refunded: 0 },
    { outcome: 'failed', refunded: 0 },
    { outcome: 'cancelled', refunded: 0 },
    { outcome: 'paid', refunded: 1500 },
  ])
  const shuffled = fc.shuffledSubarray([...told, ...told, ...told], { minLength: told.length * 3 })
  fc.assert(
    fc.property(shuffled, (deliveries) => {
      expect(end(deliveries)).toEqual(inOrder)
    }),
  )
})

test('the log counts what is told of one payment, with the time of the event', async () => {
  const id = await decided('pay')
  await refunded(id, ['1', '2'])
  const params = { applicationId: made.application.id }
  const about = async () => {
    const { items } = await made.developer.do(listNotifications, { params, query: { search: id } })
    return items.sort((a, b) => a.sequence - b.sequence)
  }
  await expect.poll(async () => (await about()).length).toBe(3)
  const items = await about()
  expect(items.map(({ api, sequence }) => [api, sequence])).toEqual([
    ['notifyPayment', 1],
    ['notifyRefund', 2],
    ['notifyRefund', 3],
  ])
  const times = items.map(({ eventAt }) => eventAt)
  expect(times).toEqual([...times].sort())
})
