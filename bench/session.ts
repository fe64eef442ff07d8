/** P3: a read by a session, against Fastify that says hello on the same core. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { openBenchCenter } from './center.ts'
import { compare, line } from './protocol.ts'
import { ROUNDS, wrk } from './wrk.ts'

const HELLO = fileURLToPath(new URL('./baselines/hello.mjs', import.meta.url))

export async function benchSession(): Promise<string[]> {
  const hello = spawn('taskset', ['-c', '0', process.execPath, HELLO], { stdio: ['ignore', 'pipe', 'inherit'] })
  const port = await new Promise<number>((resolve) => hello.stdout.once('data', (data) => resolve(Number(data))))
  const center = await openBenchCenter()
  const read = { url: `${center.origin}/api/me`, headers: center.headers('session') }
  const measured = await compare(
    ROUNDS,
    async () => wrk({ url: `http://127.0.0.1:${port}/` }, 32).perSecond,
    async () => wrk(read, 32).perSecond,
  )
  hello.kill()
  await center.close()
  const text = `${measured.ours.toFixed(0)}/s of ${measured.baseline.toFixed(0)}/s = ${measured.ratio.toFixed(2)}`
  return [
    line('P3 read by a session, one core', '>= 0.50 of Fastify', text, measured.void ? 'void' : measured.ratio >= 0.5),
    `  load average ${measured.load}`,
  ]
}
