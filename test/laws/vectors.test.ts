/** The published vectors against our own code. They change only with the version of the scheme. */
import { createHash, createPrivateKey, createPublicKey, type KeyObject, randomInt } from 'node:crypto'
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
const parsed = new Map(
  Object.entries(keys).map(([name, { publicKey }]) => [
    name,
    createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' }),
  ]),
)
const publicKey = (name: string): KeyObject => {
  const key = parsed.get(name)
  if (!key) throw new Error(`There is no key ${name}.`)
  return key
}

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

test('of 100,000 changed messages none is accepted', () => {
  const right = vectors.filter((vector) => vector.expect === 'verified' && vector.bodyBase64 !== '')
  let accepted = 0
  for (let i = 0; i < 100_000; i++) {
    const vector = right[i % right.length]
    const header = parseSignatureHeader(vector?.header)
    if (!vector || 'fault' in header) throw new Error('a right vector cannot be read')
    const [message, signature] = changed(vector, Buffer.from(header.signature, 'base64'))
    if (verifyMessage(publicKey(vector.key), message, message.body, signature.toString('base64'))) accepted++
  }
  expect(accepted).toBe(0)
})

/** One bit, somewhere: in the body, the signature, the address, the client id or the time. */
function changed(vector: Vector, signature: Buffer): [Vector & { body: Buffer }, Buffer] {
  const body = Buffer.from(vector.bodyBase64, 'base64')
  const place = randomInt(5)
  if (place === 0) return [{ ...vector, body: flipped(body) }, signature]
  if (place === 1) return [{ ...vector, body }, flipped(signature)]
  const name = (['uri', 'clientId', 'time'] as const)[place - 2] ?? 'uri'
  return [{ ...vector, [name]: flipped(Buffer.from(vector[name])).toString('latin1'), body }, signature]
}

function flipped(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes)
  const at = randomInt(copy.length)
  // The low seven bits only: a text stays one byte a character.
  copy[at] = (copy[at] ?? 0) ^ (1 << randomInt(7))
  return copy
}
