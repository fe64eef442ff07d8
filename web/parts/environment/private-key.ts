/**
 * A private key in the page: read from a text or a file, kept as a key that cannot be taken out again, and gone with the page. It is in
 * no request and in no storage.
 */

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
  if (/-----BEGIN (RSA )?PUBLIC KEY-----/.test(text)) return 'public'
  const body = /-----BEGIN (?:RSA )?PRIVATE KEY-----([^-]+)-----END/.exec(text)?.[1] ?? text
  const der = bytesOf(body.replace(/\s/g, ''))
  if (der === undefined) return 'unreadable'
  return (await keyOf(der)) ?? (await keyOf(asPkcs8(der))) ?? 'unreadable'
}

async function keyOf(der: Uint8Array<ArrayBuffer>): Promise<PrivateKey | undefined> {
  try {
    const open = await crypto.subtle.importKey('pkcs8', der, RSA, true, ['sign'])
    const { kty, n, e } = await crypto.subtle.exportKey('jwk', open)
    const half = await crypto.subtle.importKey('jwk', { kty, n, e } as JsonWebKey, RSA, true, ['verify']) // of an RSA key
    const publicKey = base64Of(await crypto.subtle.exportKey('spki', half))
    const closed = await crypto.subtle.importKey('pkcs8', der, RSA, false, ['sign'])
    const sign = async (text: string) =>
      base64Of(await crypto.subtle.sign(RSA.name, closed, new TextEncoder().encode(text)))
    return { publicKey, sign }
  } catch {
    return undefined // another kind of key, or none
  }
}

/** Whether a signature of a text verifies with a public key, all in base64. */
export async function verifies(publicKey: string, text: string, signature: string): Promise<boolean> {
  const [key, bytes] = [bytesOf(publicKey), bytesOf(signature)]
  if (key === undefined || bytes === undefined) return false
  const imported = await crypto.subtle.importKey('spki', key, RSA, false, ['verify'])
  return crypto.subtle.verify(RSA.name, imported, bytes, new TextEncoder().encode(text))
}

/** Version 0 and the algorithm rsaEncryption, as PKCS#8 puts them before the key of PKCS#1. */
const RSA_HEAD = [
  0x02, 0x01, 0x00, 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
]

function asPkcs8(pkcs1: Uint8Array): Uint8Array<ArrayBuffer> {
  return tagged(0x30, Uint8Array.from([...RSA_HEAD, ...tagged(0x04, pkcs1)]))
}

/** DER: tag, length, content. Keys are longer than 127 bytes and shorter than 65,536. */
function tagged(tag: number, content: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([tag, 0x82, content.length >> 8, content.length & 0xff, ...content])
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
  } catch {
    return undefined
  }
}

const base64Of = (buffer: ArrayBuffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
