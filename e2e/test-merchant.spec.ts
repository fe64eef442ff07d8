/** Test Merchant on a phone: an order for every product, signed in the page and through a partner's own server, and what becomes of it. */
import type { Locator, Page } from '@playwright/test'
import { addProducts, getSandbox, setNotificationUrl } from '../contract/applications.ts'
import { activated, integrateWith } from '../test/integration.ts'
import { Shop } from '../test/shop.ts'
import { expectNoScrolling, expectNoViolation } from './axe.ts'
import { type Center, expect, logIn, test } from './center.ts'

async function expectWhole(page: Page): Promise<void> {
  await expectNoViolation(page)
  await expectNoScrolling(page)
}

/** A partner with all products, and his developer on a phone. */
async function onPhone(page: Page, center: Center, staffName: string, partner: string) {
  const email = `${staffName.toLowerCase()}@network.test`
  const staff = await activated(center.origin, email, center.addStaff(email, staffName))
  const { developer, server, application } = await integrateWith(staff, center.mail, partner)
  const params = { applicationId: application.id }
  const products = ['user_presented', 'merchant_presented', 'auto_debit'] as const
  await developer.do(addProducts, { params, body: { products: [...products] } })
  const sandbox = await developer.do(getSandbox, { params })
  await page.setViewportSize({ width: 390, height: 844 })
  await logIn(page, `${partner}@partner.test`)
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
  return { developer, server, params, sandbox, address: `/applications/${application.id}/test-merchant` }
}

const order = (page: Page) => page.getByRole('region', { name: 'New order' })
const transactions = (page: Page) => page.getByRole('region', { name: 'Transactions' })
const row = (page: Page, title: string) => transactions(page).getByRole('listitem').filter({ hasText: title }).first()

async function sell(page: Page, title: string, button = 'Make the order'): Promise<void> {
  await order(page).getByLabel('Title').fill(title)
  await order(page).getByRole('button', { name: button }).click()
}

/** The payer goes where the link leads, and pays. */
async function pay(payer: Page, link: Locator): Promise<void> {
  await payer.goto((await link.getAttribute('href')) ?? '')
  await payer.getByRole('button', { name: 'Pay Now' }).click()
  await expect(payer.getByText('Paid', { exact: true })).toBeVisible()
}

async function paymentCode(payer: Page, walletUrl: string): Promise<string> {
  await payer.goto(walletUrl)
  const code = payer.locator('[data-code]')
  await expect(code).toBeVisible()
  return (await code.getAttribute('data-code')) ?? ''
}

