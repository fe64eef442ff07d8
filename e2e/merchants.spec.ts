import type { Page } from '@playwright/test'
import { inviteMembers, acceptInvitation } from '../contract/members.ts'
import { activated, integrateWith } from '../test/integration.ts'
import { orderKey } from '../test/partner.ts'
import { expect, linkIn, logIn, PASSWORD, test } from './center.ts'

const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name })
const LIST = `Merchant name,MID,E-mail,Products
Pier Books,PB-42,shop@pier-books.test,
Old Mill Bakery,OMB 7,nobody,Gold
`

test('merchants are imported and invited; one sets a password and pays in the Test Wallet', async ({
  page,
  center,
  another,
}) => {
  const staff = await activated(center.origin, 'nora@network.test', center.addStaff('nora@network.test', 'Nora Vik'))
  const { developer, application, server } = await integrateWith(staff, center.mail, 'selling')
  await developer.do(inviteMembers, { body: { emails: ['mei@partner.test'], roles: ['merchant_onboarding'] } })
  const joining = linkIn((await center.mail.waitFor('mei@partner.test', /invites you/)).text)
  await staff.do(acceptInvitation, { body: { token: new URL(joining).hash.slice(1), name: 'Mei', password: PASSWORD } })

  await test.step('Merchant Onboarding has the merchants, and nothing else of the application', async () => {
    await logIn(page, 'mei@partner.test')
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Merchants' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Merchants' })).toBeVisible()
    await expect(page.getByText('No merchants yet', { exact: true })).toBeVisible()
    await expect(page.getByRole('link', { name: 'Request log' })).toHaveCount(0)
  })

  await test.step('a list is tried: each fault stands at its cell; the good row is stored, and nobody is mailed', async () => {
    await page.getByRole('link', { name: 'Import merchant list' }).click()
    await page
      .locator('input[type="file"]')
      .setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(LIST) })
    await expect(page.getByText('One row has faults')).toBeVisible()
    for (const cell of ['B3', 'C3', 'D3'])
      await expect(page.getByRole('cell', { name: cell, exact: true })).toBeVisible()
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download the 1 failed rows' }).click()
    expect((await saved).suggestedFilename()).toBe('failed-merchants.csv')
    await page.getByRole('button', { name: 'Store the 1 good rows' }).click()
    await expect(page.getByText('Nobody was mailed.')).toBeVisible()
    await expect(row(page, 'Pier Books')).toContainText('Not invited')
    expect(center.mail.mails.some(({ to }) => to === 'shop@pier-books.test')).toBe(false)
  })

  await test.step('the invitation is sent, and can be seen to arrive', async () => {
    await page.getByRole('button', { name: 'Send Invitation to all 1' }).click()
    await expect(row(page, 'Pier Books')).toContainText('Inactive')
    await page.getByRole('tab', { name: 'Test Accounts' }).click()
    await expect(row(page, 'Pier Books')).toContainText('Sent')
    await page.getByRole('link', { name: 'Pier Books' }).click()
    await page.getByRole('button', { name: 'Link and QR code' }).click()
    const link = linkIn((await center.mail.waitFor('shop@pier-books.test', /to test payments/)).text)
    await expect(page.getByText(link)).toBeVisible()
    await page.keyboard.press('Escape')
  })

  const shop = await another()
  await test.step('the merchant opens the link, sets a password, and logs in', async () => {
    const mail = await center.mail.waitFor('shop@pier-books.test', /to test payments/)
    await shop.goto(linkIn(mail.text))
    await shop.getByLabel('New password').fill(PASSWORD)
    await shop.getByRole('button', { name: 'Set the password' }).click()
    await expect(shop.getByText('Your password is set.')).toBeVisible()
    await expect(shop.getByLabel('Account')).toHaveValue(/^\d{12}$/)
    await shop.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await shop.getByRole('button', { name: 'Log in' }).click()
    await expect(shop.getByRole('heading', { level: 1, name: 'Pier Books' })).toBeVisible()
  })

  await test.step('an order is paid as that merchant', async () => {
    const { body } = await server.pay({ paymentRedirectUrl: undefined })
    const { paymentId, secret } = orderKey(body)
    await shop.goto(`/wallet/pay/${paymentId}/${secret}`)
    await expect(shop.getByText('Pier Books')).toBeVisible()
    await shop.getByRole('button', { name: 'Pay Now' }).click()
    await expect(shop.getByText('Paid', { exact: true })).toBeVisible()
    await shop.goto('/wallet/account')
    await expect(shop.getByText('Harbour Theatre')).toBeVisible()
    await expect(row(page, 'Pier Books')).toContainText('Active')
    await shop.getByRole('button', { name: 'Log out' }).click()
    await expect(shop.getByRole('button', { name: 'Log in' })).toBeVisible()
    await shop.goto('/wallet/account')
    await expect(shop.getByRole('button', { name: 'Log in' })).toBeVisible()
  })

  expect(application.id).toMatch(/^app_/)
  await server.close()
})
