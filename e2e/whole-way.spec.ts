/**
 * From a trial account to a launched application, with the network's solution architect seeing and confirming it: in the browser
 * wherever a person acts, and by the example partner's real traffic wherever a server does.
 */
import { sign } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { logIn as logInEndpoint } from '../contract/accounts.ts'
import { getSandbox } from '../contract/applications.ts'
import { openAccount, openPartner } from '../contract/partners.ts'
import { suiteOf } from '../rules/acceptance.ts'
import { TestBrowser } from '../test/browser.ts'
import { activated } from '../test/integration.ts'
import { newPair } from '../test/partner.ts'
import { Shop, walkCashierCases } from '../test/shop.ts'
import { expect, linkIn, PASSWORD, test, withCenter } from './center.ts'

const TOKEN = 'a-registry-token-of-the-network-long-enough'
const REQUIRED = suiteOf('cashier').cases.filter(({ required }) => required).length
const main = (page: Page) => page.getByRole('navigation', { name: 'Main' })
const row = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text })

/** The partner's system in production, as far as the center asks it. */
async function openProduction(): Promise<{ url: string; close: () => void }> {
  const http = createServer((_request, response) => void response.writeHead(405).end())
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo // it listens on TCP
  return { url: `http://127.0.0.1:${port}/notify`, close: () => void http.close() }
}

