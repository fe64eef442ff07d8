/**
 * A private key in the page: read from a text or a file, kept as a key that cannot be taken out again, and gone with the page. It is in
 * no request and in no storage.
 */
import { fromBase64, toBase64 } from '../../../rules/bytes.ts'
import { readKey } from './pasted-key.ts'

const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const

export type PrivateKey = {
  /** Its public half: base64 of the SubjectPublicKeyInfo. */
  publicKey: string
  /** Base64 of the signature of a text. */
  sign(text: string): Promise<string>
}
/** `encrypted`: behind a passphrase. `public`: the other half. `unreadable`: no RSA key in PKCS#8 or PKCS#1. */
export type PrivateKeyFault = 'encrypted' | 'public' | 'unreadable'

/** Browsers offer keys and signatures to secure pages only. */
export const canUseKeys = () => window.isSecureContext && crypto.subtle !== undefined

/** PEM or bare base64, PKCS#8 or PKCS#1, as tools write them. */
export async function readPrivateKey(text: string): Promise<PrivateKey | PrivateKeyFault> {
  if (/ENCRYPTED/.test(text)) return 'encrypted'
  const key = await readKey(text)
  if (key === undefined) return 'unreadable'
  const { publicKey, sign } = key
  if (sign === undefined) return 'public'
  return { publicKey, sign: async (words) => toBase64(await sign(new TextEncoder().encode(words))) }
}

/** Whether a signature of a text verifies with a public key, all in base64. */
export async function verifies(publicKey: string, text: string, signature: string): Promise<boolean> {
  const [key, bytes] = [fromBase64(publicKey), fromBase64(signature)]
  if (key === undefined || bytes === undefined) return false
  const imported = await crypto.subtle.importKey('spki', key, RSA, false, ['verify'])
  return crypto.subtle.verify(RSA.name, imported, bytes, new TextEncoder().encode(text))
}
