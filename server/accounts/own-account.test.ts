import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as contract from '../../contract/accounts.ts'
import { listApplications } from '../../contract/applications.ts'
import { PARTNER_HEADER, POLL_HEADER } from '../../contract/endpoint.ts'
import { setMemberRoles } from '../../contract/members.ts'
import { addNdaAddress, disableAccount, enableAccount, openAccount } from '../../contract/partners.ts'
import type { PartnerRole } from '../../rules/roles.ts'
import { TestBrowser } from '../../test/browser.ts'
import { type MadePartner, makeMember, makePartner, PASSWORD } from '../../test/make.ts'
import { plant } from '../../test/secrets.ts'
import { type Center, startCenter } from '../../test/start.ts'

const NEXT = 'a ferry that leaves at noon on tuesdays'
plant('password', NEXT)

let center: Center
let partner: MadePartner
beforeAll(async () => {
  center = await startCenter()
})
afterAll(() => center.close())
beforeEach(async () => {
  partner = await makePartner(center)
})

const fresh = () => new TestBrowser(center.origin)
const logIn = (browser: TestBrowser, email: string, password = PASSWORD) =>
  browser.call(contract.logIn, { body: { email, password } })
const statusOf = async (browser: TestBrowser) => (await browser.call(contract.me, {})).status
const personIdOf = async (browser: TestBrowser) => (await browser.do(contract.me, {})).person.id

describe('sessions and browsers', () => {
  test('are listed with the one that asks marked, and none of them shows a token or what is stored of it', async () => {
    const member = await makeMember(center, partner)
    const other = fresh()
    await logIn(other, member.email)
    const reply = await member.call(contract.listSessions, {})
    expect(reply.body.sessions.map(({ current }) => current).sort()).toEqual([false, true])
    expect(reply.body.browsers.map(({ current }) => current).sort()).toEqual([false, true])
    const stored = await center.app.database.reader.selectFrom('sessions').select('token_hash').execute()
    for (const { token_hash } of stored) expect(reply.text).not.toContain(token_hash)
    expect(reply.text).not.toContain(other.cookies.get('slipway_session') ?? 'none')
  })

  test('one is ended, and the rest go on', async () => {
    const member = await makeMember(center, partner)
    const other = fresh()
    await logIn(other, member.email)
    const { sessions } = await member.do(contract.listSessions, {})
    const sessionId = sessions.find(({ current }) => !current)?.id ?? ''
    await member.do(contract.endSession, { params: { sessionId } })
    expect([await statusOf(member), await statusOf(other)]).toEqual([200, 401])
    expect((await member.call(contract.endSession, { params: { sessionId } })).body.code).toBe('thing.not_found')
  })

  test("nobody ends another person's session", async () => {
    const [one, two] = [await makeMember(center, partner), await makeMember(center, partner)]
    const { sessions, browsers } = await one.do(contract.listSessions, {})
    const [session, browser] = [sessions[0]?.id ?? '', browsers[0]?.id ?? '']
    expect((await two.call(contract.endSession, { params: { sessionId: session } })).status).toBe(404)
    expect((await two.call(contract.forgetBrowser, { params: { browserId: browser } })).status).toBe(404)
    expect(await statusOf(one)).toBe(200)
  })

  test('all others are ended at once', async () => {
    const member = await makeMember(center, partner)
    const others = [fresh(), fresh()]
    for (const other of others) await logIn(other, member.email)
    expect(await member.do(contract.endOtherSessions, {})).toEqual({ ended: 2 })
    expect(await Promise.all([member, ...others].map(statusOf))).toEqual([200, 401, 401])
  })

  test('a forgotten browser loses its sessions, and counts as never seen', async () => {
    const member = await makeMember(center, partner)
    const other = fresh()
    await logIn(other, member.email)
    const { browsers } = await member.do(contract.listSessions, {})
    const browserId = browsers.find(({ current }) => !current)?.id ?? ''
    await member.do(contract.forgetBrowser, { params: { browserId } })
    expect(await statusOf(other)).toBe(401)
    for (let i = 0; i < 10; i++) await logIn(fresh(), member.email, `wrong guess number ${i}`)
    expect((await logIn(other, member.email)).body.code).toBe('account.too_many_tries')
    expect((await logIn(member, member.email)).status).toBe(200)
  })

  test('a log-in from a new browser is told by mail; from a known one, and the first of all, it is not', async () => {
    const member = await makeMember(center, partner)
    await logIn(member, member.email)
    const other = fresh()
    await logIn(other, member.email)
    const mail = await center.mail.waitFor(member.email, /new browser/)
    expect(mail.text).toContain('127.0.0.1')
    await logIn(other, member.email)
    await member.do(contract.changePassword, { body: { currentPassword: PASSWORD, newPassword: NEXT } })
    await center.mail.waitFor(member.email, /password was changed/)
    const told = center.mail.mails.filter(({ to, subject }) => to === member.email && /new browser/.test(subject))
    expect(told).toHaveLength(1)
  })
})

