import { integrateWith } from '../test/integration.ts'
import { expectNoScrolling, expectNoViolation } from './axe.ts'
import { activate, expect, logIn, PASSWORD, test } from './center.ts'
import { addProducts } from '../contract/applications.ts'
import { TestBrowser } from '../test/browser.ts'
import { orderKey, shopOrder } from '../test/partner.ts'
import { pauseEndpoint } from '../test/paused.ts'
import { logIn as logInEndpoint } from '../contract/accounts.ts'
import { decideOrder } from '../contract/wallet.ts'

test('a signed call, a payer, a signed notification: every step is on its page', { tag: '@engines' }, async ({
  page,
  center,
}) => {
  await activate(page, center.addStaff('petra@network.test', 'Petra'))
  const staff = new TestBrowser(center.origin)
  await staff.do(logInEndpoint, { body: { email: 'petra@network.test', password: PASSWORD } })
  const { server, application } = await integrateWith(staff, center.mail, 'paying')
  // The third attempt is acknowledged, whenever it comes: the clock of the center runs.
  server.acknowledge = (received, response) =>
    server.received.length > 2 ? server.acknowledgeSigned(received, response) : void response.writeHead(200).end('{}')

  const { body } = await server.pay()
  await server.pay({}, { body: '{"changed":true}' })

  await test.step('the payer pays on a phone, and goes back', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    // The merchant's page, so that the payer has somewhere to go back to.
    await page.route('https://shop.example/**', (route) => route.fulfill({ body: 'Thank you!' }))
    await page.goto(String(body.paymentUrl))
    await expect(page.getByText('Harbour Theatre').first()).toBeVisible()
    await expect(page.getByText('19.99 USD').first()).toBeVisible()
    await page.getByRole('button', { name: 'Pay Now' }).click()
    await expect(page.getByText('Paid', { exact: true })).toBeVisible()
    await expect(page.getByRole('link', { name: 'Back to the merchant' })).toHaveAttribute(
      'href',
      'https://shop.example/return',
    )
    await expect(page).toHaveURL('https://shop.example/return')
    await page.goto(String(body.paymentUrl))
    await expect(page.getByText('Paid', { exact: true })).toBeVisible()
    await page.setViewportSize({ width: 1280, height: 800 })
  })

  await logIn(page, 'paying@partner.test')
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()

  await test.step('the request log shows both calls, and the string of the refused one', async () => {
    await page.goto(`/applications/${application.id}/requests`)
    await expect(page.getByRole('row').filter({ hasText: 'PAYMENT_IN_PROCESS' })).toHaveCount(1)
    await page.getByRole('row').filter({ hasText: 'INVALID_SIGNATURE' }).getByRole('link').first().click()
    await expect(page).toHaveURL(/exchange=exc_/)
    await page.getByRole('tab', { name: 'Signature' }).click()
    await expect(page.getByText('{"changed":true}')).toBeVisible()
  })

  await test.step('a new call appears within a second, without a reload', async () => {
    await page.goto(`/applications/${application.id}/requests`)
    await expect(page.getByRole('row').filter({ hasText: 'PAYMENT_IN_PROCESS' })).toHaveCount(1)
    await server.inquire({ paymentRequestId: 'unheard-of' })
    await expect(page.getByRole('row').filter({ hasText: 'ORDER_NOT_EXIST' })).toHaveCount(1, { timeout: 2000 })
  })

  await test.step('every attempt to notify is on its page, until the answer is signed', async () => {
    await page.goto(`/applications/${application.id}/notifications`)
    await page
      .getByRole('link', { name: String(body.paymentRequestId ?? 'req-') })
      .or(page.getByRole('row').nth(1).getByRole('link'))
      .first()
      .click()
    await expect(
      page
        .getByText('The answer carried no signature.')
        .or(page.getByText('The body was not a JSON object with a result.'))
        .first(),
    ).toBeVisible()
    await expect(page.getByText('Attempt 2')).toBeVisible({ timeout: 15_000 })
    await expect(page.getByRole('row').filter({ hasText: 'Acknowledged' })).toHaveCount(1, { timeout: 20_000 })
    await expect(page.getByText('Verified', { exact: true })).toBeVisible()
  })

  await test.step('sent again, it is one more attempt', async () => {
    const before = server.received.length
    await page.getByRole('button', { name: 'Send again now' }).click()
    await expect(page.getByText(`Attempt ${before + 1}`)).toBeVisible({ timeout: 10_000 })
    expect(server.received).toHaveLength(before + 1)
    expect(server.received.at(-1)?.verified).toBe(true)
  })

  await test.step('all that match are sent again, after the page has said how many', async () => {
    const before = server.received.length
    await page.goto(`/applications/${application.id}/notifications?state=acknowledged`)
    await page.getByRole('button', { name: 'Send all that match again' }).click()
    const dialog = page.getByRole('dialog', { name: 'Send 1 notification again?' })
    await dialog.getByRole('button', { name: 'Send again' }).click()
    await expect(page.getByText('Sent again: 1 of 1, 1 acknowledged.')).toBeVisible()
    expect(server.received).toHaveLength(before + 1)
  })

  await test.step('a paused endpoint says why, holds what is new, and sends it when it is resumed', async () => {
    await center.inDatabase((db) => pauseEndpoint(db, application.id))
    const before = server.received.length
    const order = await server.pay()
    const params = orderKey(order.body)
    await new TestBrowser(center.origin).do(decideOrder, { params, body: { decision: 'pay' } })
    await page.goto(`/applications/${application.id}/notifications`)
    await expect(page.getByText('5 in a row used up all their attempts')).toBeVisible()
    await expect(page.getByRole('row').filter({ hasText: 'When the endpoint is resumed' })).toHaveCount(1)
    await expect(page.getByText(/^Waiting: 1\./)).toBeVisible({ timeout: 10_000 })
    expect(server.received).toHaveLength(before)
    await page.getByRole('button', { name: /^Resume http/ }).click()
    await expect(page.getByText('are paused')).toHaveCount(0)
    await expect.poll(() => server.received.length).toBe(before + 1)
  })
  await server.close()
})

