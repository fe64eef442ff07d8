/** A key as people paste it. The public half of a private one is worked out here; what is private never leaves this module but to sign. */
import { type Bytes, fromBase64, joined, toBase64 } from '../../../rules/bytes.ts'

export type PastedKey = {
  /** Base64 of the SubjectPublicKeyInfo. */
  publicKey: string
  /** Undefined where the pasted key was a public one. */
  sign: ((text: Bytes) => Promise<Bytes>) | undefined
}

const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const

/** Undefined where it is no RSA key that can be read. */
export async function readKey(pasted: string): Promise<PastedKey | undefined> {
  const der = fromBase64(pasted.replace(/-----[^-]*-----/g, '').replace(/\s+/g, ''))
  if (der?.[0] !== 0x30) return undefined
  const ways = [() => publicOf(der), () => privateOf(der), () => privateOf(inPkcs8(der)), () => publicOf(inSpki(der))]
  for (const way of ways) {
    const key = await way().catch(() => undefined) // of another kind
    if (key) return key
  }
  return undefined
}

async function publicOf(der: Bytes): Promise<PastedKey> {
  const key = await crypto.subtle.importKey('spki', der, RSA, true, ['verify'])
  return { publicKey: await spkiOf(key), sign: undefined }
}

async function privateOf(der: Bytes): Promise<PastedKey> {
  const key = await crypto.subtle.importKey('pkcs8', der, RSA, true, ['sign'])
  const { kty = '', n = '', e = '' } = await crypto.subtle.exportKey('jwk', key)
  const closed = await crypto.subtle.importKey('pkcs8', der, RSA, false, ['sign'])
  const publicKey = await crypto.subtle.importKey('jwk', { kty, n, e }, RSA, true, ['verify'])
  return {
    publicKey: await spkiOf(publicKey),
    // From here on it can be signed with, and no longer be read out.
    sign: async (text) => new Uint8Array(await crypto.subtle.sign(RSA.name, closed, text)),
  }
}

const spkiOf = async (key: CryptoKey) => toBase64(new Uint8Array(await crypto.subtle.exportKey('spki', key)))

/** rsaEncryption with its empty parameters, in DER. */
const ALGORITHM = Uint8Array.of(
  0x30,
  0x0d,
  0x06,
  0x09,
  0x2a,
  0x86,
  0x48,
  0x86,
  0xf7,
  0x0d,
  0x01,
  0x01,
  0x01,
  0x05,
  0x00,
)

const inPkcs8 = (der: Bytes) => tlv(0x30, joined(Uint8Array.of(0x02, 0x01, 0x00), ALGORITHM, tlv(0x04, der)))
const inSpki = (der: Bytes) => tlv(0x30, joined(ALGORITHM, tlv(0x03, joined(Uint8Array.of(0), der))))

function tlv(tag: number, content: Bytes): Bytes {
  const { length } = content
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return joined(Uint8Array.of(tag, ...size), content)
}
