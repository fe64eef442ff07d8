import {
  constants,
  createHash,
  createVerify,
  generateKeyPairSync,
  type KeyObject,
  privateEncrypt,
  sign,
} from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Bytes, firstDifference, utf8 } from './bytes.ts'
import { diagnose } from './diagnose.ts'
import {
  type CallFacts,
  HYPOTHESES,
  type HypothesisId,
  hypothesisIds,
  type KeyKind,
  type KnownKey,
  keyKinds,
  stringToSign,
} from './diagnosis.ts'
import { FIXES } from './fixes.ts'
import { DOCTOR } from './limits.ts'
import { HYPOTHESES as ZH } from './zh/diagnosis.ts'

type Pair = { publicKey: KeyObject; privateKey: KeyObject }
const pairs = {} as Record<KeyKind | 'nobody', Pair> // made before the first test
const pair = (): Pair => generateKeyPairSync('rsa', { modulusLength: 2048 })
let keys: KnownKey[]
beforeAll(() => {
  for (const kind of [...keyKinds, 'nobody'] as const) pairs[kind] = pair()
  keys = keyKinds.map((kind, index) => ({
    kind,
    version: index + 1,
    publicKey: pairs[kind].publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
  }))
})

const BODY =
  '{"name":"Müller & Söhne","url":"https://shop.example/a","amount":10.00,"a":[1,{"z":"<b>","y":\'}]}'.replace(
    "'",
    'null',
  )

const SENT: Omit<CallFacts, 'signature'> = {
  method: 'POST',
  uri: '/aps/api/v1/payments/pay?a=1&b=%C3%BC',
  host: 'sandbox.example',
  clientId: 'SANDBOX_5YC47N2ZQHJ004124',
  time: '2026-11-23T04:25:16.123Z',
  body: utf8(BODY),
  otherClientIds: ['5YC47N2ZQHJ004125'],
  otherTimes: ['Mon, 23 Nov 2026 04:25:11 GMT'],
}

type Made = {
  sent?: Partial<Omit<CallFacts, 'signature'>>
  /** What is signed; by default what is sent. */
  text?: string | Bytes | ((sent: typeof SENT) => string | Bytes)
  by?: KeyKind | 'nobody'
  /** Signs the text otherwise than RSA256 does. */
  how?: (text: Uint8Array, key: KeyObject) => Buffer
  /** The header, from the bytes of the signature. */
  header?: (signature: Buffer) => string
}

const rsa256 = (text: Uint8Array, key: KeyObject) => sign('sha256', text, key)
const percent = (base64: string) => `algorithm=RSA256,keyVersion=1,signature=${encodeURIComponent(base64)}`
const plain = (text: string) => `algorithm=RSA256,keyVersion=1,signature=${text}`
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()

function make({ sent = {}, text, by = 'own', how = rsa256, header }: Made) {
  const facts = { ...SENT, ...sent }
  const wanted = typeof text === 'function' ? text(facts) : (text ?? stringToSign(facts))
  const signed = typeof wanted === 'string' ? utf8(wanted) : wanted
  const signature = how(signed, pairs[by].privateKey)
  return {
    facts: { ...facts, signature: header ? header(signature) : percent(signature.toString('base64')) },
    signed,
    signature,
  }
}

/** The string with another body. */
const body = (change: (text: string) => string | Uint8Array) => (sent: typeof SENT) => {
  const changed = change(Buffer.from(sent.body).toString('utf8'))
  return stringToSign({ ...sent, body: typeof changed === 'string' ? utf8(changed) : Uint8Array.from(changed) })
}
const head = (change: Partial<typeof SENT>) => (sent: typeof SENT) => stringToSign({ ...sent, ...change })
const escaped = (text: string) => text.replaceAll('ü', '\\u00fc').replaceAll('ö', '\\u00f6')
const PRETTY = JSON.stringify(JSON.parse(BODY.replace('10.00', '"#"')), null, 2).replace('"#"', '10.00')
const withBody = (text: string) => ({ body: utf8(text) })
/** A signature whose base64 has a certain character. */
function until(has: RegExp, made: Made): Made {
  for (let at = 0; ; at++) {
    const sent = { ...made.sent, ...withBody(`{"n":${at}}`) }
    if (has.test(make({ ...made, sent }).signature.toString('base64'))) return { ...made, sent }
  }
}

