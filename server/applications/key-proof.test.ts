/** The proof of a replacement in the sandbox; that of production is tested there, by the same code. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { getSandbox, setSandboxKey } from '../../contract/applications.ts'
import { listAudit } from '../../contract/audit.ts'
import { challengeSandboxKey, proveSandboxKey, restoreSandboxKey, retireSandboxKey } from '../../contract/keys.ts'
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
  for (const signature of [
    signText(text, newPair().privateKey),
    signText(text, made.server.privateKey),
    signText(`${text}\n`, pair.privateKey),
    'no base64!',
  ])
    expect((await prove(signature)).body).toMatchObject({ code: 'key.proof_wrong' })
  expect((await prove(signText(text, pair.privateKey), 1)).body).toMatchObject({ code: 'key.not_waiting' })
  expect((await prove(signText(text, pair.privateKey), 3)).status).toBe(404)
  expect(await states()).toEqual([
    [2, 'waiting'],
    [1, 'active'],
  ])
})

test('a text is over with a new one, with the key that it was made for, and with its time', async () => {
  const [pair, other] = [newPair(), newPair()]
  const first = await replaceWith(pair)
  await made.developer.do(challengeSandboxKey, { params: version(2) })
  expect((await prove(signText(first, pair.privateKey))).body).toMatchObject({ code: 'key.proof_wrong' })
  const { keys } = await made.developer.do(getSandbox, { params: params() })
  const second = keys[0]?.challenge?.text ?? ''
  expect(second).not.toBe(first)
  const third = await replaceWith(other)
  expect((await prove(signText(second, pair.privateKey))).body).toMatchObject({ code: 'key.proof_wrong' })
  // In two steps: an idle session would end with the text.
  for (const part of [0.5, 0.5]) {
    center.clock.forward(KEY_PROOF.seconds * part)
    await states()
  }
  const { keys: late } = await made.developer.do(getSandbox, { params: params() })
  expect(late[0]).toMatchObject({ state: 'waiting', challenge: null })
  expect((await prove(signText(third, other.privateKey))).body).toMatchObject({ code: 'key.proof_unknown' })
})

test('what was retired unproved and taken back has a new text', async () => {
  const pair = newPair()
  const text = await replaceWith(pair)
  await made.developer.do(retireSandboxKey, { params: version(2), body: { evenIfUsed: false } })
  expect((await prove(signText(text, pair.privateKey))).body).toMatchObject({ code: 'key.not_waiting' })
  const { keys } = await made.developer.do(restoreSandboxKey, { params: version(2) })
  expect(keys[0]?.challenge?.text).not.toBe(text)
  expect((await prove(signText(keys[0]?.challenge?.text ?? '', pair.privateKey))).status).toBe(200)
})