describe('the end of a session', () => {
  test('is told, and a call that a page makes by itself does not put it off', async () => {
    const member = await makeMember(center, partner)
    const times = async () =>
      await member.send<{ idleEndsAt: string }>('GET', '/api/session', undefined, { [POLL_HEADER]: '1' })
    const first = (await times()).body.idleEndsAt
    center.clock.forward(20 * 60)
    expect((await times()).body.idleEndsAt).toBe(first)
    await member.do(contract.me, {})
    expect(Date.parse((await times()).body.idleEndsAt) - Date.parse(first)).toBeGreaterThanOrEqual(20 * 60_000)
    center.clock.forward(29 * 60)
    expect((await times()).status).toBe(200)
    center.clock.forward(61)
    expect((await times()).status).toBe(401)
  })

  test('does not come early when the clock goes back, and what has ended stays ended', async () => {
    const member = await makeMember(center, partner)
    center.clock.forward(-3600)
    expect(await statusOf(member)).toBe(200)
    center.clock.forward(86_400)
    expect(await statusOf(member)).toBe(401)
    center.clock.forward(-86_400)
    expect(await statusOf(member)).toBe(401)
  })
})

describe('a fresh proof', () => {
  const grant = async (staff: TestBrowser) =>
    staff.call(openAccount, {
      params: { partnerId: partner.id },
      body: { name: 'New', email: partner.addresses.pop() ?? '', roles: ['developer_admin'] },
    })

  test('is asked for five minutes after the password was entered, and opens the action again', async () => {
    const { staff } = partner
    center.clock.forward(4 * 60 + 58)
    expect((await grant(staff)).status).toBe(200)
    center.clock.forward(3)
    const refused = await grant(staff)
    expect(refused.body.code).toBe('session.proof_needed')
    expect(refused.status).toBe(403)
    expect(
      (await staff.call(contract.proveSession, { body: { password: 'not the right sentence' } })).body,
    ).toMatchObject({ code: 'account.wrong_password', fields: [{ path: 'password' }] })
    expect((await grant(staff)).body.code).toBe('session.proof_needed')
    await staff.do(contract.proveSession, { body: { password: PASSWORD } })
    expect((await grant(staff)).status).toBe(200)
  })

  test('is not asked where nothing that matters is granted', async () => {
    center.clock.forward(6 * 60)
    const reply = await partner.staff.call(openAccount, {
      params: { partnerId: partner.id },
      body: { name: 'New', email: partner.addresses.pop() ?? '', roles: ['developer'] },
    })
    expect(reply.status).toBe(200)
  })

  test('cannot be guessed with a borrowed session, and guessing shuts nobody out', async () => {
    const member = await makeMember(center, partner)
    const replies = await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        member.call(contract.proveSession, { body: { password: `guess number ${i}` } }),
      ),
    )
    expect(replies.filter(({ body }) => body.code === 'account.wrong_password')).toHaveLength(10)
    expect((await logIn(fresh(), member.email)).status).toBe(200)
  })
})