const CASES: Record<HypothesisId, () => Made> = {
  'body.newline_missing': () => ({ sent: withBody(`${BODY}\n`), text: body((text) => text.trim()) }),
  'body.newline_added': () => ({ text: body((text) => `${text}\n`) }),
  'body.bom_missing': () => ({ sent: withBody(`\uFEFF${BODY}`), text: body((text) => text.replace('\uFEFF', '')) }),
  'body.bom_added': () => ({ text: body((text) => `\uFEFF${text}`) }),
  'body.crlf': () => ({ sent: withBody(PRETTY), text: body((text) => text.replaceAll('\n', '\r\n')) }),
  'body.lf': () => ({ sent: withBody(PRETTY.replaceAll('\n', '\r\n')), text: body(() => PRETTY) }),
  'body.compact': () => ({ sent: withBody(PRETTY), text: body(() => BODY) }),
  'body.spaced': () => ({ sent: withBody('{"a":1.0,"b":[1,2]}'), text: body(() => '{"a": 1.0, "b": [1, 2]}') }),
  'body.pretty': () => ({ text: body(() => PRETTY) }),
  'body.slashes_escaped': () => ({ text: body((text) => text.replaceAll('/', '\\/')) }),
  'body.slashes_unescaped': () => ({ sent: withBody(BODY.replaceAll('/', '\\/')), text: body(() => BODY) }),
  'body.unicode_escaped': () => ({ text: body(escaped) }),
  'body.unicode_unescaped': () => ({ sent: withBody(escaped(BODY)), text: body(() => BODY) }),
  'body.as_php': () => ({ sent: withBody(PRETTY), text: body(() => escaped(BODY.replaceAll('/', '\\/'))) }),
  'body.as_python': () => ({
    sent: withBody('{"a":"ü","b":[1,2]}'),
    text: body(() => '{"a": "\\u00fc", "b": [1, 2]}'),
  }),
  'body.as_go': () => ({
    text: body(() => BODY.replace('<', '\\u003c').replace('>', '\\u003e').replace('&', '\\u0026')),
  }),
  'body.as_gson': () => ({
    sent: withBody(`{"a":"it's=1"}`),
    text: body(() => '{"a":"it\\u0027s\\u003d1"}'),
  }),
  'body.sorted': () => ({
    sent: withBody('{"b":1.0,"a":{"d":1,"c":2},"b":3}'),
    text: body(() => '{"a":{"c":2,"d":1},"b":1.0,"b":3}'),
  }),
  'body.html_escaped': () => ({
    text: body((text) =>
      text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
    ),
  }),
  'body.html_unescaped': () => ({ sent: withBody(BODY.replaceAll('"', '&quot;')), text: body(() => BODY) }),
  'body.quoted': () => ({ text: body((text) => JSON.stringify(text)) }),
  'body.percent_encoded': () => ({ text: body(encodeURIComponent) }),
  'body.latin1': () => ({ text: body((text) => Buffer.from(text, 'latin1')) }),
  'body.empty': () => ({ text: body(() => '') }),
  'method.case': () => ({ text: head({ method: 'post' }) }),
  'method.other': () => ({ text: head({ method: 'GET' }) }),
  'path.with_host': () => ({ text: head({ uri: `https://sandbox.example${SENT.uri}` }) }),
  'path.without_prefix': () => ({ text: head({ uri: '/payments/pay?a=1&b=%C3%BC' }) }),
  'path.other_prefix': () => ({
    sent: { uri: '/ams/sandbox/api/v1/payments/pay' },
    text: head({ uri: '/ams/api/v1/payments/pay' }),
  }),
  'path.slash': () => ({ text: head({ uri: SENT.uri.replace('?', '/?') }) }),
  'path.written_otherwise': () => ({
    text: head({
      uri: SENT.uri.replace('inquiry', '').replace('pay?', 'pay?').replace('/aps', '%2Faps').replaceAll('/', '%2F'),
    }),
  }),
  'query.missing': () => ({ text: head({ uri: '/aps/api/v1/payments/pay' }) }),
  'query.written_otherwise': () => ({ text: head({ uri: '/aps/api/v1/payments/pay?a=1&b=ü' }) }),
  'client.other': () => ({ text: head({ clientId: '5YC47N2ZQHJ004125' }) }),
  'client.written_otherwise': () => ({ text: head({ clientId: '5YC47N2ZQHJ004124' }) }),
  'time.other_form': () => ({ text: head({ time: '1795407916123' }) }),
  'time.read_twice': () => ({ text: head({ time: '2026-11-23T04:25:16.119Z' }) }),
  'time.of_another_header': () => ({ text: head({ time: '2026-11-23T04:25:11Z' }) }),
  'time.written_otherwise': () => ({ text: head({ time: '2026-11-23T04%3A25%3A16.123Z' }) }),
  'string.line_break': () => ({
    text: ({ method, uri, clientId, time }) => `${method} ${uri}\\n${clientId}.${time}.${BODY}`,
  }),
  'string.separators': () => ({
    text: ({ method, uri, clientId, time }) => `${method} ${uri}\n${clientId}${time}${BODY}`,
  }),
  'key.retired': () => ({ by: 'retired' }),
  'key.waiting': () => ({ by: 'waiting' }),
  'key.later': () => ({ by: 'later' }),
  'key.production': () => ({ by: 'production' }),
  'key.other_application': () => ({ by: 'other_application' }),
  'key.center': () => ({ by: 'center' }),
  'algorithm.sha1': () => ({ how: (text, key) => sign('sha1', text, key) }),
  'algorithm.sha384': () => ({ how: (text, key) => sign('sha384', text, key) }),
  'algorithm.sha512': () => ({ how: (text, key) => sign('sha512', text, key) }),
  'algorithm.pss': () => ({
    how: (text, key) => sign('sha256', text, { key, padding: constants.RSA_PKCS1_PSS_PADDING }),
  }),
  'algorithm.hash_in_hex': () => ({
    how: (text, key) => sign('sha256', Buffer.from(sha256(text).toString('hex')), key),
  }),
  'algorithm.hashed_twice': () => ({ how: (text, key) => sign('sha256', sha256(text), key) }),
  'algorithm.bare_hash': () => ({ how: (text, key) => privateEncrypt(key, sha256(text)) }),
  'encoding.plus_as_blank': () =>
    until(/.\+./, { header: (signature) => plain(signature.toString('base64').replaceAll('+', ' ')) }),
  'encoding.twice': () => ({ header: (signature) => percent(encodeURIComponent(signature.toString('base64'))) }),
  'encoding.url_safe': () => until(/[+/]/, { header: (signature) => plain(signature.toString('base64url')) }),
  'encoding.hex': () => ({ header: (signature) => plain(signature.toString('hex')) }),
  'encoding.base64_twice': () => ({
    header: (signature) => percent(Buffer.from(signature.toString('base64')).toString('base64')),
  }),
  'encoding.line_breaks': () => ({
    header: (signature) => percent(signature.toString('base64').replace(/.{64}/g, '$&\n')),
  }),
  'encoding.quoted': () => ({ header: (signature) => plain(`"${signature.toString('base64')}"`) }),
}

