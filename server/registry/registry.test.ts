import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as applications from '../../contract/applications.ts'
import * as production from '../../contract/production.ts'
import type { RegistryClient } from '../../contract/registry.ts'
import { TestBrowser } from '../../test/browser.ts'
import { makeLaunched, makeReady, openProduction, proveNewKey } from '../../test/launch.ts'
import { makeStaff } from '../../test/make.ts'
import { plant } from '../../test/secrets.ts'
import { type Center, startCenter } from '../../test/start.ts'

const TOKEN = 'registry-token-of-the-tests-0123456789'
plant('registry token', TOKEN)
let center: Center
beforeEach(async () => {
  center = await startCenter({ config: { registryToken: TOKEN } })
})
afterEach(() => center.close())

const api = 'notifyPayment' as const
type List = { items: RegistryClient[]; nextCursor: string | null }

const ask = <T = RegistryClient>(path: string, headers: Record<string, string> = {}) =>
  new TestBrowser(center.origin).send<T>('GET', `/api/registry/v1/${path}`, undefined, {
    authorization: `Bearer ${TOKEN}`,
    ...headers,
  })

describe('the registry', () => {
  test('tells of a launched client what a production gateway has to know', async () => {
    const { application, partner, key, clientId, system } = await makeLaunched(center)
    expect((await ask(`clients/${clientId}`)).body).toEqual({
      clientId,
      status: 'launched',
      applicationId: application.id,
      applicationName: application.name,
      partnerId: partner.id,
      partnerName: partner.name,
      partnerType: 'acquirer',
      keys: [{ version: 1, publicKey: key.publicKey, fingerprint: key.fingerprint, activeSince: expect.any(String) }],
      notificationUrls: [{ api, url: system.url }],
      products: ['cashier'],
      launchedAt: expect.any(String),
      updatedAt: expect.any(String),
    })
    await system.close()
  })

  test('does not know what is not launched, nor the sandbox', async () => {
    const { admin, params, system } = await makeReady(center)
    const { clientId } = await admin.do(production.getProduction, { params })
    const sandbox = await admin.do(applications.getSandbox, { params })
    for (const id of [clientId, 'A'.repeat(20), sandbox.clientId, 'x'])
      expect((await ask(`clients/${id}`)).body.code, id).toBe('thing.not_found')
    expect((await ask<List>('clients')).body).toEqual({ items: [], nextCursor: null })
    await system.close()
  })

  test('tells active keys and launched products only', async () => {
    const { admin, application, params, key, clientId, system } = await makeLaunched(center)
    const second = await proveNewKey(admin, application.id)
    await admin.do(production.retireProductionKey, { params: { ...params, version: key.version } })
    await admin.do(applications.addProducts, { params, body: { products: ['user_presented'] } })
    const { body } = await ask(`clients/${clientId}`)
    expect(body.keys.map(({ fingerprint }) => fingerprint)).toEqual([second.fingerprint])
    expect(body.products).toEqual(['cashier'])
    await system.close()
  })

  test('answers 304 while nothing has changed, and anew once something has', async () => {
    const { admin, params, clientId, system } = await makeLaunched(center)
    const first = await ask(`clients/${clientId}`)
    const etag = first.headers.get('etag') ?? ''
    const again = await ask(`clients/${clientId}`, { 'if-none-match': `"other", W/${etag}` })
    expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', etag])
    const elsewhere = await openProduction()
    center.clock.forward(1)
    await admin.do(production.setProductionUrl, { params: { ...params, api }, body: { url: elsewhere.url } })
    const changed = await ask(`clients/${clientId}`, { 'if-none-match': etag })
    expect(changed.status).toBe(200)
    expect(changed.body.notificationUrls).toEqual([{ api, url: elsewhere.url }])
    expect(Date.parse(changed.body.updatedAt)).toBeGreaterThan(Date.parse(first.body.updatedAt))
    await Promise.all([system.close(), elsewhere.close()])
  })

  test('lists page by page, each client once', async () => {
    const made = [await makeLaunched(center), await makeLaunched(center), await makeLaunched(center)]
    const first = await ask<List>('clients?limit=2')
    const rest = await ask<List>(`clients?limit=2&cursor=${first.body.nextCursor}`)
    expect(rest.body.nextCursor).toBeNull()
    const ids = [...first.body.items, ...rest.body.items].map(({ clientId }) => clientId)
    expect(ids).toEqual(made.map(({ clientId }) => clientId).toSorted())
    await Promise.all(made.map(({ system }) => system.close()))
  })
})

describe('the token', () => {
  test.each([
    ['nothing', {}],
    ['another token', { authorization: `Bearer ${TOKEN}x` }],
    ['a part of it', { authorization: `Bearer ${TOKEN.slice(0, -1)}` }],
    ['another scheme', { authorization: `Basic ${TOKEN}` }],
    ['an empty one', { authorization: 'Bearer ' }],
  ])('is needed: %s opens nothing', async (_what, headers: { authorization?: string }) => {
    const reply = await new TestBrowser(center.origin).send('GET', '/api/registry/v1/clients', undefined, headers)
    expect([reply.status, reply.body.code]).toEqual([401, 'registry.wrong_token'])
  })

  test('is not a session, and a session is not the token', async () => {
    const staff = await makeStaff(center, 'operator_admin')
    expect((await staff.send('GET', '/api/registry/v1/clients')).body.code).toBe('registry.wrong_token')
    const reply = await new TestBrowser(center.origin).send('GET', '/api/staff/partners', undefined, {
      authorization: `Bearer ${TOKEN}`,
    })
    expect(reply.body.code).toBe('session.missing')
  })

  test('that is not set leaves the registry off, also for an empty one', async () => {
    await center.close()
    center = await startCenter()
    for (const authorization of ['Bearer ', 'Bearer x', `Bearer ${TOKEN}`])
      expect((await ask('clients', { authorization })).body.code, authorization).toBe('registry.off')
  })

  test('is rationed: guesses by address, not by whoever has it', async () => {
    await center.close()
    center = await startCenter({ config: { registryToken: TOKEN, rateFactor: 1 } })
    const guesses = await Promise.all(
      Array.from({ length: 150 }, () => ask('clients', { authorization: 'Bearer guess' })),
    )
    expect(guesses.filter(({ status }) => status === 429).length).toBeGreaterThan(20)
    expect((await ask('clients')).status).toBe(200)
  })
})
