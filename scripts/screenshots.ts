/**
 * `npm run screenshots [-- name …]`: every page of the console on the demo's data, at two widths, light and dark, in both languages,
 * into screenshots/. On the way each page is checked for what reaches past the screen, for cut text and for moving while it loads.
 * The name `readme` renews the pictures of the README.
 */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BrowserContext, chromium, type Page, type Request } from '@playwright/test'
import { logIn } from '../contract/accounts.ts'
import { listLaunchRequests } from '../contract/launch.ts'
import { listExchanges } from '../contract/log.ts'
import { listPartners } from '../contract/partners.ts'
import { TestBrowser } from '../test/browser.ts'
import { type Demo, sessionCookies, startDemo } from './browse/demo.ts'
import { pageFaults, watchShifts } from './browse/faults.ts'
import { shootReadme } from './browse/readme.ts'
import { type Ids, pagesOf, type Visited } from './browse/pages.ts'
import { ensureBrowser } from './ensure/browser.ts'
import { ensureChineseFont } from './ensure/chinese.ts'

const FOLDER = fileURLToPath(new URL('../screenshots', import.meta.url))
const WIDTHS = [1280, 390] as const
const SCHEMES = ['light', 'dark'] as const
const LANGUAGES = { en: 'en-GB', zh: 'zh-CN' } as const

ensureChineseFont()
const wanted = process.argv.slice(3)
const demo = await startDemo('screenshots', Number(process.env.SLIPWAY_SCREENSHOTS_PORT ?? 4900))
const browser = await chromium.launch({ executablePath: ensureBrowser(), args: ['--no-sandbox', '--disable-gpu'] })
const rows: string[] = []
try {
  if (wanted.length === 0) rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
  const ids = await idsOf(demo)
  const pages = pagesOf(demo, ids).filter(({ name }) => wanted.length === 0 || wanted.includes(name))
  if (wanted.includes('readme')) rows.push(...(await shootReadme(browser, demo, ids)))
  for (const width of WIDTHS)
    for (const scheme of SCHEMES)
      for (const language of Object.keys(LANGUAGES) as (keyof typeof LANGUAGES)[]) // keys of a constant
        await walk(pages, { width, scheme, language })
} finally {
  await browser.close()
  await demo.stop()
}
console.log(rows.length === 0 ? 'No page has a fault.' : rows.join('\n'))
process.exitCode = rows.length === 0 ? 0 : 1

type View = { width: number; scheme: 'light' | 'dark'; language: keyof typeof LANGUAGES }

async function walk(pages: readonly Visited[], { width, scheme, language }: View): Promise<void> {
  for (const who of new Set(pages.map((page) => page.who))) {
    const context = await browser.newContext({
      baseURL: demo.origin,
      viewport: { width, height: width === 390 ? 844 : 800 },
      colorScheme: scheme,
      locale: LANGUAGES[language],
      deviceScaleFactor: 1,
    })
    await context.addInitScript(watchShifts)
    if (who !== 'nobody') await context.addCookies(await sessionCookies(demo, who))
    for (const visited of pages.filter((page) => page.who === who)) {
      const name = `${visited.name}.${width}.${scheme}.${language}`
      for (const fault of await shoot(context, visited, join(FOLDER, `${name}.png`)))
        rows.push(`${name.padEnd(40)} ${fault}`)
    }
    await context.close()
  }
}

async function shoot(context: BrowserContext, { path, act }: Visited, file: string): Promise<string[]> {
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  const isQuiet = watchRequests(page)
  await page.goto(path)
  await settled(page, isQuiet)
  if (act) {
    page.setDefaultTimeout(8000)
    await act(page).catch((error: Error) => errors.push(`cannot be reached: ${error.message.split('\n')[0]}`))
    await page.waitForTimeout(250)
  }
  await page.screenshot({ path: file, fullPage: act === undefined })
  const faults = await page.evaluate(pageFaults)
  await page.close()
  return [...errors, ...faults]
}

/** A heading is there, and everything that the page has asked for; a page that asks without end is not waited for. */
async function settled(page: Page, isQuiet: () => boolean): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await page.evaluate(() => document.fonts.ready)
  for (let calm = 0, waits = 0; calm < 3 && waits < 40; waits++) {
    await page.waitForTimeout(100)
    calm = isQuiet() ? calm + 1 : 0
  }
}

/** Whether nothing is on its way to the page at the moment. */
function watchRequests(page: Page): () => boolean {
  const open = new Set<Request>()
  page.on('request', (request) => open.add(request))
  page.on('requestfinished', (request) => open.delete(request))
  page.on('requestfailed', (request) => open.delete(request))
  return () => open.size === 0
}

async function idsOf({ origin, exampleOrigin, accounts, applicationId, mails }: Demo): Promise<Ids> {
  const [staff, admin] = await Promise.all(
    accounts.slice(0, 2).map(async ({ email, password }) => {
      const someone = new TestBrowser(origin)
      await someone.do(logIn, { body: { email, password } })
      return someone
    }),
  )
  const partners = await staff?.do(listPartners, { query: { search: 'Northwind' } })
  const requests = await staff?.do(listLaunchRequests, { query: {} })
  const exchanges = await admin?.do(listExchanges, { params: { applicationId }, query: { result: 'U' } })
  const unlucky = await admin?.do(listExchanges, { params: { applicationId }, query: { signature: 'refused' } })
  const invited = mails().find(({ to }) => to.startsWith('ivo@'))
  const order: unknown = await (await fetch(`${exampleOrigin}/orders`, { method: 'POST' })).json()
  return {
    partner: partners?.items[0]?.id ?? '',
    launchRequest: requests?.items[0]?.id ?? '',
    exchange: exchanges?.items[0]?.id ?? '',
    refused: unlucky?.items[0]?.id ?? '',
    invitation: below(origin, /https?:\/\/\S+/.exec(invited?.text ?? '')?.[0]),
    payment: below(origin, (order as { paymentUrl?: string }).paymentUrl), // the example answers with its order
  }
}

function below(origin: string, url: string | undefined): string {
  if (!url?.startsWith(origin)) throw new Error(`The demo gave no address of its own: ${url}`)
  return url.slice(origin.length)
}
