import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { logIn, me, switchOrganisation } from '../../contract/accounts.ts'
import { listEveryAudit } from '../../contract/audit.ts'
import * as contract from '../../contract/members.ts'
import { disableAccount } from '../../contract/partners.ts'
import { TestBrowser } from '../../test/browser.ts'
import { linkIn, type MadePartner, makeMember, makePartner, makeStaff, PASSWORD } from '../../test/make.ts'
import { type Center, startCenter } from '../../test/start.ts'

let center: Center
let partner: MadePartner
let admin: Awaited<ReturnType<typeof makeMember>>
let adminId: string
beforeAll(async () => {
  center = await startCenter()
})
afterAll(() => center.close())
beforeEach(async () => {
  partner = await makePartner(center)
  admin = await makeMember(center, partner)
  adminId = (await admin.do(me, {})).person.id
})

let count = 0
const newAddress = () => `colleague${++count}@elsewhere.test`
const fresh = () => new TestBrowser(center.origin)
const invite = (emails: string[], roles: ('developer' | 'developer_admin')[] = ['developer']) =>
  admin.call(contract.inviteMembers, { body: { emails, roles } })
const tokenFor = async (email: string) =>
  new URL(linkIn((await center.mail.waitFor(email, /invites you/)).text)).hash.slice(1)
const accept = (token: string, name: string | null = 'Colleague', password = PASSWORD) =>
  fresh().call(contract.acceptInvitation, { body: { token, ...(name === null ? {} : { name }), password } })

describe('an invitation', () => {
  test('makes a colleague of somebody who had no account', async () => {
    const email = newAddress()
    const view = (await invite([email], ['developer'])).body
    expect(view.invitations).toMatchObject([{ email, state: 'sent', roles: ['developer'] }])
    const token = await tokenFor(email)
    expect(await fresh().do(contract.checkInvitation, { body: { token } })).toMatchObject({
      email,
      partnerName: partner.name,
      hasAccount: false,
    })
    expect((await accept(token, null)).body).toMatchObject({ code: 'request.invalid', fields: [{ path: 'name' }] })
    expect((await accept(token, 'C', 'short')).body.code).toBe('account.password_too_short')
    expect((await accept(token)).status).toBe(200)
    expect((await accept(token)).body.code).toBe('invitation.unknown')
    const colleague = fresh()
    await colleague.do(logIn, { body: { email, password: PASSWORD } })
    expect(await colleague.do(me, {})).toMatchObject({ partner: { id: partner.id }, roles: ['developer'] })
    const after = await admin.do(contract.listMembers, {})
    expect(after.invitations).toEqual([])
    expect(after.members).toMatchObject([{ self: true }, { email, state: 'active', self: false }])
  })

  test('joins somebody who has an account with the password of that account, and tells the inviter nothing', async () => {
    const other = await makePartner(center)
    const known = await makeMember(center, other)
    const [one, two] = [await invite([known.email]), await invite([newAddress()])]
    expect(Object.keys(one.body.invitations[0] ?? {})).toEqual(Object.keys(two.body.invitations[0] ?? {}))
    const token = await tokenFor(known.email)
    expect((await fresh().do(contract.checkInvitation, { body: { token } })).hasAccount).toBe(true)
    expect((await accept(token, 'X', 'not the right sentence')).body.code).toBe('account.wrong_password')
    const { items } = await other.staff.do(listEveryAudit, { query: { action: 'session.refuse', object: known.email } })
    expect(items).toMatchObject([{ chain: 'center', actor: { kind: 'nobody' }, object: { name: known.email } }])
    expect((await accept(token, null)).status).toBe(200)
    expect((await known.do(me, {})).organisations.map(({ id }) => id)).toEqual([other.id, partner.id])
  })

  test('can be accepted for three days; sending again voids the link before', async () => {
    const email = newAddress()
    await invite([email])
    const first = await tokenFor(email)
    const [invitation] = (await admin.do(contract.listMembers, {})).invitations
    const params = { invitationId: invitation?.id ?? '' }
    const before = center.mail.mails.length
    await admin.do(contract.resendInvitation, { params })
    await expect.poll(() => center.mail.mails.slice(before).some(({ to }) => to === email)).toBe(true)
    expect((await accept(first)).body.code).toBe('invitation.unknown')
    const second = await tokenFor(email)
    center.clock.forward(3 * 86_400 + 1)
    expect((await accept(second)).body.code).toBe('invitation.unknown')
    await admin.do(logIn, { body: { email: admin.email, password: PASSWORD } })
    expect((await admin.do(contract.listMembers, {})).invitations).toMatchObject([{ state: 'expired' }])
  })

  test('is withdrawn, and opened again by sending it again', async () => {
    const email = newAddress()
    const { invitations } = (await invite([email])).body
    const params = { invitationId: invitations[0]?.id ?? '' }
    const token = await tokenFor(email)
    await admin.do(contract.withdrawInvitation, { params })
    expect((await accept(token)).body.code).toBe('invitation.unknown')
    expect((await admin.call(contract.withdrawInvitation, { params })).body.code).toBe('invitation.closed')
    expect((await admin.do(contract.resendInvitation, { params })).invitations).toMatchObject([{ state: 'sent' }])
  })

  test('of two that accept at once one becomes the member', async () => {
    const email = newAddress()
    await invite([email])
    const token = await tokenFor(email)
    const both = await Promise.all([accept(token, 'One'), accept(token, 'Two')])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 410])
  })

  test('goes to ten addresses at most, each once, and to no member; a refused batch mails nobody', async () => {
    const eleven = Array.from({ length: 11 }, newAddress)
    expect((await invite(eleven)).body).toMatchObject({ code: 'request.invalid', fields: [{ path: 'emails' }] })
    const [one = '', two = ''] = eleven
    expect((await invite([one, one.toUpperCase()])).body.fields).toMatchObject([{ path: 'emails' }])
    expect((await invite([one, admin.email])).body).toMatchObject({
      code: 'member.present',
      fields: [{ path: 'emails.1' }],
    })
    await invite([two])
    await tokenFor(two)
    expect(center.mail.mails.some(({ to }) => to === one)).toBe(false)
  })

  test('to an address of staff cannot be accepted', async () => {
    const staff = await makeStaff(center)
    const { person } = await staff.do(me, {})
    await invite([person.email])
    expect((await accept(await tokenFor(person.email))).body.code).toBe('partner.account_elsewhere')
  })

  test('that makes a Developer Admin asks for a fresh proof', async () => {
    center.clock.forward(6 * 60)
    expect((await invite([newAddress()], ['developer_admin'])).body.code).toBe('session.proof_needed')
    const { status, body } = await invite([newAddress()], ['developer'])
    expect(status).toBe(200)
    // Sent again, one that was withdrawn opens: it may have been one for a Developer Admin.
    const params = { invitationId: body.invitations[0]?.id ?? '' }
    expect((await admin.call(contract.resendInvitation, { params })).body.code).toBe('session.proof_needed')
  })

  test('is sent a hundred times a day at most', async () => {
    for (let i = 0; i < 10; i++) expect((await invite(Array.from({ length: 10 }, newAddress))).status).toBe(200)
    expect((await invite([newAddress()])).body.code).toBe('invitation.too_many')
  })
})

