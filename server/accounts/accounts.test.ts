import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as contract from '../../contract/accounts.ts'
import { disableAccount, enableAccount, openAccount, resendActivation } from '../../contract/partners.ts'
import { ARGON2 } from '../../rules/limits.ts'
import { TestBrowser } from '../../test/browser.ts'
import { activated, linkIn, type MadePartner, makeMember, makePartner, makeStaff, PASSWORD } from '../../test/make.ts'
import { plant } from '../../test/secrets.ts'
import { type Center, startCenter } from '../../test/start.ts'
import { tokenHash } from '../seal.ts'
import { newCode } from './resets.ts'
import { keysOf } from './tries.ts'

let center: Center
let partner: MadePartner
beforeAll(async () => {
  center = await startCenter({ hashCost: ARGON2 })
})
afterAll(() => center.close())
// The tests move the clock, and with it the end of every session.
beforeEach(async () => {
  partner = await makePartner(center)
})

const fresh = () => new TestBrowser(center.origin)
const logIn = (browser: TestBrowser, email: string, password: string) =>
  browser.call(contract.logIn, { body: { email, password } })
const sessionOf = (browser: TestBrowser) => browser.cookies.get('slipway_session') ?? ''

/** Asks for a reset and reads the code from the mail. */
async function askForCode(browser: TestBrowser, email: string): Promise<string> {
  const before = center.mail.mails.length
  await browser.do(contract.startReset, { body: { email } })
  return codeAfter(before, email)
}
async function codeAfter(count: number, email: string): Promise<string> {
  await expect
    .poll(() => center.mail.mails.slice(count).some((mail) => mail.to === email && /code/.test(mail.subject)))
    .toBe(true)
  const mail = center.mail.mails.slice(count).find(({ to, subject }) => to === email && /code/.test(subject))
  return /^\d{6}$/m.exec(mail?.text ?? '')?.[0] ?? ''
}
const otherCode = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

