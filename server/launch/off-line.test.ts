import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as applications from '../../contract/applications.ts'
import * as contract from '../../contract/launch.ts'
import { listPartners } from '../../contract/partners.ts'
import * as production from '../../contract/production.ts'
import type { RegistryClient } from '../../contract/registry.ts'
import { LAUNCH, PROOF_SECONDS } from '../../rules/limits.ts'
import { TestBrowser } from '../../test/browser.ts'
import { confirmNow, isSignedEvent, makeLaunched, makeReady, openReceiver, passCases } from '../../test/launch.ts'
import { makeMember, makeStaff } from '../../test/make.ts'
import { plant } from '../../test/secrets.ts'
import { type Center, startCenter } from '../../test/start.ts'

const TOKEN = 'o'.repeat(40)
plant('registry token', TOKEN)
let center: Center
let receiver: Awaited<ReturnType<typeof openReceiver>>
beforeEach(async () => {
  receiver = await openReceiver()
  center = await startCenter({ config: { launchEventUrl: receiver.url, registryToken: TOKEN } })
})
afterEach(async () => {
  await center.close()
  await receiver.close()
})

const reason = 'The key was stolen; see the mail of your architect.'
const body = { reason }

const registry = (clientId: string, headers: Record<string, string> = {}) =>
  new TestBrowser(center.origin).send<RegistryClient>('GET', `/api/registry/v1/clients/${clientId}`, undefined, {
    authorization: `Bearer ${TOKEN}`,
    ...headers,
  })

/** What is due is sent now, not at the next look of the worker. */
async function eventOf(type: string) {
  let found: (typeof receiver.received)[number] | undefined
  await expect
    .poll(async () => {
      await center.worker.runDue()
      found = receiver.received.find((one) => JSON.parse(one.body).type === type)
      return found !== undefined
    })
    .toBe(true)
  if (!found) throw new Error('Nothing came.')
  return found
}

describe('an application that is taken off line', () => {
  test('is not found by the registry, and the gateway hears of it in a signed event', async () => {
    const { admin, application, params, architect, clientId, system } = await makeLaunched(center)
    const before = await registry(clientId)
    expect(before.status).toBe(200)
    await architect.do(contract.takeOffLine, { params, body })
    const etag = before.headers.get('etag') ?? ''
    for (const headers of [{}, { 'if-none-match': etag }]) {
      const after = await registry(clientId, headers)
      expect([after.status, after.body.code]).toEqual([404, 'thing.not_found'])
    }
    const event = await eventOf('application.off_line')
    expect(JSON.parse(event.body).data).toEqual({ clientId, applicationId: application.id, products: ['cashier'] })
    expect(event.body).not.toContain('stolen')
    expect(await isSignedEvent(center, TOKEN, event)).toBe(true)
    expect(await admin.do(contract.getLaunch, { params })).toMatchObject({
      status: 'in_progress',
      launchedAt: null,
      products: [{ id: 'cashier', status: 'in_progress', launchedAt: null }],
    })
    await system.close()
  })

  test('is told to the Developer Admins with the reason, and to nobody else of the partner', async () => {
    const { partner, admin, application, params, architect, system } = await makeLaunched(center)
    const developer = await makeMember(center, partner, ['developer'])
    await architect.do(contract.takeOffLine, { params, body })
    const mail = await center.mail.waitFor(admin.email, /is taken off line/)
    expect(mail.subject).toContain(application.name)
    expect(mail.text).toContain(reason)
    const told = center.mail.mails.filter(({ subject }) => /off line/.test(subject)).map(({ to }) => to)
    expect(told).not.toContain(developer.email)
    await system.close()
  })

  test('stands in the chain of the partner, with the reason', async () => {
    const { partner, application, params, architect, system } = await makeLaunched(center)
    await architect.do(contract.takeOffLine, { params, body })
    const entry = await center.app.database.reader
      .selectFrom('audit_entries')
      .selectAll()
      .where('chain', '=', partner.id)
      .where('action', '=', 'launch.off_line')
      .executeTakeFirstOrThrow()
    expect(entry).toMatchObject({ actor_kind: 'staff', object_id: application.id })
    expect(JSON.stringify(entry)).toContain('stolen')
    await system.close()
  })

  test('can be deleted, and its last key retired', async () => {
    const { admin, application, params, architect, key, system } = await makeLaunched(center)
    await architect.do(contract.takeOffLine, { params, body })
    await admin.do(production.retireProductionKey, { params: { ...params, version: key.version } })
    await admin.do(applications.deleteApplication, { params, body: { typedName: application.name } })
    expect((await architect.call(contract.takeOffLine, { params, body })).body.code).toBe('thing.not_found')
    await system.close()
  })

  test('is launched again by a new request, and its client reads as changed', async () => {
    const { admin, params, architect, clientId, system } = await makeLaunched(center)
    const first = await registry(clientId)
    await architect.do(contract.takeOffLine, { params, body })
    center.clock.forward(1)
    const { requests } = await admin.do(contract.launchApplication, { params })
    expect(requests.map(({ state }) => state)).toEqual(['in_review', 'confirmed'])
    await confirmNow(architect, requests[0]?.id ?? '')
    const again = await registry(clientId, { 'if-none-match': first.headers.get('etag') ?? '' })
    expect([again.status, again.body.clientId]).toEqual([200, clientId])
    expect(await admin.do(contract.getLaunch, { params })).toMatchObject({
      status: 'launched',
      products: [{ status: 'launched' }],
    })
    await system.close()
  })

  test('takes its open request for more products along', async () => {
    const { admin, params, architect, system } = await makeLaunched(center)
    await admin.do(applications.addProducts, { params, body: { products: ['user_presented'] } })
    await passCases(center, params.applicationId, ['user_presented'])
    const asked = await admin.do(contract.launchProducts, { params, body: { products: ['user_presented'] } })
    const requestId = asked.requests[0]?.id ?? ''
    const { seen } = await architect.do(contract.getLaunchRequest, { params: { requestId } })
    await architect.do(contract.takeOffLine, { params, body })
    const { requests, products } = await admin.do(contract.getLaunch, { params })
    expect(requests[0]).toMatchObject({ state: 'withdrawn', settledBy: expect.stringContaining('Staff') })
    expect(products.map(({ status }) => status)).toEqual(['in_progress', 'in_progress'])
    const late = await architect.call(contract.confirmLaunchRequest, { params: { requestId }, body: { seen } })
    expect(late.body.code).toBe('launch.not_open')
    const { text } = await center.mail.waitFor(admin.email, /is taken off line/)
    expect(text).toContain('request to launch more products is withdrawn')
    await system.close()
  })

  test('leaves the stage Launched', async () => {
    const { partner, params, architect, system } = await makeLaunched(center)
    const launched = async () => {
      const { items } = await architect.do(listPartners, { query: { stage: 'launched' } })
      return items.some(({ id }) => id === partner.id)
    }
    expect(await launched()).toBe(true)
    await architect.do(contract.takeOffLine, { params, body })
    expect(await launched()).toBe(false)
    await system.close()
  })
})

