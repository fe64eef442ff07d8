/** Partners with their own servers on both sides: joined in the browser, and a payer who asks about a payment. */
import { writeFileSync } from 'node:fs'
import { chromium, type Page } from '@playwright/test'
import { encodeQR } from 'qr'
import { activate as activateEndpoint, logIn as logInEndpoint } from '../contract/accounts.ts'
import { addProducts, createApplication, setNotificationUrl, setSandboxKey } from '../contract/applications.ts'
import { openAccount, openPartner } from '../contract/partners.ts'
import { decideOrder } from '../contract/wallet.ts'
import { TestBrowser } from '../test/browser.ts'
import { integrateWith, linkIn } from '../test/integration.ts'
import { orderKey, shopOrder, TestPartner } from '../test/partner.ts'
import { expectNoScrolling, expectNoViolation } from './axe.ts'
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

/** Each link at the top of the page leads to the part that it names. */
async function expectContents(page: Page, parts: number): Promise<void> {
  const links = page.getByRole('navigation', { name: 'On this page' }).getByRole('link')
  await expect(links).toHaveCount(parts)
  for (const link of await links.all()) {
    const id = await link.getAttribute('href')
    await expect(page.locator(`section${id}`)).toHaveAccessibleName((await link.textContent()) ?? '')
  }
  await links.last().click()
  await expect(page.getByRole('heading', { level: 2, name: 'Clock of the sandbox' })).toBeInViewport()
}

test('a wallet and an acquirer are joined by a code, pay each other, and part', async ({ page, center }) => {
  const staff = await staffOf(page, center, 'Wilma')
  const { developer, server, application } = await integrateWith(staff, center.mail, 'quay')
  const params = { applicationId: application.id }
  await developer.do(addProducts, { params, body: { products: ['user_presented'] } })
  const wallet = await makeWallet(center, staff)

  const code = await test.step('the wallet makes a code', async () => {
    await logIn(page, wallet.email)
    await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
    await page.goto(`/applications/${wallet.applicationId}/sandbox`)
    await expectContents(page, 8)
    await page.getByRole('button', { name: 'New code for an acquirer' }).click()
    const shown = page.getByRole('status').filter({ hasText: 'It is shown only now.' })
    await expect(shown).toBeVisible()
    await expectNoViolation(page)
    return /[\w-]{27}/.exec((await shown.textContent()) ?? '')?.[0] ?? ''
  })

  await test.step('the acquirer enters it, and a wrong one is refused beside the field', async () => {
    await page.context().clearCookies()
    await logIn(page, 'quay@partner.test')
    await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
    await page.goto(`/applications/${application.id}/sandbox`)
    await expectContents(page, 9)
    const field = page.getByRole('textbox', { name: 'Code' })
    await field.fill('four blue horses')
    await page.getByRole('button', { name: 'Join the wallet' }).click()
    await expect(page.getByText('This code joins nothing.')).toBeVisible()
    await field.fill(code)
    await page.getByRole('button', { name: 'Join the wallet' }).click()
    await expect(page.getByRole('row').filter({ hasText: 'Tide app' })).toBeVisible()
    await expectNoViolation(page)
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
    await expectNoViolation(page)
  })

  await test.step('either ends it, after a question', async () => {
    await page.goto(`/applications/${wallet.applicationId}/sandbox`)
    await page.getByRole('button', { name: `End the pair with ${application.name}` }).click()
    await expectNoViolation(page)
    await page.getByRole('dialog').getByRole('button', { name: 'End', exact: true }).click()
    await expect(page.getByRole('row').filter({ hasText: application.name })).toHaveCount(0)
  })
  await wallet.server.close()
  await server.close()
})

