import { createHash } from 'node:crypto'
import { type IncomingMessage, request } from 'node:http'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { modifyApplication } from '../../contract/applications.ts'
import {
  exportAudit,
  exportEveryAudit,
  listAudit,
  listEveryAudit,
  verifyAudit,
  verifyEveryAudit,
} from '../../contract/audit.ts'
import { listPartners } from '../../contract/partners.ts'
import { AUDIT } from '../../rules/limits.ts'
import type { TestBrowser } from '../../test/browser.ts'
import { type MadePartner, makeApplication, makeMember, makePartner, makeStaff } from '../../test/make.ts'
import { type Center, startCenter } from '../../test/start.ts'
import { newContext } from '../context.ts'
import { record } from './audit.ts'
import { COVERED } from './chain.ts'

let center: Center
let partner: MadePartner
let admin: TestBrowser & { email: string }
let application: Awaited<ReturnType<typeof makeApplication>>
beforeAll(async () => {
  center = await startCenter()
})
afterAll(() => center.close())
beforeEach(async () => {
  partner = await makePartner(center)
  admin = await makeMember(center, partner)
  application = await makeApplication(admin)
})

const rename = (name: string) =>
  admin.do(modifyApplication, { params: { applicationId: application.id }, body: { name, description: '' } })
const list = (query: object = {}) => admin.do(listAudit, { query })
const numbers = (page: { items: { number: number }[] }) => page.items.map(({ number }) => number)

/** Many entries in the partner's chain, as the center would write them. */
async function fill(count: number, text = ''): Promise<void> {
  const ctx = newContext(center.app, { kind: 'system' })
  await ctx.tx(async (tx) => {
    for (let i = 0; i < count; i++)
      await record(tx, {
        action: 'notification.resend',
        object: { id: `ntf_${i}`, name: `Number ${i}` },
        after: { text },
        partnerId: partner.id,
      })
  })
}

async function exported(format: 'csv' | 'json', query: object = {}): Promise<string> {
  const reply = await admin.send('GET', `/api/audit/export?${new URLSearchParams({ format, ...query })}`)
  expect(reply.status).toBe(200)
  expect(reply.headers.get('content-disposition')).toMatch(
    /^attachment; filename="audit-log-\d{4}-\d\d-\d\d\.(csv|json)"$/,
  )
  return reply.text
}

