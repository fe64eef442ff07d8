import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { holdsPrivateKey, PRIVATE_KEY_SIGNS } from './private-key.ts'

const pair = (modulusLength: number) => generateKeyPairSync('rsa', { modulusLength })

describe('a private key in a text', () => {
  const found = [2048, 3072, 4096].flatMap((bits) => {
    const { privateKey } = pair(bits)
    return (['pkcs8', 'pkcs1'] as const).flatMap((type) => [
      privateKey.export({ format: 'pem', type }).toString(),
      privateKey.export({ format: 'der', type }).toString('base64'),
      JSON.stringify({ a: [{ key: privateKey.export({ format: 'pem', type }) }] }),
    ])
  })
  const secret = { format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'x' } as const
  test.each([
    ...found,
    pair(2048).privateKey.export(secret).toString(),
    generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'pem', type: 'sec1' }).toString(),
    'note: -----BEGIN OPENSSH PRIVATE KEY-----',
    '-----BEGIN PGP PRIVATE KEY BLOCK-----',
  ])('is found: %#', (text) => {
    expect(holdsPrivateKey(text)).toBe(true)
    expect(PRIVATE_KEY_SIGNS.some((sign) => text.includes(sign))).toBe(true)
  })

  test('is not seen in what is public, or only speaks of one', () => {
    for (const bits of [2048, 4096]) {
      const { publicKey } = pair(bits)
      for (const type of ['spki', 'pkcs1'] as const) {
        expect(holdsPrivateKey(publicKey.export({ format: 'pem', type }).toString())).toBe(false)
        expect(holdsPrivateKey(publicKey.export({ format: 'der', type }).toString('base64'))).toBe(false)
      }
    }
    expect(holdsPrivateKey('Keep your PRIVATE KEY private.')).toBe(false)
  })
})
