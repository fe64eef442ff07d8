/**
 * What a journey walks through: the built server as a process, a database of its own, a mail sink. A page that breaks our own
 * content security policy, or writes an error to the console, fails its test.
 */
import { test as base, expect, type Page } from '@playwright/test'
import { openDatabase, type Writer } from '../server/db/database.ts'
import { newDatabase } from '../test/database.ts'
import { firstStaffLink } from '../test/integration.ts'
import { type MailSink, openMailSink } from '../test/mail.ts'
import { newMasterKey, startProcess } from '../test/process.ts'
import { plant, searchCenter, secretsIn } from '../test/secrets.ts'

export type Center = {
  origin: string
  mail: MailSink
  /** What the process printed so far. */
  output: readonly string[]
  addStaff(email: string, name: string): string
  /** Looks into the database, or changes it behind the server's back: what no clock of ours can bring about in a process. */
  inDatabase<T>(work: (db: Writer) => Promise<T>): Promise<T>
}

export const PASSWORD = 'a sentence that is long enough'
plant('password', PASSWORD)

type Fixtures = {
  watched: string[]
  /** A page of another browser: cookies of its own, watched like the first. */
  another: () => Promise<Page>
}

export const test = base.extend<Fixtures, { engine: string; center: Center }>({
  // Comes before any center, because it is there for every test.
  engine: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads the names of the fixtures off the pattern
    async ({}, use, { project }) => {
      process.env.SLIPWAY_TEST_ENGINE = project.name
      await use(project.name)
    },
    { scope: 'worker', auto: true },
  ],
  center: [
    // biome-ignore lint/correctness/noEmptyPattern: as above
    async ({}, use) => withCenter({}, use),
    { scope: 'worker' },
  ],
  baseURL: async ({ center }, use) => use(center.origin),
  watched: [
    async ({ page }, use) => {
      const faults: string[] = []
      watch(page, faults)
      await use(faults)
      await expectNothingSecret(page)
      expect(faults).toEqual([])
    },
    { auto: true },
  ],
  another: async ({ browser, baseURL, watched }, use) => {
    const pages: Page[] = []
    await use(async () => {
      const page = await (await browser.newContext({ baseURL: baseURL ?? '' })).newPage()
      watch(page, watched)
      pages.push(page)
      return page
    })
    for (const page of pages) {
      await expectNothingSecret(page)
      await page.context().close()
    }
  },
})

function watch(page: Page, faults: string[]): void {
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`))
  page.on('console', (message) => {
    // The browser itself reports every refused request; the page handles those.
    const ownReport = /Failed to load resource/.test(message.text())
    if (message.type() === 'error' && !ownReport) faults.push(`console: ${message.text()}`)
  })
}

async function expectNothingSecret(page: Page): Promise<void> {
  for (const { name, value } of await page.context().cookies()) plant(`cookie ${name}`, value)
  expect(await secretsInStorage(page)).toEqual([])
}

/** A center for a journey that needs settings of its own; a clean end without a secret left behind is part of it. */
export async function withCenter(env: Record<string, string>, use: (center: Center) => Promise<void>): Promise<void> {
  const database = await newDatabase()
  const mail = await openMailSink()
  const running = await startProcess({
    database: database.address,
    smtpUrl: mail.url,
    masterKey: newMasterKey(),
    env: { SLIPWAY_CLOCK_FACTOR: '600', SLIPWAY_PRODUCTION_LOOPBACK: 'yes', ...env },
  })
  const inDatabase: Center['inDatabase'] = async (work) => {
    const opened = await openDatabase(database.address)
    try {
      return await opened.transact(work)
    } finally {
      await opened.close()
    }
  }
  const addStaff: Center['addStaff'] = (email, name) => firstStaffLink(running.environment, email, name)
  try {
    await use({ origin: running.origin, mail, output: running.output, addStaff, inDatabase })
    expect(await running.stop()).toBe(0)
    expect(running.output.join('')).not.toContain('"level":50')
    const opened = await openDatabase(database.address)
    expect(await searchCenter(opened, running.output)).toEqual([])
    await opened.close()
  } finally {
    await running.kill()
    await mail.close()
    await database.drop()
  }
}

/** What a fresh center prints for its first staff account, a moment after it is ready. */
export async function startupLink({ output }: Pick<Center, 'output'>): Promise<string> {
  const printed = () => /http\S+\/start#\S+/.exec(output.join(''))?.[0]
  await expect.poll(printed).toBeDefined()
  return printed() ?? ''
}

export { expect }

/** What a page keeps in the browser must open nothing: no password, no session, no private key. */
async function secretsInStorage(page: Page): Promise<string[]> {
  if (page.isClosed() || !page.url().startsWith('http')) return []
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))
  return [...secretsIn(kept), ...(kept.includes('PRIVATE KEY') ? ['private key'] : [])]
}

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