describe('the list', () => {
  test('says who changed what from what to what, newest first', async () => {
    await rename('Another name')
    const { items } = await list()
    expect(items[0]).toMatchObject({
      action: 'application.modify',
      actor: { kind: 'member', email: admin.email },
      object: { id: application.id },
      changes: expect.arrayContaining([{ field: 'name', before: application.name, after: 'Another name' }]),
      address: '127.0.0.1',
      partnerName: partner.name,
    })
    expect(items[0]?.requestId).toMatch(/^[0-9a-f-]{36}$/)
    expect(numbers({ items })).toEqual([...numbers({ items })].sort((a, b) => b - a))
  })

  test("holds one's own chain only, and a cursor of another one finds nothing", async () => {
    const other = await makePartner(center)
    const stranger = await makeMember(center, other)
    const theirs = await stranger.do(listAudit, { query: {} })
    expect(theirs.items.every(({ chain }) => chain === other.id)).toBe(true)
    expect((await list()).items.every(({ chain }) => chain === partner.id)).toBe(true)
    const cursor = theirs.items[0]?.id ?? ''
    expect((await admin.call(listAudit, { query: { cursor } })).body.code).toBe('thing.not_found')
    // Not even by asking for it: the chain is that of the session.
    expect((await admin.send('GET', `/api/audit?chain=${other.id}`)).body).toMatchObject({ code: 'request.invalid' })
  })

  test('finds by actor, action, object and request, refusals, and time', async () => {
    await rename('A name to look for')
    const [entry] = (await list()).items
    await admin.call(listPartners, { query: {} })
    expect((await list({ actor: admin.email.toUpperCase() })).items.length).toBeGreaterThan(2)
    expect((await list({ actor: 'nobody like this' })).items).toEqual([])
    expect(numbers(await list({ action: 'application.modify' }))).toEqual([entry?.number])
    expect(numbers(await list({ object: entry?.requestId }))).toEqual([entry?.number])
    expect((await list({ object: application.id })).items.map(({ action }) => action)).toEqual([
      'application.modify',
      'application.create',
    ])
    expect((await list({ object: '%' })).items).toEqual([])
    expect((await list({ refusals: 'true' })).items.map(({ action }) => action)).toEqual(['permission.refuse'])
    expect(numbers(await list({ to: entry?.at }))).not.toContain(entry?.number)
    const since = numbers(await list({ from: entry?.at }))
    expect(since).toContain(entry?.number)
    expect(since).not.toContain(1)
  })

  test('keeps its place while entries are added', async () => {
    await fill(7)
    const first = await list({ limit: 3 })
    await fill(5)
    const second = await list({ limit: 3, cursor: first.nextCursor ?? '' })
    const top = first.items[0]?.number ?? 0
    expect(numbers(first)).toEqual([top, top - 1, top - 2])
    expect(numbers(second)).toEqual([top - 3, top - 4, top - 5])
  })

  test('finds what lies further back than one stretch', async () => {
    await rename('Far back')
    await fill(AUDIT.windowRows + 10)
    const { items, nextCursor } = await list({ action: 'application.modify' })
    expect(items).toHaveLength(1)
    expect(nextCursor).toBeNull()
    const staff = await makeStaff(center, 'support')
    const everywhere = await staff.do(listEveryAudit, {
      query: { object: application.id, action: 'application.modify' },
    })
    expect(everywhere.items).toMatchObject(items)
  })

  test('shows staff every chain, one of them, and the center’s own', async () => {
    const staff = await makeStaff(center, 'support')
    const own = await staff.do(listEveryAudit, { query: { chain: 'center' } })
    expect(own.items.some(({ action }) => action === 'staff.open')).toBe(true)
    expect(own.items.every(({ chain, partnerName }) => chain === 'center' && partnerName === null)).toBe(true)
    const one = await staff.do(listEveryAudit, { query: { chain: partner.id as 'center', limit: 2 } })
    expect(one.items.map(({ partnerName }) => partnerName)).toEqual([partner.name, partner.name])
    const all = await staff.do(listEveryAudit, { query: { limit: 100 } })
    expect(new Set(all.items.map(({ chain }) => chain)).size).toBeGreaterThan(2)
    const next = await staff.do(listEveryAudit, { query: { limit: 3 } })
    const after = await staff.do(listEveryAudit, { query: { limit: 3, cursor: next.nextCursor ?? '' } })
    const ids = [...next.items, ...after.items].map(({ id }) => id)
    expect(ids).toEqual([...new Set(ids)].sort().reverse())
  })
})

