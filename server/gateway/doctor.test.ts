import { type KeyObject, sign } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setSandboxKey } from '../../contract/applications.ts'
import { diagnoseExchange } from '../../contract/diagnosis.ts'
import { getExchange, listExchanges } from '../../contract/log.ts'
import { getProduction, setProductionKey } from '../../contract/production.ts'
import type { HypothesisId } from '../../rules/diagnosis.ts'
import { DOCTOR } from '../../rules/limits.ts'
import { pathOf } from '../../test/browser.ts'
import { proveReplacement } from '../../test/launch.ts'
import { makeApplication, makeIntegration } from '../../test/make.ts'
import { cashierOrder, newPair } from '../../test/partner.ts'
import { plant } from '../../test/secrets.ts'
import { type Center, startCenter } from '../../test/start.ts'

let center: Center
let made: Awaited<ReturnType<typeof makeIntegration>>
let params: { applicationId: string }
const production = newPair()
const other = newPair()
let productionId = ''
let otherName = ''
beforeAll(async () => {
  center = await startCenter()
  made = await makeIntegration(center)
  params = { applicationId: made.application.id }
  const { developer } = made
  productionId = (await developer.do(getProduction, { params })).clientId
  await developer.do(setProductionKey, { params, body: { publicKey: production.publicKey } })
  const application = await makeApplication(developer)
  otherName = application.name
  await developer.do(setSandboxKey, { params: { applicationId: application.id }, body: { publicKey: other.publicKey } })
})
afterAll(async () => {
  await made.server.close()
  await center.close()
})

const PATH = '/aps/api/v1/payments/pay'
type Sent = {
  uri?: string
  body?: string
  /** What is signed, of what is sent. */
  text?: (sent: { uri: string; time: string; body: string; clientId: string }) => string
  key?: KeyObject
  hash?: string
  header?: (base64: string) => string
}

/** Sends a call that is signed in this way, and returns what the log has of it. */
async function send({ uri = PATH, body = JSON.stringify(cashierOrder()), text, key, hash = 'sha256', header }: Sent) {
  const { server, developer } = made
  const time = new Date().toISOString()
  const facts = { uri, time, body, clientId: server.clientId }
  const signed = text ? text(facts) : `POST ${uri}\n${server.clientId}.${time}.${body}`
  const base64 = sign(hash, Buffer.from(signed), key ?? server.privateKey).toString('base64')
  const signature = header ? header(base64) : `algorithm=RSA256,keyVersion=1,signature=${encodeURIComponent(base64)}`
  await server.call('', {}, { path: uri, body, headers: { 'request-time': time, signature } })
  return { signed, ...(await newest(developer)) }
}

async function newest(developer = made.developer) {
  const { items } = await developer.do(listExchanges, { params, query: { limit: 1 } })
  return { exchangeId: items[0]?.id ?? '', cause: items[0]?.cause ?? null }
}

const diagnose = (exchangeId: string) => made.developer.do(diagnoseExchange, { params: { ...params, exchangeId } })
const text = (base64: string | null) => Buffer.from(base64 ?? '', 'base64').toString('utf8')
const signedWith =
  (change: Partial<{ uri: string; time: string; body: string; clientId: string }>) => (sent: object) => {
    const { uri, time, body, clientId } = {
      ...(sent as { uri: string; time: string; body: string; clientId: string }),
      ...change,
    }
    return `POST ${uri}\n${clientId}.${time}.${body}`
  }

