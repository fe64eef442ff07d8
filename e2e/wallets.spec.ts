/** Partners with their own servers on both sides: joined in the browser, and a payer who asks about a payment. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { activate as activateEndpoint, logIn as logInEndpoint } from '../contract/accounts.ts'
import { addProducts, createApplication, setNotificationUrl, setSandboxKey } from '../contract/applications.ts'
import { openAccount, openPartner } from '../contract/partners.ts'
import { decideOrder } from '../contract/wallet.ts'
import { TestBrowser } from '../test/browser.ts'
import { integrateWith, linkIn } from '../test/integration.ts'
import { orderKey, shopOrder, TestPartner } from '../test/partner.ts'
import { activate, type Center, expect, logIn, PASSWORD, test } from './center.ts'

const PAID = { result: { resultCode: 'SUCCESS', resultStatus: 'S', resultMessage: '' } }

async function staffOf(page: Page, center: Center, name: string): Promise<TestBrowser> {
  const email = `${name.toLowerCase()}@network.test`
  await activate(page, center.addStaff(email, name))
  const staff = new TestBrowser(center.origin)
  await staff.do(logInEndpoint, { body: { email, password: PASSWORD } })
  return staff
}

/** A wallet partner whose server says yes to everything. */
async function makeWallet(center: Center, staff: TestBrowser) {
  const email = 'wren@wallet.test'
  const { id } = await staff.do(openPartner, {
    body: { name: 'Tide Wallet', partnerTypes: ['wallet'], standing: 'contract', ndaAddresses: [email] },
  })
  const account = { name: 'Wren', email, roles: ['developer_admin' as const] }
  await staff.do(openAccount, { params: { partnerId: id }, body: account })
  const developer = new TestBrowser(center.origin)
  const token = new URL(linkIn((await center.mail.waitFor(email, /activate/)).text)).hash.slice(1)
  await developer.do(activateEndpoint, { body: { token, password: PASSWORD } })
  await developer.do(logInEndpoint, { body: { email, password: PASSWORD } })
  const { id: applicationId } = await developer.do(createApplication, {
    body: { name: 'Tide app', partnerType: 'wallet', description: '', products: ['user_presented'] },
  })
  const params = { applicationId }
  const server = await TestPartner.start(center.origin)
  const sandbox = await developer.do(setSandboxKey, { params, body: { publicKey: server.publicKey } })
  server.join(sandbox.clientId, sandbox.networkPublicKey ?? '')
  server.acknowledge = (received, response) => server.answerSigned(received, response, PAID)
  const url = server.urlOf('pay')
  await developer.do(setNotificationUrl, { params: { ...params, api: 'pay' }, body: { url } })
  return { email, applicationId, server }
}

async function expectWhole(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
  }
}

test('a wallet and an acquirer are joined by a code, pay each other, and part', async ({ page, center }) => {
  const staff = await staffOf(page, center, 'Wanda')
  const { developer, server, application } = await integrateWith(staff, center.mail, 'quay')
  const params = { applicationId: application.id }
  await developer.do(addProducts, { params, body: { products: ['user_presented'] } })
  const wallet = await makeWallet(center, staff)

  const code = await test.step('the wallet makes a code', async () => {
    await logIn(page, wallet.email)
    await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
    await page.goto(`/applications/${wallet.applicationId}/sandbox`)
    await page.getByRole('button', { name: 'New code for an acquirer' }).click()
    const shown = page.getByRole('status').filter({ hasText: 'It is shown only now.' })
    await expect(shown).toBeVisible()
    await expectWhole(page)
    return /[\w-]{27}/.exec((await shown.textContent()) ?? '')?.[0] ?? ''
  })

  await test.step('the acquirer enters it, and a wrong one is refused beside the field', async () => {
    await page.context().clearCookies()
    await logIn(page, 'quay@partner.test')
    await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
    await page.goto(`/applications/${application.id}/sandbox`)
    const field = page.getByRole('textbox', { name: 'Code' })
    await field.fill('four blue horses')
    await page.getByRole('button', { name: 'Join the wallet' }).click()
    await expect(page.getByText('This code joins nothing.')).toBeVisible()
    await field.fill(code)
    await page.getByRole('button', { name: 'Join the wallet' }).click()
    await expect(page.getByRole('row').filter({ hasText: 'Tide app' })).toBeVisible()
    await expectWhole(page)
  })

  await test.step('a code of the wallet pays, and its log says who called', async () => {
    const { body } = await wallet.server.call('codes/getPaymentCode', { customerId: 'p-1', env: {} })
    const [shown] = body.paymentCodes as { paymentCode: string }[]
    const paid = await server.pay(shopOrder(shown?.paymentCode ?? ''))
    expect(paid.body).toMatchObject({ result: { resultStatus: 'S' }, walletBrandName: 'Tide app', customerId: 'p-1' })
    await page.context().clearCookies()
    await logIn(page, wallet.email)
    await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
    await page.goto(`/applications/${wallet.applicationId}/requests`)
    const row = page.getByRole('row').filter({ hasText: 'from the network' })
    await expect(row).toHaveCount(1)
    await row.getByRole('link').first().click()
    await expect(page.getByText('Result and signature are those of your answer.')).toBeVisible()
    await page.getByRole('tab', { name: 'Signature' }).click()
    await expect(page.getByText(`POST /pay`).first()).toBeVisible()
    await expectWhole(page)
  })

  await test.step('either ends it, after a question', async () => {
    await page.goto(`/applications/${wallet.applicationId}/sandbox`)
    await page.getByRole('button', { name: `End the pair with ${application.name}` }).click()
    await expectWhole(page)
    await page.getByRole('dialog').getByRole('button', { name: 'End', exact: true }).click()
    await expect(page.getByRole('row').filter({ hasText: application.name })).toHaveCount(0)
  })
  await wallet.server.close()
  await server.close()
})

test('a payer asks what a payment was for, and reads the answer', async ({ page, center }) => {
  const staff = await staffOf(page, center, 'Xenia')
  const { developer, server, application } = await integrateWith(staff, center.mail, 'asked')
  for (const api of ['initiateRetrieval', 'initiateEscalation'] as const) {
    const params = { applicationId: application.id, api }
    await developer.do(setNotificationUrl, { params, body: { url: server.urlOf(api) } })
  }
  const { body } = await server.pay()
  await new TestBrowser(center.origin).do(decideOrder, { params: orderKey(body), body: { decision: 'pay' } })
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(String(body.paymentUrl))
  await page.getByText('Something is wrong with this payment').click()
  await page.getByRole('textbox', { name: 'What is wrong' }).fill('I do not know this shop')
  await expectWhole(page)
  await page.getByRole('button', { name: 'Ask what it was for' }).click()
  await expect(page.getByText('The acquirer has not answered yet.')).toBeVisible()
  await page.getByRole('button', { name: 'Ask what it was for' }).click()
  await expect(page.getByText('There is an open retrieval of this payment.')).toBeVisible()
  const asked = () => server.received.find(({ uri }) => uri === '/initiateRetrieval')
  await expect.poll(asked).toMatchObject({ verified: true, body: { disputeReason: 'I do not know this shop' } })
  const { disputeRequestId } = asked()?.body ?? {}
  await server.call('disputes/responseRetrieval', { disputeRequestId, responseMessage: 'Two tickets for Friday' })
  await expect(page.getByText('Two tickets for Friday')).toBeVisible({ timeout: 10_000 })
  await expectWhole(page)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  await server.close()
})
