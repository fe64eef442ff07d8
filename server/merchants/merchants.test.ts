import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { logIn } from '../../contract/accounts.ts'
import { addProducts, listApplicationNames } from '../../contract/applications.ts'
import * as contract from '../../contract/merchants.ts'
import * as wallet from '../../contract/wallet.ts'
import { TestBrowser } from '../../test/browser.ts'
import { linkIn, makeApplication, makeIntegration, makeMember, makePartner, PASSWORD } from '../../test/make.ts'
import { orderKey, shopOrder, walletKey } from '../../test/partner.ts'
import { type Center, startCenter } from '../../test/start.ts'
import { until } from '../../test/until.ts'

let center: Center
let made: Awaited<ReturnType<typeof makeIntegration>>
let params: { applicationId: string }
let colleague: Awaited<ReturnType<typeof makeMember>>
let developer: TestBrowser
beforeAll(async () => {
  center = await startCenter()
  made = await makeIntegration(center)
  colleague = await makeMember(center, made.partner, ['merchant_onboarding'])
  developer = await makeMember(center, made.partner, ['developer'])
  params = { applicationId: made.application.id }
})
afterAll(async () => {
  await made.server.close()
  await center.close()
})
let count = 0
let entry: { name: string; mid: string; email: string; products: ('cashier' | 'auto_debit')[] }
beforeEach(() => {
  const n = ++count
  entry = { name: `Theatre ${n}`, mid: `HT-${n}`, email: `till${n}@theatre.test`, products: ['cashier'] }
})

const logInAgain = () => made.developer.do(logIn, { body: { email: made.developer.email, password: PASSWORD } })
const fresh = () => new TestBrowser(center.origin)
const tokenIn = (text: string) => new URL(linkIn(text)).hash.slice(1)
const mailTo = (email: string) => center.mail.waitFor(email, /to test payments/)
const find = async (mid: string) => {
  const { items } = await made.developer.do(contract.listMerchants, { params, query: { search: mid } })
  const merchant = items.find((item) => item.mid === mid)
  if (!merchant) throw new Error(`There is no merchant ${mid}.`)
  return merchant
}
const invited = async () => {
  const merchant = await made.developer.do(contract.inviteMerchant, { params, body: entry })
  return { merchant, own: { ...params, merchantId: merchant.id }, token: tokenIn((await mailTo(entry.email)).text) }
}
const accepted = async () => {
  const { merchant, own, token } = await invited()
  await fresh().do(wallet.acceptWalletInvitation, { body: { token, password: PASSWORD } })
  return { merchant, own, browser: fresh() }
}

test('Merchant Onboarding sees merchants and product names, and nothing of the application', async () => {
  const view = await colleague.do(contract.listMerchants, { params, query: {} })
  expect(view).toMatchObject({ applicationName: made.application.name, products: ['cashier'] })
  expect(JSON.stringify(view)).not.toContain(made.sandbox.clientId)
  expect((await colleague.do(listApplicationNames, {})).items.length).toBeGreaterThan(0)
  expect((await developer.call(contract.listMerchants, { params, query: {} })).body.code).toBe('permission.missing')
})

test('Test Data shows what each merchant brought about by its own payments, filters by it, and exports it', async () => {
  const { merchant, browser } = await accepted()
  await browser.do(wallet.logInToWallet, { body: { account: merchant.account, password: PASSWORD } })
  const mine = orderKey((await made.server.pay()).body)
  await browser.do(wallet.decideOrder, { params: mine, body: { decision: 'pay' } })
  const others = orderKey((await made.server.pay()).body)
  await fresh().do(wallet.decideOrder, { params: others, body: { decision: 'decline' } })

  const find = async (query: { outcome?: 'passed' | 'failed' | 'none' } = {}) => {
    const { items } = await colleague.do(contract.listTestData, { params, query: { search: merchant.mid, ...query } })
    return items.find(({ id }) => id === merchant.id)
  }
  const outcomes = async () => Object.fromEntries((await find())?.cases.map(({ id, outcome }) => [id, outcome]) ?? [])
  await expect.poll(async () => (await outcomes())['cashier.success_web']).toBe('passed')
  // Somebody else declined.
  expect(await outcomes()).toMatchObject({ 'cashier.declined': 'none' })
  expect(await find({ outcome: 'passed' })).toBeDefined()
  expect(await find({ outcome: 'failed' })).toBeUndefined()
  const file = await colleague.call(contract.exportTestData, { params, query: { outcome: 'passed' } })
  expect(file.text).toContain(
    `${merchant.name},${merchant.mid},cashier.success_web,A payment on a computer succeeds,passed,`,
  )
  expect((await developer.call(contract.listTestData, { params, query: {} })).body.code).toBe('permission.missing')
})

