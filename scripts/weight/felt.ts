/** How fast a page is felt: what the browser itself reports, also on a slow phone. */
import type { Browser, BrowserContext, Page } from '@playwright/test'

/** A processor four times slower, 1.6 Mbit/s, 150 ms to the server. */
export const SLOW = { latency: 150, throughput: (1.6 * 1_000_000) / 8, cpu: 4 }

/** Milliseconds, but for the layout shift; `inp` is the slowest answer to a click or a key, 0 before the first. */
export type Felt = { lcp: number; tbt: number; cls: number; inp: number }
type Cookies = Parameters<BrowserContext['addCookies']>[0]
type Visit = { origin: string; cookies?: Cookies; slow?: typeof SLOW }

/** Opens a page in a browser that has nothing of it yet, and acts on it. */
export async function felt(
  browser: Browser,
  path: string,
  { origin, cookies = [], slow }: Visit,
  act?: (page: Page) => Promise<void>,
): Promise<Felt> {
  const context = await browser.newContext({ baseURL: origin })
  try {
    await context.addCookies(cookies)
    await context.addInitScript(watch)
    const page = await context.newPage()
    if (slow) await slowDown(page, slow)
    // Nothing is looked for in the page while it comes: to search it again and again would take time that is the page's own.
    await page.goto(path, { waitUntil: 'networkidle' })
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    await act?.(page)
    await page.waitForTimeout(1500)
    return await page.evaluate(() => (globalThis as unknown as { felt: Felt }).felt) // kept by the watcher below
  } finally {
    await context.close()
  }
}

async function slowDown(page: Page, { latency, throughput, cpu }: typeof SLOW): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency,
    downloadThroughput: throughput,
    uploadThroughput: throughput,
  })
  await session.send('Emulation.setCPUThrottlingRate', { rate: cpu })
}

type Entry = PerformanceEntry & { value?: number; hadRecentInput?: boolean; interactionId?: number }

/** Runs inside the browser before the page does. */
function watch(): void {
  const felt = { lcp: 0, tbt: 0, cls: 0, inp: 0 }
  Object.assign(globalThis, { felt })
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as Entry[]) {
      if (entry.entryType === 'largest-contentful-paint') felt.lcp = entry.startTime
      if (entry.entryType === 'longtask') felt.tbt += Math.max(0, entry.duration - 50)
      if (entry.entryType === 'layout-shift' && !entry.hadRecentInput) felt.cls += entry.value ?? 0
      if (entry.entryType === 'event' && entry.interactionId) felt.inp = Math.max(felt.inp, entry.duration)
    }
  })
  for (const type of ['largest-contentful-paint', 'longtask', 'layout-shift'])
    observer.observe({ type, buffered: true })
  observer.observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit) // not among TypeScript's types yet
}
