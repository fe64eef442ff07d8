/** Calls written byte by byte, in every form that public client libraries send: each verifies, and with one byte changed none does. */
import { randomInt, randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeIntegration } from '../../test/make.ts'
import { cashierOrder } from '../../test/partner.ts'
import { type Center, startCenter } from '../../test/start.ts'

let center: Center
let made: Awaited<ReturnType<typeof makeIntegration>>
beforeAll(async () => {
  center = await startCenter({ config: { rateFactor: 100 } })
  made = await makeIntegration(center, { notify: false })
})
afterAll(async () => {
  await made.server.close()
  await center.close()
})

type Form = {
  /** What is signed as the URI; what stands in the request line where that is another. */
  uri: string
  target: string
  time: string
  body: Buffer
  /** The header lines, in their order, made from the base64 of the signature. */
  headers(signature: string): string[]
}

const host = () => new URL(center.origin).host
const encoded = encodeURIComponent
const signatureLine = (signature: string) => `Signature: algorithm=RSA256,keyVersion=1,signature=${encoded(signature)}`

function form(change: Partial<Form> = {}): Form {
  const uri = change.uri ?? '/aps/api/v1/payments/pay'
  const time = change.time ?? '2026-11-25T08:51:49.090Z'
  return {
    uri,
    target: uri,
    time,
    body: Buffer.from(JSON.stringify(cashierOrder())),
    headers: (signature) => [
      `Client-Id: ${made.sandbox.clientId}`,
      `Request-Time: ${time}`,
      signatureLine(signature),
      'Content-Type: application/json; charset=UTF-8',
    ],
    ...change,
  }
}

function signatureOf({ uri, time, body }: Form): string {
  return made.server.sign(Buffer.concat([Buffer.from(`POST ${uri}\n${made.sandbox.clientId}.${time}.`), body]))
}

function send({ target, body, headers }: Form, signature: string): Promise<{ head: string; code: string }> {
  const lines = [
    `POST ${target} HTTP/1.1`,
    `Host: ${host()}`,
    ...headers(signature),
    `Content-Length: ${body.length}`,
    'Connection: close',
  ]
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(center.origin)
    const socket = connect(Number(port), hostname)
    const chunks: Buffer[] = []
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', reject)
    socket.on('end', () => {
      const [head = '', answer = ''] = Buffer.concat(chunks).toString('utf8').split('\r\n\r\n')
      resolve({ head, code: /"resultCode":"([A-Z_]+)"/.exec(answer)?.[1] ?? head })
    })
    socket.write(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), body]))
  })
}

const order = (change: Record<string, unknown> = {}) => cashierOrder(change)
/** As PHP writes JSON: slashes and everything beyond ASCII are escaped. */
const asPhp = (value: unknown) =>
  JSON.stringify(value)
    .replaceAll('/', '\\/')
    .replace(/[^\0-\x7f]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)

