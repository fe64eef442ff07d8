/** The phone that the bars of the pages name: a processor four times slower than the machine that they were set on, on a slow line. */
import { execFileSync } from 'node:child_process'
import type { Slow } from './felt.ts'

/** What that machine signs in a second with RSA of 2048 bits, on one core. */
const SET_ON = 3650
const TIMES_SLOWER = 4

/** 1.6 Mbit/s, 150 ms to the server. On a machine that is slower itself less is taken away, on a faster one more. */
export function phone(): Slow & { signs: number } {
  const signs = signsInASecond()
  return { latency: 150, throughput: (1.6 * 1_000_000) / 8, cpu: Math.max(1, (TIMES_SLOWER * signs) / SET_ON), signs }
}

function signsInASecond(): number {
  const told = execFileSync('openssl', ['speed', '-seconds', '2', 'rsa2048'], { encoding: 'utf8', stdio: 'pipe' })
  const perSecond = /^rsa\s+2048 bits\s+\S+\s+\S+\s+([\d.]+)/m.exec(told)?.[1]
  if (perSecond === undefined) throw new Error(`openssl told no speed: ${told}`)
  return Number(perSecond)
}