describe('the export', () => {
  test('holds what the list holds, with the same filter, and leaves an entry', async () => {
    await fill(20)
    const shown = (await list({ limit: 100 })).items
    const rows = JSON.parse(await exported('json')) as { id: string; number: number }[]
    expect(rows.map(({ id }) => id)).toEqual(shown.map(({ id }) => id))
    const lines = (await exported('csv', { action: 'notification.resend' })).trim().split('\r\n')
    expect(lines).toHaveLength(21)
    const [last] = (await list({ limit: 1 })).items
    expect(last).toMatchObject({ action: 'audit.export', object: { name: partner.name } })
    expect(last?.changes).toContainEqual({ field: 'action', before: null, after: 'notification.resend' })
  })

  test('is enough to compute every hash again', async () => {
    const rows = (JSON.parse(await exported('json')) as Record<string, unknown>[]).reverse()
    expect(rows.length).toBeGreaterThan(3)
    let previous = ''
    for (const row of rows) {
      const text = JSON.stringify(COVERED.map((field) => row[field]))
      expect(row.previous_hash).toBe(previous)
      expect(row.hash).toBe(createHash('sha256').update(text).digest('hex'))
      previous = String(row.hash)
    }
  })

  test('has cells that no spreadsheet runs', async () => {
    await rename('=HYPERLINK("http://evil.test")')
    const text = await exported('csv')
    expect(text).toContain(`"'=HYPERLINK(""http://evil.test"")"`)
    expect(text).not.toMatch(/(^|,)"?[=+@]/m)
  })

  test("by staff of a partner's chain stands in that chain", async () => {
    const staff = await makeStaff(center, 'support')
    await staff.call(exportEveryAudit, { query: { chain: partner.id as 'center' } })
    expect((await list()).items[0]).toMatchObject({ action: 'audit.export', actor: { kind: 'staff' } })
    const unknown = { chain: `ptn_${'0'.repeat(32)}` as 'center' }
    expect((await staff.call(exportEveryAudit, { query: unknown })).body.code).toBe('thing.not_found')
  })

  test('is sent while it is read: it begins before the last entry is, and ends when the reader goes away', {
    timeout: 120_000,
  }, async () => {
    await fill(2 * AUDIT.windowRows + 10, 'x'.repeat(3000))
    const whole = await readExport((answer) => answer.resume())
    expect(whole.readsAtFirst).toBeGreaterThan(0)
    expect(whole.readsAtFirst).toBeLessThan(whole.reads())
    const all = whole.reads()
    whole.stopCounting()
    // A reader that takes nothing: the center holds what fits into the connection, and reads no further.
    const broken = await readExport((answer) => answer.destroy())
    let last = -1
    const isQuiet = () => {
      const before = last
      last = broken.reads()
      return last === before
    }
    await expect.poll(isQuiet, { interval: 100 }).toBe(true)
    expect(broken.reads()).toBeLessThan(all)
    broken.stopCounting()
  })
})

/** Begins an export, counts how often the database is asked meanwhile, and does something at the first bytes. */
async function readExport(atFirst: (answer: IncomingMessage) => void) {
  const { reader } = center.app.database
  let reads = 0
  const counting = new Proxy(reader, {
    get(target, name) {
      if (name === 'selectFrom') reads++
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  Object.defineProperty(center.app.database, 'reader', { value: counting, configurable: true })
  const cookie = [...admin.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const readsAtFirst = await new Promise<number>((resolve, reject) => {
    const call = request(`${center.origin}/api/audit/export?format=json`, { headers: { cookie } }, (answer) => {
      let atFirstByte = 0
      answer.once('data', () => {
        answer.pause()
        atFirstByte = reads
        atFirst(answer)
      })
      answer.on('error', () => undefined) // it was ended by ourselves
      answer.on('close', () => resolve(atFirstByte))
    })
    call.on('error', reject)
    call.end()
  })
  const stopCounting = () => Object.defineProperty(center.app.database, 'reader', { value: reader, configurable: true })
  return { readsAtFirst, reads: () => reads, stopCounting }
}

describe('verification', () => {
  const alter = (number: number) =>
    center.app.database.transact((db) =>
      sql`update audit_entries set object_name = 'changed' where chain = ${partner.id} and number = ${number}`.execute(
        db,
      ),
    )

  test('says over how many entries a chain is intact, and names the entry that was altered', async () => {
    const count = (await list({ limit: 100 })).items.length
    expect(await admin.do(verifyAudit, {})).toEqual({ chains: 1, entries: count, faults: [] })
    await alter(2)
    const broken = await admin.do(verifyAudit, {})
    expect(broken.faults).toMatchObject([{ chain: partner.id, partnerName: partner.name, number: 2 }])
    expect(broken.faults[0]?.id).toBe((await list({ limit: 100 })).items.find(({ number }) => number === 2)?.id)
    const staff = await makeStaff(center, 'support')
    const all = await staff.do(verifyEveryAudit, { query: {} })
    expect(all.chains).toBeGreaterThan(2)
    expect(all.faults.map(({ number }) => number)).toEqual([2])
    const own = await staff.do(verifyEveryAudit, { query: { chain: 'center' } })
    expect(own).toMatchObject({ chains: 1, faults: [] })
  })

  test('is rationed', async () => {
    const codes = await Promise.all(
      Array.from({ length: AUDIT.verificationsPerHour + 1 }, async () => (await admin.call(verifyAudit, {})).status),
    )
    expect(codes.filter((status) => status === 429)).toHaveLength(1)
  })
})

test('only a Developer Admin sees the log of the organisation', async () => {
  const developer = await makeMember(center, partner, ['developer'])
  expect((await developer.call(listAudit, { query: {} })).body).toMatchObject({ code: 'permission.missing' })
  expect((await developer.call(exportAudit, { query: {} })).status).toBe(403)
  expect((await partner.staff.call(listAudit, { query: {} })).status).toBe(403)
})
