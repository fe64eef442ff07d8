/** The proof of a replacement in the sandbox; that of production is tested there, by the same code. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { getSandbox, setSandboxKey } from '../../contract/applications.ts'
import { listAudit } from '../../contract/audit.ts'
import { challengeSandboxKey, proveSandboxKey } from '../../contract/keys.ts'
import { KEY_PROOF } from '../../rules/limits.ts'
import { signText } from '../../test/launch.ts'
import { makeIntegration } from '../../test/make.ts'
import { newPair } from '../../test/partner.ts'
import { type Center, startCenter } from '../../test/start.ts'

let center: Center
let made: Awaited<ReturnType<typeof makeIntegration>>
beforeAll(async () => {
  center = await startCenter()
})
beforeEach(async () => {
  made = await makeIntegration(center, { notify: false })
  return () => made.server.close()
})
afterAll(() => center.close())

const params = () => ({ applicationId: made.application.id })
const version = (number: number) => ({ ...params(), version: number })
const replaceWith = async ({ publicKey }: { publicKey: string }) => {
  const { keys } = await made.developer.do(setSandboxKey, { params: params(), body: { publicKey } })
  return keys[0]?.challenge?.text ?? ''
}
const prove = (signature: string, number = 2) =>
  made.developer.call(proveSandboxKey, { params: version(number), body: { signature } })
const states = async () =>
  (await made.developer.do(getSandbox, { params: params() })).keys.map(({ version, state }) => [version, state])

test('a signature of the text makes it active, once, with line breaks or without', async () => {
  const pair = newPair()
  const text = await replaceWith(pair)
  expect(text).toMatch(new RegExp(`^slipway-key-proof:${made.sandbox.clientId}:2:[\\w-]{43}$`))
  const signature = signText(text, pair.privateKey).replace(/(.{64})/g, '$1\n')
  const replies = await Promise.all([prove(signature), prove(signature)])
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 409])
  expect(await states()).toEqual([
    [2, 'active'],
    [1, 'active'],
  ])
  expect((await made.developer.do(getSandbox, { params: params() })).keys[0]?.challenge).toBeNull()
  const { items } = await made.developer.do(listAudit, { query: { action: 'sandbox.key_proved' } })
  expect(items).toMatchObject([{ object: { id: made.application.id } }])
})

test('another signature proves nothing: of another key, another text, the first key, or none at all', async () => {
  const pair = newPair()
  const text = await replaceWith(pair)
  const wrong = { code: 'key.proof_wrong', fields: [{ path: 'body.signature' }] }
  for (const signature of [
    signText(text, newPair().privateKey),
    signText(text, made.server.privateKey),
    signText(`${text}\n`, pair.privateKey),
    'no base64!',
  ])
    expect((await prove(signature)).body).toMatchObject({ code: wrong.code })
  expect((await prove(signText(text, pair.privateKey), 1)).body).toMatchObject({ code: 'key.not_waiting' })
  expect((await prove(signText(text, pair.privateKey), 3)).status).toBe(404)
  expect(await states()).toEqual([
    [2, 'waiting'],
    [1, 'active'],
  ])
})

test('a text is over with its time, with a new one, and with the key that it was made for', async () => {
  const [pair, other] = [newPair(), newPair()]
  const first = await replaceWith(pair)
  await made.developer.do(challengeSandboxKey, { params: version(2) })
  expect((await prove(signText(first, pair.privateKey))).body).toMatchObject({ code: 'key.proof_wrong' })
  const { keys } = await made.developer.do(getSandbox, { params: params() })
  const second = keys[0]?.challenge?.text ?? ''
  expect(second).not.toBe(first)
  center.clock.forward(KEY_PROOF.seconds - 60)
  await replaceWith(other)
  expect((await prove(signText(second, pair.privateKey))).body).toMatchObject({ code: 'key.proof_wrong' })
  await replaceWith(pair)
  center.clock.forward(60)
  await made.developer.do(getSandbox, { params: params() })
  center.clock.forward(KEY_PROOF.seconds - 120)
  await made.developer.do(getSandbox, { params: params() })
  center.clock.forward(120)
  const late = (await made.developer.do(getSandbox, { params: params() })).keys[0]
  expect(late).toMatchObject({ state: 'waiting', challenge: null })
  expect((await prove('AAAA')).body).toMatchObject({ code: 'key.proof_unknown' })
})
