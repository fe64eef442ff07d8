/**
 * `npm run weight`: what the console costs its reader, beside the bars. Bytes over the wire as they were sent (brotli), requests, and
 * how fast a page is felt, also on a slow phone: a processor four times slower, 1.6 Mbit/s, 150 ms to the server.
 */
import { cpus, loadavg } from 'node:os'
import { type Browser, type BrowserContext, type CDPSession, chromium, type Page } from '@playwright/test'
import { type Demo, sessionCookies, startDemo } from './browse/demo.ts'
import { ensureBrowser } from './ensure/browser.ts'

const SLOW = { latency: 150, throughput: (1.6 * 1_000_000) / 8, cpu: 4 }
const demo = await startDemo('weight', Number(process.env.SLIPWAY_WEIGHT_PORT ?? 4910))
const browser = await chromium.launch({ executablePath: ensureBrowser(), args: ['--no-sandbox', '--disable-gpu'] })
let isOver = false
console.log(
  `Load of this machine: ${loadavg()[0]?.toFixed(1)} on ${cpus().length} cores. What is felt is worth little above 1.`,
)

try {
  await weighLogIn(browser)
  await weighSignedIn(browser, demo)
  await feel('log-in', '/login', { lcp: 500 })
  await feel('log-in, slow', '/login', { lcp: 1800, tbt: 200, cls: 0.05 }, SLOW)
  await feel('home, slow', '/', { lcp: 1800, tbt: 200, cls: 0.05 }, SLOW)
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
async function weighSignedIn(browser: Browser, { applicationId }: Demo): Promise<void> {
  const context = await browser.newContext({ baseURL: demo.origin })
  await context.addCookies(await sessionCookies(demo, 'ada'))
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

type Bars = { lcp: number; tbt?: number; cls?: number }

async function feel(what: string, path: string, bars: Bars, slow?: typeof SLOW): Promise<void> {
  const context = await browser.newContext({ baseURL: demo.origin })
  if (path === '/') await context.addCookies(await sessionCookies(demo, 'ada'))
  await context.addInitScript(watch)
  const page = await context.newPage()
  if (slow) await slowDown(context, page, slow)
  await page.goto(path)
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await page.waitForTimeout(1500)
  const felt = await page.evaluate(() => (globalThis as unknown as { felt: Felt }).felt) // kept by the watcher below
  tell(`${what}: largest paint`, felt.lcp, bars.lcp, 'ms')
  if (bars.tbt !== undefined) tell(`${what}: time blocked`, felt.tbt, bars.tbt, 'ms')
  if (bars.cls !== undefined) tell(`${what}: layout shift`, felt.cls, bars.cls, '')
  await context.close()
}

async function slowDown(context: BrowserContext, page: Page, { latency, throughput, cpu }: typeof SLOW): Promise<void> {
  const session: CDPSession = await context.newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency,
    downloadThroughput: throughput,
    uploadThroughput: throughput,
  })
  await session.send('Emulation.setCPUThrottlingRate', { rate: cpu })
}

type Felt = { lcp: number; tbt: number; cls: number }

/** Runs inside the browser before the page does. */
function watch(): void {
  const felt = { lcp: 0, tbt: 0, cls: 0 }
  Object.assign(globalThis, { felt })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { value?: number; hadRecentInput?: boolean })[]) {
      if (entry.entryType === 'largest-contentful-paint') felt.lcp = entry.startTime
      if (entry.entryType === 'longtask') felt.tbt += Math.max(0, entry.duration - 50)
      if (entry.entryType === 'layout-shift' && !entry.hadRecentInput) felt.cls += entry.value ?? 0
    }
  }).observe({ entryTypes: ['largest-contentful-paint', 'longtask', 'layout-shift'] })
}
