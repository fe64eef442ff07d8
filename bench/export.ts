/**
 * P18: an export of many audit entries, read to nowhere: how long until the first byte, and how much memory the server takes above
 * idle. BENCH_ROWS=1000000 measures what the bar names; a tenth of it shows the same, because nothing grows with the rows.
 */
import { readFileSync } from 'node:fs'
import { me } from '../contract/accounts.ts'
import { hashOf } from '../server/audit/chain.ts'
import { newId } from '../server/clock.ts'
import { openDatabase } from '../server/db/database.ts'
import { openBenchCenter } from './center.ts'
import { line } from './protocol.ts'

const ROWS = Number(process.env.BENCH_ROWS ?? 100_000)
const RUNS = 3
const BATCH = 500

export async function benchExport(): Promise<string[]> {
  const center = await openBenchCenter('0,1')
  const { partner } = await center.developer.do(me, {})
  if (!partner) throw new Error('The developer has no organisation.')
  await fill(center.database, partner.id)
  const before = rss(center.pid)
  let peak = before
  const watch = setInterval(() => {
    peak = Math.max(peak, rss(center.pid))
  }, 10)
  const found: { firstMs: number; tookMs: number; bytes: number }[] = []
  for (let run = 0; run < RUNS; run++) found.push(await readExport(center))
  clearInterval(watch)
  await center.close()
  const first = Math.max(...found.map(({ firstMs }) => firstMs))
  const grown = (peak - before) / 1024
  const took = Math.min(...found.map(({ tookMs }) => tookMs))
  const megabytes = (found[0]?.bytes ?? 0) / 1e6
  return [
    line(`P18 first byte of ${ROWS} rows`, '<= 300 ms', `${first.toFixed(0)} ms at most`, first <= 300),
    line('P18 memory above idle', '<= 50 MB', `${grown.toFixed(0)} MB`, grown <= 50),
    `  ${megabytes.toFixed(0)} MB took ${(took / 1000).toFixed(1)} s`,
  ]
}

async function readExport({ origin, headers }: Awaited<ReturnType<typeof openBenchCenter>>) {
  const begun = performance.now()
  const answer = await fetch(`${origin}/api/audit/export?format=json`, { headers: headers('session') })
  if (!answer.ok || !answer.body) throw new Error(`The export was refused: ${await answer.text()}`)
  let firstMs = 0
  let bytes = 0
  for await (const chunk of answer.body) {
    if (bytes === 0) firstMs = performance.now() - begun
    bytes += (chunk as Uint8Array).length // a body is bytes
  }
  return { firstMs, tookMs: performance.now() - begun, bytes }
}

/** Entries as the center would have written them, bound to each other. The seal of the head is not made: nobody verifies here. */
async function fill(address: Parameters<typeof openDatabase>[0], chain: string): Promise<void> {
  const database = await openDatabase(address)
  for (let written = 0; written < ROWS; written += BATCH) {
    await database.transact(async (db) => {
      const head = await db.selectFrom('audit_heads').selectAll().where('chain', '=', chain).executeTakeFirstOrThrow()
      let { number, hash } = head
      const rows = Array.from({ length: Math.min(BATCH, ROWS - written) }, () => {
        const unhashed = entry(chain, ++number, hash)
        hash = hashOf(unhashed)
        return { ...unhashed, hash }
      })
      await db.insertInto('audit_entries').values(rows).execute()
      await db.updateTable('audit_heads').set({ number, hash }).where('chain', '=', chain).execute()
    })
  }
  await database.close()
}

const entry = (chain: string, number: number, previous_hash: string) => ({
  chain,
  number,
  id: newId('aud'),
  at: 1_700_000_000_000 + number,
  actor_kind: 'member',
  actor_id: `psn_${'0'.repeat(32)}`,
  actor_name: 'Ada Lindqvist',
  actor_email: 'ada@northwind-acquiring.example',
  action: 'application.modify',
  object_id: `app_${'0'.repeat(32)}`,
  object_name: 'Web shop',
  before: JSON.stringify({ name: `Web shop ${number}`, description: 'A small shop.' }),
  after: JSON.stringify({ name: `Web shop ${number + 1}`, description: 'A small shop that pays.' }),
  address: '203.0.113.9',
  request_id: '0196f2a0-0000-7000-8000-000000000000',
  previous_hash,
})

/** Resident memory in kB. */
const rss = (pid: number | undefined) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
