/** P1: log-ins a second against bare argon2id on the same core. P2: what a flood of them does to everybody else. */
import { execFileSync, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { ARGON2 } from '../rules/limits.ts'
import { openBenchCenter } from './center.ts'
import { compare, line, median } from './protocol.ts'
import { type Request, ROUNDS, SECONDS, wrk } from './wrk.ts'

const ARGON2_ALONE = fileURLToPath(new URL('./baselines/argon2.mjs', import.meta.url))
const FLOOD = fileURLToPath(new URL('./baselines/flood.mjs', import.meta.url))
const AT_ONCE = 8

/** Parameters, how many at once, and for how long: the same as the server's. */
function bareArgon2(): number {
  const { memoryKiB, passes, lanes } = ARGON2
  const args = ['-c', '0', process.execPath, ARGON2_ALONE, ...[memoryKiB, passes, lanes, AT_ONCE, SECONDS].map(String)]
  return Number(execFileSync('taskset', args, { encoding: 'utf8' }))
}

export async function benchSignIn(): Promise<string[]> {
  const center = await openBenchCenter()
  const logIn: Request = {
    url: `${center.origin}/api/session`,
    method: 'POST',
    headers: center.headers('browser'),
    body: JSON.stringify({ email: center.email, password: 'a sentence that is long enough' }),
  }
  const measured = await compare(
    ROUNDS,
    async () => bareArgon2(),
    async () => wrk(logIn, AT_ONCE).perSecond,
  )
  const text = `${measured.ours.toFixed(0)}/s of ${measured.baseline.toFixed(0)}/s = ${measured.ratio.toFixed(2)}`
  const lines = [
    line('P1 log-ins, one core', '>= 0.80 of argon2id', text, measured.void ? 'void' : measured.ratio >= 0.8),
    `  load average ${measured.load}`,
    await flooded(center.origin, center.headers('session'), logIn),
  ]
  await center.close()
  return lines
}

/** Reads of a session alone and under 64 log-ins at once, in turn. Here the server has both cores to itself, and so has the load. */
async function flooded(origin: string, headers: Record<string, string>, logIn: Request): Promise<string> {
  const read: Request = { url: `${origin}/api/me`, headers }
  const [idle, busy]: [number[], number[]] = [[], []]
  for (let round = 0; round < ROUNDS; round++) {
    idle.push(wrk(read, 4, 2).p99Ms)
    const flood = spawn('taskset', ['-c', '1', process.execPath, FLOOD, '64', JSON.stringify(logIn)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await new Promise((resolve) => flood.stdout.once('data', resolve))
    busy.push(wrk(read, 4, 2).p99Ms)
    flood.kill()
    await new Promise((resolve) => flood.once('exit', resolve))
  }
  const [quiet, loud] = [median(idle.slice(1)), median(busy.slice(1))]
  const text = `${loud.toFixed(1)} ms of ${quiet.toFixed(1)} ms idle = ${(loud / quiet).toFixed(1)}`
  return line('P2 session read p99 in a flood', '<= 3 × idle, <= 50 ms', text, loud <= 50 && loud <= 3 * quiet)
}
