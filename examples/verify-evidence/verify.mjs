// Verifies an evidence package: `node verify.mjs PACKAGE [PUBLIC KEY]`. One file, no network, nothing to install; Node 20 or later.
//
// A package is a JSON object of strings on every line. Each names the SHA-256 of the line before it. The last line, the seal, holds the
// SHA-256 of every field of every line, and is signed with Ed25519 by the developer center. Get the public key from the network, not from
// the package: with the second argument (base64 of the SubjectPublicKeyInfo, or the SHA-256 of it in hex) the package has to be sealed
// with that key. Exit code 0: genuine. 1: altered, or sealed with another key. 2: the file could not be read. 3: whole, but no key was
// given, so that nobody knows who sealed it.
import { createHash, createPublicKey, verify } from 'node:crypto'
import { readFileSync, realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** What is wrong, and where. */
class Altered extends Error {}

/** The records of a genuine package; throws Altered where a byte is not as it was sealed. */
export function verifyPackage(bytes, trustedKey) {
  const lines = splitLines(bytes)
  const last = lines.at(-1)
  const { seal, signed } = openSeal(last)
  const isSealed = isSignature(signed, seal.signature, lines[0].record?.publicKey)
  for (const line of lines.slice(0, -1)) compareRecord(line, lines, seal.digests[line.number - 1], isSealed)
  if (seal.digests.length !== lines.length - 1) {
    throw new Altered(`${nameOf(last)}: ${lines.length - 1} records are there, and ${seal.digests.length} were sealed`)
  }
  if (!isSealed || seal.previous !== sha256(lines.at(-2).bytes)) {
    throw new Altered(`${nameOf(last)}, at byte ${last.start}: its signature does not verify`)
  }
  ensureTrusted(lines[0].record.publicKey, trustedKey)
  return lines.slice(0, -1).map(({ record }) => record)
}

function splitLines(bytes) {
  const lines = []
  for (let start = 0; start < bytes.length; ) {
    const feed = bytes.indexOf(10, start)
    const end = feed === -1 ? bytes.length : feed
    const own = bytes.subarray(start, end)
    lines.push({ number: lines.length + 1, start, bytes: own, record: parse(own) })
    start = end + 1
  }
  if (lines.length < 3)
    throw new Altered('This is no evidence package, or it was cut off: it has fewer than three lines')
  if (bytes.at(-1) !== 10) throw new Altered(`The line feed at the end, byte ${bytes.length}, is missing`)
  return lines
}

/** An object of strings, written as JSON.stringify writes it; undefined for anything else. */
function parse(bytes) {
  try {
    const record = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
    return Object.values(record).every((value) => typeof value === 'string') ? record : undefined
  } catch {
    return undefined
  }
}

/** Signed are the bytes of the line up to the signature. */
function openSeal(line) {
  const { bytes, record } = line
  const rest = `,"signature":${JSON.stringify(record?.signature)}}`
  const at = bytes.length - Buffer.byteLength(rest)
  if (record?.kind !== 'seal' || bytes.subarray(Math.max(at, 0)).toString('utf8') !== rest) {
    throw new Altered(`Record ${line.number}, at byte ${line.start}: this should be the seal; it is missing or damaged`)
  }
  try {
    return { seal: { ...record, digests: JSON.parse(record.digests) }, signed: bytes.subarray(0, at) }
  } catch {
    throw new Altered(`${nameOf(line)}, field digests, at byte ${line.start}: it is damaged`)
  }
}

function compareRecord(line, lines, digests, isSealed) {
  const place = alteredPlace(line, digests, lines[line.number - 2])
  if (!place) return
  // The line is as the next one knows it, and the seal is not as it was signed: then it is the seal that was changed.
  const isKnownToNext = lines[line.number].record?.previous === sha256(line.bytes)
  if (!isSealed && isKnownToNext) {
    throw new Altered(`${nameOf(lines.at(-1))}, field digests, what it says of record ${line.number}`)
  }
  throw new Altered(`${nameOf(line)}, ${place}`)
}

/** The first field that is not as it was sealed. */
function alteredPlace({ bytes, start, record }, digests, before) {
  if (!Array.isArray(digests)) return `at byte ${start}: it was not sealed`
  if (!record) return `at byte ${start + firstDamage(bytes)}: the line is damaged`
  const fields = Object.entries(record)
  for (const [index, [name, digest]] of digests.entries()) {
    const [ownName, value] = fields[index] ?? []
    if (ownName === name && sha256(JSON.stringify(value)) === digest) continue
    return `field ${name}, at byte ${start + offsetOf(fields, index)}${ownName === name ? '' : `: it is called ${ownName}`}`
  }
  if (fields.length !== digests.length) return `field ${fields[digests.length][0]}: it was not sealed`
  const written = Buffer.from(JSON.stringify(record))
  if (!written.equals(bytes))
    return `at byte ${start + firstDifference(written, bytes)}: the same text is written in another way`
  const previous = before ? sha256(before.bytes) : ''
  return record.previous === previous ? undefined : 'field previous: it does not fit the record before'
}

/** Where the field of this number begins in its line. */
function offsetOf(fields, index) {
  const before = fields.slice(0, index).map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)},`)
  return 1 + Buffer.byteLength(before.join(''))
}

/** As well as the parser can tell where a line stopped being JSON. */
function firstDamage(bytes) {
  const text = bytes.toString('utf8')
  try {
    JSON.parse(text)
    return trustedKey === undefined ? 3 : 0
  } catch (error) {
    return Buffer.byteLength(text.slice(0, Number(/position (\d+)/.exec(error.message)?.[1] ?? 0)))
  }
}

function firstDifference(a, b) {
  let at = 0
  while (at < a.length && a[at] === b[at]) at++
  return at
}

function isSignature(signed, signature, publicKey) {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
    const bytes = Buffer.from(signature, 'base64')
    // Base64 has several spellings of the same bytes; only one was sealed.
    return (
      key.asymmetricKeyType === 'ed25519' && bytes.toString('base64') === signature && verify(null, signed, key, bytes)
    )
  } catch {
    return false
  }
}

function ensureTrusted(publicKey, trustedKey) {
  const fingerprint = createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex')
  if (!trustedKey || trustedKey === publicKey || trustedKey.toLowerCase() === fingerprint) return
  throw new Altered(`The package is whole, but it was sealed with another key, whose SHA-256 is ${fingerprint}`)
}

const sha256 = (data) => createHash('sha256').update(data).digest('base64url')

function nameOf({ number, record }) {
  const what = [record?.kind, record?.case ?? record?.id].filter(Boolean).join(' ')
  return `Record ${number}${what && ` (${what})`}`
}

function summaryOf(records, trustedKey) {
  const [header] = records
  const of = (kind) => records.filter((record) => record.kind === kind)
  const counts = ['verdict', 'exchange', 'notification', 'attempt'].map((kind) => `${of(kind).length} ${kind}s`)
  return [
    trustedKey
      ? 'GENUINE.'
      : 'WHOLE under the key that the package names. Whose key is it? Give the public key of the network to be sure.',
    `${header.application} (${header.clientId}) of ${header.organisation}, made at ${header.madeAt} by ${header.network}: ${counts.join(', ')}`,
    ...of('verdict').map((one) => `  ${one.outcome.padEnd(7)} ${one.case}, suite version ${one.suiteVersion}`),
  ].join('\n')
}

function main([file, trustedKey]) {
  try {
    // An empty key is a slip, such as a variable that is not set, and must not pass for none.
    if (!file || trustedKey === '') throw new Error('Usage: node verify.mjs PACKAGE [PUBLIC KEY]')
    const records = verifyPackage(readFileSync(file), trustedKey)
    console.log(summaryOf(records, trustedKey))
    return trustedKey === undefined ? 3 : 0
  } catch (error) {
    console.error(error instanceof Altered ? `NOT GENUINE. ${error.message}.` : error.message)
    return error instanceof Altered ? 1 : 2
  }
}

// The path as it was typed may lead through a link.
const isProgram = process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)
if (isProgram) process.exitCode = main(process.argv.slice(2))
