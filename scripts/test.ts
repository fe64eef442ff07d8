/**
 * `npm test`: everything. Finds or installs what it needs: a Chromium, a PostgreSQL, openssl, curl and OpenSSH's client; where something can neither
 * be found nor installed it fails and says what to install.
 */
import { buildStale } from './build.ts'
import { CHECKS } from './check.ts'
import { ensureBrowser } from './ensure/browser.ts'
import { ensureLanguages } from './ensure/languages.ts'
import { withPostgres } from './ensure/postgres.ts'
import { ensureTools } from './ensure/tools.ts'
import { runSteps, tool } from './steps.ts'

/** In one run, so that no core waits for the last file of an engine. */
const SERVER = ['once', 'sqlite', 'postgres'].flatMap((project) => ['--project', project])

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  return 1
})

async function main(): Promise<number> {
  const chromium = ensureBrowser()
  ensureTools()
  ensureLanguages()
  const checked = await runSteps([...CHECKS, { name: 'build', run: () => buildStale().then(() => 0) }])
  if (checked !== 0) return checked
  return withPostgres((url) => {
    const env = { SLIPWAY_TEST_POSTGRES: url, SLIPWAY_CHROMIUM: chromium }
    return runSteps([
      { name: 'server, on SQLite and on PostgreSQL', run: () => tool('vitest', ['run', ...SERVER], env) },
      { name: 'browser', run: () => tool('playwright', ['test'], env) },
    ])
  })
}
