import { existsSync } from 'node:fs'
import { canInstall, findCommand, installPackages } from './install.ts'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome']

/** The path of a Chromium for the browser tests: the one that is named, one on PATH, or one installed now. */
export function ensureBrowser(): string {
  const named = process.env.SLIPWAY_CHROMIUM
  if (named) {
    if (existsSync(named)) return named
    throw new Error(`SLIPWAY_CHROMIUM names ${named}, and there is no such file.`)
  }
  const found = findBrowser()
  if (found !== undefined) return found
  if (canInstall()) installPackages(['chromium'], 'for the browser tests')
  const installed = findBrowser()
  if (installed !== undefined) return installed
  throw new Error(
    'The browser tests need Chromium. Install it (Debian: apt-get install chromium), or name one in SLIPWAY_CHROMIUM.',
  )
}

function findBrowser(): string | undefined {
  for (const name of NAMES) {
    const path = findCommand(name)
    if (path !== undefined) return path
  }
  return undefined
}
