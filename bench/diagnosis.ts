/**
 * One diagnosis of a call that is wrong in no known way, so that everything is tried: how long it takes, how long it keeps the event loop,
 * and how many verifications of RSA that is. An ordinary body, and the largest that the Doctor looks at.
 */
import { generateKeyPairSync, sign, verify } from 'node:crypto'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { utf8 } from '../rules/bytes.ts'
import { diagnose } from '../rules/diagnose.ts'
import { type CallFacts, type KnownKey, stringToSign } from '../rules/diagnosis.ts'
import { DOCTOR } from '../rules/limits.ts'
import { digestInTurns } from '../server/gateway/doctor.ts'
import { compare, line, median } from './protocol.ts'

const RUNS = 20
const VERIFICATIONS = 1000
const KINDS = ['own', 'retired', 'production', 'center'] as const

export async function benchDiagnosis(): Promise<string[]> {
  const lines: string[] = []
  for (const [name, bytes] of [
    ['an ordinary call', 1000],
    ['64 kB', DOCTOR.bodyBytes],
  ] as const) {
    const { facts, keys, privateKey, publicKey } = made(bytes)
    const text = stringToSign(facts)
    const signature = sign('sha256', text, privateKey)
    const verifyMs = async () => {
      const begun = performance.now()
      for (let i = 0; i < VERIFICATIONS; i++) verify('sha256', text.subarray(0, 1000), publicKey, signature)
      return (performance.now() - begun) / VERIFICATIONS
    }
    const delays: number[] = []
    const { ours, ratio, load } = await compare(4, verifyMs, async () => {
      const took: number[] = []
      // Used again, it would count the verifications before as one long turn.
      const delay = monitorEventLoopDelay({ resolution: 1 })
      delay.enable()
      for (let run = 0; run < RUNS; run++) {
        const begun = performance.now()
        await diagnose(facts, keys, digestInTurns())
        took.push(performance.now() - begun)
        await nextTurn()
      }
      delay.disable()
      delays.push(delay.percentile(99) / 1e6)
      return median(took)
    })
    const longest = Math.max(...delays.slice(1)) // the first round is thrown away here too
    lines.push(line(`Diagnosis of ${name}`, '<= 50 ms', `${ours.toFixed(1)} ms`, ours <= 50))
    lines.push(line(`Diagnosis of ${name}, event loop p99`, '<= 50 ms', `${longest.toFixed(1)} ms`, longest <= 50))
    lines.push(`  as long as ${ratio.toFixed(0)} verifications, load ${load}`)
  }
  return lines
}

function made(bytes: number) {
  const pairs = KINDS.map((kind) => ({ kind, ...generateKeyPairSync('rsa', { modulusLength: 2048 }) }))
  const keys = pairs.map(({ kind, publicKey }, index): KnownKey => {
    return { kind, version: index + 1, publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64') }
  })
  const item = '{"name":"Größe","url":"https://shop.example/a","values":[1,2.0,{"b":true}]}'
  const count = Math.max(1, Math.floor((bytes - 2) / (utf8(item).length + 1)))
  const facts: Omit<CallFacts, 'signature'> = {
    method: 'POST',
    uri: '/aps/api/v1/payments/pay?a=1',
    host: 'sandbox.example',
    clientId: 'SANDBOX_5YC47N2ZQHJ004124',
    time: '2026-11-23T04:25:16.123Z',
    body: utf8(`[${Array.from({ length: count }, () => item).join()}]`),
    otherClientIds: ['5YC47N2ZQHJ004125'],
    otherTimes: [],
  }
  const [own] = pairs
  if (!own) throw new Error('There is no key.')
  const signature = sign('sha256', Buffer.from('something else'), own.privateKey).toString('base64')
  return { facts: { ...facts, signature: `signature=${encodeURIComponent(signature)}` }, keys, ...own }
}
