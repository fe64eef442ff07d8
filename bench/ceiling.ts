/** What openssl can do on one core: the ceiling of everything here that is signed. */
import { execFileSync } from 'node:child_process'
import { SECONDS } from './wrk.ts'

/** One verify and one sign after the other, per second: the most that a signed call with a signed answer can reach there. */
export function opensslCeiling(): number {
  const output = execFileSync('taskset', ['-c', '0', 'openssl', 'speed', '-seconds', String(SECONDS), 'rsa2048'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const found = /^rsa 2048 bits\s+\S+\s+\S+\s+([\d.]+)\s+([\d.]+)/m.exec(output)
  if (!found) throw new Error(`openssl speed printed nothing that can be read:\n${output}`)
  const [sign, verify] = [Number(found[1]), Number(found[2])]
  return 1 / (1 / sign + 1 / verify)
}