describe('log in', () => {
  test('starts a session whose token is only in the cookie, and in the database only as a hash', async () => {
    const member = await makeMember(center, partner)
    const browser = fresh()
    const reply = await logIn(browser, member.email.toUpperCase(), PASSWORD)
    expect(reply.status).toBe(200)
    const token = sessionOf(browser)
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    expect(reply.text).not.toContain(token)
    expect(center.logLines.join('')).not.toContain(token)
    const rows = await center.app.database.reader.selectFrom('sessions').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(token)
    expect(rows.map(({ token_hash }) => token_hash)).toContain(tokenHash(token))
    expect(await browser.do(contract.me, {})).toMatchObject({ roles: ['developer_admin'], partner: { id: partner.id } })
  })

  test('answers an unknown address and a wrong password with the same bytes', async () => {
    const member = await makeMember(center, partner)
    const wrong = await logIn(fresh(), member.email, 'not the right sentence')
    const unknown = await logIn(fresh(), 'nobody@nowhere.test', 'not the right sentence')
    const anonymous = (text: string) => text.replace(/"requestId":"[^"]+"/, '')
    expect(wrong.status).toBe(401)
    expect(anonymous(unknown.text)).toBe(anonymous(wrong.text))
    expect([...unknown.headers.keys()]).toEqual([...wrong.headers.keys()])
  })

  test('makes a new token each time and ends the session that the browser had', async () => {
    const member = await makeMember(center, partner)
    const old = sessionOf(member)
    await logIn(member, member.email, PASSWORD)
    expect(sessionOf(member)).not.toBe(old)
    const thief = fresh()
    thief.cookies.set('slipway_session', old)
    expect((await thief.call(contract.me, {})).status).toBe(401)
  })

  test('ends on the server with Log Out', async () => {
    const member = await makeMember(center, partner)
    const token = sessionOf(member)
    await member.do(contract.logOut, {})
    expect(sessionOf(member)).toBe('')
    const thief = fresh()
    thief.cookies.set('slipway_session', token)
    expect((await thief.call(contract.me, {})).body.code).toBe('session.missing')
  })

  test('ends after 30 idle minutes, and after 12 hours in any case', async () => {
    const member = await makeMember(center, partner)
    center.clock.forward(29 * 60)
    expect((await member.call(contract.me, {})).status).toBe(200)
    center.clock.forward(31 * 60)
    expect((await member.call(contract.me, {})).status).toBe(401)
    await logIn(member, member.email, PASSWORD)
    for (let half = 0; half < 24; half++) {
      expect((await member.call(contract.me, {})).status).toBe(200)
      center.clock.forward(29.99 * 60)
    }
    center.clock.forward(60)
    expect((await member.call(contract.me, {})).status).toBe(401)
  })

  test('sets the cookie HttpOnly, for this host and path, SameSite', async () => {
    const member = await makeMember(center, partner)
    const reply = await logIn(fresh(), member.email, PASSWORD)
    for (const line of reply.headers.getSetCookie()) {
      expect(line).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$|; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/)
      expect(line).not.toMatch(/domain/i)
    }
  })

  test('hashes at most ten of two hundred parallel guesses', async () => {
    const member = await makeMember(center, partner)
    const replies = await Promise.all(
      Array.from({ length: 200 }, (_, i) => logIn(fresh(), member.email, `wrong guess number ${i}`)),
    )
    const codes = replies.map(({ body }) => body.code)
    expect(codes.filter((code) => code === 'account.wrong_credentials')).toHaveLength(10)
    expect(codes.filter((code) => code === 'account.too_many_tries')).toHaveLength(190)
    expect((await logIn(fresh(), member.email, PASSWORD)).body.code).toBe('account.too_many_tries')
    // The owner is not shut out: neither in the browser that is known, nor from the reset.
    expect((await logIn(member, member.email, PASSWORD)).status).toBe(200)
    expect((await logIn(fresh(), member.email, PASSWORD)).body.code).toBe('account.too_many_tries')
    center.clock.forward(30 * 60)
    expect((await logIn(fresh(), member.email, PASSWORD)).status).toBe(200)
  })

  test('lets the owner in and lets the password be reset while two hundred guesses are under way', async () => {
    const member = await makeMember(center, partner)
    const guesses = Promise.all(
      Array.from({ length: 200 }, (_, i) => logIn(fresh(), member.email, `wrong guess number ${i}`)),
    )
    const owner = (async () => {
      expect((await logIn(member, member.email, PASSWORD)).status).toBe(200)
      const code = await askForCode(member, member.email)
      await member.do(contract.verifyResetCode, { body: { code } })
      await member.do(contract.finishReset, { body: { password: 'a lighthouse that hums on sundays' } })
    })()
    const [replies] = await Promise.all([guesses, owner])
    const hashed = replies.filter(({ body }) => body.code === 'account.wrong_credentials')
    expect(hashed.length).toBeLessThanOrEqual(10)
    expect((await logIn(member, member.email, 'a lighthouse that hums on sundays')).status).toBe(200)
  })

  test('never allows more than ten guesses in any thirty minutes', async () => {
    const member = await makeMember(center, partner)
    let hashed = 0
    for (let i = 0; i < 15; i++) {
      if ((await logIn(fresh(), member.email, `guess ${i} is a wrong one`)).body.code === 'account.wrong_credentials')
        hashed++
      center.clock.forward(2 * 60 + 59)
    }
    expect(hashed).toBe(10)
  })

  test('that is under way while staff shut the person out leaves no session, not even for later', async () => {
    const { person } = await (await makeMember(center, partner)).do(contract.me, {})
    const params = { partnerId: partner.id, personId: person.id }
    const { window } = keysOf(person.email, 'unknown')
    for (let round = 0; round < 3; round++) {
      const late = fresh()
      const underWay = logIn(late, person.email, PASSWORD)
      // Its try is counted, so the password is being hashed now.
      await expect
        .poll(
          () => center.app.database.reader.selectFrom('counters').select('key').where('key', '=', window).execute(),
          { interval: 1 },
        )
        .toHaveLength(1)
      await partner.staff.do(disableAccount, { params })
      await underWay
      await partner.staff.do(enableAccount, { params })
      expect((await late.call(contract.me, {})).status).toBe(401)
      expect((await logIn(fresh(), person.email, PASSWORD)).status).toBe(200)
    }
  })

  test('makes an outdated hash anew', async () => {
    const member = await makeMember(center, partner)
    const { hash } = await import('@node-rs/argon2')
    const old = await hash(PASSWORD, { memoryCost: 8192, timeCost: 1, parallelism: 1 })
    await center.app.database.transact((db) =>
      db.updateTable('people').set({ password_hash: old }).where('email', '=', member.email).execute(),
    )
    expect((await logIn(fresh(), member.email, PASSWORD)).status).toBe(200)
    const row = await center.app.database.reader
      .selectFrom('people')
      .select('password_hash')
      .where('email', '=', member.email)
      .executeTakeFirst()
    expect(row?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  })
})

