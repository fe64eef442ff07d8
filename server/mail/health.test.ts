import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { listMails, mailHealth, resendMail, sendTestMail } from '../../contract/mail.ts'
import { openAccount, resendActivation } from '../../contract/partners.ts'
import { TEST_MAIL } from '../../rules/limits.ts'
import type { TestBrowser } from '../../test/browser.ts'
import { type MadePartner, makePartner, makeStaff } from '../../test/make.ts'
import { type Center, startCenter } from '../../test/start.ts'

let center: Center
let partner: MadePartner
let staff: TestBrowser
beforeAll(async () => {
  center = await startCenter()
})
afterAll(() => center.close())
beforeEach(async () => {
  Object.assign(center.mail.manner, { refuse: undefined, atDot: undefined })
  partner = await makePartner(center)
  staff = partner.staff
})

const of = async (address: string, query: object = {}) =>
  (await staff.do(listMails, { query: { address, ...query } })).items
const fateOf = async (address: string) => (await of(address))[0]?.state
const refuse = (code: number, message: string, address: string) => {
  center.mail.manner.refuse = (asked) => (asked === address ? [code, message] : undefined)
}

async function invite(address: string): Promise<string> {
  const body = { name: 'Somebody', email: address, roles: ['developer' as const] }
  const { accountList } = await staff.do(openAccount, { params: { partnerId: partner.id }, body })
  return accountList.find(({ email }) => email === address)?.id ?? ''
}

test('a test message goes to oneself, and its fate shows up', async () => {
  const { id, recipient } = await staff.do(sendTestMail, {})
  await center.mail.waitFor(recipient, /test message/)
  await expect.poll(() => fateOf(recipient)).toBe('sent')
  expect((await of(recipient))[0]).toMatchObject({ id, kind: 'test', attempts: 1, isResendable: false, nextAt: null })
  expect((await of(recipient, { kind: 'activation' })).length).toBeGreaterThan(0)
})

test('test messages are rationed', async () => {
  const codes = []
  for (let i = 0; i <= TEST_MAIL.perHour; i++) codes.push((await staff.call(sendTestMail, {})).body.code)
  expect(codes.filter((code) => code === 'mail.test_too_many')).toHaveLength(1)
})

test("a refused mail shows the server's words, and goes out when it is sent again", async () => {
  const address = partner.addresses[0] ?? ''
  refuse(550, '5.1.1 no such mailbox', address)
  await invite(address)
  await expect.poll(() => fateOf(address)).toBe('refused')
  const [mail] = await of(address, { state: 'refused' })
  expect(mail).toMatchObject({ words: expect.stringContaining('no such mailbox'), isResendable: true, nextAt: null })
  expect(JSON.stringify(mail)).not.toContain('activate#')
  expect((await staff.do(mailHealth, {})).lastDay.refused).toBeGreaterThan(0)
  center.mail.manner.refuse = undefined
  const params = { mailId: mail?.id ?? '' }
  const support = await makeStaff(center, 'support')
  expect((await support.call(resendMail, { params })).body.code).toBe('permission.missing')
  await staff.do(resendMail, { params })
  await center.mail.waitFor(address, /activate/)
  await expect.poll(() => fateOf(address)).toBe('sent')
  expect((await staff.call(resendMail, { params })).body.code).toBe('mail.not_resendable')
})

test('a mail that is put off says when it is tried next, and counts as waiting', async () => {
  const address = partner.addresses[1] ?? ''
  refuse(451, '4.7.1 greylisted', address)
  await invite(address)
  await expect.poll(async () => (await of(address))[0]?.attempts).toBe(1)
  const [mail] = await of(address)
  expect(mail).toMatchObject({ state: 'queued', words: expect.stringContaining('greylisted'), isResendable: false })
  expect(Date.parse(mail?.nextAt ?? '')).toBeGreaterThan(Date.parse(mail?.triedAt ?? ''))
  const { waiting, oldestWaitingAt } = await staff.do(mailHealth, {})
  expect(waiting).toBeGreaterThan(0)
  expect(oldestWaitingAt).not.toBeNull()
})

test('a mail whose link a newer one has made void is not sent again', async () => {
  const address = partner.addresses[2] ?? ''
  refuse(550, '5.1.1 no such mailbox', address)
  const personId = await invite(address)
  await expect.poll(() => fateOf(address)).toBe('refused')
  center.mail.manner.refuse = undefined
  await staff.do(resendActivation, { params: { partnerId: partner.id, personId } })
  await expect.poll(() => fateOf(address)).toBe('sent')
  const [, older] = await of(address)
  expect(older).toMatchObject({ state: 'refused', isResendable: false })
  expect((await staff.call(resendMail, { params: { mailId: older?.id ?? '' } })).body.code).toBe('mail.not_resendable')
})

test('of two who send a mail again at once one does', async () => {
  const address = partner.addresses[3] ?? ''
  refuse(550, '5.1.1 no such mailbox', address)
  await invite(address)
  await expect.poll(() => fateOf(address)).toBe('refused')
  const [mail] = await of(address)
  center.mail.manner.refuse = undefined
  const again = () => staff.call(resendMail, { params: { mailId: mail?.id ?? '' } })
  const statuses = (await Promise.all([again(), again()])).map(({ status }) => status)
  expect(statuses.sort()).toEqual([200, 409])
  await expect.poll(() => fateOf(address)).toBe('sent')
})

test('pages do not overlap, and an address is looked for literally', async () => {
  const first = await staff.do(listMails, { query: { limit: 2 } })
  const second = await staff.do(listMails, { query: { limit: 2, cursor: first.nextCursor ?? '' } })
  const ids = [...first.items, ...second.items].map(({ id }) => id)
  expect(ids).toEqual([...new Set(ids)].sort().reverse())
  expect(await of('%')).toEqual([])
})