test('a session that changes its token has no more guesses for it', async () => {
  const member = await makeMember(center, partner)
  const { partner: own } = await member.do(contract.me, {})
  let checked = 0
  for (let i = 0; i < 15; i++) {
    const { body } = await member.call(contract.proveSession, { body: { password: `wrong guess number ${i}` } })
    if (body.code === 'account.wrong_password') checked++
    await member.do(contract.switchOrganisation, { body: { partnerId: own?.id ?? '' } })
  }
  expect(checked).toBe(10)
})

test('an empty browser cookie makes nobody a known browser', async () => {
  const member = await makeMember(center, partner)
  const empty = fresh()
  empty.cookies.set('slipway_browser', '')
  await logIn(empty, member.email)
  for (let i = 0; i < 10; i++) await logIn(fresh(), member.email, `wrong guess number ${i}`)
  expect((await logIn(fresh(), member.email)).body.code).toBe('account.too_many_tries')
})

describe('the own password', () => {
  test('is changed with the one before; every other session ends and this one gets a new token', async () => {
    const member = await makeMember(center, partner)
    const other = fresh()
    await logIn(other, member.email)
    const before = member.cookies.get('slipway_session') ?? ''
    await member.do(contract.changePassword, { body: { currentPassword: PASSWORD, newPassword: NEXT } })
    expect([await statusOf(member), await statusOf(other)]).toEqual([200, 401])
    const thief = fresh()
    thief.cookies.set('slipway_session', before)
    expect(await statusOf(thief)).toBe(401)
    expect((await logIn(fresh(), member.email)).status).toBe(401)
    expect((await logIn(fresh(), member.email, NEXT)).status).toBe(200)
    const notice = await center.mail.waitFor(member.email, /was changed/)
    expect(notice.text).not.toContain(NEXT)
  })

  test('stays as it is when the one before is wrong, or the new one is weak', async () => {
    const member = await makeMember(center, partner)
    const change = (currentPassword: string, newPassword: string) =>
      member.call(contract.changePassword, { body: { currentPassword, newPassword } })
    expect((await change('not the right sentence', NEXT)).body).toMatchObject({
      code: 'account.wrong_password',
      fields: [{ path: 'currentPassword' }],
    })
    expect((await change(PASSWORD, 'short')).body).toMatchObject({
      code: 'account.password_too_short',
      fields: [{ path: 'newPassword' }],
    })
    expect((await change(PASSWORD, 'passwordpassword')).body.code).toBe('account.password_guessable')
    expect((await logIn(fresh(), member.email)).status).toBe(200)
  })
})

describe('being shut out', () => {
  test('by staff ends everything at once; letting in again is told by mail', async () => {
    const member = await makeMember(center, partner)
    const params = { partnerId: partner.id, personId: await personIdOf(member) }
    await partner.staff.do(disableAccount, { params })
    expect(await statusOf(member)).toBe(401)
    const right = await logIn(fresh(), member.email)
    const wrong = await logIn(fresh(), member.email, 'not the right sentence')
    const anonymous = (text: string) => text.replace(/"requestId":"[^"]+"/, '')
    expect(anonymous(right.text)).toBe(anonymous(wrong.text))
    expect((await partner.staff.call(disableAccount, { params })).body.code).toBe('account.already_disabled')
    await partner.staff.do(enableAccount, { params })
    await center.mail.waitFor(member.email, /open again/)
    expect((await logIn(fresh(), member.email)).status).toBe(200)
    expect((await partner.staff.call(enableAccount, { params })).body.code).toBe('account.not_disabled')
  })

  test('by a hundred guesses in a row ends when a year has passed without one', async () => {
    const { email } = await makeMember(center, partner)
    const day = 86_400
    for (let round = 0; round < 10; round++) {
      for (let i = 0; i < 10; i++)
        expect((await logIn(fresh(), email, 'not the right sentence')).body.code).toBe('account.wrong_credentials')
      center.clock.forward(30 * day)
    }
    expect((await logIn(fresh(), email)).body.code).toBe('account.too_many_tries')
    // The last guess was a month ago.
    center.clock.forward(334 * day)
    expect((await logIn(fresh(), email)).body.code).toBe('account.too_many_tries')
    center.clock.forward(day)
    expect((await logIn(fresh(), email)).status).toBe(200)
  })

  test('other roles count from the next request on', async () => {
    const [admin, member] = [await makeMember(center, partner), await makeMember(center, partner)]
    const params = { personId: await personIdOf(member) }
    await admin.do(setMemberRoles, { params, body: { roles: ['merchant_onboarding'] } })
    expect(await member.do(contract.me, {})).toMatchObject({ roles: ['merchant_onboarding'] })
  })
})

