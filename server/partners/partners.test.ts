import { afterAll, beforeAll, expect, test } from 'vitest'
import { me } from '../../contract/accounts.ts'
import { getPartner, listPartners, openAccount, openPartner, resendActivation } from '../../contract/partners.ts'
import type { TestBrowser } from '../../test/browser.ts'
import { makeMember, makePartner, makeStaff } from '../../test/make.ts'
import { type Center, startCenter } from '../../test/start.ts'

let center: Center
let staff: TestBrowser
beforeAll(async () => {
  center = await startCenter()
  staff = await makeStaff(center)
})
afterAll(() => center.close())

const body = (change: object = {}) => ({
  name: 'Northwind',
  partnerTypes: ['acquirer' as const],
  standing: 'contract' as const,
  ndaAddresses: ['Signer@Northwind.test'],
  ...change,
})

test('staff open a partner, and its name is taken from then on whatever its case', async () => {
  const partner = await staff.do(openPartner, { body: body() })
  expect(partner).toMatchObject({
    name: 'Northwind',
    ndaAddresses: ['Signer@Northwind.test'],
    accounts: 0,
    trialEndsAt: null,
  })
  expect((await staff.call(openPartner, { body: body({ name: ' NORTHWIND ' }) })).body).toMatchObject({
    code: 'partner.name_taken',
    fields: [{ path: 'name' }],
  })
})

test('a trial ends after 90 days', async () => {
  const partner = await staff.do(openPartner, { body: body({ name: 'On trial', standing: 'trial' }) })
  const days = (Date.parse(partner.trialEndsAt ?? '') - center.clock.now()) / 86_400_000
  expect(days).toBeCloseTo(90, 2)
})

test('a trial lasts as long as was said', async () => {
  const short = body({ name: 'On a short trial', standing: 'trial', trialDays: 9 })
  const partner = await staff.do(openPartner, { body: short })
  expect((Date.parse(partner.trialEndsAt ?? '') - center.clock.now()) / 86_400_000).toBeCloseTo(9, 2)
  expect(partner.trial).toBe('ending')
})

test.each([
  [{ name: 'x' }, 'name'],
  [{ name: 'Tab\there' }, 'name'],
  [{ partnerTypes: [] }, 'partnerTypes'],
  [{ partnerTypes: ['bank'] }, 'partnerTypes.0'],
  [{ ndaAddresses: [] }, 'ndaAddresses'],
  [{ ndaAddresses: ['no address'] }, 'ndaAddresses.0'],
  [{ ndaAddresses: ['a@b.test', 'A@B.test'] }, 'ndaAddresses'],
  [{ surprise: 1 }, 'surprise'],
])('every wrong value is named at its field: %j', async (change, path) => {
  const reply = await staff.send<unknown>('POST', '/api/staff/partners', body({ name: 'Wrong', ...change }))
  expect(reply.status).toBe(422)
  expect(reply.body.code).toBe('request.invalid')
  expect(reply.body.fields?.map((field) => field.path)).toContain(path)
})

test('an account needs an address that signed the NDA, whatever its case, and each address once', async () => {
  const { id } = await staff.do(openPartner, { body: body({ name: 'With accounts' }) })
  const params = { partnerId: id }
  const account = { name: 'Sig Ner', roles: ['developer' as const, 'merchant_onboarding' as const] }
  const refused = await staff.call(openAccount, { params, body: { ...account, email: 'other@northwind.test' } })
  expect(refused.body).toMatchObject({ code: 'partner.address_not_in_nda', fields: [{ path: 'email' }] })
  const view = await staff.do(openAccount, { params, body: { ...account, email: 'SIGNER@northwind.test' } })
  expect(view.accountList).toMatchObject([
    { name: 'Sig Ner', state: 'invited', roles: ['developer', 'merchant_onboarding'] },
  ])
  const again = await staff.call(openAccount, { params, body: { ...account, email: 'signer@northwind.test' } })
  expect(again.body.code).toBe('partner.account_exists')
  center.clock.forward(73 * 3600)
  staff = await makeStaff(center)
  expect((await staff.do(getPartner, { params })).accountList[0]?.state).toBe('expired')
})

test('an active account gets no new activation', async () => {
  const partner = await makePartner(center)
  const member = await makeMember(center, partner)
  const { person } = await member.do(me, {})
  const params = { partnerId: partner.id, personId: person.id }
  expect((await partner.staff.call(resendActivation, { params })).body.code).toBe('partner.account_active')
  const nobody = { partnerId: partner.id, personId: `psn_${'0'.repeat(32)}` }
  expect((await partner.staff.call(resendActivation, { params: nobody })).body.code).toBe('thing.not_found')
})

test('several roles of one person add up', async () => {
  const partner = await makePartner(center)
  const member = await makeMember(center, partner, ['developer', 'merchant_onboarding'])
  const { permissions } = await member.do(me, {})
  expect(permissions).toEqual(['application.view', 'sandbox.develop', 'sandbox.test', 'merchant.invite'])
})

test('the list pages, whoever has been in his stage for the longest first', async () => {
  const first = await staff.do(listPartners, { query: { limit: 2 } })
  const second = await staff.do(listPartners, { query: { limit: 2, cursor: first.nextCursor ?? '' } })
  const items = [...first.items, ...second.items]
  expect(new Set(items.map(({ id }) => id)).size).toBe(4)
  expect(items.map(({ since }) => since)).toEqual(items.map(({ since }) => since).sort())
})
