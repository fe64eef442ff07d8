import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { logIn as logInEndpoint } from '../contract/accounts.ts'
import { openAccount, openPartner } from '../contract/partners.ts'
import { TestBrowser } from '../test/browser.ts'
import { activated } from '../test/integration.ts'
import { type Center, expect, linkIn, logIn, PASSWORD, startupLink, test as shared, withCenter } from './center.ts'

const NETWORK = 'Tideway & Sons'
const LOGO =
  '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><path fill="#a0522d" d="M0 0h40v20H0z"/></svg>'

/** A center that nobody has opened yet, of a network with a name and a logo. */
const test = shared.extend<object, { center: Center }>({
  center: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads the names of the fixtures off the pattern
    async ({}, use) => {
      const logo = join(mkdtempSync(join(tmpdir(), 'slipway-logo-')), 'logo.svg')
      writeFileSync(logo, LOGO)
      await withCenter({ SLIPWAY_NETWORK_NAME: NETWORK, SLIPWAY_NETWORK_LOGO: logo }, use)
    },
    { scope: 'worker' },
  ],
})

test('a fresh center: the printed link makes the first staff account, who shuts accounts and opens them again', async ({
  page,
  center,
  another,
}) => {
  const email = 'odile@tideway.test'
  const link = await startupLink(center)

  await test.step('the link that the server printed makes the account', async () => {
    expect(link).toContain(`${center.origin}/start#`)
    await page.goto(link)
    await page.getByLabel('Your name').fill('Odile')
    await page.getByLabel('E-mail').fill(email)
    await page.getByLabel('New password').fill('Tideway2026Tideway')
    await page.getByRole('button', { name: 'Make the account' }).click()
    await expect(page.getByText(/easy to guess/).first()).toBeVisible()
    await page.getByLabel('New password').fill(PASSWORD)
    await page.getByRole('button', { name: 'Make the account' }).click()
    await expect(page.getByText('The account is made. Log in with it.')).toBeVisible()
  })

  await test.step("the log-in page bears the network's name and logo", async () => {
    await expect(page).toHaveTitle(new RegExp(NETWORK))
    await expect(page.getByText(`Developer center of ${NETWORK}`)).toBeVisible()
    const logo = page.locator('img[src="/logo"]').first()
    await expect(logo).toBeVisible()
    expect(await logo.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(40)
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Log in' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Partners' })).toBeVisible()
  })

  await test.step('used again, the link is refused, and makes nothing', async () => {
    const late = await another()
    await late.goto(link)
    await expect(late.getByText('This start-up link is not valid any more.')).toBeVisible()
    await expect(late.getByRole('button', { name: 'Make the account' })).toHaveCount(0)
    await late.goto(`${center.origin}/start`)
    await expect(late.getByText('This link is not complete.')).toBeVisible()
  })

  const staff = new TestBrowser(center.origin)
  await staff.do(logInEndpoint, { body: { email, password: PASSWORD } })
  const ada = { name: 'Ada', email: 'ada@harbour.test', roles: ['developer_admin' as const] }
  const { id } = await staff.do(openPartner, {
    body: { name: 'Harbour', partnerTypes: ['acquirer'], standing: 'contract', ndaAddresses: [ada.email] },
  })
  await staff.do(openAccount, { params: { partnerId: id }, body: ada })
  await activated(center.origin, ada.email, linkIn((await center.mail.waitFor(ada.email, /activate/)).text))

  await test.step('an account that staff disable is out at once; opened again, it is as it was', async () => {
    const hers = await another()
    await logIn(hers, ada.email)
    await expect(hers.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
    await page.goto(`/staff/partners/${id}`)
    const row = page.getByRole('table', { name: 'Accounts' }).getByRole('row').filter({ hasText: ada.email })
    await page.getByRole('button', { name: 'Disable Ada' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click()
    await expect(row).toContainText('Disabled')
    await hers.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Members' }).click()
    await expect(hers.getByText('Your session has ended.')).toBeVisible()
    await logIn(hers, ada.email)
    await expect(hers.getByText('E-mail or password is not right.')).toBeVisible()
    await page.getByRole('button', { name: 'Open again: the account of Ada' }).click()
    await expect(row).toContainText('Active')
    await center.mail.waitFor(ada.email, /open again/)
    await logIn(hers, ada.email)
    await expect(hers.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Members' })).toBeVisible()
  })
})