describe('somebody in two organisations', () => {
  const makeMemberOfTwo = async (role: PartnerRole = 'developer') => {
    const member = await makeMember(center, partner)
    const second = await makePartner(center)
    await second.staff.do(addNdaAddress, { params: { partnerId: second.id }, body: { email: member.email } })
    await second.staff.do(openAccount, {
      params: { partnerId: second.id },
      body: { name: 'Known', email: member.email, roles: [role] },
    })
    return { member, second }
  }

  test('switches under a new token, and the next log-in opens the one of the last time', async () => {
    const { member, second } = await makeMemberOfTwo()
    const me = await member.do(contract.me, {})
    expect(me.organisations.map(({ name }) => name)).toEqual([partner.name, second.name])
    const before = member.cookies.get('slipway_session') ?? ''
    const there = await member.do(contract.switchOrganisation, { body: { partnerId: second.id } })
    expect(there).toMatchObject({ partner: { id: second.id }, roles: ['developer'] })
    const thief = fresh()
    thief.cookies.set('slipway_session', before)
    expect(await statusOf(thief)).toBe(401)
    const again = fresh()
    await logIn(again, member.email)
    expect(await again.do(contract.me, {})).toMatchObject({ partner: { id: second.id } })
    const foreign = await makePartner(center)
    expect((await again.call(contract.switchOrganisation, { body: { partnerId: foreign.id } })).status).toBe(404)
  })

  test('who has switched in another window does nothing in the organisation that a window no longer shows', async () => {
    const { member, second } = await makeMemberOfTwo('developer_admin')
    const body = { name: 'For the first', partnerType: 'acquirer', description: '', products: ['cashier'] }
    const asShown = (partnerId: string, method: string, path: string, sent?: unknown) =>
      member.send(method, `/api${path}`, sent, { [PARTNER_HEADER]: partnerId })
    expect((await asShown(partner.id, 'GET', '/applications')).status).toBe(200)
    await member.do(contract.switchOrganisation, { body: { partnerId: second.id } })
    const entries = () => center.app.database.reader.selectFrom('audit_entries').select('id').execute()
    const before = await entries()
    for (const [method, path, sent] of [
      ['POST', '/applications', body],
      ['GET', '/applications'],
      // Before his roles are looked at: the second organisation's log holds nothing of what was meant for the first.
      ['GET', '/staff/partners'],
      // So a window finds out by itself, as soon as it asks anything.
      ['GET', '/me'],
    ] as const) {
      const reply = await asShown(partner.id, method, path, sent)
      expect([reply.status, reply.body.code], path).toEqual([409, 'session.other_organisation'])
    }
    expect(await entries()).toHaveLength(before.length)
    expect((await asShown(second.id, 'POST', '/applications', body)).status).toBe(200)
    expect((await member.call(listApplications, {})).body.items).toHaveLength(1)
    // What is the person's own is done from any window: switching back, and logging out.
    const back = await asShown(partner.id, 'PUT', '/session/organisation', { partnerId: partner.id })
    expect(back.status).toBe(200)
    expect((await asShown(second.id, 'DELETE', '/session')).status).toBe(200)
    expect((await asShown(second.id, 'GET', '/me')).body.code).toBe('session.missing')
    const again = { email: member.email, password: PASSWORD }
    expect((await asShown(second.id, 'POST', '/session', again)).status).toBe(200)
  })

  test('nor does a window of a member act for the staff who log in beside it', async () => {
    const headers = { [PARTNER_HEADER]: partner.id }
    const reply = await partner.staff.send('GET', '/api/staff/partners', undefined, headers)
    expect(reply.body.code).toBe('session.other_organisation')
  })
})