describe('activation', () => {
  const invite = async () => {
    const email = partner.addresses.pop() ?? ''
    const view = await partner.staff.do(openAccount, {
      params: { partnerId: partner.id },
      body: { name: 'New', email, roles: ['developer'] },
    })
    const mail = await center.mail.waitFor(email, /activate/)
    const person = view.accountList.find((account) => account.email === email)
    return { email, token: new URL(linkIn(mail.text)).hash.slice(1), personId: person?.id ?? '' }
  }

  test('works once, keeps the token out of the address that servers see, and is stored only hashed', async () => {
    const { token, email } = await invite()
    expect(await fresh().do(contract.checkActivation, { body: { token } })).toMatchObject({
      email,
      partnerName: partner.name,
    })
    const rows = await center.app.database.reader.selectFrom('activations').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(token)
    const both = await Promise.all(
      [1, 2].map(() => fresh().call(contract.activate, { body: { token, password: PASSWORD } })),
    )
    expect(both.map(({ status }) => status).sort()).toEqual([200, 410])
    expect((await fresh().call(contract.checkActivation, { body: { token } })).body.code).toBe('activation.unknown')
    expect((await logIn(fresh(), email, PASSWORD)).status).toBe(200)
  })

  test('a refused password leaves the link usable', async () => {
    const { token } = await invite()
    expect((await fresh().call(contract.activate, { body: { token, password: 'short' } })).body).toMatchObject({
      code: 'account.password_too_short',
      fields: [{ path: 'password' }],
    })
    expect((await fresh().call(contract.activate, { body: { token, password: PASSWORD } })).status).toBe(200)
  })

  test('ends after 72 hours, and a new link voids the one before', async () => {
    const { token, email, personId } = await invite()
    await partner.staff.do(resendActivation, { params: { partnerId: partner.id, personId } })
    expect((await fresh().call(contract.checkActivation, { body: { token } })).status).toBe(410)
    await expect.poll(() => center.mail.mails.filter(({ to }) => to === email).length).toBe(2)
    const second = new URL(linkIn(center.mail.mails.findLast(({ to }) => to === email)?.text ?? '')).hash.slice(1)
    center.clock.forward(72 * 3600 - 5)
    expect((await fresh().call(contract.checkActivation, { body: { token: second } })).status).toBe(200)
    center.clock.forward(6)
    expect((await fresh().call(contract.activate, { body: { token: second, password: PASSWORD } })).status).toBe(410)
  })

  test('an address that was never activated gets no code to reset a password with', async () => {
    const { email } = await invite()
    const before = center.mail.mails.length
    await fresh().do(contract.startReset, { body: { email } })
    await makeMember(center, partner)
    expect(center.mail.mails.slice(before).filter(({ to }) => to === email)).toEqual([])
  })
})

