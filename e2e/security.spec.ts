import type { Locator, Page } from '@playwright/test'
import { activate, type Center, expect, logIn, PASSWORD, test } from './center.ts'

const NEXT = 'another sentence that is long enough'
const partners = (page: Page) => page.getByRole('heading', { level: 1, name: 'Partners' })
const rows = (page: Page, table: string) => page.getByRole('table', { name: table }).getByRole('row')
const ended = (page: Page) => page.getByText('Your session has ended. Log in, and you are back where you were.')

/** Goes there as somebody without a mouse does. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  const isThere = () => target.evaluate((element) => element === document.activeElement)
  await expect(target).toBeVisible()
  for (let presses = 0; presses < 80 && !(await isThere()); presses++) await page.keyboard.press('Tab')
  await expect(target).toBeFocused()
}

async function press(page: Page, name: string | RegExp): Promise<void> {
  await tabTo(page, page.getByRole('button', { name, exact: true }).first())
  await page.keyboard.press('Enter')
}

async function type(page: Page, label: string, text: string): Promise<void> {
  await tabTo(page, page.getByLabel(label, { exact: true }))
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type(text)
}

const newBrowserMails = (center: Center, email: string) =>
  center.mail.mails.filter(({ to, subject }) => to === email && /new browser/.test(subject)).length

test('sessions, browsers and the password, by keyboard alone', async ({ page, center, another }) => {
  const email = 'vera@network.test'
  await activate(page, center.addStaff(email, 'Vera'))
  const other = await another()
  /** The session of the other browser is over: told at the next click, and led back there by the next log-in. */
  const expectThrownOut = async (password: string) => {
    await other.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Partners' }).click()
    await expect(ended(other)).toBeVisible()
    await other.getByLabel('E-mail').fill(email)
    await other.getByLabel('Password', { exact: true }).fill(password)
    await other.getByRole('button', { name: 'Log in' }).click()
    await expect(partners(other)).toBeVisible()
    await settle()
  }
  /** On a page with a way to another one, which is asked for with the next click. */
  const settle = async () => {
    await other.goto('/security')
    await expect(rows(other, 'Sessions').first()).toBeVisible()
  }

  await test.step('log in, without a mail for the first browser', async () => {
    await expect(page.getByLabel('E-mail')).toHaveValue(email)
    await expect(page.getByLabel('Password', { exact: true })).toBeFocused()
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press('Enter')
    await expect(partners(page)).toBeVisible()
    expect(newBrowserMails(center, email)).toBe(0)
  })

  await test.step('a log-in from a browser that was never used is told by mail', async () => {
    await logIn(other, email)
    await expect(partners(other)).toBeVisible()
    expect((await center.mail.waitFor(email, /new browser/)).text).toContain('127.0.0.1')
    await settle()
  })

  await test.step('both sessions are listed, and the other one is ended', async () => {
    await tabTo(page, page.getByRole('button', { name: 'Account of Vera' }))
    await tabTo(page, page.getByRole('link', { name: 'Security' }))
    await page.keyboard.press('Enter')
    await expect(rows(page, 'Sessions')).toHaveCount(3)
    await expect(rows(page, 'Browsers')).toHaveCount(3)
    await expect(rows(page, 'Sessions').filter({ hasText: 'This one' })).toHaveCount(1)
    await press(page, /^End the session in/)
    await expect(page.getByText('The session has ended.')).toBeVisible()
    await expect(rows(page, 'Sessions')).toHaveCount(2)
    await expectThrownOut(PASSWORD)
    expect(newBrowserMails(center, email)).toBe(1)
  })

  await test.step('another password asks for the one of now, and ends every other session', async () => {
    await type(page, 'Current password', 'not the password that I have')
    await type(page, 'New password', 'passwordpassword')
    await page.keyboard.press('Enter')
    await expect(page.getByText(/The password is not right/)).toBeVisible()
    await type(page, 'Current password', PASSWORD)
    await page.keyboard.press('Enter')
    await expect(page.getByText(/It is made of parts that are easy to guess: password/)).toBeVisible()
    await type(page, 'New password', NEXT)
    await page.keyboard.press('Enter')
    await expect(page.getByText('Your password is changed. Every other session has ended.')).toBeVisible()
    await center.mail.waitFor(email, /was changed/)
    await expectThrownOut(NEXT)
  })

  await test.step('a browser that is forgotten is out, and new again', async () => {
    await page.reload()
    await expect(rows(page, 'Sessions')).toHaveCount(3)
    await press(page, /^Forget /)
    await expect(page.getByRole('dialog', { name: 'Forget this browser?' })).toBeVisible()
    await press(page, 'Forget')
    await expect(page.getByText('The browser is forgotten.')).toBeVisible()
    await expect(rows(page, 'Browsers')).toHaveCount(2)
    await expectThrownOut(NEXT)
    await expect.poll(() => newBrowserMails(center, email)).toBe(2)
  })

  await test.step('all others are ended at once', async () => {
    await page.reload()
    await press(page, 'End all others')
    await expect(page.getByText('One session has ended.')).toBeVisible()
    await expectThrownOut(NEXT)
  })
})

test('the end of a session is announced, put off by a key, and comes', async ({ page, center }) => {
  const email = 'wanda@network.test'
  await activate(page, center.addStaff(email, 'Wanda'))
  await logIn(page, email)
  await expect(partners(page)).toBeVisible()
  await page.goto('/staff/partners/new')
  const seen = (agoSeconds: number) =>
    center.inDatabase(async (db) => {
      const { id } = await db.selectFrom('people').select('id').where('email', '=', email).executeTakeFirstOrThrow()
      const sessions = db.updateTable('sessions').set({ seen_at: Date.now() - agoSeconds * 1000 })
      await sessions.where('person_id', '=', id).execute()
    })
  const dialog = page.getByRole('dialog', { name: 'Your session is about to end' })

  await test.step('two minutes before, the page knows: what it asks by itself is no activity', async () => {
    await page.getByLabel('Partner name').fill('Half-typed')
    await seen(28.5 * 60)
    await expect(dialog.getByRole('timer')).toHaveText(/^It ends in [01]:\d\d\.$/, { timeout: 30_000 })
  })

  await test.step('one key puts it off, and nothing that was typed is lost', async () => {
    await expect(dialog.getByRole('button', { name: 'Stay logged in' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(dialog).toHaveCount(0)
    await expect(page.getByLabel('Partner name')).toHaveValue('Half-typed')
  })

  await test.step('nobody there: it ends, the page says so, and the log-in leads back', async () => {
    await seen(30 * 60 - 10)
    await expect(ended(page)).toBeVisible({ timeout: 40_000 })
    await expect(page).toHaveURL(/\/login\?next=/)
    await page.getByLabel('E-mail').fill(email)
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/\/staff\/partners\/new$/)
  })
})