test('a trial becomes a contract, an application passes its cases, its merchants test, and it goes live', {
  tag: '@engines',
}, async ({ page, another }) => {
  test.setTimeout(600_000)
  const env = { SLIPWAY_PRODUCTION_LOOPBACK: 'yes', SLIPWAY_REGISTRY_TOKEN: TOKEN }
  await withCenter(env, async ({ origin, addStaff, mail }) => {
    const at = (path: string) => `${origin}${path}`
    const staff = await activated(origin, 'nadia@network.test', addStaff('nadia@network.test', 'Nadia'))
    const architect = await another()
    const enter = async (who: Page, email: string, heading: string) => {
      await who.goto(at('/login'))
      await who.getByLabel('E-mail').fill(email)
      await who.getByLabel('Password', { exact: true }).fill(PASSWORD)
      await who.getByRole('button', { name: 'Log in' }).click()
      await expect(who.getByRole('heading', { level: 1, name: heading })).toBeVisible()
    }

    const partner = await test.step('a prospect tries the sandbox out', async () => {
      const email = 'ravi@riverside.test'
      const opened = await staff.do(openPartner, {
        body: { name: 'Riverside', partnerTypes: ['acquirer'], standing: 'trial', ndaAddresses: [email] },
      })
      await staff.do(openAccount, {
        params: { partnerId: opened.id },
        body: { name: 'Ravi', email, roles: ['developer_on_trial'] },
      })
      await page.goto(linkIn((await mail.waitFor(email, /activate/)).text))
      await page.getByLabel('New password').fill(PASSWORD)
      await page.getByRole('button', { name: 'Set password' }).click()
      await enter(page, email, 'Home')
      await expect(page.getByText('Your trial ends on')).toBeVisible()
      return opened
    })

    await test.step('the architect takes the partner under contract', async () => {
      await enter(architect, 'nadia@network.test', 'Partners')
      await architect.goto(at(`/staff/partners/${partner.id}`))
      await architect.getByRole('button', { name: 'Take under contract' }).click()
      const dialog = architect.getByRole('dialog')
      await expect(dialog.getByRole('checkbox', { name: 'Developer Admin' })).toBeChecked()
      await dialog.getByRole('button', { name: 'Take under contract' }).click()
      await expect(architect.getByText('The partner is under contract.')).toBeVisible()
      await page.reload()
      await expect(page.getByText('Your trial ends on')).toHaveCount(0)
    })

    await test.step('an application is created', async () => {
      await page.getByRole('main').getByRole('link', { name: 'Create Application' }).first().click()
      await page.getByLabel('Application Name').fill('River tickets')
      await page.getByLabel('Application Description').fill('Tickets for the river boats')
      await page.getByRole('button', { name: 'Next' }).click()
      await page.getByRole('checkbox', { name: 'Cashier Payment' }).check()
      await page.getByRole('button', { name: 'Create', exact: true }).click()
      await expect(page.getByRole('heading', { level: 1, name: 'River tickets' })).toBeVisible()
    })
    const applicationId = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    const of = (path: string) => at(`/applications/${applicationId}${path}`)
    const developer = new TestBrowser(origin)
    await developer.do(logInEndpoint, { body: { email: 'ravi@riverside.test', password: PASSWORD } })

    const pair = newPair()
    await test.step('its public key is set', async () => {
      await page.goto(of('/sandbox?edit=key'))
      await page.getByLabel('Your public key').fill(pair.publicKey)
      await page.getByRole('button', { name: 'Submit' }).click()
      await expect(page.getByText("The network's public key").first()).toBeVisible()
    })
    const { clientId, networkPublicKey } = await developer.do(getSandbox, { params: { applicationId } })
    const shop = await Shop.start({ gateway: origin, clientId, networkPublicKey: networkPublicKey ?? '', ...pair })

    await test.step('the example partner passes every required case by its own traffic', async () => {
      await page.getByLabel('notifyPayment URL').fill(shop.notifyUrl)
      await page.getByRole('button', { name: 'Save' }).click()
      await expect(page.getByText('The URL is saved.')).toBeVisible()
      await main(page).getByRole('link', { name: 'Acceptance tests' }).click()
      await expect(page.getByText(`0 of ${REQUIRED} required cases passed`)).toBeVisible()
      await walkCashierCases({ shop, developer, applicationId })
      await expect(page.getByText(`${REQUIRED} of ${REQUIRED} required cases passed`)).toBeVisible()
      await page.goto(at('/'))
      await expect(page.getByRole('listitem').filter({ hasText: 'Pass the acceptance tests' })).toContainText('Done')
    })

    await test.step('merchants are imported and invited', async () => {
      await page.goto(of('/merchants?add=file'))
      const list =
        'Merchant name,MID,E-mail,Products\nQuay Kiosk,QK-1,till@quay-kiosk.test,\nBoat House,BH-1,desk@boat-house.test,\n'
      await page
        .locator('input[type="file"]')
        .setInputFiles({ name: 'merchants.csv', mimeType: 'text/csv', buffer: Buffer.from(list) })
      await page.getByRole('button', { name: 'Store 2 merchants' }).click()
      await expect(page.getByText('Nobody was mailed.')).toBeVisible()
      await page.getByRole('button', { name: 'Send Invitation to all 2' }).click()
      await expect(row(page, 'Quay Kiosk')).toContainText('Inactive')
    })

    await test.step('a merchant passes a case in the Test Wallet', async () => {
      const till = await another()
      await till.goto(linkIn((await mail.waitFor('till@quay-kiosk.test', /to test payments/)).text))
      await till.getByLabel('New password').fill(PASSWORD)
      await till.getByRole('button', { name: 'Set the password' }).click()
      await till.getByLabel('Password', { exact: true }).fill(PASSWORD)
      await till.getByRole('button', { name: 'Log in' }).click()
      await expect(till.getByRole('heading', { level: 1, name: 'Quay Kiosk' })).toBeVisible()
      const order = await shop.order()
      await till.goto(String(order.paymentUrl))
      await till.getByRole('button', { name: 'Pay Now' }).click()
      await expect(till.getByText('Paid', { exact: true })).toBeVisible()
      await page.getByRole('tab', { name: 'Test Data' }).click()
      await expect(row(page, 'Quay Kiosk')).toContainText('1 passed')
      await row(page, 'Quay Kiosk').getByRole('link').click()
      await expect(page.getByRole('dialog').getByRole('row').filter({ hasText: 'on a computer' })).toContainText(
        'Passed',
      )
      await page.keyboard.press('Escape')
    })

    const live = newPair()
    const production = await openProduction()
    await test.step('production is configured: the key is proved by a signature, and is not that of the sandbox', async () => {
      await page.goto(of('/production?edit=key'))
      await page.getByLabel('Your public key').fill(pair.publicKey)
      await page.getByRole('button', { name: 'Submit' }).click()
      await expect(page.getByText('This is a key of the sandbox.')).toBeVisible()
      await page.getByLabel('Your public key').fill(live.publicKey)
      await page.getByRole('button', { name: 'Submit' }).click()
      const proof = page.getByRole('region', { name: 'Prove version 1' }).locator('pre').first()
      const text = (await proof.textContent()) ?? ''
      await page.getByLabel('Signature').fill(sign('RSA-SHA256', Buffer.from(text), live.privateKey).toString('base64'))
      await page.getByRole('button', { name: 'Submit the signature' }).click()
      await expect(page.getByText('The key is proved and active.')).toBeVisible()
      await page.getByLabel('notifyPayment URL').fill(production.url)
      await page.getByRole('button', { name: 'Save' }).click()
      await expect(page.getByText('The URL is saved.')).toBeVisible()
    })

    await test.step('the launch is asked for', async () => {
      await main(page).getByRole('link', { name: 'Launch' }).click()
      await expect(page.getByText('Every line is fulfilled.')).toBeVisible()
      await page.getByRole('button', { name: 'Launch', exact: true }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Launch' }).click()
      await expect(page.getByText('A solution architect looks at it.')).toBeVisible()
      await expect(page.getByText('Place in the queue')).toBeVisible()
    })

    await test.step('the architect sends it back with a reason; the partner mends, and hands the same request back', async () => {
      await main(architect).getByRole('link', { name: 'Launch requests' }).click()
      await architect.getByRole('link', { name: 'River tickets' }).click()
      const remark = architect.getByLabel(/^Remark on: /).first()
      await remark.fill('Which key store holds the private key?')
      await architect.getByRole('button', { name: 'Return with remarks' }).click()
      await expect(architect.getByText('The request is with the partner').first()).toBeVisible()
      await page.reload()
      await expect(page.getByText('Which key store holds the private key?')).toBeVisible()
      await page.getByRole('button', { name: 'Hand back' }).click()
      await expect(page.getByText('The request is with the network again.')).toBeVisible()
    })

    await test.step('the architect confirms', async () => {
      await architect.reload()
      await architect.getByRole('button', { name: 'Confirm launch' }).click()
      await architect.getByRole('dialog').getByRole('button', { name: 'Confirm launch' }).click()
      await expect(architect.getByText('The launch is confirmed.')).toBeVisible()
      await mail.waitFor('ravi@riverside.test', /River tickets|live|launched/i)
    })

    await test.step('it reads Launched, and later mistakes are refused', async () => {
      await page.goto(of(''))
      await expect(page.getByText('Launched', { exact: true }).first()).toBeVisible()
      await page.getByRole('button', { name: 'Delete', exact: true }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('textbox').fill('River tickets')
      await dialog.getByRole('button', { name: 'Delete', exact: true }).click()
      await expect(dialog.getByRole('alert')).toContainText(/launched/i)
    })

    await test.step('the registry tells the production key to the network’s gateway, and to nobody else', async () => {
      const list = async (token: string) =>
        fetch(at('/api/registry/v1/clients'), { headers: { authorization: `Bearer ${token}` } })
      expect((await list('another-token-that-is-quite-as-long-as-it')).status).toBe(401)
      const { items } = (await (await list(TOKEN)).json()) as {
        items: { keys: { publicKey: string }[]; products: string[] }[]
      }
      expect(items).toHaveLength(1)
      expect(items[0]?.keys.map(({ publicKey }) => publicKey)).toEqual([live.publicKey])
    })

    shop.stop()
    production.close()
  })
})
