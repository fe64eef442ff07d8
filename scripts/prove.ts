/** `npm run prove`: what the tests try ten thousand times, a million times. It takes its time. */
import { tool } from './steps.ts'

process.exitCode = await tool('vitest', ['run', '--project', 'rules', 'contract/parsers.test.ts'], {
  PROVE_RUNS: '1000000',
})
