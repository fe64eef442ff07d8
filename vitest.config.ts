import { defineConfig } from 'vitest/config'

const SERVER = ['server/**/*.test.ts', 'test/**/*.test.ts']

/** Rules run once; everything that touches the database runs on each engine. */
export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    onConsoleLog: (log) => {
      throw new Error(`A test wrote to the console: ${log}`)
    },
    projects: [
      {
        extends: true,
        test: { name: 'rules', include: ['rules/**/*.test.ts', 'contract/**/*.test.ts', 'web/**/*.test.ts'] },
      },
      { extends: true, test: { name: 'laws', include: ['test/laws/**/*.test.ts'] } },
      {
        extends: true,
        test: { name: 'sqlite', include: SERVER, exclude: ['test/laws/**'], env: { SLIPWAY_TEST_ENGINE: 'sqlite' } },
      },
      {
        extends: true,
        test: {
          name: 'postgres',
          include: SERVER,
          exclude: ['test/laws/**'],
          env: { SLIPWAY_TEST_ENGINE: 'postgres' },
        },
      },
    ],
  },
})
