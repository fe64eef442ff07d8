/**
 * Asks the hypotheses of rules/diagnosis.ts. The key comes first: a public key opens the signature that its private half made
 * (rsa-open.ts), so that key, hash and digest are known, and every string costs one hash. A change of the key, of the algorithm or of
 * the encoding is seen beside one of the string.
 */
import {
  type Bytes,
  fromBase64,
  hexOf,
  rewriter,
  sameBytes,
  subtle,
  type TwoParts,
  textOf,
  toBase64,
  utf8,
} from './bytes.ts'
import {
  type Call,
  type CallFacts,
  type HypothesisId,
  hypothesis,
  hypothesisIds,
  type KnownKey,
  percentDecoded,
  stringToSign,
} from './diagnosis.ts'
import { tokensOf } from './json-text.ts'
import { DOCTOR } from './limits.ts'
import { type HashName, mayBePss, type Opened, openSignature, type RsaKey, rsaKeyOf } from './rsa-open.ts'
import { signatureText } from './signature.ts'

export type Diagnosis = {
  /**
   * `verifies`: nothing is wrong. `named`: with the changes of `named`, and no other, it verifies. `string`: key and algorithm are
   * known, the string is none of those that were tried. `key`: no key that we know made it. `unreadable`: no signature can be read.
   */
  verdict: 'verifies' | 'named' | 'string' | 'key' | 'unreadable'
  /** What verifies: one change of the string at most, and beside it what the signature itself shows. */
  named: HypothesisId[]
  /** What would have given the same string. */
  alike: HypothesisId[]
  /** The key that made the signature, and the hash that it names. */
  key: KnownKey | undefined
  hash: string | undefined
  /** The string that the gateway verifies against, and the one that was signed. */
  received: Bytes
  signed: Bytes | undefined
  /** In how many ways each hypothesis was tried; 0 where it changes nothing of this call. */
  tried: { id: HypothesisId; ways: number }[]
}

/** What the signature itself tells: by which key it was made, and what had to be changed to open it. */
type Finding = { key: KnownKey; opened: Opened; changes: HypothesisId[] }

/** The bytes may be written over as soon as it is back, even where it only promises the hash. */
export type Digest = (hash: HashName, bytes: Bytes) => Bytes | Promise<Bytes>

const platformDigest: Digest = async (hash, bytes) => new Uint8Array(await subtle().digest(hash, bytes))

/** `digest`: of the platform unless another is quicker. Some two hundred strings are hashed; it decides when others have their turn. */
export async function diagnose(
  facts: CallFacts,
  keys: readonly KnownKey[],
  digest: Digest = platformDigest,
): Promise<Diagnosis> {
  if (facts.body.length > DOCTOR.bodyBytes) throw new RangeError('The body is larger than the Doctor looks at.')
  const text = textOf(facts.body)
  const call: Call = { ...facts, text, tokens: text === undefined ? undefined : tokensOf(facts.body) }
  const received = stringToSign(call)
  const tried = new Map<HypothesisId, number>()
  const readings = readingsOf(signatureText(call.signature) ?? '', tried)
  const nothing = { named: [], alike: [], key: undefined, hash: undefined, received, signed: undefined }
  const ended = (result: Omit<Diagnosis, 'tried' | 'received'>): Diagnosis => ({
    ...result,
    received,
    tried: listOf(tried),
  })
  if (readings.length === 0) return ended({ ...nothing, verdict: 'unreadable' })

  const rsaKeys = await readKeys(keys)
  const findings = findingsOf(readings, rsaKeys, tried)
  const search = { call, received, digest, tried }
  for (const finding of findings) {
    const found = await explain(search, finding)
    if (found) return ended(found)
  }
  const pss = await findPss(received, readings, rsaKeys, tried)
  if (pss) return ended({ ...nothing, ...pss, verdict: 'named', signed: received })
  const [finding] = findings
  if (!finding) return ended({ ...nothing, verdict: 'key' })
  return ended({ ...nothing, ...told(finding), verdict: 'string' })
}

const told = ({ key, opened, changes }: Finding) => ({
  named: changes,
  key,
  hash: opened.hash,
})

const listOf = (tried: ReadonlyMap<HypothesisId, number>) =>
  hypothesisIds.flatMap((id) => {
    const ways = tried.get(id)
    return ways === undefined ? [] : [{ id, ways }]
  })

