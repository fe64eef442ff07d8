/**
 * What people paste for a public key, told apart. Either it is the bytes of one key, or the refusal says what it was instead: the
 * commonest mistakes are a private key, a certificate, and the right key in the clothes of another tool.
 */
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { Refusal, type RefusalCode } from '../../rules/refusals.ts'

/** `what` is a sentence about this very text: forms show it between the title and the remedy. */
export function keyRefusal(code: RefusalCode, what: string): Refusal {
  return new Refusal(code, { fields: [{ path: 'publicKey', message: what }] })
}

/** Read from above: the first that fits is told. Whatever holds a private half comes first. */
const TELLS: readonly (readonly [pattern: RegExp, code: RefusalCode, what: string])[] = [
  [/BEGIN OPENSSH PRIVATE KEY/, 'key.private', 'It is a private key of OpenSSH.'],
  [/BEGIN ENCRYPTED PRIVATE KEY|Proc-Type: 4,ENCRYPTED/, 'key.private', 'It is an encrypted private key.'],
  [/BEGIN PRIVATE KEY/, 'key.private', 'It is a private key in PKCS#8.'],
  [/BEGIN RSA PRIVATE KEY/, 'key.private', 'It is a private key in PKCS#1.'],
  [/PRIVATE KEY/, 'key.private', 'It calls itself a private key.'],
  [/"d"\s*:\s*"/, 'key.private', 'It is a JSON Web Key with its private half.'],
  [/"kty"\s*:/, 'key.unreadable', 'It is a JSON Web Key.'],
  [/^(.\0|\0.){8}|^\uFFFD\uFFFD(.\0|\0.){8}/s, 'key.unreadable', 'It is text in UTF-16.'],
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what gives a binary file away
  [/[\0-\x08\uFFFD]/, 'key.unreadable', 'It is a binary file.'],
  [/^(ssh|ecdsa)-\S+ |BEGIN SSH2 PUBLIC KEY/, 'key.openssh', 'It is a public key of OpenSSH.'],
  [/BEGIN (NEW )?CERTIFICATE REQUEST/, 'key.certificate_request', 'It is a request for a certificate in PEM.'],
  [/BEGIN (X509 |TRUSTED )?CERTIFICATE/, 'key.certificate', 'It is a certificate in PEM.'],
  [/BEGIN PGP /, 'key.unreadable', 'It is a key of PGP.'],
  [/^<(!doctype|html|\?xml)/i, 'key.unreadable', 'It is a web page.'],
]

/** The bytes of the one key in the text. */
export function derOf(pasted: string): Buffer {
  const text = pasted.replace(/^\uFEFF/, '').trim()
  if (text === '') throw keyRefusal('key.empty', 'The text is empty.')
  const plain = text.replaceAll('\0', '')
  const told = TELLS.find(([pattern]) => pattern.test(text) || pattern.test(plain))
  if (told) throw keyRefusal(told[1], told[2])
  const body = withoutFrame(text).replace(/\s+/g, '')
  if (body === '') throw keyRefusal('key.empty', 'There is nothing between its BEGIN and its END.')
  const der = bytesOf(body)
  ensureNotPrivate(der)
  ensureWhole(der)
  return der
}

/** What stands between the lines of PEM, or the text itself. */
function withoutFrame(text: string): string {
  const begins = [...text.matchAll(/-----BEGIN ([^-\n]*)-----/g)]
  const ends = [...text.matchAll(/-----END [^-\n]*-----/g)]
  const [begin, end] = [begins[0], ends[0]]
  if (!begin && !end) return text
  if (!end) throw keyRefusal('key.truncated', 'Its END line is missing.')
  if (!begin) throw keyRefusal('key.truncated', 'Its BEGIN line is missing.')
  if (begins.length > 1 || ends.length > 1) throw keyRefusal('key.several', `The text holds ${begins.length} keys.`)
  const [frame, label = ''] = begin
  if (!/^(RSA )?PUBLIC KEY$/.test(label)) throw keyRefusal('key.unreadable', `It is PEM of another kind: ${label}.`)
  if (begin.index > 0 || end.index + end[0].length < text.length)
    throw keyRefusal('key.unreadable', 'There is other text around the key.')
  return text.slice(frame.length, end.index)
}

function bytesOf(body: string): Buffer {
  if (/^30(:?[0-9a-f]{2})+$/i.test(body)) throw keyRefusal('key.unreadable', 'It is hexadecimal, not base64.')
  if (/^[\w-]+={0,2}$/.test(body) && /[-_]/.test(body))
    throw keyRefusal('key.unreadable', 'It is base64url, with - and _ for + and /.')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(body)) {
    const twice = /=.*[^=]/.test(body) && /^[A-Za-z0-9+/=]+$/.test(body)
    if (twice) throw keyRefusal('key.several', 'Something stands behind the end of the key.')
    throw keyRefusal('key.unreadable', 'It holds characters that are not base64.')
  }
  return Buffer.from(body, 'base64')
}