describe('a merchant', () => {
  test('is invited by mail, sets a password, logs in, and pays as itself', async () => {
    const { merchant, token } = await invited()
    expect(merchant).toMatchObject({ status: 'processing', invitation: { state: 'queued' } })
    const mail = await mailTo(entry.email)
    expect(mail.text).toContain(merchant.account)
    expect(mail.html).toContain('cid:')
    expect(mail.raw).toContain('image/png')
    await expect.poll(async () => (await find(entry.mid)).status).toBe('inactive')
    expect((await find(entry.mid)).invitation.state).toBe('sent')

    const phone = fresh()
    expect(await phone.do(wallet.checkWalletInvitation, { body: { token } })).toMatchObject({
      merchantName: entry.name,
      account: merchant.account,
      hasPassword: false,
    })
    expect((await find(entry.mid)).invitation.state).toBe('opened')
    const short = await phone.call(wallet.acceptWalletInvitation, { body: { token, password: 'short' } })
    expect(short.body.code).toBe('account.password_too_short')
    await phone.do(wallet.acceptWalletInvitation, { body: { token, password: PASSWORD } })
    expect(phone.cookies.size).toBe(0)
    expect(await find(entry.mid)).toMatchObject({ status: 'inactive', invitation: { state: 'accepted' } })
    const again = await phone.call(wallet.acceptWalletInvitation, { body: { token, password: PASSWORD } })
    expect(again.body.code).toBe('wallet.invitation_unknown')

    const account = merchant.account.replace(/(....)/g, '$1 ')
    const view = await phone.do(wallet.logInToWallet, { body: { account, password: PASSWORD } })
    expect(view).toMatchObject({ merchant: { mid: entry.mid }, payments: [] })
    expect((await find(entry.mid)).status).toBe('active')

    const { body } = await made.server.pay()
    const order = orderKey(body)
    expect(await phone.do(wallet.getOrder, { params: order })).toMatchObject({ payerName: entry.name })
    expect(await fresh().do(wallet.getOrder, { params: order })).toMatchObject({ payerName: null })
    await phone.do(wallet.decideOrder, { params: order, body: { decision: 'pay' } })
    const after = await phone.do(wallet.getMerchantWallet, {})
    expect(after.payments).toMatchObject([{ paymentId: order.paymentId, state: 'SUCCESS' }])
    const paid = await center.app.database.reader
      .selectFrom('payments')
      .select('payer_account')
      .where('payment_id', '=', order.paymentId)
      .executeTakeFirst()
    expect(paid?.payer_account).toBe(merchant.id)

    await phone.do(wallet.logOutOfWallet, {})
    expect((await phone.call(wallet.getMerchantWallet, {})).body.code).toBe('wallet.not_logged_in')
  })

  test('is guessed at ten times, and then nobody may try; a link sets a new password', async () => {
    const { merchant, own, browser } = await accepted()
    const tryWith = (password: string) =>
      browser.call(wallet.logInToWallet, { body: { account: merchant.account, password } })
    for (let i = 0; i < 10; i++) expect((await tryWith('not the sentence')).body.code).toBe('wallet.wrong_credentials')
    expect((await tryWith(PASSWORD)).body.code).toBe('account.too_many_tries')
    const before = center.mail.mails.length
    await made.developer.do(contract.sendMerchantInvitation, { params: own })
    await expect.poll(() => center.mail.mails.slice(before).some(({ to }) => to === entry.email)).toBe(true)
    const token = tokenIn((await mailTo(entry.email)).text)
    expect((await fresh().do(wallet.checkWalletInvitation, { body: { token } })).hasPassword).toBe(true)
    await fresh().do(wallet.acceptWalletInvitation, { body: { token, password: PASSWORD } })
    expect((await tryWith(PASSWORD)).status).toBe(200)
  })

  test('has one MID within an application, and the same in another', async () => {
    await invited()
    const again = await made.developer.call(contract.inviteMerchant, { params, body: { ...entry, email: 'x@y.test' } })
    expect(again.body).toMatchObject({ code: 'merchant.mid_taken', fields: [{ path: 'mid' }] })
    const other = await makeApplication(made.developer)
    const there = { params: { applicationId: other.id }, body: { ...entry, email: 'x@y.test' } }
    expect((await made.developer.call(contract.inviteMerchant, there)).status).toBe(200)
  })

  test('can only have products of the application', async () => {
    const body = { ...entry, products: ['auto_debit' as const] }
    const reply = await made.developer.call(contract.inviteMerchant, { params, body })
    expect(reply.body).toMatchObject({ code: 'merchant.product_absent', fields: [{ path: 'products.0' }] })
  })

  test('gets a new link at a new address, and the old one is void; an accepted account keeps its address', async () => {
    const { own, token } = await invited()
    const body = { name: entry.name, email: `new-${entry.email}`, products: entry.products }
    await made.developer.do(contract.changeMerchant, { params: own, body })
    const second = tokenIn((await mailTo(body.email)).text)
    expect((await fresh().call(wallet.checkWalletInvitation, { body: { token } })).body.code).toBe(
      'wallet.invitation_unknown',
    )
    await fresh().do(wallet.acceptWalletInvitation, { body: { token: second, password: PASSWORD } })
    const third = { ...body, email: 'third@theatre.test' }
    const reply = await made.developer.call(contract.changeMerchant, { params: own, body: third })
    expect(reply.body.code).toBe('merchant.accepted')
    expect(
      (await made.developer.do(contract.changeMerchant, { params: own, body: { ...body, name: 'Renamed' } })).name,
    ).toBe('Renamed')
  })

  test('that is removed is logged out, and its link is void', async () => {
    const { merchant, own, browser } = await accepted()
    await browser.do(wallet.logInToWallet, { body: { account: merchant.account, password: PASSWORD } })
    await made.developer.do(contract.removeMerchant, { params: own })
    expect((await browser.call(wallet.getMerchantWallet, {})).body.code).toBe('wallet.not_logged_in')
    expect((await made.developer.call(contract.removeMerchant, { params: own })).status).toBe(404)
  })

  test("pays nothing of another application as itself: there it is the application's wallet that pays", async () => {
    const { merchant, browser } = await accepted()
    await browser.do(wallet.logInToWallet, { body: { account: merchant.account, password: PASSWORD } })
    const other = await makeIntegration(center)
    const order = orderKey((await other.server.pay()).body)
    expect((await browser.do(wallet.getOrder, { params: order })).payerName).toBeNull()
    await browser.do(wallet.decideOrder, { params: order, body: { decision: 'pay' } })
    expect((await browser.do(wallet.getMerchantWallet, {})).payments).toEqual([])
    await other.server.close()
  })

  test('is logged out of the wallet after two hours without use, and after twelve in any case', async () => {
    const { merchant, browser } = await accepted()
    await browser.do(wallet.logInToWallet, { body: { account: merchant.account, password: PASSWORD } })
    center.clock.forward(2 * 3600 - 60)
    await browser.do(wallet.getMerchantWallet, {})
    center.clock.forward(2 * 3600 + 1)
    expect((await browser.call(wallet.getMerchantWallet, {})).status).toBe(401)
    await logInAgain()
  })
})