test('the page signs by itself, with a key that it throws away', async ({ page, another, center }) => {
  const { sandbox, address } = await onPhone(page, center, 'Marlow', 'stall')
  const payer = await another()
  const sent: string[] = []
  page.on('request', (request) => sent.push(request.postData() ?? ''))

  await test.step('Cashier Payment: what is typed wrong is named, and the order is paid', async () => {
    await page.goto(address)
    await order(page).getByLabel('Currency').fill('jpy')
    await sell(page, 'Online boat')
    await expect(page.getByText('JPY has no decimals: write 1000.')).toBeVisible()
    await order(page).getByLabel('Amount').fill('0')
    await sell(page, 'Online boat')
    await expect(page.getByText('It must be more than 0.')).toBeVisible()
    await order(page).getByLabel('Amount').fill('1000')
    await sell(page, 'Online boat')
    await expect(order(page).getByText('The signature of the answer verifies.')).toBeVisible()
    await expect(order(page).getByRole('img', { name: 'The payment page as a QR code' })).toBeVisible()
    await expect(row(page, 'Online boat')).toContainText('PROCESSING')
    await expectWhole(page)
    await pay(payer, order(page).getByRole('link', { name: 'Open the payment page' }))
    await expect(row(page, 'Online boat')).toContainText('1,000 JPY')
    await expect(row(page, 'Online boat')).toContainText('SUCCESS')
  })

  await test.step('Query, part of it back, the rest back; the calls stand below', async () => {
    const boat = row(page, 'Online boat')
    await boat.getByRole('link', { name: /Online boat/ }).click()
    await boat.getByRole('button', { name: 'Query' }).click()
    await expect(boat.getByText('The signature of the answer verifies.')).toBeVisible()
    const back = boat.getByLabel('Give back, JPY')
    await back.fill('1001')
    await boat.getByRole('button', { name: 'Refund' }).click()
    await expect(boat.getByText('Only 1,000 JPY is left.')).toBeVisible()
    await back.fill('400')
    await boat.getByRole('button', { name: 'Refund' }).click()
    await expect(boat.getByText('400 JPY given back')).toBeVisible()
    await expect(boat).toContainText('REFUND')
    await expect(back).toHaveValue('600')
    await expect(boat.getByRole('link', { name: 'payments/refund' })).toBeVisible()
    await expect(boat.getByRole('link', { name: 'payments/inquiryPayment' })).toBeVisible()
    await expect(boat.getByText('SUCCESS · verified').first()).toBeVisible()
    await expectWhole(page)
    await boat.getByRole('button', { name: 'Refund' }).click()
    await expect(boat.getByText('1,000 JPY given back')).toBeVisible()
    await expect(boat.getByRole('button', { name: 'Refund' })).toHaveCount(0)
  })

  await test.step('an order that nobody pays is cancelled, and found under its word', async () => {
    await sell(page, 'Unwanted boat')
    await expect(row(page, 'Unwanted boat')).toContainText('PROCESSING')
    await row(page, 'Unwanted boat')
      .getByRole('link', { name: /Unwanted boat/ })
      .click()
    await expect(row(page, 'Unwanted boat').getByRole('link', { name: 'Pay', exact: true })).toBeVisible()
    await row(page, 'Unwanted boat').getByRole('button', { name: 'Cancel' }).click()
    await expect(row(page, 'Unwanted boat')).toContainText('CANCELLED')
    await transactions(page).getByRole('link', { name: 'CANCELLED', exact: true }).click()
    await expect(row(page, 'Online boat')).toHaveCount(0)
    await expect(row(page, 'Unwanted boat')).toBeVisible()
    await transactions(page).getByRole('link', { name: 'All', exact: true }).click()
  })

  await test.step('in the other family', async () => {
    await order(page).getByLabel('Interfaces').selectOption('AMS')
    await sell(page, 'AMS boat')
    await pay(payer, order(page).getByRole('link', { name: 'Open the payment page' }))
    await row(page, 'AMS boat')
      .getByRole('link', { name: /AMS boat/ })
      .click()
    await expect(row(page, 'AMS boat')).toContainText('SUCCESS')
    await row(page, 'AMS boat').getByRole('button', { name: 'Refund' }).click()
    await expect(row(page, 'AMS boat')).toContainText('REFUND')
    await order(page).getByLabel('Interfaces').selectOption('APS')
  })

  await test.step('User-presented: the code that the payer shows', async () => {
    await order(page).getByLabel('Order', { exact: true }).selectOption('Payment code of the payer')
    await sell(page, 'Shop boat')
    await expect(page.getByText('Read or type the code that the payer shows.')).toBeVisible()
    await order(page)
      .getByLabel('Payment code')
      .fill(await paymentCode(payer, sandbox.testWalletUrl))
    await sell(page, 'Shop boat')
    await expect(row(page, 'Shop boat')).toContainText('SUCCESS')
    await expectWhole(page)
  })

  await test.step('Merchant-presented: an order code, and the code of the store', async () => {
    await order(page).getByLabel('Order', { exact: true }).selectOption('Order code')
    await sell(page, 'Counter boat')
    await expect(order(page).getByRole('img', { name: 'The order code as a QR code' })).toBeVisible()
    await row(page, 'Counter boat')
      .getByRole('link', { name: /Counter boat/ })
      .click()
    await pay(payer, row(page, 'Counter boat').getByRole('link', { name: 'Pay', exact: true }))
    await expect(row(page, 'Counter boat')).toContainText('SUCCESS')
    await order(page).getByLabel('Order', { exact: true }).selectOption('Entry code of the store')
    await expect(order(page).getByRole('img', { name: 'The entry code of the store as a QR code' })).toBeVisible()
    await expectWhole(page)
    await order(page).getByRole('link', { name: 'Open its page here' }).click()
    const store = page.getByRole('region', { name: 'Store' })
    await store.getByLabel('Title').fill('Quay boat')
    await store.getByRole('button', { name: 'Make the order' }).click()
    await expectWhole(page)
    await pay(payer, store.getByRole('link', { name: 'Go on' }))
    await page.goto(address)
    await expect(row(page, 'Quay boat')).toContainText('SUCCESS')
  })

  await test.step('Auto Debit: the payer agrees once, and is charged without being asked', async () => {
    await order(page).getByLabel('Order', { exact: true }).selectOption('Auto Debit')
    await expect(order(page).getByRole('button', { name: 'Charge' })).toBeDisabled()
    await order(page).getByRole('button', { name: 'Ask the payer to agree' }).click()
    const link = order(page).getByRole('link', { name: 'Open the page of the agreement' })
    await page.goto((await link.getAttribute('href')) ?? '')
    await page.getByRole('button', { name: 'Agree' }).click()
    await page.waitForURL(/authCode=/)
    await page.getByRole('button', { name: 'Get the access token' }).click()
    await expect(order(page).getByLabel('Access token')).not.toHaveValue('')
    await sell(page, 'Monthly boat', 'Charge')
    await expect(row(page, 'Monthly boat')).toContainText('SUCCESS')
    await expectWhole(page)
  })

  await test.step('the log marks its calls, and no private key has left the page', async () => {
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.goto(address.replace('test-merchant', 'requests'))
    await expect(page.getByRole('row').filter({ hasText: 'Test Merchant' }).first()).toBeVisible()
    expect(sent.join('\n')).not.toMatch(/PRIVATE KEY|"d":/)
  })
})

