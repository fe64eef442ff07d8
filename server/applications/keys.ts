/**
 * Public keys as people paste them. Accepted: RSA of 2048 to 4096 bits with exponent 65537, as PEM or bare base64, PKCS#1 or
 * SubjectPublicKeyInfo. Everything else is refused with the reason that helps: what it was, and what would be right.
 */
import {
  checkPrime,
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
  X509Certificate,
} from 'node:crypto'
import { promisify } from 'node:util'
import { KEY } from '../../rules/limits.ts'
import { Refusal, REFUSALS, type RefusalCode } from '../../rules/refusals.ts'

export type ParsedKey = { publicKey: string; fingerprint: string; bits: number }

export async function parsePublicKey(pasted: string): Promise<ParsedKey> {
  const text = pasted.trim()
  if (text === '') throw keyRefusal('key.empty')
  if (/PRIVATE KEY/.test(text)) throw keyRefusal('key.private')
  if (/BEGIN CERTIFICATE/.test(text)) throw keyRefusal('key.certificate')
  const der = derOf(text)
  // Asked first: the reader of public keys would take a private one, and quietly derive the public half.
  if (isPrivate(der)) throw keyRefusal('key.private')
  const key = readPublic(der) ?? throwWhy(der)
  return check(key)
}

/** The bytes between the PEM lines, or of the bare base64. */
function derOf(text: string): Buffer {
  if (/^-----BEGIN /m.test(text) && !/^-----END /m.test(text)) throw keyRefusal('key.truncated')
  const body = text.replace(/^-----(BEGIN|END)[^\n]*-----\s*$/gm, '').replace(/\s+/g, '')
  if (body === '') throw keyRefusal('key.empty')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(body)) throw keyRefusal('key.unreadable')
  return Buffer.from(body, 'base64')
}

function isPrivate(der: Buffer): boolean {
  return (['pkcs8', 'pkcs1', 'sec1'] as const).some((type) =>
    attempt(() => createPrivateKey({ key: der, format: 'der', type })),
  )
}

function readPublic(der: Buffer): KeyObject | undefined {
  return (
    attempt(() => createPublicKey({ key: der, format: 'der', type: 'spki' })) ??
    attempt(() => createPublicKey({ key: der, format: 'der', type: 'pkcs1' }))
  )
}

/** It was no public key: find out what it was. */
function throwWhy(der: Buffer): never {
  if (attempt(() => new X509Certificate(der))) throw keyRefusal('key.certificate')
  throw keyRefusal(isCutOff(der) ? 'key.truncated' : 'key.unreadable')
}

/** DER begins with its own length: less than that much is a part of something. */
function isCutOff(der: Buffer): boolean {
  const [tag, first = 0] = der
  if (tag !== 0x30 || der.length < 4) return false
  if (first < 0x80) return der.length < 2 + first
  const size = first & 0x7f
  if (size === 0 || size > 4 || der.length < 2 + size) return false
  return der.length < 2 + size + der.readUIntBE(2, size)
}

async function check(key: KeyObject): Promise<ParsedKey> {
  if (key.asymmetricKeyType !== 'rsa') throw keyRefusal('key.not_rsa')
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
  if (bits < KEY.minBits) throw keyRefusal('key.too_short', `it has ${bits} bits`)
  if (bits > KEY.maxBits) throw keyRefusal('key.too_long', `it has ${bits} bits`)
  if (key.asymmetricKeyDetails?.publicExponent !== KEY.exponent) throw keyRefusal('key.wrong_exponent')
  if (await isWeak(modulusOf(key))) throw keyRefusal('key.weak')
  const spki = key.export({ format: 'der', type: 'spki' })
  return { publicKey: spki.toString('base64'), fingerprint: fingerprintOf(spki), bits }
}

/** Shown to people beside a key: SHA-256 of the SubjectPublicKeyInfo. */
export function fingerprintOf(spki: Buffer): string {
  return `SHA256:${createHash('sha256').update(spki).digest('base64url')}`
}

function modulusOf(key: KeyObject): bigint {
  const { n = '' } = key.export({ format: 'jwk' })
  return BigInt(`0x${Buffer.from(n, 'base64url').toString('hex') || '0'}`)
}

const isPrime = (candidate: bigint) =>
  new Promise<boolean>((resolve, reject) =>
    checkPrime(candidate, (error, prime) => (error ? reject(error) : resolve(prime))),
  )
const SMALL_PRIMES = [2n, 3n, 5n, 7n, 11n, 13n, 17n, 19n, 23n, 29n, 31n, 37n]
const FERMAT_STEPS = 100

/** A modulus that anybody can factor: prime itself, with a tiny factor, or of two primes too close to each other. */
async function isWeak(modulus: bigint): Promise<boolean> {
  if (SMALL_PRIMES.some((prime) => modulus % prime === 0n)) return true
  if (await isPrime(modulus)) return true
  let a = squareRoot(modulus)
  if (a * a < modulus) a++
  for (let step = 0; step < FERMAT_STEPS; step++, a++) {
    const rest = a * a - modulus
    const b = squareRoot(rest)
    if (b * b === rest) return true
  }
  return false
}

/** The whole part of the square root, by Newton's method. */
function squareRoot(value: bigint): bigint {
  if (value < 2n) return value
  let guess = 1n << (BigInt(value.toString(2).length + 1) / 2n)
  for (;;) {
    const better = (guess + value / guess) >> 1n
    if (better >= guess) return guess
    guess = better
  }
}

const makePair = promisify(generateKeyPair)

/** A new pair of the network's own, for the answers to one client. Takes a tenth of a second off the event loop. */
export async function makeNetworkPair(): Promise<ParsedKey & { privateKeyPem: string }> {
  const { publicKey, privateKey } = await makePair('rsa', { modulusLength: 2048, publicExponent: 65537 })
  const spki = publicKey.export({ format: 'der', type: 'spki' })
  return {
    publicKey: spki.toString('base64'),
    fingerprint: fingerprintOf(spki),
    bits: 2048,
    privateKeyPem: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  }
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}

export function keyRefusal(code: RefusalCode, detail?: string): Refusal {
  const message = detail === undefined ? REFUSALS[code][1] : `${REFUSALS[code][1].replace(/\.$/, '')}: ${detail}.`
  return new Refusal(code, { fields: [{ path: 'publicKey', message }] })
}