describe('an invitation', () => {
  test('lives a fortnight and says when it is over; sent again it lives anew', async () => {
    const { own, token } = await invited()
    center.clock.forward(14 * 86_400 + 1)
    await logInAgain()
    expect((await find(entry.mid)).invitation.state).toBe('expired')
    expect((await fresh().call(wallet.checkWalletInvitation, { body: { token } })).body.code).toBe(
      'wallet.invitation_unknown',
    )
    expect((await made.developer.call(contract.merchantLink, { params: own })).body.code).toBe('merchant.not_open')
    await made.developer.do(contract.sendMerchantInvitation, { params: own })
    const { url } = await made.developer.do(contract.merchantLink, { params: own })
    await fresh().do(wallet.checkWalletInvitation, { body: { token: new URL(url).hash.slice(1) } })
  })

  test('is handed over as a link too, the same that was mailed', async () => {
    const { own, token } = await invited()
    const { url } = await made.developer.do(contract.merchantLink, { params: own })
    expect(url).toBe(`${center.origin}/wallet/join#${token}`)
  })

  test('that is withdrawn opens nothing', async () => {
    const { own, token } = await invited()
    const view = await made.developer.do(contract.withdrawMerchantInvitation, { params: own })
    expect(view.invitation.state).toBe('withdrawn')
    const reply = await fresh().call(wallet.acceptWalletInvitation, { body: { token, password: PASSWORD } })
    expect(reply.body.code).toBe('wallet.invitation_unknown')
    const again = await made.developer.call(contract.withdrawMerchantInvitation, { params: own })
    expect(again.body.code).toBe('merchant.not_open')
  })

  test('goes to whom the preference says', async () => {
    const nobody = { toMerchant: false, copies: [] }
    const set = (body: typeof nobody | { toMerchant: boolean; copies: string[] }) =>
      made.developer.call(contract.setInvitationPreference, { params, body })
    expect((await set(nobody)).body.code).toBe('merchant.no_recipient')
    const strangers = await set({ toMerchant: true, copies: [colleague.email, 'stranger@elsewhere.test'] })
    expect(strangers.body).toMatchObject({ code: 'merchant.copy_not_colleague', fields: [{ path: 'copies.1' }] })
    await set({ toMerchant: true, copies: [colleague.email] })
    await made.developer.do(contract.inviteMerchant, { params, body: entry })
    await expect.poll(() => center.mail.mails.some(({ to }) => to === `${entry.email}, ${colleague.email}`)).toBe(true)
    await set({ toMerchant: true, copies: [] })
    expect(await made.developer.do(contract.getInvitationPreference, { params })).toEqual({
      toMerchant: true,
      copies: [],
    })
  })

  test('is sent to one address five times a day at most', async () => {
    const { own } = await invited()
    for (let i = 0; i < 4; i++) await made.developer.do(contract.sendMerchantInvitation, { params: own })
    const reply = await made.developer.call(contract.sendMerchantInvitation, { params: own })
    expect(reply.body.code).toBe('merchant.too_many_invitations')
    // That is between this partner and the address: another one may write to it as well.
    const other = await makeMember(center, await makePartner(center))
    const elsewhere = { applicationId: (await makeApplication(other)).id }
    await other.do(contract.inviteMerchant, { params: elsewhere, body: entry })
  })
})

