/** P11 and P12: from exec to the first ready answer with an empty database, and the memory of the idle server. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startProcess } from '../test/process.ts'
import { compare, line } from './protocol.ts'

/** Node itself, doing nothing: what no server can be faster than. */
function bareNode(): number {
  const begun = performance.now()
  execFileSync(process.execPath, ['-e', ''])
  return performance.now() - begun
}

export async function benchStartup(): Promise<string[]> {
  let rss = 0
  const measured = await compare(
    6,
    async () => bareNode(),
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-'))
      const running = await startProcess({
        database: { engine: 'sqlite', file: join(folder, 'slipway.db') },
        smtpUrl: 'smtp://127.0.0.1:9',
      })
      await new Promise((resolve) => setTimeout(resolve, 2000)) // idle is what comes after the start
      const status = readFileSync(`/proc/${running.child.pid}/status`, 'utf8')
      rss = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024
      await running.stop()
      return running.readyMs
    },
  )
  const text = `${measured.ours.toFixed(0)} ms, ${measured.ratio.toFixed(1)} times bare node (${measured.baseline.toFixed(0)} ms)`
  return [
    line('P11 start to first ready', '<= 1000 ms', text, measured.void ? 'void' : measured.ours <= 1000),
    line('P12 memory when idle', '<= 130 MB', `${rss.toFixed(0)} MB`, rss <= 130),
    `  load average ${measured.load}`,
  ]
}