describe('the Signature Doctor on a recorded call', () => {
  test.each<[HypothesisId, () => Sent]>([
    ['body.newline_added', () => ({ text: (sent) => signedWith({ body: `${sent.body}\n` })(sent) })],
    ['body.pretty', () => ({ body: '{"a":1.0}', text: signedWith({ body: '{\n  "a": 1.0\n}' }) })],
    ['body.unicode_escaped', () => ({ body: '{"a":"ü"}', text: signedWith({ body: '{"a":"\\u00fc"}' }) })],
    ['body.empty', () => ({ text: signedWith({ body: '' }) })],
    ['method.case', () => ({ text: (sent) => signedWith({})(sent).replace('POST', 'post') })],
    ['path.with_host', () => ({ text: signedWith({ uri: `${center.origin}${PATH}` }) })],
    ['path.without_prefix', () => ({ text: signedWith({ uri: '/payments/pay' }) })],
    ['query.missing', () => ({ uri: `${PATH}?a=1`, text: signedWith({ uri: PATH }) })],
    ['client.other', () => ({ text: signedWith({ clientId: productionId }) })],
    ['time.other_form', () => ({ text: (sent) => signedWith({ time: String(Date.parse(sent.time)) })(sent) })],
    ['algorithm.sha1', () => ({ hash: 'sha1' })],
    ['key.production', () => ({ key: production.privateKey })],
    ['key.other_application', () => ({ key: other.privateKey })],
    ['encoding.twice', () => ({ header: (base64) => `signature=${encodeURIComponent(encodeURIComponent(base64))}` })],
  ])('names %s', async (id, wrong) => {
    const { exchangeId, signed } = await send(wrong())
    const found = await diagnose(exchangeId)
    expect(found).toMatchObject({ verdict: 'named', named: [id] })
    expect(text(found.signed)).toBe(signed)
    const { signedText } = await made.developer.do(getExchange, { params: { ...params, exchangeId } })
    if (signedText !== null) expect(text(found.received)).toBe(signedText)
    expect(found.key?.application ?? null).toBe(id === 'key.other_application' ? otherName : null)
  })

  test("names the network's own signature, sent back", async () => {
    const { server } = made
    const answer = await server.pay()
    await server.call(
      'payments/pay',
      {},
      {
        body: answer.raw,
        headers: {
          'request-time': answer.headers.get('response-time') ?? '',
          signature: answer.headers.get('signature') ?? '',
        },
      },
    )
    expect(await diagnose((await newest()).exchangeId)).toMatchObject({
      named: ['key.center'],
      key: { kind: 'center' },
    })
  })

  test('says what is certain, and no more', async () => {
    const unknown = await send({ text: () => 'something else' })
    expect(await diagnose(unknown.exchangeId)).toMatchObject({
      ...{ verdict: 'string', named: [], signed: null, hash: 'SHA-256', key: { kind: 'own', version: 1 } },
    })
    const stranger = await send({ key: newPair().privateKey })
    expect(await diagnose(stranger.exchangeId)).toMatchObject({ verdict: 'key', named: [], key: null })
    const none = await send({ header: () => 'algorithm=RSA256,keyVersion=1,signature=%%%' })
    expect(await diagnose(none.exchangeId)).toMatchObject({ verdict: 'unreadable', named: [] })
  })

  test('names a key that was set later, and one that is retired', async () => {
    const { developer, server } = made
    const [second, third] = [newPair(), newPair()]
    const before = await send({ key: second.privateKey })
    await developer.do(setSandboxKey, { params, body: { publicKey: second.publicKey } })
    expect(await diagnose(before.exchangeId)).toMatchObject({ named: ['key.later'], key: { version: 2 } })

    const early = await send({ key: second.privateKey })
    expect(early.cause).toBe('key.not_proved')
    expect(await diagnose(early.exchangeId)).toMatchObject({ named: ['key.waiting'], key: { version: 2 } })
    await proveReplacement(developer, made.application.id, second.privateKey)
    expect(await diagnose(early.exchangeId)).toMatchObject({ named: ['key.waiting'], key: { version: 2 } })
    await developer.do(setSandboxKey, { params, body: { publicKey: third.publicKey } })
    await proveReplacement(developer, made.application.id, third.privateKey)
    const retired = await send({})
    expect(retired.cause).toBe('key.version_unknown')
    expect(await diagnose(retired.exchangeId)).toMatchObject({ named: ['key.retired'], key: { version: 1 } })
    // The tests behind this one go on with a key that is good.
    Object.assign(server, { privateKey: third.privateKey })
  })

  test('has nothing to say of a call that is right, and does not look at one that is too large', async () => {
    const { developer } = made
    const ask = (exchangeId: string) => developer.call(diagnoseExchange, { params: { ...params, exchangeId } })
    expect((await ask((await send({})).exchangeId)).body.code).toBe('diagnosis.not_refused')
    const large = JSON.stringify({ a: 'x'.repeat(DOCTOR.bodyBytes) })
    expect((await ask((await send({ body: large, text: () => 'x' })).exchangeId)).body.code).toBe('diagnosis.too_large')
    const most = JSON.stringify({ a: 'x'.repeat(DOCTOR.bodyBytes - 8) })
    expect((await ask((await send({ body: most, text: () => 'x' })).exchangeId)).body).toMatchObject({
      verdict: 'string',
    })
  })
})

