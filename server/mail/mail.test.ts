import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { startReset } from '../../contract/accounts.ts'
import * as contract from '../../contract/merchants.ts'
import { checkWalletInvitation } from '../../contract/wallet.ts'
import { OUTBOX } from '../../rules/limits.ts'
import { TestBrowser } from '../../test/browser.ts'
import { linkIn, type MadePartner, makeApplication, makeMember, makePartner } from '../../test/make.ts'
import { type Center, startCenter } from '../../test/start.ts'
import { newContext } from '../context.ts'
import * as store from './store.ts'

let center: Center
let partner: MadePartner
let admin: Awaited<ReturnType<typeof makeMember>>
let params: { applicationId: string }
let count = 0
let email = ''
beforeAll(async () => {
  center = await startCenter()
  partner = await makePartner(center)
  admin = await makeMember(center, partner)
  params = { applicationId: (await makeApplication(admin)).id }
})
afterAll(() => center.close())
beforeEach(() => {
  email = `shop${++count}@shops.test`
  Object.assign(center.mail.manner, { refuse: undefined, atDot: undefined, hangsFor: undefined })
})

const ctx = () => newContext(center.app, { kind: 'system' })
const invite = () =>
  admin.do(contract.inviteMerchant, { params, body: { name: 'Shop', mid: `M${count}`, email, products: ['cashier'] } })
const current = async () => {
  const { items } = await admin.do(contract.listMerchants, { params, query: { search: email } })
  if (!items[0]) throw new Error(`There is no merchant with ${email}.`)
  return items[0]
}
const sentTo = (address: string) => center.mail.mails.filter(({ to }) => to.includes(address))
const later = async (seconds: number) => {
  center.clock.forward(seconds)
  await center.worker.runDue()
}
const refuse = (code: number, message: string, address = email) => {
  center.mail.manner.refuse = (asked) => (asked === address ? [code, message] : undefined)
}

describe('a mail server', () => {
  test('that refuses for good is quoted, and asked no more', async () => {
    refuse(550, '5.1.1 no such mailbox')
    await invite()
    await expect.poll(async () => (await current()).status).toBe('failed')
    const merchant = await current()
    expect(merchant.invitation.state).toBe('refused')
    expect(merchant.remarks).toContain('no such mailbox')
    await later(60)
    expect((await current()).invitation.attempts).toBe(1)
    center.mail.manner.refuse = undefined
    await admin.do(contract.sendMerchantInvitation, { params: { ...params, merchantId: merchant.id } })
    await expect.poll(async () => (await current()).status).toBe('inactive')
  })

  test('that asks to come back is asked again', async () => {
    refuse(451, '4.7.1 greylisted')
    await invite()
    await expect.poll(async () => (await current()).invitation.attempts).toBe(1)
    const waiting = await current()
    expect(waiting).toMatchObject({ status: 'processing', invitation: { state: 'queued' } })
    expect(waiting.remarks).toContain('greylisted')
    expect(waiting.invitation.nextAttemptAt).not.toBeNull()
    center.mail.manner.refuse = undefined
    await later(6)
    await expect.poll(async () => (await current()).invitation.state).toBe('sent')
    expect(sentTo(email)).toHaveLength(1)
  })

  test('that breaks off after the last dot gets the same message again, and the page says so', async () => {
    center.mail.manner.atDot = 'break'
    await invite()
    await expect.poll(async () => (await current()).invitation.perhapsTwice).toBe(true)
    center.mail.manner.atDot = undefined
    await later(6)
    await expect.poll(async () => (await current()).invitation.state).toBe('sent')
    expect((await current()).invitation.perhapsTwice).toBe(true)
    const ids = sentTo(email).map(({ raw }) => /^message-id: (.+)$/im.exec(raw)?.[1])
    expect(ids).toHaveLength(2)
    expect(new Set(ids).size).toBe(1)
  })

  test('that never answers is left after ten seconds, and loses nothing', async () => {
    center.mail.manner.atDot = 'hang'
    await invite()
    await expect.poll(async () => (await current()).invitation.attempts, { timeout: 20_000 }).toBe(1)
    expect((await current()).invitation.perhapsTwice).toBe(true)
    center.mail.manner.atDot = undefined
    await later(6)
    await expect.poll(async () => (await current()).invitation.state).toBe('sent')
  })

  test('that refuses a colleague in copy has still sent it to the merchant, and is quoted', async () => {
    const { email: gone } = await makeMember(center, partner, ['merchant_onboarding'])
    await admin.do(contract.setInvitationPreference, { params, body: { toMerchant: true, copies: [gone] } })
    refuse(550, 'gone for good', gone)
    await invite()
    await expect.poll(async () => (await current()).invitation.state).toBe('sent')
    expect((await current()).remarks).toContain(gone)
    await admin.do(contract.setInvitationPreference, { params, body: { toMerchant: true, copies: [] } })
  })

  test('gets no mail of a merchant who is removed', async () => {
    refuse(451, 'later')
    const { id } = await invite()
    await expect.poll(async () => (await current()).invitation.attempts).toBe(1)
    await admin.do(contract.removeMerchant, { params: { ...params, merchantId: id } })
    center.mail.manner.refuse = undefined
    await later(6)
    const [mail] = await store.list(ctx(), { address: email }, 1)
    expect(mail).toMatchObject({ state: 'dropped' })
    expect(sentTo(email)).toEqual([])
  })

  test('that is away keeps nobody out: the link is the same, however it is handed over', async () => {
    refuse(451, 'later')
    const { id } = await invite()
    await expect.poll(async () => (await current()).invitation.attempts).toBe(1)
    const { url } = await admin.do(contract.merchantLink, { params: { ...params, merchantId: id } })
    await new TestBrowser(center.origin).do(checkWalletInvitation, { body: { token: new URL(url).hash.slice(1) } })
    center.mail.manner.refuse = undefined
    await later(6)
    await expect.poll(() => sentTo(email).length).toBe(1)
    expect(linkIn(sentTo(email)[0]?.text ?? '')).toBe(url)
  })
})