/** A film of one picture: the code, large and dark on white, as Chromium takes it for its camera. */
function filmOf(code: string, file: string): void {
  const [width, height, scale] = [640, 480, 6]
  const rows = encodeQR(code, 'raw', { border: 4, ecc: 'medium' })
  const luma = Buffer.alloc(width * height, 235)
  const [left, top] = [width, height].map((side) => Math.floor((side - rows.length * scale) / 2)) as [number, number]
  for (const [y, row] of rows.entries()) {
    for (const [x, isDark] of row.entries()) {
      if (!isDark) continue
      for (let line = 0; line < scale; line++) {
        const at = (top + y * scale + line) * width + left + x * scale
        luma.fill(16, at, at + scale)
      }
    }
  }
  const chroma = Buffer.alloc((width * height) / 2, 128)
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, chroma])
  const head = `YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`
  writeFileSync(file, Buffer.concat([Buffer.from(head), frame, frame]))
}

test('the Test Wallet reads the code of an order with the camera', async ({ page, center }, testInfo) => {
  const staff = await staffOf(page, center, 'Yael')
  const { developer, server, application, sandbox } = await integrateWith(staff, center.mail, 'lens')
  const params = { applicationId: application.id }
  await developer.do(addProducts, { params, body: { products: ['merchant_presented'] } })
  const factor = { isInStorePayment: true, inStorePaymentScenario: 'OrderCode' }
  const { body } = await server.pay({ paymentFactor: factor, paymentRedirectUrl: undefined })
  const { codeDetails } = body.orderCodeForm as { codeDetails: { codeValue: string }[] }
  const film = testInfo.outputPath('code.y4m')
  filmOf(codeDetails[0]?.codeValue ?? '', film)

  await page.goto(sandbox.testWalletUrl)
  await page.getByRole('button', { name: 'Read with the camera' }).click()
  await expect(page.getByText('There is no camera, or this page may not use it.')).toBeVisible()
  await page.getByRole('button', { name: 'Close the camera' }).click()

  // No other page may look.
  const policyOf = async (path: string) =>
    (await page.request.get(`${center.origin}${path}`)).headers()['permissions-policy']
  expect(await policyOf('/login')).toContain('camera=()')
  expect(await policyOf('/wallet/login')).toContain('camera=(self)')

  const launch = testInfo.project.use.launchOptions
  const args = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream']
  const browser = await chromium.launch({
    ...launch,
    args: [...(launch?.args ?? []), ...args, `--use-file-for-fake-video-capture=${film}`],
  })
  const phone = await browser.newPage({ viewport: { width: 390, height: 844 } })
  await phone.goto(sandbox.testWalletUrl)
  await phone.getByRole('button', { name: 'Read with the camera' }).click()
  await expect(phone.getByText('19.99 USD')).toBeVisible()
  await phone.getByRole('button', { name: 'Pay Now' }).click()
  await expect(phone.getByText('Paid', { exact: true })).toBeVisible()
  await browser.close()
  await server.close()
})

test('a payer asks what a payment was for, and reads the answer', async ({ page, center }) => {
  const staff = await staffOf(page, center, 'Xenia')
  const { developer, server, application } = await integrateWith(staff, center.mail, 'disputed')
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
  await expectNoViolation(page)
  await page.getByRole('button', { name: 'Ask what it was for' }).click()
  await expect(page.getByText('The acquirer has not answered yet.')).toBeVisible()
  await page.getByRole('button', { name: 'Ask what it was for' }).click()
  await expect(page.getByText('There is an open retrieval of this payment.')).toBeVisible()
  const asked = () => server.received.find(({ uri }) => uri === '/initiateRetrieval')
  await expect.poll(asked).toMatchObject({ verified: true, body: { disputeReason: 'I do not know this shop' } })
  const { disputeRequestId } = asked()?.body ?? {}
  await server.call('disputes/responseRetrieval', { disputeRequestId, responseMessage: 'Two tickets for Friday' })
  await expect(page.getByText('Two tickets for Friday')).toBeVisible({ timeout: 10_000 })
  await expectNoViolation(page)
  await expectNoScrolling(page)
  await server.close()
})
