/**
 * `npm run weight`: what the console costs its reader, beside the bars. Bytes over the wire as they were sent (brotli), requests, and
 * how fast a page is felt, also on a slow phone (weight/phone.ts).
 */
import { cpus, loadavg } from 'node:os'
import { type Browser, chromium, type Page } from '@playwright/test'
import { sessionCookies, startDemo } from './browse/demo.ts'
import { ensureBrowser } from './ensure/browser.ts'
import { type Felt, felt, type Slow } from './weight/felt.ts'
import { phone } from './weight/phone.ts'
import { fillTable, ROWS, useTable } from './weight/table.ts'

/** What is felt varies by the moment: the median of so many visits counts. */
const VISITS = 5

const NAMES: Record<keyof Felt, readonly [name: string, unit: string]> = {
  lcp: ['largest paint', 'ms'],
  tbt: ['time blocked', 'ms'],
  cls: ['layout shift', ''],
  inp: ['slowest answer to a hand', 'ms'],
}

const demo = await startDemo('weight', Number(process.env.SLIPWAY_WEIGHT_PORT ?? 4910))
const browser = await chromium.launch({ executablePath: ensureBrowser(), args: ['--no-sandbox', '--disable-gpu'] })
const signedIn = await sessionCookies(demo, 'ada')
const slow = phone()
let isOver = false
console.log(
  `Load of this machine: ${loadavg()[0]?.toFixed(1)} on ${cpus().length} cores. What is felt is worth little above 1.`,
)
console.log(
  `It signs ${slow.signs.toFixed(0)} a second, so that the phone is played by making it ${slow.cpu.toFixed(1)} times slower.`,
)

try {
  await weighLogIn(browser)
  await weighSignedIn(browser)
  await feel('log-in', '/login', { lcp: 500 })
  await feel('log-in, slow', '/login', { lcp: 1800, tbt: 200, cls: 0.05 }, { slow })
  await feel('home, slow', '/', { lcp: 1800, tbt: 200, cls: 0.05 }, { slow })
  await fillTable(demo)
  const table = `/applications/${demo.applicationId}/merchants?tab=list`
  await feel(`${ROWS} merchants`, table, { inp: 100 }, { act: useTable })
} finally {
  await browser.close()
  await demo.stop()
}
process.exitCode = isOver ? 1 : 0

function tell(what: string, measured: number, bar: number, unit: string): void {
  const isKept = measured <= bar
  isOver ||= !isKept
  console.log(
    `${isKept ? 'ok  ' : 'OVER'} ${what.padEnd(44)} ${measured.toFixed(unit === '' ? 3 : 0).padStart(7)} ${unit.padEnd(3)} bar ${bar} ${unit}`,
  )
}

/** Counts what crosses the wire until the page has been quiet for a while. */
async function weigh(
  page: Page,
  act: () => Promise<unknown>,
): Promise<{ kB: number; requests: number; hosts: number }> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  let bytes = 0
  const urls: string[] = []
  session.on('Network.requestWillBeSent', ({ request }) => urls.push(request.url))
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  await act()
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await page.waitForTimeout(500)
  await session.detach()
  const asked = urls.filter((url) => url.startsWith('http'))
  return { kB: bytes / 1000, requests: asked.length, hosts: new Set(asked.map((url) => new URL(url).host)).size }
}

async function weighLogIn(browser: Browser): Promise<void> {
  const context = await browser.newContext({ baseURL: demo.origin })
  const page = await context.newPage()
  const { kB, requests, hosts } = await weigh(page, () => page.goto('/login'))
  tell('log-in: weight', kB, 110, 'kB')
  tell('log-in: requests', requests, 12, '')
  tell('log-in: hosts', hosts, 1, '')
  await context.close()
}

/** One after the other within one session, as a person goes: what is there already is not fetched again. */
async function weighSignedIn(browser: Browser): Promise<void> {
  const context = await browser.newContext({ baseURL: demo.origin })
  const { applicationId } = demo
  await context.addCookies(signedIn)
  const page = await context.newPage()
  tell('first signed-in view: weight', (await weigh(page, () => page.goto('/'))).kB, 250, 'kB')
  const routes = ['', '/sandbox', '/requests', '/notifications'].map((path) => `/applications/${applicationId}${path}`)
  for (const path of ['/applications', '/applications/new', ...routes, '/members', '/security']) {
    const go = () =>
      page.evaluate((to) => {
        history.pushState(null, '', to)
        dispatchEvent(new PopStateEvent('popstate'))
      }, path)
    tell(`then ${path.replace(applicationId, ':id')}: weight`, (await weigh(page, go)).kB, 60, 'kB')
  }
  await context.close()
}

async function feel(
  what: string,
  path: string,
  bars: Partial<Felt>,
  how: { slow?: Slow; act?: Act } = {},
): Promise<void> {
  const cookies = path === '/login' ? [] : signedIn
  const visits: Felt[] = []
  for (let visit = 0; visit < VISITS; visit++) {
    visits.push(await felt(browser, path, { origin: demo.origin, cookies, ...how }, how.act))
  }
  for (const [name, bar] of Object.entries(bars) as [keyof Felt, number][]) {
    tell(`${what}: ${NAMES[name][0]}`, median(visits.map((one) => one[name])), bar, NAMES[name][1])
  }
}
type Act = (page: Page) => Promise<void>

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? 0
}