test("the page asks the partner's own server, and says what is wrong with its answers", async ({
  page,
  another,
  center,
}) => {
  const { developer, server, params, sandbox, address } = await onPhone(page, center, 'Pallas', 'booth')
  const payer = await another()
  const way = page.getByRole('region', { name: 'Who calls the gateway' })
  const { privateKey } = server
  const shop = await Shop.start({
    gateway: center.origin,
    clientId: sandbox.clientId,
    networkPublicKey: sandbox.networkPublicKey ?? '',
    privateKey,
  })
  const field = way.getByLabel('URL of your merchant API')
  const setUrl = async (url: string) => {
    if (!(await field.isVisible())) await way.locator('summary').click()
    await field.fill(url)
    await way.getByRole('button', { name: 'Save' }).click()
  }

  try {
    await developer.do(setNotificationUrl, { params: { ...params, api: 'authNotify' }, body: { url: shop.notifyUrl } })

    await test.step('its URL is set here, behind the same wall as every other', async () => {
      await page.goto(address)
      await way.getByRole('link', { name: 'Your server' }).click()
      await expect(order(page).getByRole('button', { name: 'Make the order' })).toBeDisabled()
      await setUrl('http://shop.example/merchant')
      await expect(field).toHaveAccessibleDescription(/https/)
      await expectWhole(page)
    })

    await test.step('a server that answers nonsense is told what would be right', async () => {
      await setUrl(`${shop.origin}/nowhere`)
      await expect(way.locator('summary')).toHaveText(`${shop.origin}/nowhere`)
      await sell(page, 'Lost boat')
      await expect(order(page).getByText('The HTTP status was not 200.')).toBeVisible()
      await expect(order(page).getByText('HTTP status: 404')).toBeVisible()
      await expectWhole(page)
      server.acknowledge = (_received, response) => void response.end('{"status":"DONE"}')
      await setUrl(server.urlOf('merchant'))
      await expect(order(page).getByText('HTTP status: 404')).toHaveCount(0)
      await sell(page, 'Lost boat')
      await expect(order(page).getByText('must be one of PROCESSING, SUCCESS, CANCELLED, REFUND')).toBeVisible()
    })

    await test.step('Cashier Payment, its query and its refund', async () => {
      await setUrl(`${shop.origin}/test-merchant`)
      await expect(way.locator('summary')).toHaveText(`${shop.origin}/test-merchant`)
      await expect(order(page).getByText('must be one of PROCESSING')).toHaveCount(0)
      await sell(page, 'Online kite')
      await expect(order(page).getByText('Your server says: PROCESSING')).toBeVisible()
      await pay(payer, order(page).getByRole('link', { name: 'Open the payment page' }))
      const kite = row(page, 'Online kite')
      await expect(kite).toContainText('SUCCESS')
      await kite.getByRole('link', { name: /Online kite/ }).click()
      await kite.getByRole('button', { name: 'Query' }).click()
      await expect(kite.getByText('Your server says: SUCCESS')).toBeVisible()
      await kite.getByLabel('Give back, USD').fill('2.50')
      await kite.getByRole('button', { name: 'Refund' }).click()
      await expect(kite.getByText('2.50 USD given back')).toBeVisible()
      await expect(kite.getByText('to your server').first()).toBeVisible()
      await expect(kite.getByText('to the gateway').first()).toBeVisible()
      await expectWhole(page)
    })

    await test.step('cancelled', async () => {
      await sell(page, 'Unwanted kite')
      await row(page, 'Unwanted kite')
        .getByRole('link', { name: /Unwanted kite/ })
        .click()
      await row(page, 'Unwanted kite').getByRole('button', { name: 'Cancel' }).click()
      await expect(row(page, 'Unwanted kite')).toContainText('CANCELLED')
    })

    await test.step('in the shop: by the code of the payer, of the order, of the store', async () => {
      await order(page).getByLabel('Order', { exact: true }).selectOption('Payment code of the payer')
      await order(page)
        .getByLabel('Payment code')
        .fill(await paymentCode(payer, sandbox.testWalletUrl))
      await sell(page, 'Shop kite')
      await expect(row(page, 'Shop kite')).toContainText('SUCCESS')
      await order(page).getByLabel('Order', { exact: true }).selectOption('Order code')
      await sell(page, 'Counter kite')
      await expect(order(page).getByRole('img', { name: 'The order code as a QR code' })).toBeVisible()
      await order(page).getByLabel('Order', { exact: true }).selectOption('Entry code of the store')
      await order(page).getByRole('link', { name: 'Open its page here' }).click()
      const store = page.getByRole('region', { name: 'Store' })
      await store.getByLabel('Title').fill('Quay kite')
      await store.getByRole('button', { name: 'Make the order' }).click()
      await pay(payer, store.getByRole('link', { name: 'Go on' }))
      await page.goto(address)
      await expect(row(page, 'Quay kite')).toContainText('SUCCESS')
    })

    await test.step('Auto Debit: the server holds the token', async () => {
      await order(page).getByLabel('Order', { exact: true }).selectOption('Auto Debit')
      await sell(page, 'Early kite', 'Charge')
      await expect(order(page).getByText('The payer has not agreed yet.')).toBeVisible()
      await order(page).getByRole('button', { name: 'Ask the payer to agree' }).click()
      const link = order(page).getByRole('link', { name: 'Open the page of the agreement' })
      await payer.goto((await link.getAttribute('href')) ?? '')
      await payer.getByRole('button', { name: 'Agree' }).click()
      await payer.waitForURL(`${shop.origin}/**`)
      await sell(page, 'Monthly kite', 'Charge')
      await expect(row(page, 'Monthly kite')).toContainText('SUCCESS')
      await expectWhole(page)
    })
  } finally {
    shop.stop()
  }
})

test('the sandbox page leads there, by a code for a phone', async ({ page, center }) => {
  const { address } = await onPhone(page, center, 'Quill', 'kiosk')
  await page.goto(address.replace('test-merchant', 'sandbox'))
  await expect(page.getByRole('img', { name: 'QR code of the Test Merchant' })).toBeVisible()
  const link = page.getByRole('link', { name: 'Open the Test Merchant' })
  expect(new URL((await link.getAttribute('href')) ?? '').pathname).toBe(address)
  await page.context().clearCookies()
  await page.goto(address)
  await expect(page.getByRole('button', { name: 'Log in' })).toBeVisible()
})
