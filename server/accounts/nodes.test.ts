/** Two nodes on one database. With the embedded one there is only one node, so this runs on PostgreSQL alone. */
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as contract from '../../contract/accounts.ts'
import { disableMember, enableMember, setMemberRoles } from '../../contract/members.ts'
import { ARGON2 } from '../../rules/limits.ts'
import { TestBrowser } from '../../test/browser.ts'
import { newDatabase, type TestDatabase, testEngine } from '../../test/database.ts'
import { type MadePartner, makeMember, makePartner, PASSWORD } from '../../test/make.ts'
import { type Center, startCenter } from '../../test/start.ts'

describe.runIf(testEngine() === 'postgres')('two nodes', () => {
  let database: TestDatabase
  let one: Center
  let two: Center
  let partner: MadePartner
  beforeAll(async () => {
    database = await newDatabase()
    const config = { masterKey: randomBytes(32) }
    one = await startCenter({ database, config, hashCost: ARGON2 })
    two = await startCenter({ database, config, mail: one.mail, hashCost: ARGON2 })
    partner = await makePartner(one)
  })
  afterAll(async () => {
    await two.close()
    await one.close()
    await database.drop()
  })

  /** The same cookies at the other node. */
  const there = (browser: TestBrowser) => {
    const other = new TestBrowser(two.origin)
    for (const [name, value] of browser.cookies) other.cookies.set(name, value)
    return other
  }

  test('a session that ends on one is over on the other with the next request: a hundred rounds', async () => {
    const member = await makeMember(one, partner)
    let late = 0
    for (let round = 0; round < 100; round++) {
      const browser = new TestBrowser(one.origin)
      for (const [name, value] of member.cookies) if (name !== 'slipway_session') browser.cookies.set(name, value)
      await browser.do(contract.logIn, { body: { email: member.email, password: PASSWORD } })
      const copy = there(browser)
      expect((await copy.call(contract.me, {})).status).toBe(200)
      await browser.do(contract.logOut, {})
      if ((await copy.call(contract.me, {})).status !== 401) late++
    }
    expect(late).toBe(0)
  })

  test('other roles, and being disabled, count on both', async () => {
    const [admin, member] = [await makeMember(one, partner), await makeMember(one, partner, ['developer'])]
    const params = { personId: (await member.do(contract.me, {})).person.id }
    const copy = there(member)
    await admin.do(setMemberRoles, { params, body: { roles: ['merchant_onboarding'] } })
    expect((await copy.do(contract.me, {})).roles).toEqual(['merchant_onboarding'])
    await admin.do(disableMember, { params })
    expect((await copy.call(contract.me, {})).status).toBe(401)
    await admin.do(enableMember, { params })
  })

  test('two hundred guesses split over both are ten checks', async () => {
    const member = await makeMember(one, partner)
    const replies = await Promise.all(
      Array.from({ length: 200 }, (_, i) =>
        new TestBrowser(i % 2 ? one.origin : two.origin).call(contract.logIn, {
          body: { email: member.email, password: `wrong guess number ${i}` },
        }),
      ),
    )
    expect(replies.filter(({ body }) => body.code === 'account.wrong_credentials')).toHaveLength(10)
  })
})
