/**
 * What is inside of an RSA signature. The public key opens it: out comes the block that was signed, with the name of the hash and the
 * hash itself. A key that did not make the signature opens it to noise, so key and algorithm are known before any string is tried, and
 * every string after that costs one hash. This is RSASSA-PKCS1-v1_5 of RFC 8017, 8.2.2, read from its end.
 */
import { type Bytes, fromBase64, fromHex, hexOf, subtle } from './bytes.ts'

export type RsaKey = { modulus: bigint; exponent: bigint; bytes: number }

export async function rsaKeyOf(spki: Bytes): Promise<RsaKey> {
  const kind = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
  const { n = '', e = '' } = await subtle().exportKey(
    'jwk',
    await subtle().importKey('spki', spki, kind, true, ['verify']),
  )
  const modulus = numberIn(n)
  return { modulus, exponent: numberIn(e), bytes: Math.ceil(modulus.toString(16).length / 2) }
}

function numberIn(base64url: string): bigint {
  const bytes = fromBase64(base64url.replaceAll('-', '+').replaceAll('_', '/')) ?? new Uint8Array()
  return BigInt(`0x${hexOf(bytes) || '0'}`)
}

/** `hash`: its name, with the digest as `content`; undefined where the block names none, and holds something else. */
export type Opened = { hash: HashName | undefined; content: Bytes }

export type HashName = 'MD5' | 'SHA-1' | 'SHA-224' | 'SHA-256' | 'SHA-384' | 'SHA-512'

/** The beginning of DigestInfo in DER, by hash. */
const DIGEST_INFO: readonly (readonly [HashName, string])[] = [
  ['SHA-256', '3031300d060960864801650304020105000420'],
  ['SHA-1', '3021300906052b0e03021a05000414'],
  ['SHA-512', '3051300d060960864801650304020305000440'],
  ['SHA-384', '3041300d060960864801650304020205000430'],
  ['SHA-224', '302d300d06096086480165030402040500041c'],
  ['MD5', '3020300c06082a864886f70d020505000410'],
]

/** Undefined: this key did not make it, or not by PKCS#1 v1.5. */
export function openSignature(key: RsaKey, signature: Bytes): Opened | undefined {
  const [, content] = /^0001(?:ff){8,}00((?:..)*)$/.exec(blockOf(key, signature) ?? '') ?? []
  if (content === undefined) return undefined
  for (const [hash, prefix] of DIGEST_INFO) {
    const digestBytes = Number.parseInt(prefix.slice(-2), 16)
    if (content.startsWith(prefix) && content.length === prefix.length + digestBytes * 2)
      return { hash, content: fromHex(content.slice(prefix.length)) ?? new Uint8Array() }
  }
  return { hash: undefined, content: fromHex(content) ?? new Uint8Array() }
}

/** What every signature by PSS ends with. It says nothing for certain: one block of noise in 256 ends so too. */
export const mayBePss = (key: RsaKey, signature: Bytes) => blockOf(key, signature)?.endsWith('bc') === true

/** The block as hexadecimal text, as long as the modulus. */
function blockOf({ modulus, exponent, bytes }: RsaKey, signature: Bytes): string | undefined {
  if (signature.length !== bytes || modulus === 0n) return undefined
  const value = BigInt(`0x${hexOf(signature)}`)
  if (value >= modulus) return undefined
  return power(value, exponent, modulus)
    .toString(16)
    .padStart(bytes * 2, '0')
}

/** Seventeen multiplications for the exponent 65537. Nothing in it is secret. */
function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  let square = base
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}