describe('a member', () => {
  const add = async () => {
    const member = await makeMember(center, partner, ['developer'])
    return { member, params: { personId: (await member.do(me, {})).person.id } }
  }

  test('is disabled at once, and let in again with a mail', async () => {
    const { member, params } = await add()
    const view = await admin.do(contract.disableMember, { params })
    expect(view.members.find(({ id }) => id === params.personId)?.state).toBe('disabled')
    expect((await member.call(me, {})).status).toBe(401)
    expect((await member.call(logIn, { body: { email: member.email, password: PASSWORD } })).body.code).toBe(
      'account.wrong_credentials',
    )
    await admin.do(contract.enableMember, { params })
    await center.mail.waitFor(member.email, /open again/)
    await member.do(logIn, { body: { email: member.email, password: PASSWORD } })
  })

  test('is logged out everywhere, and removed', async () => {
    const { member, params } = await add()
    expect(await admin.do(contract.endMemberSessions, { params })).toEqual({ ended: 1 })
    expect((await member.call(me, {})).status).toBe(401)
    const view = await admin.do(contract.removeMember, { params })
    expect(view.members).toHaveLength(1)
    expect((await member.call(logIn, { body: { email: member.email, password: PASSWORD } })).status).toBe(401)
  })

  test('of another organisation is not found', async () => {
    const other = await makePartner(center)
    const foreign = await makeMember(center, other)
    const params = { personId: (await foreign.do(me, {})).person.id }
    const answers = [
      await admin.call(contract.disableMember, { params }),
      await admin.call(contract.removeMember, { params }),
      await admin.call(contract.setMemberRoles, { params, body: { roles: ['developer'] } }),
      await admin.call(contract.endMemberSessions, { params }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404])
    expect((await foreign.call(me, {})).status).toBe(200)
  })
})

test('what somebody has invited ends with the right to invite', async () => {
  const second = await makeMember(center, partner)
  const email = newAddress()
  await second.do(contract.inviteMembers, { body: { emails: [email], roles: ['developer_admin'] } })
  const token = await tokenFor(email)
  await admin.do(contract.removeMember, { params: { personId: (await second.do(me, {})).person.id } })
  expect((await accept(token)).body.code).toBe('invitation.unknown')
  expect((await admin.do(contract.listMembers, {})).invitations).toMatchObject([{ email, state: 'withdrawn' }])
})