type Reading = { signature: Bytes; change: HypothesisId | undefined }

/** The bytes of the signature: as the gateway reads it, and in every other encoding. */
function readingsOf(raw: string, tried: Map<HypothesisId, number>): Reading[] {
  const readings: Reading[] = []
  const add = (signature: Bytes | undefined, change: HypothesisId | undefined) => {
    if (!signature?.length || readings.some((one) => sameBytes(one.signature, signature))) return false
    readings.push({ signature, change })
    return true
  }
  const text = (raw.includes('%') ? percentDecoded(raw) : raw) ?? ''
  add(fromBase64(text), undefined)
  for (const id of hypothesisIds) {
    const one = hypothesis(id)
    if (one.of !== 'encoding') continue
    let ways = 0
    for (const signature of one.decode(id === 'encoding.twice' ? raw : text)) if (add(signature, id)) ways++
    tried.set(id, ways)
  }
  return readings
}

function findingsOf(
  readings: readonly Reading[],
  keys: readonly ReadKey[],
  tried: Map<HypothesisId, number>,
): Finding[] {
  const findings: Finding[] = []
  for (const id of hypothesisIds) {
    const one = hypothesis(id)
    if (one.of === 'key') tried.set(id, 0)
    // Whatever hash it names would have been read.
    if (one.of === 'algorithm' && one.hash !== undefined) tried.set(id, readings.length * keys.length)
  }
  for (const { key, rsa } of keys) {
    const change = keyChange(key)
    if (change) tried.set(change, (tried.get(change) ?? 0) + 1)
    for (const reading of rsa ? readings : []) {
      const opened = rsa && openSignature(rsa, reading.signature)
      if (!opened) continue
      const changes = [change, algorithmOf(opened.hash), reading.change].filter((id) => id !== undefined)
      findings.push({ key, opened, changes })
    }
  }
  return findings.sort((a, b) => a.changes.length - b.changes.length)
}

const keyChange = ({ kind }: KnownKey) =>
  hypothesisIds.find((id) => {
    const one = hypothesis(id)
    return one.of === 'key' && one.kind === kind
  })

type ReadKey = { key: KnownKey; rsa: RsaKey | undefined }

const readKeys = (keys: readonly KnownKey[]): Promise<ReadKey[]> =>
  Promise.all(
    keys.map(async (key) => {
      const rsa = await rsaKeyOf(fromBase64(key.publicKey) ?? new Uint8Array()).catch(() => undefined) // none of RSA
      return { key, rsa }
    }),
  )

const algorithmOf = (hash: HashName | undefined) =>
  hypothesisIds.find((id) => {
    const one = hypothesis(id)
    return one.of === 'algorithm' && one.hash !== undefined && one.hash === hash
  })

const HASHES: readonly HashName[] = ['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512']

type Search = { call: Call; received: Bytes; digest: Digest; tried: Map<HypothesisId, number> }

/** Which string it was, now that its hash is known; undefined where it is none that we can rebuild. */
async function explain(search: Search, finding: Finding): Promise<Omit<Diagnosis, 'tried' | 'received'> | undefined> {
  const { call, received, digest } = search
  const { opened, changes } = finding
  const hash = opened.hash ?? 'SHA-256'
  if (!HASHES.includes(hash)) return undefined
  const plain = await digest(hash, received)
  const answer = (named: HypothesisId[], signed: Bytes, alike: HypothesisId[] = []) => ({
    ...told(finding),
    verdict: named.length === 0 ? ('verifies' as const) : ('named' as const),
    named,
    alike,
    signed,
  })
  if (opened.hash !== undefined && sameBytes(plain, opened.content)) return answer(changes, received)
  const odd = await oddHash(search, opened, hash, plain)
  if (odd) return answer([...changes, odd], received)
  if (opened.hash === undefined) return undefined

  const found = await firstSigned(search, opened, hash)
  if (found) return answer([found.id, ...changes], found.signed, alikeOf(call, found.id, found.signed))
  const { claimed } = call
  if (!claimed || !sameBytes(await digest(hash, claimed), opened.content)) return undefined
  return { ...answer(changes, claimed), verdict: 'string' }
}

type Asked = { id: HypothesisId; parts: TwoParts; digest: Bytes | Promise<Bytes> }

/** So many strings are hashed at once, on other threads; between them everybody else has his turn. */
const AT_ONCE = 2

