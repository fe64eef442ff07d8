/** The table with the most rows that the console has, used as a person does: filtered, searched, paged, opened. */
import type { Page } from '@playwright/test'
import { logIn } from '../../contract/accounts.ts'
import { storeMerchantFile } from '../../contract/merchants.ts'
import { csvLine } from '../../rules/cells.ts'
import { TestBrowser } from '../../test/browser.ts'
import type { Demo } from '../browse/demo.ts'

export const ROWS = 1000

/** Fills the merchant list of the demo's first application. */
export async function fillTable({ origin, accounts, applicationId }: Demo): Promise<void> {
  const [, admin] = accounts
  if (!admin) throw new Error('The demo has no accounts.')
  const browser = new TestBrowser(origin)
  await browser.do(logIn, { body: { email: admin.email, password: admin.password } })
  const rows = Array.from({ length: ROWS }, (_, n) => [
    `Stall ${n + 1}`,
    `ST-${n + 1}`,
    `stall-${n + 1}@market.example`,
    '',
  ])
  const body = Buffer.from([['Merchant name', 'MID', 'E-mail', 'Products'], ...rows].map(csvLine).join(''))
  await browser.do(storeMerchantFile, { params: { applicationId }, query: { name: 'merchants.csv' }, body })
}

export async function useTable(page: Page): Promise<void> {
  const rows = page.getByRole('table').getByRole('row')
  await page.getByRole('link', { name: 'Stall 1', exact: true }).waitFor()
  await page.getByRole('link', { name: 'Next page' }).click()
  await page.getByRole('link', { name: 'First page' }).click()
  await page.getByLabel('Status').selectOption('listed')
  await page.getByRole('searchbox').pressSequentially('Stall 10', { delay: 60 })
  await page.getByRole('link', { name: 'Stall 1000', exact: true }).waitFor()
  await rows.nth(3).click()
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
}