test('the filter of the list agrees with what the list shows', async () => {
  // Mails of the tests before may still be on their way: what is looked at here must stand still.
  const all = await until(async () => {
    const list = await made.developer.do(contract.listMerchants, { params, query: { limit: 100 } })
    const onTheirWay = list.items.filter(({ invitation }) => invitation.state === 'queued')
    if (onTheirWay.length > 0) throw new Error(`${onTheirWay.length} invitations are still on their way`)
    return list
  })
  expect(all.items.length).toBeGreaterThan(8)
  for (const item of all.items) {
    const query = { status: item.status, invitation: item.invitation.state, product: item.products[0], limit: 100 }
    const some = await made.developer.do(contract.listMerchants, { params, query })
    expect(some.items.map(({ mid }) => mid)).toContain(item.mid)
    for (const found of some.items) {
      expect([found.status, found.invitation.state]).toEqual([item.status, item.invitation.state])
    }
  }
  const total = Object.values(all.counts).reduce((sum, n) => sum + n, 0)
  expect(total).toBe(all.items.length)
  const first = await made.developer.do(contract.listMerchants, { params, query: { limit: 3 } })
  const query = { limit: 100, cursor: first.nextCursor ?? '' }
  const rest = await made.developer.do(contract.listMerchants, { params, query })
  expect([...first.items, ...rest.items].map(({ mid }) => mid)).toEqual(all.items.map(({ mid }) => mid))
  expect((await made.developer.do(contract.listMerchants, { params, query: { search: '%' } })).items).toEqual([])
})

test('payment codes are rationed for each wallet, however many are asked for at once', async () => {
  await logInAgain()
  await made.developer.do(addProducts, { params, body: { products: ['user_presented'] } })
  const { merchant, browser } = await accepted()
  await browser.do(wallet.logInToWallet, { body: { account: merchant.account, password: PASSWORD } })
  const many = Array.from({ length: 45 }, () => browser.call(wallet.newMerchantPaymentCode, {}))
  const codes = (await Promise.all(many)).map(({ status }) => status)
  expect(codes.filter((status) => status === 200)).toHaveLength(30)
  expect(codes.filter((status) => status === 429)).toHaveLength(15)
  // The wallet of the application has a ration of its own, and does not show the merchant's code.
  const own = await browser.do(wallet.getWallet, { params: walletKey(made.sandbox.testWalletUrl) })
  expect(own.code).toBeNull()
})

test("a code that a merchant shows makes the payment the merchant's", async () => {
  const { merchant, browser } = await accepted()
  await browser.do(wallet.logInToWallet, { body: { account: merchant.account, password: PASSWORD } })
  const { code } = await browser.do(wallet.newMerchantPaymentCode, {})
  const order = shopOrder(code?.value ?? '')
  expect((await made.server.pay(order)).body.result.resultCode).toBe('SUCCESS')
  const { payments } = await browser.do(wallet.getMerchantWallet, {})
  expect(payments).toMatchObject([{ product: 'user_presented', state: 'SUCCESS' }])
})
