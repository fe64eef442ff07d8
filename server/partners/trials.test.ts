import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { logIn, logOut, me } from '../../contract/accounts.ts'
import { listApplications, modifyApplication, setSandboxKey } from '../../contract/applications.ts'
import { listEveryAudit } from '../../contract/audit.ts'
import { listExchanges } from '../../contract/log.ts'
import { inviteMembers, listMembers } from '../../contract/members.ts'
import {
  addNdaAddress,
  convertTrial,
  extendTrial,
  getPartner,
  listPartners,
  openPartner,
  removeNdaAddress,
  setPartnerContract,
} from '../../contract/partners.ts'
import { TestBrowser } from '../../test/browser.ts'
import { type MadePartner, makeApplication, makeMember, makePartner, makeStaff, PASSWORD } from '../../test/make.ts'
import { TestPartner } from '../../test/partner.ts'
import { type Center, startCenter } from '../../test/start.ts'

const DAY = 86_400
let center: Center
let count = 0
beforeAll(async () => {
  center = await startCenter()
})
afterAll(() => center.close())

async function makeTrial(): Promise<MadePartner> {
  const staff = await makeStaff(center)
  const n = ++count
  const addresses = Array.from({ length: 4 }, (_, i) => `prospect${i}@trial${n}.test`)
  const body = { partnerTypes: ['acquirer' as const], standing: 'trial' as const, ndaAddresses: [...addresses] }
  const { id, name } = await staff.do(openPartner, { body: { name: `Prospect ${n}`, ...body } })
  return { id, name, addresses, staff }
}

/** The same person in a new session: the one before has ended meanwhile. */
async function again(email: string): Promise<TestBrowser> {
  const browser = new TestBrowser(center.origin)
  await browser.do(logIn, { body: { email, password: PASSWORD } })
  return browser
}

async function makeTrying() {
  const partner = await makeTrial()
  const prospect = await makeMember(center, partner, ['developer_on_trial'])
  const application = await makeApplication(prospect)
  const params = { applicationId: application.id }
  const server = await TestPartner.start(center.origin)
  const sandbox = await prospect.do(setSandboxKey, { params, body: { publicKey: server.publicKey } })
  server.join(sandbox.clientId, sandbox.networkPublicKey ?? '')
  return { partner, prospect, application, params, server, key: server.publicKey }
}

describe('a trial that is over', () => {
  test('lets its members look and change nothing, and goes on when it is extended', async () => {
    const { partner, prospect, application, params, server, key } = await makeTrying()
    const rename = { params, body: { name: 'Renamed', description: '' } }
    expect((await server.pay()).body.result.resultCode).not.toBe('INVALID_CLIENT')
    center.clock.forward(91 * DAY)
    const late = await again(prospect.email)
    expect((await late.do(listApplications, {})).items).toMatchObject([{ id: application.id }])
    expect((await late.call(modifyApplication, rename)).body).toMatchObject({ code: 'partner.trial_over' })
    expect((await late.call(setSandboxKey, { params, body: { publicKey: key } })).body.code).toBe('partner.trial_over')

    // The gateway knows clients for a second at most.
    await expect.poll(async () => (await server.pay()).body.result.resultCode).toBe('INVALID_CLIENT')
    const ofAms = await server.call('payments/pay', {}, { prefix: '/ams/api/v1/' })
    expect(ofAms.body.result.resultCode).toBe('INVALID_CLIENT_STATUS')
    await server.pay()
    const [last] = (await late.do(listExchanges, { params, query: {} })).items
    expect(last?.resultCode).toBe('INVALID_CLIENT')

    const staff = await makeStaff(center)
    const body = { days: 10, reason: 'The contract is being signed' }
    const extended = await staff.do(extendTrial, { params: { partnerId: partner.id }, body })
    expect((Date.parse(extended.trialEndsAt ?? '') - center.clock.now()) / 1000 / DAY).toBeCloseTo(10, 2)
    expect(extended.trial).toBe('ending')
    expect((await late.do(modifyApplication, rename)).name).toBe('Renamed')
    await expect.poll(async () => (await server.pay()).body.result.resultCode).not.toBe('INVALID_CLIENT')
    await center.mail.waitFor(prospect.email, /goes on/)
    const { items } = await staff.do(listEveryAudit, { query: { chain: partner.id as 'center', limit: 5 } })
    expect(items.find(({ action }) => action === 'partner.extend_trial')?.changes).toContainEqual({
      field: 'reason',
      before: null,
      after: body.reason,
    })
    await server.close()
  })

  test("leaves a person's own open: to log out, and to work for another organisation", async () => {
    const partner = await makeTrial()
    const prospect = await makeMember(center, partner, ['developer_on_trial'])
    center.clock.forward(91 * DAY)
    const late = await again(prospect.email)
    expect((await late.do(me, {})).partner?.trialEndsAt).not.toBeNull()
    expect((await late.call(logOut, {})).status).toBe(200)
  })

  test('is extended by days within bounds, for a reason', async () => {
    const partner = await makeTrial()
    const params = { partnerId: partner.id }
    for (const body of [
      { days: 0, reason: 'a reason' },
      { days: 181, reason: 'a reason' },
      { days: 1.5, reason: 'a reason' },
      { days: 10, reason: '' },
    ])
      expect((await partner.staff.call(extendTrial, { params, body })).body.code).toBe('request.invalid')
    const before = (await partner.staff.do(getPartner, { params })).trialEndsAt
    const after = (await partner.staff.do(extendTrial, { params, body: { days: 30, reason: 'a reason' } })).trialEndsAt
    expect(Date.parse(after ?? '') - Date.parse(before ?? '')).toBe(30 * DAY * 1000)
  })
})

