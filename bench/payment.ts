/**
 * P4: a signed, stored, answered sandbox payment, against what openssl can verify and sign on the same core. The bodies are signed
 * before the clock runs; every request is a payment of its own.
 */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { integrate } from '../test/integration.ts'
import { openMailSink } from '../test/mail.ts'
import { newMasterKey, startProcess } from '../test/process.ts'
import { opensslCeiling } from './ceiling.ts'
import { payFromPool, signedPool } from './pool.ts'
import { compare, line, median } from './protocol.ts'
import { ROUNDS } from './wrk.ts'

export async function benchPayment(): Promise<string[]> {
  const lines: string[] = []
  for (const { name, cores, bar } of [
    { name: 'P4 signed payment, one core', cores: '0', bar: 0.35 },
    { name: 'P4 signed payment, both cores', cores: '0,1', bar: 0.5 },
  ]) {
    const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-'))
    const mail = await openMailSink()
    const options = {
      database: { engine: 'sqlite' as const, file: join(folder, 'slipway.db') },
      smtpUrl: mail.url,
      masterKey: newMasterKey(),
      prefix: ['taskset', '-c', cores],
    }
    const running = await startProcess(options)
    const { server } = await integrate(running, mail)
    const slowest: number[] = []
    const measured = await compare(
      ROUNDS,
      async () => opensslCeiling(),
      async (round) => {
        const pool = join(folder, `pool-${round}.txt`)
        writeFileSync(pool, signedPool(server, round))
        const result = payFromPool(running.origin, pool)
        slowest.push(result.p99Ms)
        return result.perSecond
      },
    )
    const p99 = median(slowest.slice(1))
    const text = `${measured.ours.toFixed(0)}/s of ${measured.baseline.toFixed(0)}/s = ${measured.ratio.toFixed(2)}, p99 ${p99.toFixed(0)} ms`
    const reached = measured.ratio >= bar && p99 <= 150
    lines.push(
      line(name, `>= ${bar}, p99 <= 150 ms`, text, measured.void ? 'void' : reached),
      `  load average ${measured.load}`,
    )
    await running.stop()
    await server.close()
    await mail.close()
  }
  return lines
}
