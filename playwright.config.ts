import { defineConfig } from '@playwright/test'
import { ensureBrowser } from './scripts/ensure/browser.ts'

/** Browser journeys, in Debian's Chromium, against the built server as a process of its own. */
export default defineConfig({
  globalSetup: './test/folder.ts',
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  // For what hangs, not for what is slow: a busy machine may take its time.
  timeout: 180_000,
  expect: { timeout: 20_000 },
  fullyParallel: false,
  workers: 3,
  forbidOnly: process.env.CI !== undefined,
  reporter: [['list']],
  // A project is called as the engine is that it runs on. In what the engines could differ, the tests of the server try both; of the
  // journeys, those that write the most are made on both, and with SLIPWAY_JOURNEYS=all every one.
  projects: [
    { name: 'sqlite' },
    { name: 'postgres', ...(process.env.SLIPWAY_JOURNEYS === 'all' ? {} : { grep: /@engines/ }) },
  ],
  use: {
    // Without it, a click on what is not there waits as long as the whole test may take.
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    viewport: { width: 1280, height: 800 },
    // A trace films every page, which costs more than anything else in a journey: made only by those who ask for it.
    trace: process.env.SLIPWAY_TRACE ? 'retain-on-failure' : 'off',
    screenshot: { mode: 'only-on-failure', fullPage: true },
    launchOptions: {
      executablePath: process.env.SLIPWAY_CHROMIUM ?? ensureBrowser(),
      args: [
        '--no-sandbox', // as root there is none; the tests open nothing but our own pages
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})
