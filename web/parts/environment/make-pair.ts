import { toPem } from './pem.ts'
import { type PrivateKey, readPrivateKey } from './private-key.ts'
import { saveText } from './save-text.ts'

const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
  hash: 'SHA-256',
} as const

/** The public key as PEM; the private one as it can be signed with, and no longer be read. */
export type Pair = { publicPem: string; privateKey: PrivateKey }

/** Makes a pair and saves the private key to disk. */
export async function makePair(fileName: string): Promise<Pair> {
  const pair = await crypto.subtle.generateKey(RSA, true, ['sign', 'verify'])
  const privatePem = toPem('PRIVATE KEY', base64(await crypto.subtle.exportKey('pkcs8', pair.privateKey)))
  const privateKey = await readPrivateKey(privatePem)
  if (typeof privateKey === 'string') throw new Error('The browser cannot read the key that it has made.')
  saveText(fileName, 'application/x-pem-file', privatePem)
  return { publicPem: toPem('PUBLIC KEY', privateKey.publicKey), privateKey }
}

/** A key for the time of a page: it cannot be taken out of the browser, not even to be saved. */
export async function makeThrowAwayKey(): Promise<PrivateKey> {
  const { publicKey, privateKey } = await crypto.subtle.generateKey(RSA, false, ['sign', 'verify'])
  const sign = async (text: string) =>
    base64(await crypto.subtle.sign(RSA.name, privateKey, new TextEncoder().encode(text)))
  return { publicKey: base64(await crypto.subtle.exportKey('spki', publicKey)), sign }
}

/** What the file is called: whose key it is, and for where. */
export const keyFileName = (application: string, environment: 'sandbox' | 'production') =>
  `${application.replace(/[^A-Za-z0-9]+/g, '-').toLowerCase()}-${environment}-private-key.pem`

const base64 = (buffer: ArrayBuffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
