/** What runs the programs that the docs and the console show, language by language, and whether it is here. */
import { execFileSync } from 'node:child_process'
import { type FixLanguage, fixLanguages, PROGRAM_FILES } from '../rules/fixes.ts'

type Run = { file: string; command: readonly [string, ...string[]]; isHere: boolean }

function has(command: string, ...args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

export const RUNS: Record<FixLanguage, Run> = {
  shell: {
    file: PROGRAM_FILES.shell.file,
    command: ['sh'],
    isHere: has('openssl', 'version') && has('curl', '--version'),
  },
  node: { file: PROGRAM_FILES.node.file, command: [process.execPath], isHere: true },
  python: {
    file: PROGRAM_FILES.python.file,
    command: ['python3'],
    isHere: has('python3', '-c', 'import cryptography'),
  },
  java: { file: PROGRAM_FILES.java.file, command: ['java'], isHere: has('javac', '-version') },
  php: { file: PROGRAM_FILES.php.file, command: ['php'], isHere: has('php', '-r', 'curl_init();') },
  go: { file: PROGRAM_FILES.go.file, command: ['go', 'run'], isHere: has('go', 'version') },
}

export const languagesHere = fixLanguages.filter((language) => RUNS[language].isHere)
