/** P6: a signed inquiry with a signed answer, which writes nothing but its evidence, against what openssl can verify and sign. */
import { createSign } from 'node:crypto'
import { cashierOrder } from '../test/partner.ts'
import { opensslCeiling } from './ceiling.ts'
import { openBenchCenter } from './center.ts'
import { compare, line, median } from './protocol.ts'
import { ROUNDS, wrk } from './wrk.ts'

const URI = '/aps/api/v1/payments/inquiryPayment'

export async function benchInquiry(): Promise<string[]> {
  const center = await openBenchCenter()
  const order = cashierOrder()
  await center.server.pay(order)
  const body = JSON.stringify({ paymentRequestId: order.paymentRequestId })
  const { clientId, privateKey } = center.server
  const time = new Date().toISOString()
  const text = `POST ${URI}\n${clientId}.${time}.${body}`
  const signature = encodeURIComponent(createSign('RSA-SHA256').update(text).sign(privateKey, 'base64'))
  // The time of a call is not checked (decisions/0006), so that one signature will do for all.
  const headers = {
    'client-id': clientId,
    'request-time': time,
    signature: `algorithm=RSA256,keyVersion=1,signature=${signature}`,
    'content-type': 'application/json; charset=UTF-8',
  }
  const request = { url: `${center.origin}${URI}`, method: 'POST', headers, body }
  await ensureAnswered(request)
  const slowest: number[] = []
  const measured = await compare(
    ROUNDS,
    async () => opensslCeiling(),
    async () => {
      const { perSecond, p99Ms } = wrk(request, 32)
      slowest.push(p99Ms)
      return perSecond
    },
  )
  await center.close()
  const words = `${measured.ours.toFixed(0)}/s of ${measured.baseline.toFixed(0)}/s = ${measured.ratio.toFixed(2)}, p99 ${median(slowest.slice(1)).toFixed(0)} ms`
  return [
    line('P6 signed inquiry, one core', '>= 0.60 of openssl', words, measured.void ? 'void' : measured.ratio >= 0.6),
    `  load average ${measured.load}`,
  ]
}

/** A refused call has status 200 as well. */
async function ensureAnswered({
  url,
  method,
  headers,
  body,
}: {
  url: string
  method: string
  headers: Record<string, string>
  body: string
}) {
  const response = await fetch(url, { method, headers, body })
  const text = await response.text()
  if (!text.includes('"paymentRequestId"')) throw new Error(`The inquiry was refused: ${text}`)
}
