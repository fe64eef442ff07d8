/** The published vectors against our own code. They change only with the version of the scheme. */
import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseSignatureHeader } from '../../rules/signature.ts'
import { signMessage, verifyMessage } from '../../server/gateway/signing.ts'

type Vector = {
  id: string
  key: 'partner' | 'network'
  method: string
  uri: string
  clientId: string
  time: string
  bodyBase64: string
  header: string
  expect: 'verified' | 'refused'
}
const text = readFileSync(new URL('../vectors/signature.json', import.meta.url), 'utf8')
const { keys, vectors } = JSON.parse(text) as {
  keys: Record<string, { publicKey: string; privateKeyPem: string }>
  vectors: Vector[]
}
const publicKey = (name: string): KeyObject =>
  createPublicKey({ key: Buffer.from(keys[name]?.publicKey ?? '', 'base64'), format: 'der', type: 'spki' })

test.each(vectors)('$id', async (vector) => {
  const body = Buffer.from(vector.bodyBase64, 'base64')
  const header = parseSignatureHeader(vector.header)
  const verified = !('fault' in header) && verifyMessage(publicKey(vector.key), vector, body, header.signature)
  expect(verified).toBe(vector.expect === 'verified')
  if (vector.expect !== 'verified') return
  // PKCS#1 v1.5 has one signature for each text: ours is the vector's.
  const ours = parseSignatureHeader(
    await signMessage(createPrivateKey(keys[vector.key]?.privateKeyPem ?? ''), vector, body),
  )
  expect(ours).toMatchObject({ signature: 'signature' in header ? header.signature : '' })
})

test('are unchanged', () => {
  expect(vectors.filter((vector) => vector.expect === 'verified')).toHaveLength(9)
  expect(createHash('sha256').update(text).digest('hex')).toBe(
    '018dd5225a921ef8ac5e7aceb147bce41b927fcbb9fc7a8d652c30db589b5fd5',
  )
})