test('a payment code on a phone: read by the shop, confirmed by the payer', async ({ page, center }) => {
  await activate(page, center.addStaff('quentin@network.test', 'Quentin'))
  const staff = new TestBrowser(center.origin)
  await staff.do(logInEndpoint, { body: { email: 'quentin@network.test', password: PASSWORD } })
  const { developer, server, application, sandbox } = await integrateWith(staff, center.mail, 'shop')
  await developer.do(addProducts, { params: { applicationId: application.id }, body: { products: ['user_presented'] } })
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(sandbox.testWalletUrl)
  const shown = page.locator('[data-code]')
  const readCode = async () => String(await shown.getAttribute('data-code'))

  await test.step('the code is there, and paying with it shows at once', async () => {
    await expect(page.getByRole('img', { name: 'The payment code as a QR code' })).toBeVisible()
    await expect(page.getByRole('timer')).toContainText('s left')
    const { body } = await server.pay(shopOrder(await readCode()))
    expect(body.result.resultCode).toBe('SUCCESS')
    await expect(page.getByText('The code was used, or its minute is over.')).toBeVisible()
    await expect(page.getByRole('link', { name: /Harbour Theatre.*19\.99 USD.*Paid/ })).toBeVisible()
  })

  await test.step('a large amount waits for the payer, who pays', async () => {
    await page.getByRole('button', { name: 'Show a new code' }).click()
    await expect(shown).toBeVisible()
    const order = shopOrder(await readCode(), '9916')
    expect((await server.pay(order)).body.result.resultCode).toBe('PAYMENT_IN_PROCESS')
    const asked = page.getByRole('region', { name: 'Please confirm this payment' })
    await expect(asked.getByText('99.16 USD')).toBeVisible()
    await asked.getByRole('button', { name: 'Pay Now' }).click()
    await expect(asked).toHaveCount(0)
    await expect(page.getByRole('link', { name: /99\.16 USD.*Paid/ })).toBeVisible()
    await server.refund({ paymentRequestId: order.paymentRequestId, refundAmount: { currency: 'USD', value: '16' } })
    await expect(page.getByRole('link', { name: /99\.16 USD.*Partly refunded/ })).toBeVisible()
  })

  await test.step('the page is whole on a phone, in light and dark', async () => {
    await expectNoViolation(page)
    await expectNoScrolling(page)
  })

  await test.step('a link that is not complete says so', async () => {
    await page.goto(`${center.origin}/wallet/${'x'.repeat(32)}`)
    await expect(page.getByText('There is no such wallet').first()).toBeVisible()
  })
  await server.close()
})