describe('the Signature Doctor', () => {
  test('knows at least twenty ways, each under a name of its own, each with a fix, in two languages', () => {
    expect(hypothesisIds.length).toBeGreaterThanOrEqual(20)
    const titles = hypothesisIds.map((id) => HYPOTHESES[id].title)
    expect(new Set(titles).size).toBe(titles.length)
    for (const id of hypothesisIds) {
      expect(FIXES[HYPOTHESES[id].fix]).toBeDefined()
      expect(id).toMatch(/^[a-z]+\.[a-z0-9_]+$/)
      expect(HYPOTHESES[id].title).toMatch(/^[A-Z].*\.$/)
    }
    expect(Object.keys(ZH)).toEqual(hypothesisIds)
    // An anchor of the docs has neither point nor underscore.
    expect(new Set(hypothesisIds.map((id) => id.replace(/[._]/g, '-'))).size).toBe(hypothesisIds.length)
  })

  test.each(hypothesisIds)('names %s where exactly this is wrong', async (id) => {
    const { facts, signed } = make(CASES[id]())
    const found = await diagnose(facts, keys)
    expect(found).toMatchObject({ verdict: 'named', named: [id] })
    expect(Buffer.from(found.signed ?? [])).toEqual(Buffer.from(signed))
    expect(Buffer.from(found.received)).toEqual(Buffer.from(stringToSign(facts)))
    // Without it, nothing would have been wrong.
    const one = HYPOTHESES[id]
    expect(firstDifference(found.received, signed) !== undefined).toBe(one.of === 'string')
    expect(found.tried.find((tried) => tried.id === id)?.ways).toBeGreaterThan(0)
  })

  test('finds nothing wrong with a call that is right', async () => {
    for (const sent of [{}, withBody(''), { body: Uint8Array.of(255, 0, 254) }, { time: '' }, { uri: '/' }])
      expect(await diagnose(make({ sent }).facts, keys)).toMatchObject({ verdict: 'verifies', named: [] })
  })

  test('says what is certain where the string is none of those that it knows', async () => {
    const other = make({ text: 'something else', by: 'retired', how: (text, key) => sign('sha1', text, key) })
    expect(await diagnose(other.facts, keys)).toMatchObject({
      verdict: 'string',
      named: ['key.retired', 'algorithm.sha1'],
      key: { kind: 'retired' },
      hash: 'SHA-1',
      signed: undefined,
    })
    expect(await diagnose(make({ by: 'nobody' }).facts, keys)).toMatchObject({ verdict: 'key', named: [] })
    for (const signature of [
      '',
      'signature=',
      'signature=%',
      'algorithm=RSA256',
      'signature=ü,ü=,=',
      'x'.repeat(10_000),
    ])
      expect((await diagnose({ ...make({}).facts, signature }, keys)).verdict).toBe('unreadable')
  })

  test('shows the string that the caller says he signed, if that is what he signed', async () => {
    const { facts, signed } = make({ text: 'POST /somewhere\nA.B.{}' })
    const own = { ...facts, claimed: Uint8Array.from(signed) }
    expect(await diagnose(own, keys)).toMatchObject({ verdict: 'string', named: [], signed: own.claimed })
    const wrong = { ...facts, claimed: utf8('POST /elsewhere') }
    expect(await diagnose(wrong, keys)).toMatchObject({ verdict: 'string', signed: undefined })
  })

  test('tells a string that two ways give', async () => {
    const { facts } = make({ sent: withBody('{}\n'), text: body(() => '{}') })
    expect(await diagnose(facts, keys)).toMatchObject({ named: ['body.newline_missing'] })
    expect((await diagnose(facts, keys)).alike).toContain('body.compact')
  })

  test('refuses more than 64 kB', async () => {
    const { facts } = make({ sent: { body: new Uint8Array(DOCTOR.bodyBytes + 1) } })
    await expect(diagnose(facts, keys)).rejects.toThrow(RangeError)
  })

  test('goes on with a key that is none', async () => {
    const broken: KnownKey[] = [{ kind: 'own', version: 9, publicKey: 'AAAA' }, ...keys]
    expect(await diagnose(make({}).facts, broken)).toMatchObject({ verdict: 'verifies' })
  })

  test('hostile bodies of 64 kB are looked at, and found to be nothing', async () => {
    const bodies = [
      '['.repeat(DOCTOR.bodyBytes),
      '['.repeat(64) + '[],'.repeat(20_000) + ']'.repeat(64),
      '"'.repeat(DOCTOR.bodyBytes),
      '\\'.repeat(DOCTOR.bodyBytes),
      '{"a":'.repeat(13_000),
      'ü'.repeat(DOCTOR.bodyBytes / 2),
      '\n'.repeat(DOCTOR.bodyBytes),
      '&'.repeat(DOCTOR.bodyBytes),
    ]
    for (const text of bodies)
      expect(
        await diagnose(make({ sent: withBody(text.slice(0, DOCTOR.bodyBytes)), text: 'x' }).facts, keys),
      ).toMatchObject({
        verdict: 'string',
        named: [],
      })
  })
})

