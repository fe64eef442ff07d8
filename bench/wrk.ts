/** The load generator, on the core that the server does not have. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const SECONDS = Number(process.env.BENCH_SECONDS ?? 5)
export const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 6)

const SCRIPT = fileURLToPath(new URL('./request.lua', import.meta.url))

export type Request = { url: string; method?: string; headers?: Record<string, string>; body?: string }
export type Load = { perSecond: number; p99Ms: number }

/** The same request again and again over so many connections. Any answer but 200 fails the run. */
export function wrk(request: Request, connections: number, seconds = SECONDS): Load {
  const { pathname, search, origin } = new URL(request.url)
  const file = join(mkdtempSync(join(tmpdir(), 'slipway-wrk-')), 'request')
  const headers = Object.entries(request.headers ?? {}).map(([name, value]) => `${name}: ${value}`)
  writeFileSync(file, [request.method ?? 'GET', `${pathname}${search}`, ...headers, '', request.body ?? ''].join('\n'))
  const args = ['-c', '1', 'wrk', '-t1', `-c${connections}`, `-d${seconds}s`, '--latency', '-s', SCRIPT, origin]
  const { stdout, stderr, status } = spawnSync('taskset', args, {
    encoding: 'utf8',
    env: { ...process.env, REQUEST: file },
  })
  const [, done, failed, p99] = /DONE (\d+) FAILED (\d+) P99 (\d+)/.exec(stdout)?.map(Number) ?? []
  if (status !== 0 || failed !== 0 || done === undefined || p99 === undefined)
    throw new Error(`The load failed:\n${stdout}${stderr}`)
  return { perSecond: done / seconds, p99Ms: p99 / 1000 }
}
