/** The pictures of the README: sharp on a good screen, and each small enough to be loaded without a thought. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from '@playwright/test'
import { type Demo, sessionCookies } from './demo.ts'
import type { Ids } from './pages.ts'

const FOLDER = fileURLToPath(new URL('../../docs/public/screenshots', import.meta.url))
const MOST_KB = 120

type Picture = { name: string; path: string; phone?: true; act?: (page: Page) => Promise<unknown> }

/** Says which of them weigh too much. */
export async function shootReadme(browser: Browser, demo: Demo, { exchange }: Ids): Promise<string[]> {
  mkdirSync(FOLDER, { recursive: true })
  const application = `/applications/${demo.applicationId}`
  const pictures: Picture[] = [
    { name: 'home', path: '/' },
    { name: 'request', path: `${application}/requests?exchange=${exchange}&tab=signature` },
    { name: 'sandbox-clock', path: `${application}/sandbox`, act: (page) => page.mouse.wheel(0, 5000) },
    { name: 'test-wallet', path: new URL(demo.walletUrl).pathname, phone: true },
  ]
  const heavy: string[] = []
  for (const { name, path, phone, act } of pictures) {
    const context = await browser.newContext({
      baseURL: demo.origin,
      viewport: phone ? { width: 390, height: 780 } : { width: 1180, height: 740 },
      colorScheme: 'light',
      locale: 'en-GB',
      deviceScaleFactor: phone ? 1.5 : 1.6,
    })
    await context.addCookies(await sessionCookies(demo, 'ada'))
    const page = await context.newPage()
    await page.goto(path)
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    await page.waitForTimeout(400)
    await act?.(page)
    await page.waitForTimeout(250)
    const session = await context.newCDPSession(page)
    const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 80 })
    const bytes = Buffer.from(data, 'base64')
    writeFileSync(join(FOLDER, `${name}.webp`), bytes)
    const kB = bytes.length / 1000
    if (kB > MOST_KB) heavy.push(`${name}.webp of the README weighs ${kB.toFixed(0)} kB, more than ${MOST_KB}`)
    await context.close()
  }
  return heavy
}
