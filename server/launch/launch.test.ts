import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as applications from '../../contract/applications.ts'
import * as contract from '../../contract/launch.ts'
import { setPartnerContract } from '../../contract/partners.ts'
import * as production from '../../contract/production.ts'
import { PROOF_SECONDS } from '../../rules/limits.ts'
import { makeLaunched, makeReady, passCases, proveNewKey } from '../../test/launch.ts'
import { makeApplication, makeMember, makePartner } from '../../test/make.ts'
import { type Center, startCenter } from '../../test/start.ts'
import { newContext } from '../context.ts'
import { launchStandings } from './launch.ts'

let center: Center
beforeAll(async () => {
  center = await startCenter()
})
afterAll(() => center.close())

const api = 'notifyPayment' as const
type Ready = Awaited<ReturnType<typeof makeReady>>

const openLines = ({ gate }: contract.LaunchView) =>
  gate.filter(({ isFulfilled }) => !isFulfilled).map(({ item, product }) => (product ? `${item}.${product}` : item))

/** The open lines as the page shows them, and as a refused launch names them. */
async function stopped({ admin, params }: Pick<Ready, 'admin' | 'params'>): Promise<string[]> {
  const lines = openLines(await admin.do(contract.getLaunch, { params }))
  const refused = await admin.call(contract.launchApplication, { params })
  expect(refused.body.code).toBe('launch.not_ready')
  expect(refused.body.fields?.map(({ path }) => path)).toEqual(lines)
  return lines
}

const alter = (work: (db: Parameters<Parameters<Center['app']['database']['transact']>[0]>[0]) => Promise<unknown>) =>
  center.app.database.transact(async (db) => {
    await work(db)
  })

describe('the checklist', () => {
  test('of a new application has everything open but the contract and the words', async () => {
    const admin = await makeMember(center, await makePartner(center))
    const { id } = await makeApplication(admin)
    const set = { admin, params: { applicationId: id } }
    expect(await stopped(set)).toEqual(['key_set', 'key_proved', 'url_set', 'url_reachable', 'cases.cashier'])
  })

  test('is fulfilled by facts, and only by them', async () => {
    const ready = await makeReady(center)
    expect(openLines(await ready.admin.do(contract.getLaunch, { params: ready.params }))).toEqual([])
    await ready.system.close()
  })

  const breaks: [string, string[], (ready: Ready) => Promise<unknown>][] = [
    [
      'a key that is retired',
      ['key_set', 'key_proved'],
      ({ admin, params, key }) =>
        admin.do(production.retireProductionKey, { params: { ...params, version: key.version } }),
    ],
    [
      'no URL',
      ['url_set', 'url_reachable'],
      ({ admin, params }) => admin.do(production.setProductionUrl, { params: { ...params, api }, body: { url: null } }),
    ],
    [
      'a product whose cases are not passed',
      ['cases.user_presented'],
      ({ admin, params }) => admin.do(applications.addProducts, { params, body: { products: ['user_presented'] } }),
    ],
    [
      'a product with cases and a notification of its own',
      ['url_set', 'url_reachable', 'cases.auto_debit'],
      ({ admin, params }) => admin.do(applications.addProducts, { params, body: { products: ['auto_debit'] } }),
    ],
    [
      'a name for tests',
      ['test_values'],
      ({ admin, params }) =>
        admin.do(applications.modifyApplication, { params, body: { name: 'My test shop', description: '' } }),
    ],
    [
      'a partner on trial',
      ['contract'],
      ({ partner }) =>
        alter((db) => db.updateTable('partners').set({ standing: 'trial' }).where('id', '=', partner.id).execute()),
    ],
    [
      'a partner type that is not in the contract',
      ['contract'],
      ({ partner }) =>
        alter((db) =>
          db.updateTable('partners').set({ partner_types: '["wallet"]' }).where('id', '=', partner.id).execute(),
        ),
    ],
    [
      'a product that is not in the contract',
      ['contract'],
      async ({ partner }) => {
        await partner.staff.do(setPartnerContract, {
          params: { partnerId: partner.id },
          body: { partnerTypes: ['acquirer'], contractProducts: ['user_presented'] },
        })
      },
    ],
    [
      'a technical service provider without an authorization',
      ['contract', 'authorization'],
      ({ application }) =>
        alter((db) =>
          db
            .updateTable('applications')
            .set({ partner_type: 'technical_service_provider' })
            .where('id', '=', application.id)
            .execute(),
        ),
    ],
    [
      'a URL with the Client ID of a sandbox',
      ['test_values'],
      ({ admin, params, system }) =>
        admin.do(production.setProductionUrl, {
          params: { ...params, api },
          body: { url: `${system.url}?client=SANDBOX_X` },
        }),
    ],
  ]
  test.each(breaks)('is opened by %s', async (_what, lines, spoil) => {
    const ready = await makeReady(center)
    await spoil(ready)
    expect(await stopped(ready)).toEqual(lines)
    await ready.system.close()
  })

  test('asks the URL anew when the launch is asked for', async () => {
    const ready = await makeReady(center)
    await ready.system.close()
    const refused = await ready.admin.call(contract.launchApplication, { params: ready.params })
    expect(refused.body).toMatchObject({ code: 'launch.not_ready', fields: [{ path: 'url_reachable' }] })
  })

  test('shows both sides line by line, and names what is of a test', async () => {
    const { admin, params, system } = await makeReady(center)
    const { clientId, notificationUrls } = await admin.do(applications.getSandbox, { params })
    expect(notificationUrls).toContainEqual({ api, url: null })
    const { clientId: live, keys } = await admin.do(production.getProduction, { params })
    await admin.do(applications.setNotificationUrl, { params: { ...params, api }, body: { url: system.url } })
    const { difference } = await admin.do(contract.getLaunch, { params })
    expect(difference).toEqual([
      { kind: 'client_id', api: null, sandbox: clientId, production: live, verdict: 'differs', testValue: null },
      { kind: 'key', api: null, sandbox: null, production: keys[0]?.fingerprint, verdict: 'differs', testValue: null },
      { kind: 'url', api, sandbox: system.url, production: system.url, verdict: 'same', testValue: 'loopback' },
    ])
    await system.close()
  })
})