/** The same sequence in every run. */
function dice(seed: number) {
  let state = seed
  return (sides: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * sides)
  }
}

/** Ways of going wrong that nobody wrote a hypothesis for. */
const UNKNOWN: readonly Made[] = [
  { text: body((text) => text.replace('10.00', '10')) },
  { text: body((text) => text.slice(0, -3)) },
  { text: body((text) => text.replace('Müller', 'Maier')) },
  { text: body((text) => [...text].reverse().join('')) },
  { text: head({ time: '2026-11-22T04:25:16.123Z' }) },
  { text: head({ clientId: 'SANDBOX_SOMEBODY_ELSE' }) },
  { text: head({ uri: '/aps/api/v1/payments/refund' }) },
  { by: 'nobody' },
  { how: (text, key) => sign('md5', text, key) },
  { how: (text, key) => sign('sha224', text, key) },
  { header: () => percent(Buffer.alloc(256, 7).toString('base64')) },
  { header: (signature) => percent(signature.subarray(1).toString('base64')) },
]

test('over 1,000 calls wrong in two or more ways, or in none of the known ways, it never names a false cause', async () => {
  const roll = dice(20_260_730)
  const withText = hypothesisIds.filter((id) => HYPOTHESES[id].of === 'string' && CASES[id]().sent === undefined)
  let named = 0
  for (let round = 0; round < 1000; round++) {
    const first = UNKNOWN[roll(UNKNOWN.length)] ?? {}
    const second = CASES[hypothesisIds[roll(hypothesisIds.length)] ?? 'body.compact']()
    const third = CASES[withText[roll(withText.length)] ?? 'body.pretty']()
    // Whatever the later says wins; one string can be wrong in two ways at once: a body of the one behind a head of the other.
    const both: Made =
      round % 3 === 0 ? { ...second, ...first } : round % 3 === 1 ? { ...second, text: third.text ?? '' } : first
    const mixed =
      round % 2 === 0 ? { ...both, by: (['own', 'retired', 'production', 'nobody'] as const)[roll(4)] ?? 'own' } : both
    const { facts, signed, signature } = make(mixed)
    const found = await diagnose(facts, keys)
    named += found.named.length
    // Whatever is named is what was really done: string, key, and the platform's own verifier agrees.
    if (found.signed !== undefined) {
      expect(Buffer.from(found.signed)).toEqual(Buffer.from(signed))
      expect(facts.signature).toContain('signature=')
    }
    if (found.key !== undefined) expect(found.key.kind).toBe(mixed.by ?? 'own')
    else expect(found.named).toEqual([])
    const isPlain = (mixed.how ?? rsa256) === rsa256
    const strings = found.named.filter((id) => HYPOTHESES[id].of === 'string')
    if (strings.length > 0) expect(found.signed).toBeDefined()
    if (found.named.some((id) => HYPOTHESES[id].of === 'algorithm')) expect(isPlain).toBe(false)
    if (found.verdict === 'verifies') expect(Buffer.from(signed)).toEqual(Buffer.from(stringToSign(facts)))
    if (isPlain && found.signed && found.key) {
      const key = pairs[found.key.kind].publicKey
      expect(createVerify('sha256').update(found.signed).verify(key, signature)).toBe(true)
    }
  }
  expect(named).toBeGreaterThan(100)
}, 120_000)
