import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { modifyApplication } from '../../contract/applications.ts'
import { listPartners } from '../../contract/partners.ts'
import { makeApplication, makeMember, makePartner } from '../../test/make.ts'
import { type Center, startCenter } from '../../test/start.ts'
import { newContext } from '../context.ts'
import { verifyAll } from './verify.ts'

let center: Center
beforeEach(async () => {
  center = await startCenter()
})
afterEach(() => center.close())

const context = () => newContext(center.app, { kind: 'system' })

/** A partner whose log holds some entries. */
async function somethingDone() {
  const partner = await makePartner(center)
  const developer = await makeMember(center, partner)
  const application = await makeApplication(developer)
  const params = { applicationId: application.id }
  await developer.do(modifyApplication, { params, body: { name: 'Another name', description: 'new' } })
  return { partner, developer, application }
}

const faults = async () => (await verifyAll(context())).flatMap(({ fault }) => (fault ? [fault] : []))

const alter = (statement: ReturnType<typeof sql>) => center.app.database.transact((db) => statement.execute(db))

describe('the audit log', () => {
  test('says who changed what, from what to what', async () => {
    const { partner, developer, application } = await somethingDone()
    const entry = await context()
      .db.selectFrom('audit_entries')
      .selectAll()
      .where('chain', '=', partner.id)
      .where('action', '=', 'application.modify')
      .executeTakeFirstOrThrow()
    expect(entry).toMatchObject({ actor_kind: 'member', actor_email: developer.email, object_id: application.id })
    expect(JSON.parse(entry.before ?? '')).toEqual({ name: application.name, description: '' })
    expect(JSON.parse(entry.after ?? '')).toEqual({ name: 'Another name', description: 'new' })
    expect(entry.request_id).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('keeps a refusal for a missing permission', async () => {
    const { partner, developer } = await somethingDone()
    expect((await developer.call(listPartners, { query: {} })).body).toMatchObject({ code: 'permission.missing' })
    const entries = await context()
      .db.selectFrom('audit_entries')
      .select(['object_id'])
      .where('chain', '=', partner.id)
      .where('action', '=', 'permission.refuse')
      .execute()
    expect(entries).toEqual([{ object_id: 'staff.partner.view' }])
  })

  test('verifies as it was written', async () => {
    await somethingDone()
    const verified = await verifyAll(context())
    expect(verified.map(({ fault }) => fault)).toEqual([null, null])
    expect(verified.every(({ entries }) => entries >= 3)).toBe(true)
  })

  for (const [what, statement, reason] of [
    ['an altered entry', sql`update audit_entries set object_name = 'x'`, 'its text does not give its hash'],
    ['a missing entry', sql`delete from audit_entries`, 'an entry is missing'],
  ] as const) {
    test(`names ${what}`, async () => {
      const { partner } = await somethingDone()
      await alter(sql`${statement} where chain = ${partner.id} and number = 3`)
      expect(await faults()).toMatchObject([{ chain: partner.id, number: 3, reason }])
    })
  }

  test('notices that its end was cut off, though the head was changed to match', async () => {
    const { partner } = await somethingDone()
    const entries = await context()
      .db.selectFrom('audit_entries')
      .selectAll()
      .where('chain', '=', partner.id)
      .orderBy('number', 'desc')
      .execute()
    const before = entries[1]
    await alter(sql`delete from audit_entries where chain = ${partner.id} and number = ${entries[0]?.number}`)
    await alter(
      sql`update audit_heads set number = ${before?.number}, hash = ${before?.hash} where chain = ${partner.id}`,
    )
    expect(await faults()).toMatchObject([{ chain: partner.id, reason: expect.stringContaining('seal') }])
  })

  test('notices that its beginning was cut off, though the head was changed to match', async () => {
    const { partner } = await somethingDone()
    const [first] = await context()
      .db.selectFrom('audit_entries')
      .select('hash')
      .where('chain', '=', partner.id)
      .where('number', '=', 1)
      .execute()
    await alter(sql`delete from audit_entries where chain = ${partner.id} and number = 1`)
    await alter(
      sql`update audit_heads set first_number = 2, first_previous_hash = ${first?.hash} where chain = ${partner.id}`,
    )
    expect(await faults()).toMatchObject([
      { chain: partner.id, number: 1, reason: expect.stringContaining('beginning') },
    ])
  })

  test('notices an entry behind its end', async () => {
    const { partner } = await somethingDone()
    const head = await context()
      .db.selectFrom('audit_heads')
      .select('number')
      .where('chain', '=', partner.id)
      .executeTakeFirstOrThrow()
    await alter(
      sql`update audit_entries set number = ${head.number + 1} where chain = ${partner.id} and number = ${head.number}`,
    )
    await alter(sql`update audit_heads set number = ${head.number - 1} where chain = ${partner.id}`)
    expect(await faults()).toMatchObject([{ chain: partner.id, number: expect.any(Number) }])
  })

  test('that was taken out as a whole is missed', async () => {
    const { partner } = await somethingDone()
    await alter(sql`delete from audit_entries where chain = ${partner.id}`)
    await alter(sql`delete from audit_heads where chain = ${partner.id}`)
    expect(await faults()).toMatchObject([{ chain: partner.id, number: 1, reason: 'the chain is missing' }])
  })
})