describe('a private key in a call', () => {
  const secret = () => {
    const { privateKey } = newPair()
    const base64 = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')
    for (const at of [100, 200, 300, 500]) plant('private key', base64.slice(at, at + 60))
    return {
      base64,
      pem: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
      inLine: `-----BEGIN PRIVATE KEY-----${base64}-----END PRIVATE KEY-----`,
    }
  }

  test.each<[string, () => Sent]>([
    ['in the body', () => ({ body: JSON.stringify(cashierOrder({ note: secret().pem })) })],
    ['in the body, without its frame', () => ({ body: JSON.stringify({ key: secret().base64 }) })],
    ['in a body that is not JSON', () => ({ body: secret().pem })],
    ['in the query', () => ({ uri: `${PATH}?key=${encodeURIComponent(secret().inLine)}` })],
    ['in the path', () => ({ uri: `/aps/api/v1/${encodeURIComponent(secret().base64)}` })],
    ['for a signature', () => ({ header: () => `signature=${secret().inLine}` })],
  ])('is refused and not kept: %s', async (_where, sent) => {
    const { exchangeId, cause } = await send(sent())
    expect(cause).toBe('call.private_key')
    const kept = await made.developer.do(getExchange, { params: { ...params, exchangeId } })
    expect(kept).toMatchObject({ resultCode: 'PARAM_ILLEGAL', signature: 'absent', request: { body: '' } })
    // That no table and no log holds it is looked for when the center closes.
    expect(JSON.stringify(kept)).not.toMatch(/BEGIN|IBADANBg/)
  })

  test('is refused by the console wherever it is pasted, and the person is told to replace it', async () => {
    const { developer, application } = made
    const { pem, base64 } = secret()
    const say = async (method: string, path: string, body?: unknown) => {
      const { status, body: answer } = await developer.send<{ remedy?: string }>(method, path, body)
      expect(answer).toMatchObject({
        code: 'request.private_key',
        remedy: expect.stringMatching(/^Replace this pair now/),
      })
      expect(status).toBe(422)
    }
    const log = `/api${pathOf(listExchanges.path, { applicationId: application.id })}`
    await say('GET', `${log}?search=${encodeURIComponent(pem.slice(0, 60))}`)
    await say('PATCH', `/api/applications/${application.id}`, { name: 'A name', description: pem })
    await say('PATCH', `/api/applications/${application.id}`, { name: base64, description: '' })
    await say('POST', '/api/applications', `{"description":${JSON.stringify(pem)}`)
  })

  test('is told exactly what it was where a key is asked for', async () => {
    const { pem } = secret()
    const refused = await made.developer.call(setSandboxKey, { params, body: { publicKey: pem } })
    expect(refused.body).toMatchObject({ code: 'key.private', fields: [{ message: 'It is a private key in PKCS#8.' }] })
  })
})

test('a diagnosis is rationed', async () => {
  const strict = await startCenter({ config: { rateFactor: 1 } })
  const { developer, application, server } = await makeIntegration(strict)
  await server.pay({}, { body: '{}' })
  const ofStrict = { applicationId: application.id }
  const { items } = await developer.do(listExchanges, { params: ofStrict, query: {} })
  const ask = () => developer.call(diagnoseExchange, { params: { ...ofStrict, exchangeId: items[0]?.id ?? '' } })
  const replies = await Promise.all(Array.from({ length: DOCTOR.burst + 10 }, ask))
  const refused = replies.filter(({ status }) => status !== 200)
  expect(refused.length).toBeGreaterThan(0)
  for (const { body, headers } of refused)
    expect([body.code, headers.get('retry-after')]).toEqual(['diagnosis.too_many', '5'])
  await server.close()
  await strict.close()
})