describe('password reset', () => {
  const NEXT = 'another sentence that is long enough'
  plant('password', NEXT)

  test('in five steps; ends every session, logs nobody in, mails a notice without secrets', async () => {
    const member = await makeMember(center, partner)
    const browser = fresh()
    const code = await askForCode(browser, member.email)
    const reset = browser.cookies.get('slipway_reset')
    await browser.do(contract.verifyResetCode, { body: { code } })
    expect(browser.cookies.get('slipway_reset')).not.toBe(reset)
    expect((await member.call(contract.me, {})).status).toBe(200)
    await browser.do(contract.finishReset, { body: { password: NEXT } })
    expect(browser.cookies.has('slipway_session')).toBe(false)
    expect((await member.call(contract.me, {})).status).toBe(401)
    expect((await logIn(fresh(), member.email, PASSWORD)).status).toBe(401)
    expect((await logIn(fresh(), member.email, NEXT)).status).toBe(200)
    const notice = await center.mail.waitFor(member.email, /was changed/)
    expect(notice.text).not.toContain(NEXT)
  })

  test('answers alike for an address without an account, at every step', async () => {
    const member = await makeMember(center, partner)
    const [known, unknown] = [fresh(), fresh()]
    const anonymous = (text: string) => text.replace(/"requestId":"[^"]+"/, '')
    for (const step of [
      (b: TestBrowser, email: string) => b.call(contract.startReset, { body: { email } }),
      (b: TestBrowser) => b.call(contract.verifyResetCode, { body: { code: '000000' } }),
      (b: TestBrowser) => b.call(contract.finishReset, { body: { password: NEXT } }),
      (b: TestBrowser) => b.call(contract.resendResetCode, {}),
    ]) {
      const [a, b] = [await step(known, member.email), await step(unknown, 'nobody@nowhere.test')]
      expect(b.status).toBe(a.status)
      expect(anonymous(b.text).replace(/\d+/g, '')).toBe(anonymous(a.text).replace(/\d+/g, ''))
    }
  })

  test('keeps the code only as a salted hash, and the mail in the queue sealed', async () => {
    const member = await makeMember(center, partner)
    const code = await askForCode(fresh(), member.email)
    const rows = await center.app.database.reader.selectFrom('resets').select('code_hash').execute()
    expect(rows.some(({ code_hash }) => code_hash?.startsWith('$argon2id$'))).toBe(true)
    expect(JSON.stringify(rows)).not.toContain(`"${code}"`)
    expect(center.logLines.join('')).not.toContain(code)
  })

  test('a code is good for one use, ten minutes and five tries', async () => {
    const member = await makeMember(center, partner)
    const browser = fresh()
    const code = await askForCode(browser, member.email)
    for (let i = 0; i < 5; i++) {
      expect((await browser.call(contract.verifyResetCode, { body: { code: otherCode(code) } })).body.code).toBe(
        'reset.wrong_code',
      )
    }
    expect((await browser.call(contract.verifyResetCode, { body: { code } })).body.code).toBe('reset.wrong_code')

    const second = await askForCode(browser, member.email)
    center.clock.forward(601)
    expect((await browser.call(contract.verifyResetCode, { body: { code: second } })).body.code).toBe(
      'reset.wrong_code',
    )

    center.clock.forward(3600)
    const third = await askForCode(browser, member.email)
    await browser.do(contract.verifyResetCode, { body: { code: third } })
    expect((await browser.call(contract.verifyResetCode, { body: { code: third } })).body.code).toBe('reset.wrong_code')
  })

  test('of a burst of guesses at most five are checked', async () => {
    const member = await makeMember(center, partner)
    const browser = fresh()
    const code = await askForCode(browser, member.email)
    const guesses = Array.from({ length: 40 }, () =>
      browser.send('PUT', '/api/password-reset/code', { code: otherCode(code) }),
    )
    await Promise.all(guesses)
    const rows = await center.app.database.reader
      .selectFrom('resets')
      .select('tries')
      .where('email_key', '=', member.email)
      .execute()
    expect(rows).toEqual([{ tries: 5 }])
  })

  test('belongs to the browser that asked', async () => {
    const member = await makeMember(center, partner)
    const code = await askForCode(fresh(), member.email)
    const stranger = fresh()
    expect((await stranger.call(contract.verifyResetCode, { body: { code } })).body.code).toBe('reset.not_started')
    await askForCode(stranger, (await makeMember(center, partner)).email)
    expect((await stranger.call(contract.verifyResetCode, { body: { code } })).body.code).toBe('reset.wrong_code')
  })

  test('no step can be skipped, and who knew the cookie before the code has nothing after it', async () => {
    const member = await makeMember(center, partner)
    const browser = fresh()
    expect((await browser.call(contract.finishReset, { body: { password: NEXT } })).body.code).toBe('reset.not_started')
    const code = await askForCode(browser, member.email)
    expect((await browser.call(contract.finishReset, { body: { password: NEXT } })).body.code).toBe(
      'reset.not_verified',
    )
    const planted = fresh()
    planted.cookies.set('slipway_reset', browser.cookies.get('slipway_reset') ?? '')
    await browser.do(contract.verifyResetCode, { body: { code } })
    expect((await planted.call(contract.finishReset, { body: { password: NEXT } })).body.code).toBe('reset.not_started')
    center.clock.forward(601)
    expect((await browser.call(contract.finishReset, { body: { password: NEXT } })).body.code).toBe(
      'reset.not_verified',
    )
  })

  test('a new code comes after 60 seconds at the earliest, and voids the one before', async () => {
    const member = await makeMember(center, partner)
    const browser = fresh()
    const first = await askForCode(browser, member.email)
    const early = await browser.call(contract.resendResetCode, {})
    expect(early.body).toMatchObject({ code: 'reset.too_soon' })
    expect(Number(early.headers.get('retry-after'))).toBeLessThanOrEqual(60)
    center.clock.forward(61)
    const count = center.mail.mails.length
    await browser.do(contract.resendResetCode, {})
    const second = await codeAfter(count, member.email)
    if (first !== second)
      expect((await browser.call(contract.verifyResetCode, { body: { code: first } })).body.code).toBe(
        'reset.wrong_code',
      )
    await browser.do(contract.verifyResetCode, { body: { code: second } })
  })

  test('a stranger gets three mails sent an hour; the owner in a known browser still gets his', async () => {
    const member = await makeMember(center, partner)
    const before = center.mail.mails.length
    const codesSent = () => center.mail.mails.slice(before).filter(({ to }) => to === member.email).length
    for (let i = 0; i < 6; i++) await fresh().do(contract.startReset, { body: { email: member.email } })
    await expect.poll(codesSent).toBe(3)
    const code = await askForCode(member, member.email)
    expect(codesSent()).toBe(4)
    await member.do(contract.verifyResetCode, { body: { code } })
  })

  test('keeps no code that was not mailed: beyond the allowance there is nothing to guess', async () => {
    const member = await makeMember(center, partner)
    for (let i = 0; i < 6; i++) await fresh().do(contract.startReset, { body: { email: member.email } })
    await fresh().do(contract.startReset, { body: { email: 'nobody@nowhere.test' } })
    const rows = await center.app.database.reader
      .selectFrom('resets')
      .select(['email_key', 'code_hash'])
      .where('email_key', 'in', [member.email, 'nobody@nowhere.test'])
      .execute()
    expect(rows.filter(({ code_hash }) => code_hash !== null)).toHaveLength(3)
    expect(rows.filter(({ email_key }) => email_key === member.email)).toHaveLength(6)
  })

  test('leaves no session of the old password, not even of a log-in that was under way', async () => {
    for (let round = 0; round < 5; round++) {
      const member = await makeMember(center, partner)
      const browser = fresh()
      const code = await askForCode(browser, member.email)
      await browser.do(contract.verifyResetCode, { body: { code } })
      const late = fresh()
      await Promise.all([
        browser.do(contract.finishReset, { body: { password: NEXT } }),
        logIn(late, member.email, PASSWORD),
        logIn(late, member.email, PASSWORD),
      ])
      expect((await late.call(contract.me, {})).status).toBe(401)
      expect((await logIn(fresh(), member.email, NEXT)).status).toBe(200)
    }
  })

  test('draws codes evenly: chi-square over 100,000 of them', () => {
    const counts = new Array<number>(1000).fill(0)
    for (let i = 0; i < 100_000; i++) {
      const code = newCode()
      expect(code).toMatch(/^\d{6}$/)
      const bin = Number(code) % counts.length
      counts[bin] = (counts[bin] ?? 0) + 1
    }
    const chiSquare = counts.reduce((sum, count) => sum + (count - 100) ** 2 / 100, 0)
    // 999 degrees of freedom: six standard deviations on both sides, which even draws leave once in 10^8 runs.
    expect(chiSquare).toBeGreaterThan(999 - 6 * Math.sqrt(2 * 999))
    expect(chiSquare).toBeLessThan(999 + 6 * Math.sqrt(2 * 999))
  })

  test('voids every other reset of the account', async () => {
    const member = await makeMember(center, partner)
    const [one, two] = [fresh(), fresh()]
    const [first, second] = [await askForCode(one, member.email), await askForCode(two, member.email)]
    await two.do(contract.verifyResetCode, { body: { code: second } })
    await two.do(contract.finishReset, { body: { password: NEXT } })
    expect((await one.call(contract.verifyResetCode, { body: { code: first } })).body.code).toBe('reset.not_started')
  })

  test('clears the way for an owner whose account was guessed at', async () => {
    const member = await makeMember(center, partner)
    for (let i = 0; i < 11; i++) await logIn(fresh(), member.email, `wrong guess number ${i}`)
    expect((await logIn(fresh(), member.email, PASSWORD)).body.code).toBe('account.too_many_tries')
    const code = await askForCode(member, member.email)
    await member.do(contract.verifyResetCode, { body: { code } })
    await member.do(contract.finishReset, { body: { password: NEXT } })
    expect((await logIn(fresh(), member.email, NEXT)).status).toBe(200)
  })
})

describe('staff', () => {
  test('the first account comes from a command, as a link that works once', async () => {
    const staff = await makeStaff(center, 'operator_admin')
    expect(await staff.do(contract.me, {})).toMatchObject({ staffRole: 'operator_admin', partner: null, roles: [] })
  })

  test('is nobody at a partner', async () => {
    const { addStaff } = await import('./staff.ts')
    const email = partner.addresses.at(-1) ?? ''
    await activated(center, email, await addStaff(center.app, { name: 'S', email, role: 'support' }))
    const reply = await partner.staff.call(openAccount, {
      params: { partnerId: partner.id },
      body: { name: 'S', email, roles: ['developer'] },
    })
    expect(reply.body.code).toBe('partner.account_elsewhere')
  })
})
