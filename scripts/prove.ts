/**
 * `npm run prove`: what the tests try in small, at length. It takes its time. `npm run prove -- idempotency` takes one of them, and
 * `-- postgres` runs those of the server on PostgreSQL instead of the embedded database.
 */
import { buildStale } from './build.ts'
import { withPostgres } from './ensure/postgres.ts'
import { type Step, runSteps, tool } from './steps.ts'

type Prover = { what: string; files: string[]; project?: 'rules' | 'laws'; env: Record<string, string> }

const PROVERS: Record<string, Prover> = {
  parsers: {
    what: 'a million inputs on each parser of the gateway',
    files: ['contract/parsers.test.ts'],
    project: 'rules',
    env: { PROVE_RUNS: '1000000' },
  },
  files: {
    what: 'a million inputs on the parsers of files and cookies',
    files: ['test/laws/parsers.test.ts'],
    project: 'laws',
    env: { PROVE_RUNS: '1000000' },
  },
  idempotency: {
    what: '100,000 calls by 32 clients, and a checker of their history',
    files: ['test/idempotency.test.ts'],
    env: { PROVE_CALLS: '100000' },
  },
  kills: {
    what: 'two hundred kills of the server under signed load',
    files: ['test/kill.test.ts'],
    env: { PROVE_KILLS: '200' },
  },
  import: {
    what: 'fifty kills while a list of a thousand merchants is stored',
    files: ['test/import-kill.test.ts'],
    env: { PROVE_KILLS: '50' },
  },
  reports: {
    what: 'twelve kills while reports of twenty thousand payments are made',
    files: ['test/report-kill.test.ts'],
    env: { PROVE_KILLS: '12' },
  },
  notifications: {
    what: '100,000 notifications over twenty kills, on PostgreSQL with ten crashes of the database',
    files: ['test/kill.test.ts'],
    env: { PROVE_EVENTS: '100000', PROVE_KILLS: '20' },
  },
  relay: {
    what: '1,000 notifications through the relay, while the script and the center are killed in turn',
    files: ['test/relay-kill.test.ts'],
    env: { PROVE_RELAYED: '1000' },
  },
  ladder: {
    what: 'the schedule at five endpoints at once, through a kill',
    files: ['test/ladder.test.ts'],
    env: { PROVE_ENDPOINTS: '5' },
  },
  neighbours: {
    what: 'a hundred partners of whom fifty are out of order',
    files: ['test/neighbours.test.ts'],
    env: { PROVE_ROUNDS: '60' },
  },
}

const wanted = process.argv.slice(3)
const onPostgres = wanted.includes('postgres')
const names = wanted.filter((name) => name !== 'postgres')
const unknown = names.filter((name) => !(name in PROVERS))
if (unknown.length > 0)
  throw new Error(`There is no ${unknown.join(', ')}; there are ${Object.keys(PROVERS).join(', ')}.`)

const chosen = Object.entries(PROVERS).filter(([name]) => names.length === 0 || names.includes(name))
const engine = onPostgres ? 'postgres' : 'sqlite'
const steps = (env: Record<string, string>): Step[] =>
  chosen.map(([name, { what, files, project = engine, env: own }]) => ({
    name: `${name}: ${what}`,
    run: () => tool('vitest', ['run', '--project', project, ...files], { ...env, ...own }),
  }))

await buildStale()
process.exitCode = await (onPostgres
  ? withPostgres((url) => runSteps(steps({ SLIPWAY_TEST_POSTGRES: url })))
  : runSteps(steps({})))
