/**
 * What a journey walks through: the built server as a process, a database of its own, a mail sink. A page that breaks our own
 * content security policy, or writes an error to the console, fails its test.
 */
import { test as base, expect, type Page } from '@playwright/test'
import { newDatabase } from '../test/database.ts'
import { firstStaffLink } from '../test/integration.ts'
import { type MailSink, openMailSink } from '../test/mail.ts'
import { newMasterKey, startProcess } from '../test/process.ts'

export type Center = { origin: string; mail: MailSink; addStaff(email: string, name: string): string }

export const PASSWORD = 'a sentence that is long enough'

export const test = base.extend<{ watched: undefined }, { center: Center }>({
  center: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads the names of the fixtures off the pattern
    async ({}, use) => {
      const database = await newDatabase()
      const mail = await openMailSink()
      const options = {
        database: database.address,
        smtpUrl: mail.url,
        masterKey: newMasterKey(),
        env: { SLIPWAY_CLOCK_FACTOR: '600' },
      }
      const running = await startProcess(options)
      await use({
        origin: running.origin,
        mail,
        addStaff: (email, name) => firstStaffLink(running.environment, email, name),
      })
      expect(await running.stop()).toBe(0)
      expect(running.output.join('')).not.toContain('"level":50')
      await mail.close()
      await database.drop()
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ center }, use) => use(center.origin),
  watched: [
    async ({ page }, use) => {
      const faults: string[] = []
      page.on('pageerror', (error) => faults.push(`error: ${error.message}`))
      page.on('console', (message) => {
        // The browser itself reports every refused request; the page handles those.
        const ownReport = /Failed to load resource/.test(message.text())
        if (message.type() === 'error' && !ownReport) faults.push(`console: ${message.text()}`)
      })
      await use(undefined)
      expect(faults).toEqual([])
    },
    { auto: true },
  ],
})

export { expect }

export const linkIn = (text: string) => /https?:\/\/\S+/.exec(text)?.[0] ?? ''

/** Sets the password behind an activation link, as its owner. */
export async function activate(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await page.getByLabel('New password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Set password' }).click()
  await expect(page.getByText('Your password is set.')).toBeVisible()
}

export async function logIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.goto('/login')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Log in' }).click()
}

export async function logOut(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: `Account of ${name}` }).hover()
  await page.getByRole('button', { name: 'Log Out' }).click()
  await expect(page.getByRole('button', { name: 'Log in' })).toBeVisible()
}