describe('to take an application off line', () => {
  test('is for staff who decide on launches, with a fresh proof', async () => {
    const { params, clientId, system } = await makeLaunched(center)
    const support = await makeStaff(center, 'support')
    expect((await support.call(contract.takeOffLine, { params, body })).body.code).toBe('permission.missing')
    const tired = await makeStaff(center, 'operator_admin')
    center.clock.forward(PROOF_SECONDS)
    expect((await tired.call(contract.takeOffLine, { params, body })).body.code).toBe('session.proof_needed')
    expect((await registry(clientId)).status).toBe(200)
    await system.close()
  })

  test.each([
    ['none', ''],
    ['one that is too short', 'x'.repeat(LAUNCH.offLineReasonMin - 1)],
    ['blanks', ' '.repeat(20)],
    ['one that is too long', 'x'.repeat(LAUNCH.offLineReasonMax + 1)],
  ])('needs a reason: %s is refused', async (_what, text) => {
    const { params, architect, clientId, system } = await makeLaunched(center)
    const refused = await architect.call(contract.takeOffLine, { params, body: { reason: text } })
    expect([refused.status, refused.body.code]).toEqual([422, 'request.invalid'])
    expect((await registry(clientId)).status).toBe(200)
    await system.close()
  })

  test('is refused for what is not live, and for what nobody has', async () => {
    const { params, system } = await makeReady(center)
    const staff = await makeStaff(center)
    expect((await staff.call(contract.takeOffLine, { params, body })).body.code).toBe('launch.not_live')
    const strange = { applicationId: `app_${'0'.repeat(32)}` }
    expect((await staff.call(contract.takeOffLine, { params: strange, body })).body.code).toBe('thing.not_found')
    await system.close()
  })

  test('of three at once, one does, and the partner is told once', async () => {
    const { admin, params, architect, system } = await makeLaunched(center)
    const replies = await Promise.all([1, 2, 3].map(() => architect.call(contract.takeOffLine, { params, body })))
    const codes = replies.map(({ status, body: { code } }) => (status === 200 ? 'done' : code)).sort()
    expect(codes).toEqual(['done', 'launch.not_live', 'launch.not_live'])
    await eventOf('application.off_line')
    await center.mail.waitFor(admin.email, /is taken off line/)
    await center.worker.runDue()
    expect(center.mail.mails.filter(({ subject }) => /off line/.test(subject))).toHaveLength(1)
    await system.close()
  })

  test('while its request is returned at the same time: both are done, or the request is over', async () => {
    const { admin, params, architect, system } = await makeLaunched(center)
    await admin.do(applications.addProducts, { params, body: { products: ['user_presented'] } })
    await passCases(center, params.applicationId, ['user_presented'])
    const asked = await admin.do(contract.launchProducts, { params, body: { products: ['user_presented'] } })
    const remarks = [{ item: 'test_values' as const, text: 'Say what you sell.' }]
    const [off, back] = await Promise.all([
      architect.call(contract.takeOffLine, { params, body }),
      architect.call(contract.returnLaunchRequest, {
        params: { requestId: asked.requests[0]?.id ?? '' },
        body: { remarks },
      }),
    ])
    expect(off.status).toBe(200)
    expect(back.body.code ?? 'done').toMatch(/^(done|launch\.not_open)$/)
    expect((await admin.do(contract.getLaunch, { params })).requests[0]?.state).toBe('withdrawn')
    await system.close()
  })
})
