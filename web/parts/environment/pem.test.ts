import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { looksPrivate, toPem } from './pem.ts'

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })

test.each(['pkcs1', 'pkcs8'] as const)('a private key in %s is recognised as PEM, as base64 and cut short', (type) => {
  const base64 = privateKey.export({ type, format: 'der' }).toString('base64')
  expect(looksPrivate(privateKey.export({ type, format: 'pem' }).toString())).toBe(true)
  expect(looksPrivate(base64)).toBe(true)
  expect(looksPrivate(`\n  ${base64.slice(0, 300)}`)).toBe(true)
})

test('a private key as JWK is recognised', () => {
  expect(looksPrivate(JSON.stringify(privateKey.export({ format: 'jwk' })))).toBe(true)
})

test.each(['pkcs1', 'spki'] as const)('a public key in %s is not taken for a private one', (type) => {
  expect(looksPrivate(publicKey.export({ type, format: 'pem' }).toString())).toBe(false)
  expect(looksPrivate(publicKey.export({ type, format: 'der' }).toString('base64'))).toBe(false)
})

test.each(['', 'hello', '%%%', 'MII'])('%j is not a private key', (text) => {
  expect(looksPrivate(text)).toBe(false)
})

test('our PEM is the one that other tools write', () => {
  const base64 = publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
  expect(toPem('PUBLIC KEY', base64)).toBe(publicKey.export({ type: 'spki', format: 'pem' }).toString())
})