const lines = (
  change: (signature: string) => Record<string, string | undefined>,
  time = '2026-11-25T08:51:49.090Z',
) => ({
  time,
  headers: (signature: string) =>
    Object.entries({
      'Client-Id': made.sandbox.clientId,
      'Request-Time': time,
      Signature: `algorithm=RSA256,keyVersion=1,signature=${encoded(signature)}`,
      'Content-Type': 'application/json; charset=UTF-8',
      ...change(signature),
    }).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`])),
})

const FORMS: Record<string, () => Partial<Form>> = {
  'as the documents show it': () => ({}),
  'header names in capitals': () => ({
    headers: (signature) =>
      form()
        .headers(signature)
        .map((line) => line.replace(/^[^:]+/, (name) => name.toUpperCase())),
  }),
  'header names in small letters, in another order': () => ({
    headers: (signature) =>
      form()
        .headers(signature)
        .reverse()
        .map((line) => line.replace(/^[^:]+/, (name) => name.toLowerCase())),
  }),
  'blanks after the commas': () =>
    lines((signature) => ({ Signature: `algorithm=RSA256, keyVersion=1, signature=${encoded(signature)}` })),
  'blanks around everything': () =>
    lines((signature) => ({ Signature: `  algorithm = RSA256 ,keyVersion= 1 , signature =${encoded(signature)}  ` })),
  'the parts in another order': () =>
    lines((signature) => ({ Signature: `signature=${encoded(signature)},keyVersion=1,algorithm=RSA256` })),
  'the algorithm in small letters': () =>
    lines((signature) => ({ Signature: `algorithm=rsa256,keyVersion=1,signature=${encoded(signature)}` })),
  'no keyVersion': () => lines((signature) => ({ Signature: `algorithm=RSA256,signature=${encoded(signature)}` })),
  'no algorithm': () => lines((signature) => ({ Signature: `keyVersion=1,signature=${encoded(signature)}` })),
  'the base64 in lower-case hex, as .NET encodes it': () =>
    lines((signature) => ({
      Signature: `algorithm=RSA256,keyVersion=1,signature=${encoded(signature).replace(/%../g, (hex) => hex.toLowerCase())}`,
    })),
  'the base64 not encoded': () =>
    lines((signature) => ({ Signature: `algorithm=RSA256,keyVersion=1,signature=${signature}` })),
  'an empty agent-token and the headers of Go': () =>
    lines(() => ({ 'agent-token': '', 'SDK-VERSION': '1.4.3', 'Key-Version': '1' })),
  'the headers of PHP and Java': () =>
    lines(() => ({ 'User-Agent': 'global-open-sdk-php/1.5.5', 'X-sdkVersion': '2.0' })),
  'Accept-Encoding: gzip': () => lines(() => ({ 'Accept-Encoding': 'gzip' })),
  'no Content-Type': () => lines(() => ({ 'Content-Type': undefined })),
  'the Content-Type without a charset': () => lines(() => ({ 'Content-Type': 'application/json' })),
  'the Content-Type in another case': () => lines(() => ({ 'Content-Type': 'Application/JSON;charset=utf-8' })),
  ...Object.fromEntries(
    [
      '1795407919264',
      '2026-11-23T04:25:16+00:00',
      '2026-11-23T04:25:15+0000',
      '2026-11-23T04:25:17Z',
      '2026-11-23T04:25:17.1234567Z',
      '2025-02-20T08:51:49.09Z',
      '2025-02-20T16:51:49+08:00',
      '2025-02-20T14:21:49.123+05:30',
    ].map((time) => [`the time ${time}`, () => lines(() => ({}), time)]),
  ),
  'an absolute-form target': () => ({ target: `${center.origin}/aps/api/v1/payments/pay` }),
  'an absolute-form target of another host': () => ({ target: 'https://open-sea.example/aps/api/v1/payments/pay' }),
  'a query string': () => ({ uri: '/aps/api/v1/payments/pay?trace=1&x=%20y' }),
  'an absolute-form target with a query string': () => ({
    uri: '/aps/api/v1/payments/pay?a=b',
    target: `${center.origin}/aps/api/v1/payments/pay?a=b`,
  }),
  'pretty JSON, three blanks deep, as Python writes it': () => ({
    body: Buffer.from(JSON.stringify(order(), null, 3)),
  }),
  'escaped slashes and Unicode, as PHP writes them': () => ({
    body: Buffer.from(asPhp(order({ note: 'naïve / 中文 / 😀' }))),
  }),
  'four-byte characters': () => ({ body: Buffer.from(JSON.stringify(order({ note: '𝄞 😀 中' }))) }),
  'a line feed at the end': () => ({ body: Buffer.from(`${JSON.stringify(order())}\n`) }),
  'booleans as text, numbers as numbers': () => ({
    body: Buffer.from(
      JSON.stringify(
        order({ paymentFactor: { isCashierPayment: 'true' }, paymentAmount: { currency: 'USD', value: 1999 } }),
      ),
    ),
  }),
  'null for what is left out': () => ({
    body: Buffer.from(JSON.stringify(order({ paymentRedirectUrl: null, paymentExpiryTime: null }))),
  }),
}

const traces = new Set<string | undefined>([undefined])

describe.each(Object.entries(FORMS))('%s', (_name, change) => {
  test('verifies, and is answered with three lower-case headers that every client can read', async () => {
    const call = form(change())
    const { head, code } = await send(call, signatureOf(call))
    expect(code).toBe('PAYMENT_IN_PROCESS')
    expect(head).toMatch(/^HTTP\/1\.1 200 /)
    expect(head).toContain(`\r\nclient-id: ${made.sandbox.clientId}\r\n`)
    expect(head).toMatch(/\r\nresponse-time: \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\r\n/)
    expect(head).toMatch(/\r\nsignature: algorithm=RSA256,keyVersion=1,signature=[A-Za-z0-9%]+\r\n/)
    expect(head).toMatch(/\r\ncontent-type: application\/json/)
    expect(head).not.toMatch(/content-encoding/i)
    const trace = /\r\ntracerid: ([\w-]{36})\r\n/.exec(head)?.[1]
    expect(traces).not.toContain(trace)
    traces.add(trace)
  })

  test('with one byte changed, in the body, the time or the path, never does', async () => {
    const call = form(change())
    const signature = signatureOf(call)
    const at = randomInt(call.body.length)
    const body = Buffer.from(call.body)
    body[at] = (body[at] ?? 0) ^ (1 << randomInt(7))
    const later = {
      ...call,
      headers: (text: string) => call.headers(text).map((line) => line.replace(/^(request-time: .*)(.)$/i, '$11')),
    }
    const same = (one: Form) =>
      one.headers('').join() === call.headers('').join() && one.body.equals(call.body) && one.target === call.target
    for (const wrong of [
      { ...call, body },
      later,
      { ...call, target: `${call.target}${call.target.includes('?') ? '&' : '?'}` },
    ]) {
      if (same(wrong)) continue
      const { head, code } = await send(wrong, signature)
      expect(code, `byte ${at}`).toBe('INVALID_SIGNATURE')
      expect(head).not.toMatch(/\r\nsignature:/i)
    }
  })
})

test('a signature of other content verifies nowhere, whatever is tried with it', async () => {
  const call = form()
  const signature = signatureOf(call)
  for (const prefix of ['/ams/api/v1/', '/ams/sandbox/api/v1/']) {
    expect((await send({ ...call, target: `${prefix}payments/pay` }, signature)).code).toBe('INVALID_SIGNATURE')
  }
  expect((await send(form(), signature)).code).toBe('INVALID_SIGNATURE')
  expect((await send(call, signatureOf(form({ time: randomUUID() })))).code).toBe('INVALID_SIGNATURE')
})
