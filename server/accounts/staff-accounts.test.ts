import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { logIn, me } from '../../contract/accounts.ts'
import {
  disableStaff,
  enableStaff,
  listStaff,
  openStaff,
  resendStaffActivation,
  setStaffRole,
} from '../../contract/staff.ts'
import { listPartners, openPartner } from '../../contract/partners.ts'
import { TestBrowser } from '../../test/browser.ts'
import { activated, linkIn, makeMember, makePartner, makeStaff, PASSWORD } from '../../test/make.ts'
import { type Center, startCenter } from '../../test/start.ts'

let center: Center
let admin: TestBrowser
beforeEach(async () => {
  center = await startCenter()
  admin = await makeStaff(center, 'operator_admin')
})
afterEach(() => center.close())

const idOf = async (browser: TestBrowser) => (await browser.do(me, {})).person.id
const newcomer = { name: 'New Comer', email: 'new@network.test', role: 'support' as const }

test('an Operator admin opens a staff account, whose holder sets the password himself', async () => {
  const { items } = await admin.do(openStaff, { body: newcomer })
  expect(items.at(-1)).toMatchObject({ name: 'New Comer', role: 'support', state: 'invited', self: false })
  expect((await admin.call(openStaff, { body: { ...newcomer, email: 'NEW@network.test' } })).body.code).toBe(
    'staff.account_exists',
  )
  const mail = await center.mail.waitFor(newcomer.email, /activate/)
  const browser = await activated(center, newcomer.email, linkIn(mail.text))
  expect((await browser.do(me, {})).staffRole).toBe('support')
  const params = { personId: await idOf(browser) }
  expect((await admin.call(resendStaffActivation, { params })).body.code).toBe('staff.account_active')
})

test('a member of a partner cannot be staff', async () => {
  const member = await makeMember(center, await makePartner(center))
  const refused = await admin.call(openStaff, { body: { ...newcomer, email: member.email } })
  expect(refused.body.code).toBe('staff.address_of_partner')
})

test('an activation that has expired is sent again', async () => {
  await admin.do(openStaff, { body: newcomer })
  center.clock.forward(73 * 3600)
  admin = await makeStaff(center, 'operator_admin')
  const person = (await admin.do(listStaff, {})).items.find(({ email }) => email === newcomer.email)
  expect(person?.state).toBe('expired')
  await admin.do(resendStaffActivation, { params: { personId: person?.id ?? '' } })
  expect((await admin.do(listStaff, {})).items.find(({ email }) => email === newcomer.email)?.state).toBe('invited')
})

test('a role changes at once, and asks for the password again', async () => {
  const support = await makeStaff(center, 'support')
  const params = { personId: await idOf(support) }
  const role = { params, body: { role: 'solution_architect' as const } }
  center.clock.forward(360)
  expect((await admin.call(setStaffRole, role)).body.code).toBe('session.proof_needed')
  admin = await makeStaff(center, 'operator_admin')
  await admin.do(setStaffRole, role)
  expect((await support.do(me, {})).staffPermissions).toContain('staff.partner.open')
  const body = {
    name: 'Opened',
    partnerTypes: ['acquirer' as const],
    standing: 'trial' as const,
    ndaAddresses: ['a@b.test'],
  }
  expect((await support.call(openPartner, { body })).status).toBe(200)
})

test('a disabled member of staff is out at once, and in again with a mail', async () => {
  const support = await makeStaff(center, 'support')
  const { person } = await support.do(me, {})
  const params = { personId: person.id }
  await admin.do(disableStaff, { params })
  expect((await support.call(listPartners, { query: {} })).body.code).toBe('session.missing')
  const logInAgain = () =>
    new TestBrowser(center.origin).call(logIn, { body: { email: person.email, password: PASSWORD } })
  expect((await logInAgain()).body.code).toBe('account.wrong_credentials')
  expect((await admin.call(disableStaff, { params })).body.code).toBe('account.already_disabled')
  await admin.do(enableStaff, { params })
  await center.mail.waitFor(person.email, /open again/)
  expect((await logInAgain()).status).toBe(200)
})

test('a member of a partner is not found among staff', async () => {
  const member = await makeMember(center, await makePartner(center))
  const params = { personId: await idOf(member) }
  expect((await admin.call(disableStaff, { params })).body.code).toBe('thing.not_found')
  expect((await admin.call(setStaffRole, { params, body: { role: 'support' } })).body.code).toBe('thing.not_found')
  expect((await member.do(me, {})).staffRole).toBeNull()
})

describe('the last active Operator admin', () => {
  test('can be neither disabled nor demoted', async () => {
    const params = { personId: await idOf(admin) }
    expect((await admin.call(disableStaff, { params })).body.code).toBe('staff.last_admin')
    expect((await admin.call(setStaffRole, { params, body: { role: 'support' } })).body.code).toBe('staff.last_admin')
    // Somebody whose password is not set yet does not count.
    await admin.do(openStaff, { body: { ...newcomer, role: 'operator_admin' } })
    expect((await admin.call(disableStaff, { params })).body.code).toBe('staff.last_admin')
  })

  test('may go once there is another one, and sees no list any more', async () => {
    await makeStaff(center, 'operator_admin')
    const params = { personId: await idOf(admin) }
    expect(await admin.do(setStaffRole, { params, body: { role: 'support' } })).not.toEqual({ items: [] })
    expect((await admin.call(disableStaff, { params })).body.code).toBe('permission.missing')
  })

  test('is left when two shut each other out at once', async () => {
    for (let round = 0; round < 4; round++) {
      const other = await makeStaff(center, 'operator_admin')
      const others = { personId: await idOf(other) }
      const own = { personId: await idOf(admin) }
      const replies = await Promise.all([
        round < 2 ? admin.call(disableStaff, { params: others }) : demote(admin, others),
        round < 2 ? other.call(disableStaff, { params: own }) : demote(other, own),
      ])
      // Whoever came first is left: the other one was out before his turn, or is told that one must stay.
      expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
      admin = replies[0]?.status === 200 ? admin : other
      const { items } = await admin.do(listStaff, {})
      const left = items.filter(({ role, state }) => role === 'operator_admin' && state === 'active')
      expect(left.map(({ self }) => self)).toEqual([true])
    }
  })
})

const demote = (browser: TestBrowser, params: { personId: string }) =>
  browser.call(setStaffRole, { params, body: { role: 'support' } })