/** The first string of the list that was signed. */
async function firstSigned(
  { call, received, digest, tried }: Search,
  { content }: Opened,
  hash: HashName,
): Promise<{ id: HypothesisId; signed: Bytes } | undefined> {
  const write = rewriter()
  const asked: Asked[] = []
  const look = async (leave: number) => {
    while (asked.length > leave) {
      const oldest = asked.shift()
      if (!oldest || !sameBytes(await oldest.digest, content)) continue
      const signed = write(oldest.parts)?.slice()
      if (signed) return { id: oldest.id, signed }
    }
    return undefined
  }
  for (const { id, parts } of stringsOf(call, tried)) {
    const bytes = write(parts)
    if (!bytes || sameBytes(bytes, received)) continue
    tried.set(id, (tried.get(id) ?? 0) + 1)
    asked.push({ id, parts, digest: digest(hash, bytes) })
    const found = await look(AT_ONCE)
    if (found) return found
  }
  return look(0)
}

/** Every string that could have been signed. */
function* stringsOf(call: Call, tried: Map<HypothesisId, number>): Iterable<{ id: HypothesisId; parts: TwoParts }> {
  for (const id of hypothesisIds) {
    const one = hypothesis(id)
    if (one.of !== 'string') continue
    tried.set(id, 0)
    for (const parts of one.rebuild(call)) yield { id, parts }
  }
}

/** The same string by another way: both are true, and nothing tells them apart. */
function alikeOf(call: Call, named: HypothesisId, signed: Bytes): HypothesisId[] {
  const write = rewriter()
  return hypothesisIds.filter((id) => {
    const one = hypothesis(id)
    if (one.of !== 'string' || id === named) return false
    for (const parts of one.rebuild(call)) {
      const bytes = write(parts)
      if (bytes && sameBytes(bytes, signed)) return true
    }
    return false
  })
}

/** The hash itself treated wrongly. The block holds what shows it. */
async function oddHash(
  { digest, tried }: Search,
  { hash: named, content }: Opened,
  hash: HashName,
  plain: Bytes,
): Promise<HypothesisId | undefined> {
  const hex = hexOf(plain)
  const inHex = [hex, hex.toUpperCase()].map(utf8)
  const twice = [plain, utf8(toBase64(plain))]
  if (named === undefined) {
    tried.set('algorithm.bare_hash', 1)
    if (sameBytes(content, plain)) return 'algorithm.bare_hash'
    return inHex.some((text) => sameBytes(content, text)) ? 'algorithm.hash_in_hex' : undefined
  }
  tried.set('algorithm.hash_in_hex', inHex.length)
  for (const text of inHex) if (sameBytes(await digest(hash, text), content)) return 'algorithm.hash_in_hex'
  tried.set('algorithm.hashed_twice', twice.length)
  for (const bytes of twice) if (sameBytes(await digest(hash, bytes), content)) return 'algorithm.hashed_twice'
  return undefined
}

/** Salts that libraries take: as long as the hash, as long as fits, of SHA-1, none. */
const saltsOf = ({ bytes }: RsaKey) => [32, bytes - 34, 20, 0]

/** PSS shows nothing when it is opened; only the platform's verifier can tell. */
async function findPss(
  received: Bytes,
  readings: readonly Reading[],
  keys: readonly ReadKey[],
  tried: Map<HypothesisId, number>,
): Promise<Pick<Diagnosis, 'named' | 'key' | 'hash'> | undefined> {
  const kind = { name: 'RSA-PSS', hash: 'SHA-256' }
  let ways = 0
  for (const { key, rsa } of keys) {
    if (!rsa) continue
    for (const { signature, change } of readings) {
      ways += saltsOf(rsa).length
      if (!mayBePss(rsa, signature)) continue
      const spki = fromBase64(key.publicKey) ?? new Uint8Array()
      const webKey = await subtle().importKey('spki', spki, kind, false, ['verify'])
      for (const saltLength of saltsOf(rsa)) {
        if (!(await subtle().verify({ ...kind, saltLength }, webKey, signature, received))) continue
        tried.set('algorithm.pss', ways)
        const named = [keyChange(key), 'algorithm.pss' as const, change].filter((id) => id !== undefined)
        return { named, key, hash: 'SHA-256' }
      }
    }
  }
  tried.set('algorithm.pss', ways)
  return undefined
}
