/** How fast a page is felt: what the browser itself reports, also on a slow phone. */
import type { Browser, BrowserContext, CDPSession, Page } from '@playwright/test'

/** A phone: how many milliseconds and bytes a second to the server, and how many times slower than this machine. */
export type Slow = { latency: number; throughput: number; cpu: number }

/**
 * Milliseconds, but for the layout shift. `tbt`: of each task after the first paint, what is longer than 50 (web.dev/articles/tbt).
 * `inp`: the slowest answer to a click or a key, 0 before the first.
 */
export type Felt = { lcp: number; tbt: number; cls: number; inp: number }
type Cookies = Parameters<BrowserContext['addCookies']>[0]
type Visit = { origin: string; cookies?: Cookies; slow?: Slow }

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
    const session = await context.newCDPSession(page)
    if (slow) await slowDown(session, slow)
    // Nothing looks into the page while it comes: what does takes time that is the page's own.
    await page.goto(path, { waitUntil: 'networkidle' })
    await page.waitForTimeout(1500)
    const arrived = await read(session)
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    if (act === undefined) return arrived
    await act(page)
    await page.waitForTimeout(500)
    return { ...arrived, inp: (await read(session)).inp }
  } finally {
    await context.close()
  }
}

/** What the watcher below has kept. */
async function read(session: CDPSession): Promise<Felt> {
  const { result } = await session.send('Runtime.evaluate', { expression: 'JSON.stringify(felt)' })
  const { painted, tasks, ...felt } = JSON.parse(String(result.value)) as Watched
  const late = tasks.filter(({ at }) => at >= painted)
  return { ...felt, tbt: late.reduce((sum, { took }) => sum + took - 50, 0) }
}

async function slowDown(session: CDPSession, { latency, throughput, cpu }: Slow): Promise<void> {
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency,
    downloadThroughput: throughput,
    uploadThroughput: throughput,
  })
  await session.send('Emulation.setCPUThrottlingRate', { rate: cpu })
}

type Watched = Omit<Felt, 'tbt'> & { painted: number; tasks: { at: number; took: number }[] }
type Entry = PerformanceEntry & { value?: number; hadRecentInput?: boolean; interactionId?: number }

/** Runs inside the browser before the page does. */
function watch(): void {
  const felt: Watched = { lcp: 0, cls: 0, inp: 0, painted: 0, tasks: [] }
  Object.assign(globalThis, { felt })
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as Entry[]) {
      if (entry.name === 'first-paint') felt.painted = entry.startTime
      if (entry.entryType === 'largest-contentful-paint') felt.lcp = entry.startTime
      if (entry.entryType === 'longtask') felt.tasks.push({ at: entry.startTime, took: entry.duration })
      if (entry.entryType === 'layout-shift' && !entry.hadRecentInput) felt.cls += entry.value ?? 0
      if (entry.entryType === 'event' && entry.interactionId) felt.inp = Math.max(felt.inp, entry.duration)
    }
  })
  for (const type of ['paint', 'largest-contentful-paint', 'longtask', 'layout-shift'])
    observer.observe({ type, buffered: true })
  observer.observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit) // not among TypeScript's types yet
}