describe('taking a partner under contract', () => {
  test('turns the role on trial into those that are named, at once, and tells the people', async () => {
    const { partner, prospect, params, server, key } = await makeTrying()
    const helper = await makeMember(center, partner, ['developer_on_trial', 'merchant_onboarding'])
    const convert = {
      params: { partnerId: partner.id },
      body: { roles: ['developer' as const], partnerTypes: ['acquirer' as const] },
    }
    const refused = { ...convert, body: { ...convert.body, roles: ['developer_on_trial' as const] } }
    expect((await partner.staff.call(convertTrial, refused)).body.code).toBe('request.invalid')
    const view = await partner.staff.do(convertTrial, convert)
    expect(view).toMatchObject({ standing: 'contract', trialEndsAt: null, trial: null })
    expect(view.accountList.map(({ roles }) => roles)).toEqual([['developer'], ['developer', 'merchant_onboarding']])
    expect((await prospect.do(me, {})).roles).toEqual(['developer'])
    expect((await helper.do(me, {})).permissions).toContain('merchant.invite')
    // What only the role on trial allowed is gone.
    const rename = { params, body: { name: 'Renamed', description: '' } }
    expect((await prospect.call(modifyApplication, rename)).body.code).toBe('permission.missing')
    const sameKey = await prospect.call(setSandboxKey, { params, body: { publicKey: key } })
    expect(sameKey.body.code).not.toBe('permission.missing')
    await center.mail.waitFor(prospect.email, /under contract/)
    expect((await partner.staff.call(convertTrial, convert)).body.code).toBe('partner.not_on_trial')
    expect((await partner.staff.call(extendTrial, { ...convert, body: { days: 3, reason: 'late' } })).body.code).toBe(
      'partner.not_on_trial',
    )
    await server.close()
  })

  test('turns the role in invitations that are out as well', async () => {
    const partner = await makeTrial()
    const admin = await makeMember(center, partner, ['developer_admin'])
    const email = `invited@trial${count}.test`
    await admin.do(inviteMembers, { body: { emails: [email], roles: ['developer_on_trial', 'merchant_onboarding'] } })
    const body = { roles: ['developer' as const], partnerTypes: ['acquirer' as const] }
    await partner.staff.do(convertTrial, { params: { partnerId: partner.id }, body })
    const { invitations, members } = await admin.do(listMembers, {})
    expect(invitations).toMatchObject([{ email, roles: ['developer', 'merchant_onboarding'], state: 'sent' }])
    expect(members).toMatchObject([{ roles: ['developer_admin'] }])
  })

  test('asks for the password again where somebody becomes Developer Admin, and happens once', async () => {
    const partner = await makeTrial()
    const prospect = await makeMember(center, partner, ['developer_on_trial'])
    const convert = {
      params: { partnerId: partner.id },
      body: { roles: ['developer_admin' as const], partnerTypes: ['acquirer' as const] },
    }
    center.clock.forward(360)
    expect((await partner.staff.call(convertTrial, convert)).body.code).toBe('session.proof_needed')
    const staff = await makeStaff(center)
    const codes = await Promise.all([1, 2].map(async () => (await staff.call(convertTrial, convert)).status))
    expect(codes.sort()).toEqual([200, 409])
    const invite = { body: { emails: [`new@trial${count}.test`], roles: ['developer' as const] } }
    expect((await prospect.call(inviteMembers, invite)).body.code).not.toBe('permission.missing')
  })
})