test('a code of the merchant: read by the payer, who pays or goes on to the page of the shop', async ({
  page,
  center,
}) => {
  await activate(page, center.addStaff('rosa@network.test', 'Rosa'))
  const staff = new TestBrowser(center.origin)
  await staff.do(logInEndpoint, { body: { email: 'rosa@network.test', password: PASSWORD } })
  const { developer, server, application, sandbox } = await integrateWith(staff, center.mail, 'counter')
  const params = { applicationId: application.id }
  await developer.do(addProducts, { params, body: { products: ['merchant_presented'] } })
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(sandbox.testWalletUrl)
  const read = async (code: string) => {
    await page.getByRole('textbox', { name: 'Code' }).fill(code)
    await page.getByRole('button', { name: 'Read the code' }).click()
  }

  await test.step('what is no code is refused, and the code of a shop names its page', async () => {
    await read('four blue horses')
    await expect(page.getByText('This code means nothing to the wallet.')).toBeVisible()
    await read('https://shop.example/counter/7')
    await expect(page.getByRole('link', { name: 'https://shop.example/counter/7' })).toBeVisible()
    await expectNoViolation(page)
    await expectNoScrolling(page)
  })

  await test.step('the code of an order leads to the order, which is paid', async () => {
    const factor = { isInStorePayment: true, inStorePaymentScenario: 'OrderCode' }
    const { body } = await server.pay({ paymentFactor: factor, paymentRedirectUrl: undefined })
    const { codeDetails } = body.orderCodeForm as { codeDetails: { codeValue: string }[] }
    await read(codeDetails[0]?.codeValue ?? '')
    await expect(page.getByText('19.99 USD')).toBeVisible()
    await page.getByRole('button', { name: 'Pay Now' }).click()
    await expect(page.getByText('Paid', { exact: true })).toBeVisible()
    expect((await server.inquire({ paymentId: body.paymentId })).body.paymentResult).toMatchObject({
      resultStatus: 'S',
    })
  })
  await server.close()
})

test('an agreement: asked for, agreed to in the wallet, debited, and ended by the payer', async ({ page, center }) => {
  await activate(page, center.addStaff('sami@network.test', 'Sami'))
  const staff = new TestBrowser(center.origin)
  await staff.do(logInEndpoint, { body: { email: 'sami@network.test', password: PASSWORD } })
  const { developer, server, application, sandbox } = await integrateWith(staff, center.mail, 'debits')
  await developer.do(addProducts, { params: { applicationId: application.id }, body: { products: ['auto_debit'] } })
  await page.setViewportSize({ width: 390, height: 844 })
  const isWhole = async () => {
    await expectNoViolation(page)
    await expectNoScrolling(page)
  }
  const authClientId = 'M-0001'
  const authorize = (api: string, body: object) => server.call(`authorizations/${api}`, { authClientId, ...body })

  const accessToken = await test.step('the payer agrees, and goes back with a code', async () => {
    const { body } = await authorize('prepare', {
      authClientName: 'Harbour Theatre',
      scopes: ['AGREEMENT_PAY'],
      authState: 'ours',
      authRedirectUrl: `${center.origin}/nowhere`,
    })
    await page.goto(String(body.authUrl))
    await expect(page.getByText('Harbour Theatre')).toBeVisible()
    await isWhole()
    // The page goes back by itself after a moment; an answer without content lets it stay until it has been looked at.
    await page.route('**/nowhere?*', (route) => route.fulfill({ status: 204 }))
    await page.getByRole('button', { name: 'Agree' }).click()
    await expect(page.getByRole('heading', { name: 'You have agreed' })).toBeVisible()
    await isWhole()
    await page.unroute('**/nowhere?*')
    await page.getByRole('link', { name: 'Back to the merchant' }).click()
    await page.waitForURL(/\/nowhere\?authCode=/)
    const authCode = new URL(page.url()).searchParams.get('authCode')
    const tokens = await authorize('applyToken', { grantType: 'AUTHORIZATION_CODE', authCode })
    return String(tokens.body.accessToken)
  })
  const debit = async () => {
    const paymentMethodMetaData = { authClientId }
    const paymentMethod = { paymentMethodType: 'CONNECT_WALLET', paymentMethodId: accessToken, paymentMethodMetaData }
    return (await server.pay({ paymentMethod, paymentFactor: { isAgreementPayment: true } })).body.result.resultCode
  }

  await test.step('it stands in the wallet, is debited, and ends when the payer wishes', async () => {
    expect(await debit()).toBe('SUCCESS')
    await page.goto(sandbox.testWalletUrl)
    await expect(page.getByRole('link', { name: /19\.99 USD.*Paid/ })).toBeVisible()
    const end = page.getByRole('button', { name: 'End the agreement with Harbour Theatre' })
    await expect(end).toBeVisible()
    await isWhole()
    await end.click()
    await expect(end).toHaveCount(0)
    expect(await debit()).toBe('INVALID_TOKEN')
  })
  await server.close()
})
