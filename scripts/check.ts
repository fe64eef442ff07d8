/** Types, lint, the laws and the rules: what needs no database and no browser. */
import { pathToFileURL } from 'node:url'
import { command, ROOT, runSteps, type Step, together, tool } from './steps.ts'

const PROJECTS = ['rules', 'contract', 'server', 'web', '.']

/**
 * By its path: the older compiler, which the import law parses with, has a command of the same name. On one thread, because several would
 * each check the same types, and the projects are checked side by side.
 */
const typeCheck = (project: string) =>
  command(`${ROOT}node_modules/@typescript/native/bin/tsc`, ['-p', project, '--singleThreaded'])

export const CHECKS: Step[] = [
  { name: 'types', run: () => together(PROJECTS.map((project) => typeCheck(project))) },
  {
    name: 'lint and format',
    run: () =>
      together([
        tool('biome', ['check', '--error-on-warnings']),
        tool('oxlint', ['rules', 'contract', 'server', 'test', 'e2e', 'bench', 'scripts']),
        tool('depcruise', ['--config', '.dependency-cruiser.cjs', 'rules', 'contract', 'server', 'web']),
        // What nothing imports any more.
        tool('knip', ['--no-progress']),
      ]),
  },
  { name: 'generated reference', run: () => tool('tsx', ['scripts/reference.ts', '--check']) },
  { name: 'rules and laws', run: () => tool('vitest', ['run', '--project', 'rules', '--project', 'laws']) },
]

if (process.argv[2] === 'check' || import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.exitCode = await runSteps(CHECKS)
}
