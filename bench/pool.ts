/** Payments that are signed before the clock runs, each of its own, and the load that sends them. */
import { spawnSync } from 'node:child_process'
import { createHash, createSign } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { cashierOrder, type TestPartner } from '../test/partner.ts'
import { SECONDS } from './wrk.ts'

/** More than one round can use up. */
const POOL = SECONDS * 2500
const SCRIPT = fileURLToPath(new URL('./pay.lua', import.meta.url))

/** One request a line: time, signature, body. */
export function signedPool(partner: TestPartner, round: number): string {
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

export function payFromPool(origin: string, pool: string): { perSecond: number; p99Ms: number } {
  const args = ['-c', '1', 'wrk', '-t1', '-c32', `-d${SECONDS}s`, '--latency', '-s', SCRIPT, origin]
  const { stdout, status } = spawnSync('taskset', args, { encoding: 'utf8', env: { ...process.env, POOL: pool } })
  const perSecond = Number(/PAID (\d+)/.exec(stdout)?.[1] ?? Number.NaN) / SECONDS
  const p99 = /P99 (\d+)/.exec(stdout)?.[1]
  const failed = Number(/FAILED (\d+)/.exec(stdout)?.[1] ?? Number.NaN)
  if (status !== 0 || failed !== 0 || p99 === undefined) throw new Error(`The load failed:\n${stdout}`)
  return { perSecond, p99Ms: Number(p99) / 1000 }
}
