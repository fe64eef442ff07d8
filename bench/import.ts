/**
 * P17: a dry run of 1,000 merchants from a workbook. Meanwhile the health check is asked without a pause: what it waits longer than
 * before is what the event loop was held up.
 */
import { readFileSync } from 'node:fs'
import { createApplication } from '../contract/applications.ts'
import { checkMerchantFile, storeMerchantFile } from '../contract/merchants.ts'
import { UPLOAD } from '../rules/limits.ts'
import { tableFile } from '../server/merchants/template.ts'
import { merchantRow } from '../test/workbook.ts'
import { openBenchCenter } from './center.ts'
import { line } from './protocol.ts'

const RUNS = 12

export async function benchImport(): Promise<string[]> {
  const center = await openBenchCenter('0,1')
  const { developer } = center
  const { id } = await developer.do(createApplication, {
    body: { name: 'Import', partnerType: 'acquirer', description: '', products: ['cashier'] },
  })
  const rows = Array.from({ length: UPLOAD.rows }, (_, i) => merchantRow(i + 1))
  const body = Buffer.from(tableFile('list', 'xlsx', rows, {}).content)
  const call = { params: { applicationId: id }, query: { name: 'list.xlsx' }, body }
  const idle = percentile(await delays(center.origin, new Promise((resolve) => setTimeout(resolve, 1000))), 99)
  const before = rss(center.pid)
  const took: number[] = []
  let held: number[] = []
  let peak = before
  for (let run = 0; run < RUNS; run++) {
    const watch = setInterval(() => {
      peak = Math.max(peak, rss(center.pid))
    }, 10)
    const begun = performance.now()
    const done = developer.do(checkMerchantFile, call)
    const waited = await delays(center.origin, done)
    took.push(performance.now() - begun)
    clearInterval(watch)
    if (run > 0) held = held.concat(waited) // the first one warms up
  }
  const begun = performance.now()
  await developer.do(storeMerchantFile, call)
  const storedMs = performance.now() - begun
  await center.close()
  const slowest = Math.max(...took)
  const p99 = percentile(held, 99)
  const grown = (peak - before) / 1024
  return [
    line('P17 dry run of 1,000 rows', '<= 2000 ms', `${slowest.toFixed(0)} ms at most`, slowest <= 2000),
    line('P17 event loop p99 meanwhile', '<= 50 ms', `${p99.toFixed(1)} ms (idle ${idle.toFixed(1)} ms)`, p99 <= 50),
    line('P17 memory above idle', '<= 64 MB', `${grown.toFixed(0)} MB`, grown <= 64),
    `  storing them took ${storedMs.toFixed(0)} ms`,
  ]
}

/** How long the server took to answer, asked again and again until the work is done. */
async function delays(origin: string, work: Promise<unknown>): Promise<number[]> {
  const state = { isDone: false }
  const ended = work.finally(() => {
    state.isDone = true
  })
  const found: number[] = []
  while (!state.isDone) {
    const begun = performance.now()
    await (await fetch(`${origin}/health/live`)).arrayBuffer()
    found.push(performance.now() - begun)
  }
  await ended
  return found
}

function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * p) / 100))] ?? 0
}

/** Resident memory in kB. */
const rss = (pid: number | undefined) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
