import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { me, proveSession } from '../../contract/accounts.ts'
import * as applications from '../../contract/applications.ts'
import * as contract from '../../contract/launch.ts'
import * as production from '../../contract/production.ts'
import type { TestBrowser } from '../../test/browser.ts'
import { confirmNow, makeReady, openProduction, passCases } from '../../test/launch.ts'
import { makeStaff, PASSWORD } from '../../test/make.ts'
import { type Center, startCenter } from '../../test/start.ts'

let center: Center
beforeEach(async () => {
  center = await startCenter({ config: { session: { idleSeconds: 400_000, absoluteSeconds: 400_000 } } })
})
afterEach(() => center.close())

const api = 'notifyPayment' as const
const HOUR = 3600
const REMARKS = [{ item: 'test_values' as const, text: 'Say in the description what you sell.' }]

const emailOf = async (browser: TestBrowser) => (await browser.do(me, {})).person.email

/** A request in review, and an architect to review it. */
async function filed() {
  const ready = await makeReady(center)
  const architect = await makeStaff(center)
  const { requests } = await ready.admin.do(contract.launchApplication, { params: ready.params })
  const requestId = requests[0]?.id ?? ''
  const read = () => architect.do(contract.getLaunchRequest, { params: { requestId } })
  const ask = async () => (await ready.admin.do(contract.getLaunch, { params: ready.params })).requests[0]
  return { ...ready, architect, requestId, read, ask }
}