test('a withdrawn invitation that still waits is not sent', async () => {
  refuse(451, 'later')
  const { id } = await invite()
  await expect.poll(async () => (await current()).invitation.attempts).toBe(1)
  await admin.do(contract.withdrawMerchantInvitation, { params: { ...params, merchantId: id } })
  center.mail.manner.refuse = undefined
  await later(6)
  expect(sentTo(email)).toEqual([])
  expect((await current()).invitation.state).toBe('withdrawn')
})

test('every mail of the center is listed with its fate, without what it says', async () => {
  await new TestBrowser(center.origin).do(startReset, { body: { email: admin.email } })
  await new TestBrowser(center.origin).do(startReset, { body: { email: 'nobody@nowhere.test' } })
  const list = () => store.list(ctx(), {}, 50)
  const code = async () => (await list()).find(({ kind }) => kind === 'reset_code')
  await expect.poll(async () => (await code())?.state).toBe('sent')
  expect(await code()).toMatchObject({ recipient: admin.email, attempts: 1, words: null })
  // What was typed where there is no account is not kept.
  await expect.poll(async () => (await list()).filter(({ state }) => state === 'queued')).toEqual([])
  expect(JSON.stringify(await list())).not.toContain('nowhere.test')
  const { sent = 0 } = await store.countByState(ctx(), 0)
  expect(sent).toBeGreaterThan(3)
  expect(JSON.stringify(await list())).not.toMatch(/#[A-Za-z0-9_-]{32}/)
})

test('what one partner sends in numbers to a slow server does not keep others from their codes', async () => {
  const slow = await startCenter()
  onTestFinished(() => slow.close())
  slow.mail.manner.hangsFor = (address) => address.endsWith('@slow.test')
  const busy = await makeMember(slow, await makePartner(slow))
  const own = { applicationId: (await makeApplication(busy)).id }
  for (let i = 0; i < OUTBOX.perTopic + 10; i++) {
    const body = { name: 'Shop', mid: `S${i}`, email: `shop${i}@slow.test`, products: ['cashier' as const] }
    await busy.do(contract.inviteMerchant, { params: own, body })
  }
  await new TestBrowser(slow.origin).do(startReset, { body: { email: busy.email } })
  await slow.mail.waitFor(busy.email, /code/)
  expect(slow.mail.mails.filter(({ to }) => to.endsWith('@slow.test')).length).toBeLessThan(OUTBOX.perTopic)
})