/** Asked before the key is read: the reader of public keys would take a private one, and quietly derive the public half. */
function ensureNotPrivate(der: Buffer): void {
  const known = (['pkcs8', 'pkcs1', 'sec1'] as const).find((type) => canRead(() => readPrivate(der, type)))
  const names = { pkcs8: 'PKCS#8', pkcs1: 'PKCS#1', sec1: 'SEC 1' }
  if (known) throw keyRefusal('key.private', `It is a private key in ${names[known]}, without its frame.`)
  if (der.subarray(0, 40).includes(PKCS5_OID))
    throw keyRefusal('key.private', 'It is an encrypted private key, without its frame.')
  if (startsInside(der, [0x02, 0x01, 0x03]))
    throw keyRefusal('key.private', 'It is a PKCS#12 file, which holds a private key.')
}

const readPrivate = (key: Buffer, type: 'pkcs8' | 'pkcs1' | 'sec1') => createPrivateKey({ key, format: 'der', type })

/** 1.2.840.113549.1.5: the ways in which private keys are encrypted with a password. */
const PKCS5_OID = Buffer.from('2a864886f70d0105', 'hex')

function ensureWhole(der: Buffer): void {
  const length = lengthOf(der)
  if (length === undefined) throw keyRefusal('key.unreadable', 'Its bytes are no key.')
  if (canRead(() => new X509Certificate(der)))
    throw keyRefusal('key.certificate', 'It is a certificate without its frame.')
  if (der.length < length) throw keyRefusal('key.truncated', `It has ${der.length} of its ${length} bytes.`)
  if (der.length > length) throw keyRefusal('key.several', 'Something stands behind the end of the key.')
  if (startsInside(der, [0x30], [0x02, 0x01, 0x00]))
    throw keyRefusal('key.certificate_request', 'It is a request for a certificate, without its frame.')
}

/** DER begins with its own length. Undefined: it is no DER at all. */
function lengthOf(der: Buffer): number | undefined {
  const head = headOf(der)
  if (der[0] !== 0x30 || head === undefined) return undefined
  const first = der[1] ?? 0
  return head + (first < 0x80 ? first : der.readUIntBE(2, head - 2))
}

/** The bytes of tag and length at the beginning. */
function headOf(der: Buffer): number | undefined {
  const first = der[1] ?? 0x80
  const size = first < 0x80 ? 0 : first & 0x7f
  if (first === 0x80 || size > 4 || der.length < 2 + size) return undefined
  return 2 + size
}

/** Whether the parts, each the beginning of what is inside of the one before, are what the structure begins with. */
function startsInside(der: Buffer, ...parts: number[][]): boolean {
  const [part, ...deeper] = parts
  if (part === undefined) return true
  const inner = der.subarray(headOf(der) ?? der.length)
  return inner.subarray(0, part.length).equals(Buffer.from(part)) && startsInside(inner, ...deeper)
}

function canRead(read: () => unknown): boolean {
  try {
    read()
    return true
  } catch {
    return false
  }
}
