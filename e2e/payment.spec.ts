import { integrateWith } from '../test/integration.ts'
import { activate, expect, logIn, PASSWORD, test } from './center.ts'
import { TestBrowser } from '../test/browser.ts'
import { logIn as logInEndpoint } from '../contract/accounts.ts'

test('a signed call, a payer, a signed notification: every step is on its page', async ({ page, center }) => {
  await activate(page, center.addStaff('petra@network.test', 'Petra'))
  const staff = new TestBrowser(center.origin)
  await staff.do(logInEndpoint, { body: { email: 'petra@network.test', password: PASSWORD } })
  const { server, application } = await integrateWith(staff, center.mail, 'paying')
  server.acknowledge = (_received, response) => void response.writeHead(200).end('{}')

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
    await expect(page.getByText('ORDER_NOT_EXIST').first()).toBeVisible({ timeout: 2000 })
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
    server.acknowledge = (received, response) => server.acknowledgeSigned(received, response)
    await expect(page.getByRole('row').filter({ hasText: 'Acknowledged' })).toHaveCount(1, { timeout: 20_000 })
    await expect(page.getByText('Verified', { exact: true })).toBeVisible()
  })
  await server.close()
})