test('what somebody has invited ends when staff shut the person out, in every organisation', async () => {
  const second = await makeMember(center, partner)
  const params = { partnerId: partner.id, personId: (await second.do(me, {})).person.id }
  const other = await makePartner(center)
  const elsewhere = await makeMember(center, other)
  await elsewhere.do(contract.inviteMembers, { body: { emails: [second.email], roles: ['developer_admin'] } })
  expect((await accept(await tokenFor(second.email), null)).status).toBe(200)
  const [here, there, colleagues] = [newAddress(), newAddress(), newAddress()]
  await second.do(contract.inviteMembers, { body: { emails: [here], roles: ['developer_admin'] } })
  await second.do(switchOrganisation, { body: { partnerId: other.id } })
  await second.do(contract.inviteMembers, { body: { emails: [there], roles: ['developer_admin'] } })
  await invite([colleagues])
  const tokens = [await tokenFor(here), await tokenFor(there), await tokenFor(colleagues)]
  await partner.staff.do(disableAccount, { params })
  const answers = []
  for (const token of tokens) answers.push((await accept(token)).body.code)
  expect(answers).toEqual(['invitation.unknown', 'invitation.unknown', undefined])
  expect((await elsewhere.do(contract.listMembers, {})).invitations).toMatchObject([
    { email: there, state: 'withdrawn' },
  ])
})

describe('one address', () => {
  const refused = (email: string, path: string, message: string) => ({
    code: 'invitation.too_many_to_address',
    fields: [{ path, message: `${email} ${message}` }],
  })
  const inviterElsewhere = async () => {
    const inviter = await makeMember(center, await makePartner(center))
    return (emails: string[]) => inviter.call(contract.inviteMembers, { body: { emails, roles: ['developer'] } })
  }

  test('gets five invitations of an organisation a day, and others may still invite it', async () => {
    const email = newAddress()
    for (let i = 0; i < 5; i++) expect((await invite([email])).status).toBe(200)
    const { status, body } = await invite([newAddress(), email])
    expect(status).toBe(429)
    expect(body).toMatchObject(refused(email, 'emails.1', 'got 5 invitations of your organisation within a day.'))
    const [invitation] = (await admin.do(contract.listMembers, {})).invitations
    const params = { invitationId: invitation?.id ?? '' }
    expect((await admin.call(contract.resendInvitation, { params })).body).toMatchObject(
      refused(email, 'invitationId', 'got 5 invitations of your organisation within a day.'),
    )
    const inviteElsewhere = await inviterElsewhere()
    expect((await inviteElsewhere([email])).status).toBe(200)
  })

  test('gets twenty a day of all together', async () => {
    const email = newAddress()
    for (let organisation = 0; organisation < 4; organisation++) {
      const inviteElsewhere = await inviterElsewhere()
      for (let i = 0; i < 5; i++) expect((await inviteElsewhere([email])).status).toBe(200)
    }
    expect((await invite([email])).body).toMatchObject(
      refused(email, 'emails.0', 'can get no more invitations within this day.'),
    )
    center.clock.forward(86_400)
    await admin.do(logIn, { body: { email: admin.email, password: PASSWORD } })
    expect((await invite([email])).status).toBe(200)
  })
})

describe('the last active Developer Admin', () => {
  test('can be neither removed, nor disabled, nor demoted', async () => {
    const params = { personId: adminId }
    const answers = [
      await admin.call(contract.removeMember, { params }),
      await admin.call(contract.disableMember, { params }),
      await admin.call(contract.setMemberRoles, { params, body: { roles: ['developer'] } }),
    ]
    expect(answers.map(({ body }) => body.code)).toEqual(Array(3).fill('member.last_admin'))
  })

  test('is left when two admins demote each other at once', async () => {
    for (let round = 0; round < 5; round++) {
      const own = await makePartner(center)
      const [one, two] = [await makeMember(center, own), await makeMember(center, own)]
      const ids = [(await one.do(me, {})).person.id, (await two.do(me, {})).person.id]
      const demote = (browser: TestBrowser, personId: string) =>
        browser.call(contract.setMemberRoles, { params: { personId }, body: { roles: ['developer'] } })
      await Promise.all([demote(one, ids[1] ?? ''), demote(two, ids[0] ?? '')])
      const roles = [(await one.do(me, {})).roles, (await two.do(me, {})).roles]
      expect(roles.flat().filter((role) => role === 'developer_admin')).toHaveLength(1)
    }
  })

  test('who is disabled does not count', async () => {
    const second = await makeMember(center, partner)
    const params = { personId: (await second.do(me, {})).person.id }
    await admin.do(contract.disableMember, { params })
    expect((await admin.call(contract.removeMember, { params: { personId: adminId } })).body.code).toBe(
      'member.last_admin',
    )
  })
})

test('colleagues who may do something are named to their colleagues', async () => {
  const developer = await makeMember(center, partner, ['developer'])
  const { items } = await developer.do(contract.colleaguesWhoMay, { query: { permission: 'application.create' } })
  expect(items.map(({ email }) => email)).toEqual([admin.email])
})
