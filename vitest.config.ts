import { defineConfig } from 'vitest/config'

const SERVER = ['server/**/*.test.ts', 'test/**/*.test.ts']

/** Of the server, what opens no database. */
const WITHOUT_DATABASE = [
  'server/config.test.ts',
  'server/http/site.test.ts',
  'server/outgoing/**/*.test.ts',
  'server/accounts/passwords.test.ts',
  'server/merchants/sheet/**/*.test.ts',
  'test/history.test.ts',
]
const EACH_ENGINE = { include: SERVER, exclude: ['test/laws/**', ...WITHOUT_DATABASE] }

/** Rules run once; everything that touches the database runs on each engine. */
export default defineConfig({
  test: {
    globalSetup: 'test/folder.ts',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // For what never comes: on a busy machine a second is not long.
    expect: { poll: { timeout: 10_000 } },
    // A file takes the modules that the file before it has loaded: loading the server takes longer than most files test.
    isolate: false,
    // One more than the cores of a small machine: some of what a test does is to wait.
    maxWorkers: 3,
    onConsoleLog: (log) => {
      throw new Error(`A test wrote to the console: ${log}`)
    },
    projects: [
      {
        extends: true,
        test: { name: 'rules', include: ['rules/**/*.test.ts', 'contract/**/*.test.ts', 'web/**/*.test.ts'] },
      },
      { extends: true, test: { name: 'once', include: WITHOUT_DATABASE } },
      { extends: true, test: { name: 'laws', include: ['test/laws/**/*.test.ts'] } },
      {
        extends: true,
        test: { name: 'sqlite', ...EACH_ENGINE, env: { SLIPWAY_TEST_ENGINE: 'sqlite' } },
      },
      {
        extends: true,
        test: { name: 'postgres', ...EACH_ENGINE, env: { SLIPWAY_TEST_ENGINE: 'postgres' } },
      },
    ],
  },
})