describe('addresses and types', () => {
  test('an NDA address is added once, and one must stay, also when two go at once', async () => {
    const partner = await makePartner(center)
    const params = { partnerId: partner.id }
    const add = (email: string) => partner.staff.call(addNdaAddress, { params, body: { email } })
    const remove = (email: string) => partner.staff.call(removeNdaAddress, { params, body: { email } })
    expect((await add('Another@Partner.test')).body.ndaAddresses).toContain('Another@Partner.test')
    expect((await add('another@partner.test')).body.code).toBe('partner.address_present')
    for (const email of partner.addresses.slice(0, 7)) expect((await remove(email)).status).toBe(200)
    const left = (await partner.staff.do(getPartner, { params })).ndaAddresses
    expect(left).toHaveLength(2)
    const codes = await Promise.all(left.map(async (email) => (await remove(email)).body.code))
    expect(codes.sort()).toEqual(['partner.last_address', undefined])
    expect((await remove('nobody@partner.test')).body.code).toBe('thing.not_found')
  })

  test('a type that an application has stays', async () => {
    const partner = await makePartner(center)
    await makeApplication(await makeMember(center, partner))
    const set = (...partnerTypes: ('acquirer' | 'wallet')[]) =>
      partner.staff.send('PUT', `/api/staff/partners/${partner.id}/contract`, {
        partnerTypes,
        contractProducts: ['cashier'],
      })
    expect((await set()).body.code).toBe('request.invalid')
    const { partnerTypes, contractProducts } = await partner.staff.do(setPartnerContract, {
      params: { partnerId: partner.id },
      body: { partnerTypes: ['acquirer', 'wallet'], contractProducts: ['cashier'] },
    })
    expect({ partnerTypes, contractProducts }).toEqual({
      partnerTypes: ['acquirer', 'wallet'],
      contractProducts: ['cashier'],
    })
    const without = {
      params: { partnerId: partner.id },
      body: { partnerTypes: ['wallet' as const], contractProducts: ['cashier' as const] },
    }
    expect((await partner.staff.call(setPartnerContract, without)).body).toMatchObject({ code: 'partner.type_in_use' })
  })
})

describe('partners by stage', () => {
  test('stand where their facts put them, with the application that is furthest, and are found by stage, trial and name', async () => {
    const staff = await makeStaff(center, 'support')
    const partner = await makePartner(center)
    const at = async () =>
      (await staff.do(listPartners, { query: { search: partner.name } })).items.find(({ id }) => id === partner.id)
    expect(await at()).toMatchObject({ stage: 'no_account', application: null, lastActivityAt: null })
    const developer = await makeMember(center, partner)
    expect((await at())?.stage).toBe('no_application')
    expect((await at())?.lastActivityAt).not.toBeNull()
    const application = await makeApplication(developer)
    const params = { applicationId: application.id }
    expect(await at()).toMatchObject({ stage: 'no_key', application: { id: application.id } })
    const server = await TestPartner.start(center.origin)
    const sandbox = await developer.do(setSandboxKey, { params, body: { publicKey: server.publicKey } })
    expect((await at())?.stage).toBe('no_call')
    server.join(sandbox.clientId, sandbox.networkPublicKey ?? '')
    await server.pay()
    expect(await at()).toMatchObject({ stage: 'testing', application: { passed: 0 } })
    expect((await at())?.application?.required).toBeGreaterThan(3)
    await server.close()

    const testing = await staff.do(listPartners, { query: { stage: 'testing', limit: 100 } })
    expect(testing.items.map(({ id }) => id)).toContain(partner.id)
    expect(testing.items.every(({ stage }) => stage === 'testing')).toBe(true)
    expect(testing.counts.testing).toBe(testing.items.length)
    const prospect = await makeTrial()
    center.clock.forward(80 * DAY)
    const later = await makeStaff(center, 'support')
    const ending = await later.do(listPartners, { query: { trial: 'ending', limit: 100 } })
    expect(ending.items.map(({ id }) => id)).toContain(prospect.id)
    expect(ending.trialsEnding).toBe(ending.items.length)
    expect((await later.do(listPartners, { query: { search: 'no partner is called so' } })).items).toEqual([])
    const { applicationList } = await later.do(getPartner, { params: { partnerId: partner.id } })
    expect(applicationList).toMatchObject([
      { name: application.name, keySet: true, verifiedCall: true, products: [{ product: 'cashier', passed: 0 }] },
    ])
    expect(JSON.stringify(applicationList)).not.toMatch(/SANDBOX_|BEGIN|https?:/)
  })

  test('are listed with the same number of queries however many there are', async () => {
    const own = await startCenter()
    onTestFinished(() => own.close())
    const staff = await makeStaff(own)
    for (let i = 0; i < 6; i++) await makeApplication(await makeMember(own, await makePartner(own)))
    // From here on nobody else asks the database.
    await own.worker.stop()
    const few = await queriesDuring(own, () => staff.do(listPartners, { query: { limit: 2 } }))
    expect(few).toBeGreaterThan(0)
    expect(await queriesDuring(own, () => staff.do(listPartners, { query: { limit: 100 } }))).toBe(few)
  })
})

/** How often the database is asked for a call. */
async function queriesDuring(of: Center, call: () => Promise<unknown>): Promise<number> {
  const { reader } = of.app.database
  let queries = 0
  const counting = new Proxy(reader, {
    get(target, name) {
      if (name === 'selectFrom') queries++
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  Object.defineProperty(of.app.database, 'reader', { value: counting, configurable: true })
  await call()
  Object.defineProperty(of.app.database, 'reader', { value: reader, configurable: true })
  return queries
}
