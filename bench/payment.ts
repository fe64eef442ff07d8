/**
 * P4: a signed, stored, answered sandbox payment, against what openssl can verify and sign on the same core. The bodies are signed
 * before the clock runs; every request is a payment of its own.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash, createSign } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { integrate } from '../test/integration.ts'
import { openMailSink } from '../test/mail.ts'
import { cashierOrder, type TestPartner } from '../test/partner.ts'
import { newMasterKey, startProcess } from '../test/process.ts'
import { compare, line, median } from './protocol.ts'

const SECONDS = Number(process.env.BENCH_SECONDS ?? 5)
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 6)
/** More than one round can use up. */
const POOL = SECONDS * 2500
const SCRIPT = fileURLToPath(new URL('./pay.lua', import.meta.url))

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
        const result = load(running.origin, pool)
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

/** One verify and one sign after the other, per second, on one core: the most that a signed request with a signed answer can reach there. */
function opensslCeiling(): number {
  const output = execFileSync('taskset', ['-c', '0', 'openssl', 'speed', '-seconds', String(SECONDS), 'rsa2048'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const found = /^rsa 2048 bits\s+\S+\s+\S+\s+([\d.]+)\s+([\d.]+)/m.exec(output)
  if (!found) throw new Error(`openssl speed printed nothing that can be read:\n${output}`)
  const [sign, verify] = [Number(found[1]), Number(found[2])]
  return 1 / (1 / sign + 1 / verify)
}

/** One request a line: time, signature, body. */
function signedPool(partner: TestPartner, round: number): string {
  const lines: string[] = []
  for (let i = 0; i < POOL; i++) {
    const id = createHash('sha256').update(`${round} ${i} ${process.pid}`).digest('hex').slice(0, 32)
    const body = JSON.stringify(cashierOrder({ paymentRequestId: id }))
    const time = new Date().toISOString()
    const text = `POST /aps/api/v1/payments/pay\n${partner.clientId}.${time}.${body}`
    const signature = encodeURIComponent(createSign('RSA-SHA256').update(text).sign(partner.privateKey, 'base64'))
    lines.push(`${partner.clientId}\t${time}\t${signature}\t${body}`)
  }
  return lines.join('\n')
}

function load(origin: string, pool: string): { perSecond: number; p99Ms: number } {
  const args = ['-c', '1', 'wrk', '-t1', '-c32', `-d${SECONDS}s`, '--latency', '-s', SCRIPT, origin]
  const { stdout, status } = spawnSync('taskset', args, { encoding: 'utf8', env: { ...process.env, POOL: pool } })
  const perSecond = Number(/PAID (\d+)/.exec(stdout)?.[1] ?? Number.NaN) / SECONDS
  const p99 = /P99 (\d+)/.exec(stdout)?.[1]
  const failed = Number(/FAILED (\d+)/.exec(stdout)?.[1] ?? Number.NaN)
  if (status !== 0 || failed !== 0 || p99 === undefined) throw new Error(`The load failed:\n${stdout}`)
  return { perSecond, p99Ms: Number(p99) / 1000 }
}
