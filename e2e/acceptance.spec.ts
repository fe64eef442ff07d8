import type { Page } from '@playwright/test'
import { createApplication } from '../contract/applications.ts'
import { activated, integrateWith } from '../test/integration.ts'
import { cashierOrder } from '../test/partner.ts'
import { expect, logIn, test } from './center.ts'

const item = (page: Page, title: string) => page.getByRole('listitem').filter({ hasText: title })

test('cases are judged while somebody looks: set-up, a start, a verdict that leads to the call, a pass, and the report', async ({
  page,
  center,
}) => {
  const staff = await activated(center.origin, 'olga@network.test', center.addStaff('olga@network.test', 'Olga'))
  const { developer, application, server } = await integrateWith(staff, center.mail, 'testing')
  const bare = await developer.do(createApplication, {
    body: { name: 'Bare', partnerType: 'acquirer', description: '', products: ['cashier'] },
  })
  await logIn(page, 'testing@partner.test')
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()

  await test.step('without a key nothing can be started, and the page says what is missing', async () => {
    await page.goto(`/applications/${bare.id}/acceptance`)
    await expect(page.getByText('Set-up is not complete.')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Start: The payer declines' })).toBeDisabled()
    await page.getByRole('link', { name: 'Open the sandbox settings' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  })

  await test.step('the pre-flight asks whether the notification URL answers', async () => {
    await page.goto(`/applications/${application.id}/acceptance`)
    await page.getByRole('button', { name: 'Check now' }).click()
    await expect(item(page, 'The notification URL answers')).toContainText('HTTP 405')
  })

  const title = 'The same pay twice is one payment'
  await test.step('a case that is started waits for you', async () => {
    await page.getByRole('link', { name: title }).click()
    await expect(page).toHaveURL(/case=cashier\.repeated_pay/)
    await expect(page.getByRole('table', { name: `Steps: ${title}` })).toBeVisible()
    await page.getByRole('button', { name: `Start: ${title}` }).click()
    await expect(item(page, title).first()).toContainText('Waiting for you')
  })

  await test.step('what is wrong fails it, and the verdict leads to the call', async () => {
    await server.pay({ paymentRequestId: 'req-changed' })
    await server.pay({ paymentRequestId: 'req-changed', paymentAmount: { currency: 'USD', value: '1' } })
    await expect(item(page, title).first()).toContainText('Failed')
    await expect(item(page, title).first()).toContainText('pay answered REPEAT_REQ_INCONSISTENT')
    await item(page, title).first().getByRole('link', { name: 'See the call' }).click()
    await expect(page).toHaveURL(/exchange=exc_/)
    await page.goBack()
  })

  await test.step('what is right passes it, without a reload', async () => {
    await page.getByRole('button', { name: `Start again: ${title}` }).click()
    await expect(item(page, title).first()).toContainText('Waiting for you')
    const order = cashierOrder()
    await server.pay(order)
    await server.pay(order)
    await expect(item(page, title).first()).toContainText('Passed')
    await expect(page.getByText('1 of 15 required cases passed')).toBeVisible()
  })

  await test.step('a run can be cancelled', async () => {
    const forged = 'An answer with a wrong signature is not believed'
    await page.getByRole('button', { name: `Start: ${forged}` }).click()
    await page.getByRole('button', { name: `Cancel: ${forged}` }).click()
    await expect(item(page, forged).first()).toContainText('Cancelled')
  })

  await test.step('the report confirms the verdict, and the package is saved', async () => {
    await page.getByRole('link', { name: 'Report', exact: true }).click()
    await expect(page.getByRole('row').filter({ hasText: title })).toContainText('Confirmed')
    const saved = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Evidence package' }).click()
    expect((await saved).suggestedFilename()).toMatch(/^acceptance-SANDBOX_.*-evidence\.jsonl$/)
  })
  await server.close()
})