describe('a request', () => {
  test('waits in the queue, is confirmed by an architect, and makes application and products Launched', async () => {
    const { admin, application, params, architect, requestId, ask, system } = await filed()
    expect(await ask()).toMatchObject({ kind: 'application', state: 'in_review', place: 1, products: ['cashier'] })
    const { items, counts } = await architect.do(contract.listLaunchRequests, { query: {} })
    expect(items).toMatchObject([{ id: requestId, applicationName: application.name, place: 1 }])
    expect(counts).toMatchObject({ in_review: 1, confirmed: 0 })
    expect((await admin.do(applications.getApplication, { params })).status).toBe('in_progress')
    const { request } = await confirmNow(architect, requestId)
    expect(request).toMatchObject({ state: 'confirmed', settledBy: expect.stringContaining('Staff'), place: null })
    expect(await admin.do(applications.getApplication, { params })).toMatchObject({
      status: 'launched',
      products: [{ id: 'cashier', status: 'launched' }],
    })
    await center.mail.waitFor(admin.email, /is launched/)
    await system.close()
  })

  test('is told to the architects by mail, and to nobody else of the staff', async () => {
    const support = await makeStaff(center, 'support')
    const { architect, system } = await filed()
    await center.mail.waitFor(await emailOf(architect), /asks to launch/)
    const told = center.mail.mails.filter(({ subject }) => /asks to launch/.test(subject)).map(({ to }) => to)
    expect(told).not.toContain(await emailOf(support))
    await system.close()
  })

  test('goes back with a reason for each item, is mended and handed back, and keeps its place and its id', async () => {
    const first = await filed()
    const { admin, params, architect, requestId, ask, system } = first
    const second = await makeReady(center)
    const ofSecond = await second.admin.do(contract.launchApplication, { params: second.params })
    expect(ofSecond.requests[0]?.place).toBe(2)
    await architect.do(contract.returnLaunchRequest, { params: { requestId }, body: { remarks: REMARKS } })
    const mail = await center.mail.waitFor(admin.email, /needs something before its launch/)
    expect(mail.text).toContain('Say in the description what you sell.')
    expect(await ask()).toMatchObject({
      state: 'waiting_for_partner',
      place: null,
      remarks: [{ round: 1, ...REMARKS[0], by: expect.stringContaining('Staff') }],
    })
    expect((await architect.do(contract.listLaunchRequests, { query: {} })).items).toMatchObject([{ place: 1 }])
    const confirm = await architect.call(contract.confirmLaunchRequest, { params: { requestId }, body: { seen: '' } })
    expect(confirm.body.code).toBe('launch.wrong_turn')
    const body = { name: 'Tide shop', description: 'Sells tickets for the ferry.' }
    await admin.do(applications.modifyApplication, { params, body })
    await admin.do(contract.handBackLaunch, { params })
    expect(await ask()).toMatchObject({ id: requestId, state: 'in_review', place: 1 })
    expect((await admin.call(contract.handBackLaunch, { params })).body.code).toBe('launch.wrong_turn')
    await architect.do(contract.returnLaunchRequest, { params: { requestId }, body: { remarks: REMARKS } })
    expect((await ask())?.remarks.map(({ round }) => round)).toEqual([1, 2])
    await Promise.all([system.close(), second.system.close()])
  })

  test('of an application that is deleted leaves the queue', async () => {
    const first = await filed()
    const second = await makeReady(center)
    const place = async () => (await second.admin.do(contract.getLaunch, { params: second.params })).requests[0]?.place
    await second.admin.do(contract.launchApplication, { params: second.params })
    expect(await place()).toBe(2)
    const body = { typedName: first.application.name }
    await first.admin.do(applications.deleteApplication, { params: first.params, body })
    expect(await place()).toBe(1)
    expect((await first.architect.do(contract.listLaunchRequests, { query: {} })).items).toHaveLength(1)
    await Promise.all([first.system.close(), second.system.close()])
  })

  test('cannot be handed back while the checklist is open', async () => {
    const { admin, params, architect, requestId, system } = await filed()
    await architect.do(contract.returnLaunchRequest, { params: { requestId }, body: { remarks: REMARKS } })
    await admin.do(applications.addProducts, { params, body: { products: ['user_presented'] } })
    const refused = await admin.call(contract.handBackLaunch, { params })
    expect(refused.body).toMatchObject({ code: 'launch.not_ready', fields: [{ path: 'cases.user_presented' }] })
    await passCases(center, params.applicationId, ['user_presented'])
    const { requests } = await admin.do(contract.handBackLaunch, { params })
    expect(requests[0]).toMatchObject({ state: 'in_review', products: ['cashier', 'user_presented'] })
    await system.close()
  })

  test('has a clock that stands while it is the turn of the other side', async () => {
    const { admin, params, architect, requestId, ask, system } = await filed()
    const clocks = async () => {
      const request = await ask()
      return [request?.centerSeconds, request?.partnerSeconds].map((seconds) => Math.round((seconds ?? -1) / HOUR))
    }
    const prove = (browser: typeof architect) => browser.do(proveSession, { body: { password: PASSWORD } })
    center.clock.forward(5 * HOUR)
    expect(await clocks()).toEqual([5, 0])
    await architect.do(contract.returnLaunchRequest, { params: { requestId }, body: { remarks: REMARKS } })
    center.clock.forward(30 * HOUR)
    expect(await clocks()).toEqual([5, 30])
    await prove(admin)
    await admin.do(contract.handBackLaunch, { params })
    center.clock.forward(2 * HOUR)
    expect(await clocks()).toEqual([7, 30])
    await prove(architect)
    await confirmNow(architect, requestId)
    center.clock.forward(50 * HOUR)
    expect(await clocks()).toEqual([7, 30])
    await system.close()
  })

  test('is withdrawn by the partner, and another can be filed', async () => {
    const { admin, params, architect, requestId, ask, system } = await filed()
    expect((await admin.call(contract.launchApplication, { params })).body.code).toBe('launch.under_way')
    await admin.do(contract.withdrawLaunch, { params })
    expect(await ask()).toMatchObject({ state: 'withdrawn', settledBy: expect.stringContaining('Member') })
    expect((await admin.call(contract.withdrawLaunch, { params })).body.code).toBe('launch.not_open')
    const back = { params: { requestId }, body: { remarks: REMARKS } }
    expect((await architect.call(contract.returnLaunchRequest, back)).body.code).toBe('launch.not_open')
    const { requests } = await admin.do(contract.launchApplication, { params })
    expect(requests.map(({ state }) => state)).toEqual(['in_review', 'withdrawn'])
    await system.close()
  })
})

