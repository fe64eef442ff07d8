import { createVerify, generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { readKey } from './pasted-key.ts'

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const spki = publicKey.export({ type: 'spki', format: 'der' }).toString('base64')

test.each(['pkcs1', 'spki'] as const)('a public key is read: %s', async (type) => {
  for (const text of [
    publicKey.export({ type, format: 'pem' }).toString(),
    publicKey.export({ type, format: 'der' }).toString('base64'),
  ])
    expect(await readKey(text)).toEqual({ publicKey: spki, sign: undefined })
})

test.each(['pkcs1', 'pkcs8'] as const)(
  'of a private key the public half is worked out, and it signs: %s',
  async (type) => {
    for (const text of [
      privateKey.export({ type, format: 'pem' }).toString(),
      privateKey.export({ type, format: 'der' }).toString('base64'),
    ]) {
      const key = await readKey(text)
      expect(key?.publicKey).toBe(spki)
      const signature = await key?.sign?.(new TextEncoder().encode('a text'))
      expect(
        createVerify('sha256')
          .update('a text')
          .verify(publicKey, signature ?? new Uint8Array()),
      ).toBe(true)
    }
  },
)

test('what is no RSA key is none', async () => {
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const secret = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' } as const
  for (const text of [
    ...['', 'MIIB', 'a text', '{"kty":"RSA"}', 'x'.repeat(10_000)],
    ec.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    ec.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    privateKey.export(secret).toString(),
  ])
    expect(await readKey(text)).toBeUndefined()
})
