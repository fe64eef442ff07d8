/** Whether everybody can read a page: axe asked in the page itself, light and dark, and no sideways scrolling. */
import type { Page } from '@playwright/test'
import axe, { type RunOptions } from 'axe-core'
import { expect } from './center.ts'

/** The scheme changes colours and nothing else, so in the dark only the rules about colours are asked again. */
const SCHEMES: [scheme: 'light' | 'dark', rules?: string[]][] = [
  ['light'],
  ['dark', ['color-contrast', 'link-in-text-block']],
]

/** Goes on after a fault, so that one run tells them all. */
export async function expectNoViolation(page: Page, where = page.url()): Promise<void> {
  for (const [scheme, rules] of SCHEMES) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme)
    expect.soft(await violationsOf(page, rules), `${where}, ${scheme}`).toEqual([])
  }
}

/** Nothing sticks out at the width that the page has. */
export async function expectNoScrolling(page: Page): Promise<void> {
  const { width } = page.viewportSize() ?? { width: 0 }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
}

async function violationsOf(page: Page, rules?: string[]): Promise<string[]> {
  // Brought in once for each page: that takes longer than most looks.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const options: RunOptions = { resultTypes: ['violations'], ...(rules ? { runOnly: rules } : {}) }
  return page.evaluate(async (wanted) => {
    const { axe: here } = window as unknown as { axe: typeof axe } // it was brought in
    const { violations } = await here.run(document, wanted)
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
  }, options)
}