describe('a confirmation', () => {
  test('of two at once, one is done', async () => {
    const { architect, requestId, read, system } = await filed()
    const { seen } = await read()
    const confirm = () => architect.call(contract.confirmLaunchRequest, { params: { requestId }, body: { seen } })
    const replies = await Promise.all([confirm(), confirm(), confirm()])
    const codes = replies.map(({ status, body }) => (status === 200 ? 'done' : body.code)).sort()
    expect(codes).toEqual(['done', 'launch.not_open', 'launch.not_open'])
    await system.close()
  })

  test('is of what was looked at, not of what it was changed to', async () => {
    const { admin, params, architect, requestId, read, system } = await filed()
    const { seen } = await read()
    const elsewhere = await openProduction()
    await admin.do(production.setProductionUrl, { params: { ...params, api }, body: { url: elsewhere.url } })
    const confirm = (what: string) =>
      architect.call(contract.confirmLaunchRequest, { params: { requestId }, body: { seen: what } })
    expect((await confirm(seen)).body.code).toBe('launch.changed')
    const again = await read()
    expect(again.difference).toContainEqual(expect.objectContaining({ kind: 'url', production: elsewhere.url }))
    expect((await confirm(again.seen)).status).toBe(200)
    await Promise.all([system.close(), elsewhere.close()])
  })

  test('is refused where the checklist is open again by then', async () => {
    const { admin, params, architect, requestId, key, read, system } = await filed()
    await admin.do(production.retireProductionKey, { params: { ...params, version: key.version } })
    const { seen, gate } = await read()
    expect(gate.filter(({ isFulfilled }) => !isFulfilled)).toHaveLength(2)
    const refused = await architect.call(contract.confirmLaunchRequest, { params: { requestId }, body: { seen } })
    expect(refused.body).toMatchObject({
      code: 'launch.not_ready',
      fields: [{ path: 'key_set' }, { path: 'key_proved' }],
    })
    expect((await admin.do(applications.getApplication, { params })).status).toBe('in_progress')
    await system.close()
  })

  test('does not launch what was added meanwhile', async () => {
    const { admin, params, architect, requestId, system } = await filed()
    await admin.do(applications.addProducts, { params, body: { products: ['user_presented'] } })
    await confirmNow(architect, requestId)
    expect((await admin.do(applications.getApplication, { params })).products).toEqual([
      { id: 'cashier', status: 'launched' },
      { id: 'user_presented', status: 'in_progress' },
    ])
    await system.close()
  })

  test('stands in the log of the partner, with who confirmed', async () => {
    const { partner, architect, requestId, application, system } = await filed()
    await confirmNow(architect, requestId)
    const entry = await center.app.database.reader
      .selectFrom('audit_entries')
      .selectAll()
      .where('chain', '=', partner.id)
      .where('action', '=', 'launch.confirm')
      .executeTakeFirstOrThrow()
    expect(entry).toMatchObject({ actor_kind: 'staff', object_id: application.id, object_name: application.name })
    await system.close()
  })
})

test('the queue is read page by page, oldest first; what is settled, newest first', async () => {
  const architect = await makeStaff(center)
  const made = await Promise.all([1, 2, 3].map(() => makeReady(center)))
  const ids: string[] = []
  for (const { admin, params } of made) {
    const { requests } = await admin.do(contract.launchApplication, { params })
    ids.push(requests[0]?.id ?? '')
  }
  const pages: string[][] = []
  let cursor: string | null = null
  do {
    const page: { items: { id: string }[]; nextCursor: string | null } = await architect.do(
      contract.listLaunchRequests,
      { query: { limit: '2', ...(cursor === null ? {} : { cursor }) } },
    )
    pages.push(page.items.map(({ id }) => id))
    cursor = page.nextCursor
  } while (cursor !== null)
  expect(pages).toEqual([ids.slice(0, 2), ids.slice(2)])
  for (const { admin, params } of made) await admin.do(contract.withdrawLaunch, { params })
  const { items } = await architect.do(contract.listLaunchRequests, { query: { state: 'withdrawn' } })
  expect(items.map(({ id }) => id)).toEqual(ids.toReversed())
  await Promise.all(made.map(({ system }) => system.close()))
})
