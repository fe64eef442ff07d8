import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { logIn as logInEndpoint } from '../contract/accounts.ts'
import { listExchanges } from '../contract/log.ts'
import { listPartners } from '../contract/partners.ts'
import { TestBrowser } from '../test/browser.ts'
import { integrateWith } from '../test/integration.ts'
import { activate, expect, logIn, PASSWORD, test } from './center.ts'

const SCHEMES = ['light', 'dark'] as const

async function expectNoViolation(page: Page, where: string): Promise<void> {
  for (const scheme of SCHEMES) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme)
    const { violations } = await new AxeBuilder({ page }).analyze()
    const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
    expect(told, `${where}, ${scheme}`).toEqual([])
  }
}

async function expectPagesClean(page: Page, addresses: readonly string[]): Promise<void> {
  for (const address of addresses) {
    await page.goto(address)
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
    await expectNoViolation(page, address)
  }
}

test('no page and no dialog has a violation, light and dark', async ({ page, center }) => {
  test.setTimeout(240_000)
  const email = 'axel@network.test'
  await activate(page, center.addStaff(email, 'Axel'))
  const staff = new TestBrowser(center.origin)
  await staff.do(logInEndpoint, { body: { email, password: PASSWORD } })
  const { server, application } = await integrateWith(staff, center.mail, 'seeing')
  await server.pay()
  await server.pay({}, { body: '{"changed":true}' })
  const member = new TestBrowser(center.origin)
  await member.do(logInEndpoint, { body: { email: 'seeing@partner.test', password: PASSWORD } })
  const params = { applicationId: application.id }
  const [exchange] = (await member.do(listExchanges, { params, query: { result: 'U' } })).items
  const of = `/applications/${application.id}`

  await test.step('pages that anybody sees', () =>
    expectPagesClean(page, ['/login', '/reset', '/reset/code', '/reset/password', '/activate', '/nowhere']))

  await logIn(page, 'seeing@partner.test')
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
  await test.step("the partner's pages", () =>
    expectPagesClean(page, [
      '/',
      '/applications',
      '/applications/new',
      of,
      `${of}/sandbox`,
      `${of}/sandbox?edit=key`,
      `${of}/requests`,
      `${of}/requests?search=nothing-like-this`,
      ...['summary', 'request', 'response', 'signature', 'related'].map(
        (tab) => `${of}/requests?exchange=${exchange?.id}&tab=${tab}`,
      ),
      `${of}/notifications`,
      '/staff/partners',
    ]))

  await test.step('dialogs', async () => {
    for (const name of ['Modify', 'Delete', 'Add product', 'Remove Cashier Payment']) {
      await page.goto(of)
      await page.getByRole('button', { name, exact: true }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
      await expectNoViolation(page, name)
    }
    await page.goto(`${of}/sandbox`)
    await page.getByRole('button', { name: '1 day' }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
    await expectNoViolation(page, 'the clock of the sandbox')
  })

  await page.context().clearCookies()
  await logIn(page, email)
  await expect(page.getByRole('heading', { level: 1, name: 'Partners' })).toBeVisible()
  const [partner] = (await staff.do(listPartners, { query: {} })).items
  await test.step("the staff's pages", () =>
    expectPagesClean(page, ['/staff/partners', '/staff/partners/new', `/staff/partners/${partner?.id}`]))
  await server.close()
})
