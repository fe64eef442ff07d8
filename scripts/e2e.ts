/**
 * `npm run e2e`: the journeys through the browser, those that `npm test` makes. `npm run e2e -- postgres` makes every one of them on
 * PostgreSQL, `-- sqlite` with the embedded database, and any other word chooses files by their names.
 */
import { buildStale } from './build.ts'
import { ensureBrowser } from './ensure/browser.ts'
import { withPostgres } from './ensure/postgres.ts'
import { tool } from './steps.ts'

const wanted = process.argv.slice(3)
const isEngine = (word: string) => word === 'sqlite' || word === 'postgres'
const engines = wanted.filter(isEngine)
const files = wanted.filter((word) => !isEngine(word))
const args = ['test', ...engines.map((engine) => `--project=${engine}`), ...files]

await buildStale()
process.exitCode = await withPostgres((url) =>
  tool('playwright', args, {
    SLIPWAY_CHROMIUM: ensureBrowser(),
    SLIPWAY_TEST_POSTGRES: url,
    ...(engines.length > 0 ? { SLIPWAY_JOURNEYS: 'all' } : {}),
  }),
)
