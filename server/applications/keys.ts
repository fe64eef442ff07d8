/**
 * Public keys as people paste them. Accepted: RSA of 2048 to 4096 bits with exponent 65537, as PEM or bare base64, PKCS#1 or
 * SubjectPublicKeyInfo. Everything else is refused with the reason that helps: what it was, and what would be right.
 */
import { createHash, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { KEY } from '../../rules/limits.ts'
import { weaknessOf } from './key-strength.ts'
import { derOf, keyRefusal } from './key-text.ts'

export type ParsedKey = { publicKey: string; fingerprint: string; bits: number }

export async function parsePublicKey(pasted: string): Promise<ParsedKey> {
  const der = derOf(pasted)
  const key = readPublic(der, 'spki') ?? readPublic(der, 'pkcs1')
  if (key === undefined) throw keyRefusal('key.unreadable', 'Its bytes are no public key.')
  return check(key)
}

function readPublic(key: Buffer, type: 'spki' | 'pkcs1'): KeyObject | undefined {
  try {
    return createPublicKey({ key, format: 'der', type })
  } catch {
    return undefined
  }
}

async function check(key: KeyObject): Promise<ParsedKey> {
  const { asymmetricKeyType: type = '', asymmetricKeyDetails: details } = key
  if (type !== 'rsa') throw keyRefusal('key.not_rsa', `It is a key of the type ${TYPE_NAMES[type] ?? type}.`)
  const bits = details?.modulusLength ?? 0
  if (bits < KEY.minBits) throw keyRefusal('key.too_short', `It has ${bits} bits.`)
  if (bits > KEY.maxBits) throw keyRefusal('key.too_long', `It has ${bits} bits.`)
  const exponent = details?.publicExponent
  if (exponent !== KEY.exponent) throw keyRefusal('key.wrong_exponent', `Its exponent is ${exponent}.`)
  const weakness = await weaknessOf(modulusOf(key))
  if (weakness !== undefined) throw keyRefusal('key.weak', weakness)
  const spki = key.export({ format: 'der', type: 'spki' })
  return { publicKey: spki.toString('base64'), fingerprint: fingerprintOf(spki), bits }
}

const TYPE_NAMES: Record<string, string> = {
  ec: 'EC (elliptic curve)',
  ed25519: 'Ed25519',
  ed448: 'Ed448',
  x25519: 'X25519',
  x448: 'X448',
  dsa: 'DSA',
  dh: 'Diffie-Hellman',
  'rsa-pss': 'RSA-PSS',
}

/** Shown to people beside a key: SHA-256 of the SubjectPublicKeyInfo. */
function fingerprintOf(spki: Buffer): string {
  return `SHA256:${createHash('sha256').update(spki).digest('base64url')}`
}

function modulusOf(key: KeyObject): bigint {
  const { n = '' } = key.export({ format: 'jwk' })
  return BigInt(`0x${Buffer.from(n, 'base64url').toString('hex') || '0'}`)
}

const makePair = promisify(generateKeyPair)

type KeyPair = { publicKey: KeyObject; privateKey: KeyObject }
export type NetworkPair = ParsedKey & { privateKeyPem: string }

/** A new pair of the network's own, for the answers to one client. Takes a tenth of a second off the event loop. */
export async function makeNetworkPair(): Promise<NetworkPair> {
  return networkPairOf(await makePair('rsa', { modulusLength: 2048, publicExponent: 65537 }))
}

export function networkPairOf({ publicKey, privateKey }: KeyPair): NetworkPair {
  const spki = publicKey.export({ format: 'der', type: 'spki' })
  return {
    publicKey: spki.toString('base64'),
    fingerprint: fingerprintOf(spki),
    bits: 2048,
    privateKeyPem: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  }
}
