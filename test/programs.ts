/** What runs the programs that the docs and the console show, language by language, and whether it is here. */
import { execFileSync } from 'node:child_process'
import { type FixLanguage, fixLanguages } from '../rules/fixes.ts'

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
  shell: { file: 'call.sh', command: ['sh'], isHere: has('openssl', 'version') && has('curl', '--version') },
  node: { file: 'call.mjs', command: [process.execPath], isHere: true },
  python: { file: 'call.py', command: ['python3'], isHere: has('python3', '-c', 'import cryptography') },
  java: { file: 'Call.java', command: ['java'], isHere: has('javac', '-version') },
  php: { file: 'call.php', command: ['php'], isHere: has('php', '-r', 'curl_init();') },
  go: { file: 'call.go', command: ['go', 'run'], isHere: has('go', 'version') },
}

export const languagesHere = fixLanguages.filter((language) => RUNS[language].isHere)
