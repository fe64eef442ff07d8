import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as applications from '../../contract/applications.ts'
import * as contract from '../../contract/launch.ts'
import * as production from '../../contract/production.ts'
import { EVENT_LADDER_SECONDS } from '../../rules/notification.ts'
import {
  confirmNow,
  isSignedEvent,
  makeLaunched,
  openProduction,
  openReceiver,
  passCases,
  proveNewKey,
} from '../../test/launch.ts'
import { makeMember, makePartner } from '../../test/make.ts'
import { type Center, startCenter } from '../../test/start.ts'

const TOKEN = 'r'.repeat(40)
let center: Center
let receiver: Awaited<ReturnType<typeof openReceiver>>
const answers: number[] = []

beforeEach(async () => {
  answers.splice(0, answers.length, 200)
  receiver = await openReceiver(answers)
  center = await startCenter({ config: { launchEventUrl: receiver.url, registryToken: TOKEN } })
})
afterEach(async () => {
  await center.close()
  await receiver.close()
})

const api = 'notifyPayment' as const
/** So many are there. What is due is sent now, not at the next look of the worker. */
const came = (count: number) =>
  expect
    .poll(async () => {
      await center.worker.runDue()
      return receiver.received.length
    })
    .toBe(count)
const types = () => receiver.received.map(({ body }) => JSON.parse(body).type)

const isSigned = (event: { headers: Record<string, string>; body: string }) => isSignedEvent(center, TOKEN, event)

describe('a launch event', () => {
  test('tells the network of the launch, signed so that its public key verifies it', async () => {
    const { application, clientId, system } = await makeLaunched(center)
    await came(1)
    expect(types()).toEqual(['application.launched'])
    const [event] = receiver.received
    if (!event) throw new Error('Nothing came.')
    expect(JSON.parse(event.body)).toMatchObject({
      type: 'application.launched',
      timestamp: expect.stringMatching(/Z$/),
      data: { clientId, applicationId: application.id, products: ['cashier'] },
    })
    expect(event.headers['webhook-id']).toMatch(/^evt_[0-9a-f]{32}$/)
    expect(await isSigned(event)).toBe(true)
    expect(await isSigned({ ...event, body: event.body.replace('cashier', 'cashiez') })).toBe(false)
    await system.close()
  })

  test('is sent again until it is taken, under the same id', async () => {
    answers.splice(0, answers.length, 500, 503, 204)
    const { system } = await makeLaunched(center)
    for (const [sent, wait] of EVENT_LADDER_SECONDS.slice(1, 3).entries()) {
      await came(sent + 1)
      center.clock.forward(wait)
    }
    await came(3)
    center.clock.forward(100_000)
    await center.worker.runDue()
    expect(receiver.received).toHaveLength(3)
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    for (const event of receiver.received) expect(await isSigned(event)).toBe(true)
    await system.close()
  })

  test('tells of keys, URLs and products of what is launched, and of nothing else', async () => {
    const { admin, application, params, architect, key, system } = await makeLaunched(center)
    const elsewhere = await openProduction()
    await proveNewKey(admin, application.id)
    await admin.do(production.retireProductionKey, { params: { ...params, version: key.version } })
    const to = { ...params, api }
    await admin.do(production.setProductionUrl, { params: to, body: { url: elsewhere.url } })
    await admin.do(production.setProductionUrl, { params: to, body: { url: elsewhere.url } })
    await admin.do(applications.addProducts, { params, body: { products: ['user_presented'] } })
    await passCases(center, application.id, ['user_presented'])
    const { requests } = await admin.do(contract.launchProducts, { params, body: { products: ['user_presented'] } })
    await confirmNow(architect, requests[0]?.id ?? '')
    await came(5)
    expect(types().sort()).toEqual([
      'application.launched',
      'key.activated',
      'key.retired',
      'notification_url.changed',
      'product.launched',
    ])
    const changed = receiver.received
      .map(({ body }) => JSON.parse(body))
      .find(({ type }) => type.startsWith('notification'))
    expect(changed.data).toMatchObject({ api, url: elsewhere.url })
    await Promise.all([system.close(), elsewhere.close()])
  })

  test('is not made of what is not launched', async () => {
    const admin = await makeMember(center, await makePartner(center))
    const { id } = await admin.do(applications.createApplication, {
      body: { name: 'Not yet', partnerType: 'acquirer', description: '', products: ['cashier'] },
    })
    await proveNewKey(admin, id)
    await center.worker.runDue()
    expect(types()).toEqual([])
  })
})