describe('without review', () => {
  let common: Center
  beforeAll(async () => {
    common = center
    center = await startCenter({ config: { launchReview: false } })
  })
  afterAll(async () => {
    await center.close()
    center = common
  })

  test('a fulfilled checklist launches at once, application and products together', async () => {
    const { admin, params, system } = await makeReady(center)
    const launched = await admin.do(contract.launchApplication, { params })
    expect(launched).toMatchObject({
      status: 'launched',
      isReviewed: false,
      gate: [],
      products: [{ id: 'cashier', status: 'launched', launchedAt: expect.any(String) }],
      requests: [{ state: 'confirmed', settledBy: 'Test Network', place: null }],
    })
    const view = await admin.do(applications.getApplication, { params })
    expect(view).toMatchObject({ status: 'launched', facts: { productionReady: true, launched: true } })
    expect((await admin.call(contract.launchApplication, { params })).body.code).toBe('launch.nothing')
    await system.close()
  })

  test('of two who launch at once, one does', async () => {
    const { admin, params, system } = await makeReady(center)
    const replies = await Promise.all([1, 2].map(() => admin.call(contract.launchApplication, { params })))
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409])
    await system.close()
  })
})

test('a session that was left behind launches nothing', async () => {
  const { admin, params, system } = await makeReady(center)
  center.clock.forward(PROOF_SECONDS)
  expect((await admin.call(contract.launchApplication, { params })).body.code).toBe('session.proof_needed')
  await system.close()
})

describe('a launched application', () => {
  test('survives every later mistake', async () => {
    const { admin, application, params, key, system } = await makeLaunched(center)
    const later = async (call: Promise<{ body: { code: string } }>) => (await call).body.code
    const body = { typedName: application.name }
    expect(await later(admin.call(applications.deleteApplication, { params, body }))).toBe('application.launched')
    await admin.do(applications.addProducts, { params, body: { products: ['user_presented'] } })
    const product = { ...params, productId: 'cashier' as const }
    expect(await later(admin.call(applications.removeProduct, { params: product }))).toBe('product.launched')
    const version = { ...params, version: key.version }
    expect(await later(admin.call(production.retireProductionKey, { params: version }))).toBe('key.last_active')
    const url = { params: { ...params, api }, body: { url: null } }
    expect(await later(admin.call(production.setProductionUrl, url))).toBe('url.launched')
    await proveNewKey(admin, application.id)
    expect((await admin.do(production.retireProductionKey, { params: version })).keys).toMatchObject([
      { version: 2, state: 'active' },
      { version: 1, state: 'retired' },
    ])
    const again = { ...params, version: 2 }
    expect(await later(admin.call(production.retireProductionKey, { params: again }))).toBe('key.last_active')
    await system.close()
  })

  test('of two who retire one of the last two keys each, one does', async () => {
    const { admin, application, params, key, system } = await makeLaunched(center)
    const second = await proveNewKey(admin, application.id)
    const replies = await Promise.all(
      [key, second].map(({ version }) =>
        admin.call(production.retireProductionKey, { params: { ...params, version } }),
      ),
    )
    expect(replies.map(({ status, body }) => body.code ?? status).sort()).toEqual([200, 'key.last_active'])
    await system.close()
  })

  test('launches a product that was added later on its own cases', async () => {
    const { admin, application, params, system } = await makeLaunched(center)
    const launch = () => admin.call(contract.launchProducts, { params, body: { products: ['user_presented'] } })
    expect((await launch()).body.code).toBe('product.absent')
    await admin.do(applications.addProducts, { params, body: { products: ['user_presented'] } })
    expect((await launch()).body).toMatchObject({
      code: 'launch.not_ready',
      fields: [{ path: 'cases.user_presented' }],
    })
    await passCases(center, application.id, ['user_presented'])
    expect((await launch()).body.requests[0]).toMatchObject({
      kind: 'products',
      products: ['user_presented'],
      state: 'in_review',
    })
    expect((await launch()).body.code).toBe('launch.under_way')
    await system.close()
  })

  test('comes first: products alone cannot be launched before it', async () => {
    const { admin, params, system } = await makeReady(center)
    const refused = await admin.call(contract.launchProducts, { params, body: { products: ['cashier'] } })
    expect(refused.body.code).toBe('launch.application_first')
    await system.close()
  })
})

test('how the launches of many applications stand is told at once', async () => {
  const launched = await makeLaunched(center)
  const waiting = await makeReady(center)
  await waiting.admin.do(contract.launchApplication, { params: waiting.params })
  const other = await makeApplication(waiting.admin)
  const ids = [launched.application.id, waiting.application.id, other.id]
  const standings = await launchStandings(newContext(center.app, { kind: 'system' }), ids)
  expect(ids.map((id) => standings.get(id))).toEqual([
    { state: 'launched', at: expect.any(Number) },
    { state: 'in_review', at: expect.any(Number) },
    { state: 'none', at: null },
  ])
  await Promise.all([launched.system.close(), waiting.system.close()])
})
