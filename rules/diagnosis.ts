/**
 * The Signature Doctor: why a signature does not verify. HYPOTHESES is the ordered list of what partners do otherwise than they should,
 * the smallest change first. Each rebuilds, from the call that came, what would have been signed in that case: another string, another
 * key, another algorithm, another encoding of the signature. Named is only what verifies, so a false cause cannot be named.
 */
import {
  type Bytes,
  fromBase64,
  fromHex,
  joined,
  latin1,
  sameBytes,
  type TwoParts,
  textOf,
  utf8,
  type Written,
} from './bytes.ts'
import type { FixKind } from './fixes.ts'
import {
  COMPACT,
  escapeForHtml,
  escapeSlashes,
  escapeUnicode,
  escapeUnicodeUpper,
  type Layout,
  layOut,
  mapTexts,
  SPACED,
  sortNames,
  type Tokens,
  tokensOf,
  unescapeSlashes,
  unescapeUnicode,
} from './json-text.ts'
import type { HashName } from './rsa-open.ts'
import { textBeforeBody } from './signature.ts'

export type CallFacts = {
  method: string
  /** Path and query as they stood in the request line. */
  uri: string
  /** The header Host, where it is known. */
  host: string | undefined
  clientId: string
  time: string
  body: Bytes
  /** The header Signature as it came. */
  signature: string
  /** What else the caller could have taken for his Client ID, or for the time. */
  otherClientIds: readonly string[]
  otherTimes: readonly string[]
  /** What the caller says that he signed: tried last, because it explains nothing. */
  claimed?: Bytes | undefined
}

/** `own`: the sandbox would have taken it for this call. */
export const keyKinds = ['own', 'retired', 'waiting', 'later', 'production', 'other_application', 'center'] as const
export type KeyKind = (typeof keyKinds)[number]
export type KnownKey = {
  kind: KeyKind
  version: number
  /** Base64 of the SubjectPublicKeyInfo. */
  publicKey: string
}

/** A call with what several hypotheses begin with, made once. */
export type Call = CallFacts & { text: string | undefined; tokens: Tokens | undefined }

type Parts = { method: string; uri: string; clientId: string; time: string }
/** Strings that could have been signed. */
type Rebuild = (call: Call) => Iterable<TwoParts>

/** `of`: what is changed. The others but strings are found by what the signature holds, see `findingsOf` in diagnose.ts. */
export type Hypothesis = {
  fix: FixKind
  /** What was done, as one sentence. */
  title: string
  /** Where it comes from. */
  what: string
} & (
  | { of: 'string'; rebuild: Rebuild }
  | { of: 'key'; kind: KeyKind }
  | { of: 'encoding'; decode: (text: string) => Iterable<Bytes | undefined> }
  | { of: 'algorithm'; hash?: HashName }
)

// ── strings ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The string that the gateway verifies against. */
export const stringToSign = (facts: Pick<CallFacts, keyof Parts | 'body'>) =>
  joined(utf8(textBeforeBody(facts)), facts.body)

/** Another body, everything else as it was. */
const bodies = (make: (call: Call) => Iterable<TwoParts['body'] | undefined>): Rebuild =>
  function* (call) {
    const head = textBeforeBody(call)
    for (const body of make(call)) if (body !== undefined) yield { head, body }
  }

/** The body as text changed; bytes that are no text are none of its business. */
const texts = (make: (text: string, tokens: Tokens | undefined) => Iterable<string | undefined>): Rebuild =>
  bodies((call) => (call.text === undefined ? [] : make(call.text, call.tokens)))

/** The JSON laid out anew. */
const layouts = (...list: readonly Layout[]): Rebuild =>
  bodies(function* ({ tokens }) {
    if (tokens) for (const layout of list) yield layOut(tokens, layout)
  })

/** The strings of the JSON written otherwise, what stands between them as it was. `where`: in other texts there is nothing to change. */
const escapes = (where: RegExp, ...changes: readonly ((raw: string) => string)[]): Rebuild =>
  texts(function* (text) {
    if (where.test(text)) for (const change of changes) yield mapTexts(text, change)
  })

/** As a library writes JSON: its layouts, with its escapes. Without anything to escape it is a layout, and has been tried. */
const library = (where: RegExp, change: (raw: string) => string, ...list: readonly Layout[]): Rebuild =>
  bodies(function* ({ tokens, text = '' }) {
    if (!tokens || !where.test(text)) return
    const changed = tokensOf(utf8(mapTexts(text, change) ?? ''))
    if (changed) for (const layout of list) yield layOut(changed, layout)
  })

/** Other parts in front of the body. */
const parts = (make: (call: Call) => Iterable<Partial<Parts>>): Rebuild =>
  function* (call) {
    const { method, uri, clientId, time, body } = call
    const sent = { method, uri, clientId, time }
    for (const change of make(call)) yield { head: textBeforeBody({ ...sent, ...change }), body }
  }

const uris = (make: (path: string, query: string, call: Call) => Iterable<string>): Rebuild =>
  parts(function* (call) {
    const at = call.uri.indexOf('?')
    const [path, query] = at < 0 ? [call.uri, ''] : [call.uri.slice(0, at), call.uri.slice(at)]
    for (const uri of make(path, query, call)) yield { uri }
  })

/** Other text in front of the body, of any form. */
const heads = (make: (call: Call) => Iterable<string>): Rebuild =>
  function* (call) {
    for (const head of make(call)) yield { head, body: call.body }
  }

const pretty = (indent: string, newline = '\n'): Layout => ({ comma: ',', colon: ': ', indent, newline })
/** Two and four blanks, a tab, and three blanks as a client library of Python has them. */
const PRETTY = [pretty('  '), pretty('    '), pretty('\t'), pretty('   '), pretty('  ', '\r\n'), pretty('    ', '\r\n')]
const JACKSON: Layout[] = ['\n', '\r\n'].map((newline) => ({
  ...{ comma: ', ', colon: ' : ', indent: '  ', newline, empty: ' ', listsInline: true },
}))

const BOM = Uint8Array.of(0xef, 0xbb, 0xbf)
const hasBom = ({ body }: Call) => body.length >= 3 && sameBytes(body.subarray(0, 3), BOM)

const HTML: readonly (readonly [RegExp, string])[] = [
  [/&/g, '&amp;'],
  [/</g, '&lt;'],
  [/>/g, '&gt;'],
]
const APOSTROPHES = ["'", '&#39;', '&#039;', '&#x27;', '&apos;']

function* htmlEscaped(text: string): Iterable<string> {
  const base = HTML.reduce((escaped, [char, name]) => escaped.replace(char, name), text)
  for (const quote of text.includes('"') ? ['&quot;', '&#34;', '"'] : ['"'])
    for (const apostrophe of text.includes("'") ? APOSTROPHES : ["'"])
      yield base.replaceAll('"', quote).replaceAll("'", apostrophe)
}

function htmlUnescaped(text: string): string {
  return text
    .replace(/&(quot|#34|#x22);/gi, '"')
    .replace(/&(apos|#0?39|#x27);/gi, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
}

const beyondAscii = /[^\0-\x7F]/u

/** The bytes of UTF-8 taken for characters of Latin-1, and encoded once more. */
const twiceUtf8 = (body: Bytes): Written => ({
  most: 2 * body.length,
  write(into, start) {
    let at = start
    for (const byte of body) {
      if (byte >= 0x80) into[at++] = 0xc0 | (byte >> 6)
      into[at++] = byte < 0x80 ? byte : 0x80 | (byte & 0x3f)
    }
    return at
  },
})

/** With the lower byte of each unit first, and with the higher. */
function utf16(text: string): [little: Bytes, big: Bytes] {
  const [little, big] = [new Uint8Array(text.length * 2), new Uint8Array(text.length * 2)]
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    big[at * 2] = little[at * 2 + 1] = unit >> 8
    big[at * 2 + 1] = little[at * 2] = unit & 0xff
  }
  return [little, big]
}

// ── times ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

type Form = (ms: number) => string

/** ISO 8601 at an offset, with so many digits of the second. */
const iso =
  (offsetMinutes: number, zone: string, digits: number, between = 'T'): Form =>
  (ms) => {
    const local = new Date(ms + offsetMinutes * 60_000).toISOString()
    const fraction = digits === 0 ? '' : `.${local.slice(20, 23).padEnd(digits, '0').slice(0, digits)}`
    return `${local.slice(0, 10)}${between}${local.slice(11, 19)}${fraction}${zone}`
  }

const FORMS: readonly Form[] = [
  (ms) => String(ms),
  (ms) => String(Math.floor(ms / 1000)),
  ...[0, 3, 6, 7].flatMap((digits) => [
    ...['Z', '+00:00', '+0000', ''].map((zone) => iso(0, zone, digits)),
    iso(0, '', digits, ' '),
    iso(480, '+08:00', digits),
    iso(480, '+0800', digits),
  ]),
  iso(480, '', 0, ' '),
  (ms) => iso(0, '', 0)(ms).replace(/\D/g, ''),
]

/** The moment that a text names, in which form, and how far apart two of that form are; undefined where it is no time. */
function readTime(text: string): { ms: number; form: Form; stepMs: number } | undefined {
  if (/^\d{13}$/.test(text)) return { ms: Number(text), form: (ms) => String(ms), stepMs: 1 }
  if (/^\d{10}$/.test(text)) return { ms: Number(text) * 1000, form: (ms) => String(ms / 1000), stepMs: 1000 }
  const [, day, clock, fraction = '', zone = 'Z'] =
    /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)?$/.exec(text) ?? []
  if (day === undefined || clock === undefined) {
    const named = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} [\d:]{8} GMT$/.test(text) ? Date.parse(text) : Number.NaN
    return Number.isNaN(named) ? undefined : { ms: named, form: iso(0, 'Z', 0), stepMs: 1000 }
  }
  const [, sign = '+', hours = '0', minutes = '0'] = /^([+-])(\d\d):?(\d\d)$/.exec(zone) ?? []
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1)
  const ms = Date.parse(`${day}T${clock}${fraction.slice(0, 4)}Z`) - offset * 60_000
  if (Number.isNaN(ms) || offset > 900 || offset < -900) return undefined
  const digits = Math.max(0, fraction.length - 1)
  return { ms, form: iso(offset, text.endsWith(zone) ? zone : '', digits), stepMs: 10 ** Math.max(0, 3 - digits) }
}

/** Both clocks were read one after the other: so many steps apart at most. */
const NEAR_STEPS = { ms: 25, others: 5 }

function* nearTimes({ time }: Call): Iterable<Partial<Parts>> {
  const read = readTime(time)
  if (!read) return
  const steps = read.stepMs === 1 ? NEAR_STEPS.ms : NEAR_STEPS.others
  for (let step = 1; step <= steps; step++)
    for (const side of [-1, 1]) yield { time: read.form(read.ms + side * step * read.stepMs) }
}

function* otherForms(text: string): Iterable<Partial<Parts>> {
  const read = readTime(text)
  if (read) for (const form of FORMS) yield { time: form(read.ms) }
}

// ── encodings of the signature ────────────────────────────────────────────────────────────────────────────────────────────

/** Percent-encoding taken off as often as it is there, three times at most. */
function decodedTwice(text: string): Bytes | undefined {
  let decoded = text
  for (let times = 0; times < 3 && decoded.includes('%'); times++) decoded = percentDecoded(decoded) ?? ''
  return text.includes('%') ? fromBase64(decoded) : undefined
}

export function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** A plus that came as a blank; one at the beginning is gone, because nobody keeps blanks around a value. */
function* plusForBlank(text: string): Iterable<Bytes | undefined> {
  const mended = text.replaceAll(' ', '+')
  if (mended !== text) yield fromBase64(mended)
  yield fromBase64(`+${mended}`)
}

// ── the list ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

export const HYPOTHESES = {
  // ── the body ──────────────────────────────────────────────────────────────────────────────────────────────────────────
  'body.newline_missing': {
    of: 'string',
    fix: 'body',
    title: 'The body was signed without the line break at its end.',
    what: 'A line break was added when the body was sent, or cut off when it was signed.',
    rebuild: bodies(function* ({ body, text }) {
      if (body.at(-1) === 10) yield body.slice(0, body.at(-2) === 13 ? -2 : -1)
      if (text !== undefined) yield text.replace(/[ \t\r\n]+$/, '')
    }),
  },
  'body.newline_added': {
    of: 'string',
    fix: 'body',
    title: 'The body was signed with a line break at its end.',
    what: 'echo, a text editor or a template adds a line break that is not sent.',
    rebuild: bodies(({ body }) => [
      joined(body, latin1('\n')),
      joined(body, latin1('\r\n')),
      joined(body, latin1(' ')),
    ]),
  },
  'body.bom_missing': {
    of: 'string',
    fix: 'body',
    title: 'The body was signed without its byte-order mark.',
    what: 'A writer of UTF-8 put the bytes EF BB BF in front of what was signed.',
    rebuild: bodies((call) => (hasBom(call) ? [call.body.slice(3)] : [])),
  },
  'body.bom_added': {
    of: 'string',
    fix: 'body',
    title: 'The body was signed with a byte-order mark in front.',
    what: 'The text was read from a file, or encoded by an encoder that begins with EF BB BF.',
    rebuild: bodies((call) => (hasBom(call) ? [] : [joined(BOM, call.body)])),
  },
  'body.crlf': {
    of: 'string',
    fix: 'body',
    title: 'The body was signed with line breaks of Windows (CRLF).',
    what: 'The line breaks were changed to LF on the way out.',
    rebuild: texts((text) => [text.replace(/\r?\n/g, '\r\n')]),
  },
  'body.lf': {
    of: 'string',
    fix: 'body',
    title: 'The body was signed with line breaks of Unix (LF).',
    what: 'The line breaks were changed to CRLF on the way out.',
    rebuild: texts((text) => [text.replaceAll('\r\n', '\n')]),
  },
  'body.compact': {
    of: 'string',
    fix: 'body',
    title: 'The body was signed as compact JSON, without blanks.',
    what: 'The object was serialised twice: once to be signed, and once, otherwise, to be sent.',
    rebuild: layouts(COMPACT),
  },
  'body.spaced': {
    of: 'string',
    fix: 'body',
    title: 'The body was signed with a blank behind each comma and colon.',
    what: 'json.dumps of Python writes so unless separators are given; the HTTP library wrote the body anew.',
    rebuild: layouts(SPACED, { comma: ',', colon: ': ' }, { comma: ', ', colon: ':' }),
  },
  'body.pretty': {
    of: 'string',
    fix: 'body',
    title: 'The body was signed as pretty-printed JSON.',
    what: 'What was signed is the text for people, of a log or an editor; what was sent is laid out otherwise.',
    rebuild: layouts(...PRETTY, ...JACKSON),
  },
  'body.slashes_escaped': {
    of: 'string',
    fix: 'body',
    title: 'The body was signed with escaped slashes (\\/).',
    what: 'json_encode of PHP escapes slashes unless JSON_UNESCAPED_SLASHES is given.',
    rebuild: escapes(/\//, escapeSlashes),
  },
  'body.slashes_unescaped': {
    of: 'string',
    fix: 'body',
    title: 'The body was signed with plain slashes, and sent with escaped ones (\\/).',
    what: 'json_encode of PHP escapes slashes unless JSON_UNESCAPED_SLASHES is given.',
    rebuild: escapes(/\\\//, unescapeSlashes),
  },
  'body.unicode_escaped': {
    of: 'string',
    fix: 'body',
    title: 'The body was signed with \\uXXXX for the characters beyond ASCII.',
    what: 'json.dumps of Python and json_encode of PHP escape them unless told otherwise.',
    rebuild: escapes(beyondAscii, escapeUnicode, escapeUnicodeUpper),
  },
  'body.unicode_unescaped': {
    of: 'string',
    fix: 'body',
    title: 'The body was signed with plain characters, and sent with \\uXXXX.',
    what: 'The HTTP library wrote the body anew, and escaped what is beyond ASCII, or what HTML reserves.',
    rebuild: escapes(/\\u/, unescapeUnicode(false), unescapeUnicode(true)),
  },
  'body.as_php': {
    of: 'string',
    fix: 'body',
    title: 'The body was signed as json_encode of PHP writes it: compact, with \\/ and \\uXXXX.',
    what: 'The body was encoded once more to be sent, by another encoder or with other flags.',
    rebuild: library(/[^\0-\x7F]|\//u, (raw) => escapeUnicode(escapeSlashes(raw)), COMPACT, {
      comma: ',',
      colon: ': ',
      indent: '    ',
    }),
  },
  'body.as_python': {
    of: 'string',
    fix: 'body',
    title: 'The body was signed as json.dumps of Python writes it: with blanks and \\uXXXX.',
    what: 'The dictionary was given to the HTTP library, which wrote the body anew.',
    rebuild: library(beyondAscii, escapeUnicode, SPACED, COMPACT),
  },
  'body.as_go': {
    of: 'string',
    fix: 'body',
    title: 'The body was signed as encoding/json of Go writes it: compact, with < > & as \\u003c \\u003e \\u0026.',
    what: 'json.Marshal escapes for HTML; an Encoder with SetEscapeHTML(false) does not.',
    rebuild: library(/[<>&\u2028\u2029]/, escapeForHtml(/[<>&\u2028\u2029]/g), COMPACT),
  },
  'body.as_gson': {
    of: 'string',
    fix: 'body',
    title: "The body was signed as Gson of Java writes it: compact, with < > & = ' as \\u003c and so on.",
    what: 'Gson escapes for HTML unless disableHtmlEscaping() is called.',
    rebuild: library(/[<>&='\u2028\u2029]/, escapeForHtml(/[<>&='\u2028\u2029]/g), COMPACT),
  },
  'body.sorted': {
    of: 'string',
    fix: 'body',
    title: 'The body was signed with its names in alphabetical order.',
    what: 'A sorted map, or a rule of another interface that asks for sorted names; here the bytes are signed as they are sent.',
    rebuild: bodies(function* ({ tokens }) {
      if (!tokens) return
      const deep = sortNames(tokens, true)
      if (!deep) return
      for (const layout of [COMPACT, SPACED, pretty('  '), pretty('    ')]) yield layOut(deep, layout)
      const shallow = sortNames(tokens, false)
      if (shallow) yield layOut(shallow, COMPACT)
    }),
  },
  'body.html_escaped': {
    of: 'string',
    fix: 'body',
    title: 'The body was signed with names of HTML for its characters, such as &quot;.',
    what: 'The text went through a template or a filter that escapes for HTML.',
    rebuild: texts(htmlEscaped),
  },
  'body.html_unescaped': {
    of: 'string',
    fix: 'body',
    title: 'The body was signed plain, and sent with names of HTML, such as &quot;.',
    what: 'A template or a filter escaped the body behind the signature.',
    rebuild: texts((text) => [htmlUnescaped(text)]),
  },
  'body.quoted': {
    of: 'string',
    fix: 'body',
    title: 'The body was signed as one JSON string, in quotes.',
    what: 'Text that was JSON already was serialised once more.',
    rebuild: texts((text) => [JSON.stringify(text)]),
  },
  'body.percent_encoded': {
    of: 'string',
    fix: 'body',
    title: 'The body was signed percent-encoded.',
    what: 'Only the signature is percent-encoded, never the body.',
    rebuild: texts(function* (text) {
      const encoded = percentEncoded(text)
      yield encoded
      yield encoded?.replaceAll('%20', '+')
    }),
  },
  'body.latin1': {
    of: 'string',
    fix: 'body',
    title: 'The body was signed in another character set than UTF-8.',
    what: 'The text became bytes with the character set of the system: Latin-1, UTF-16, or ASCII with question marks.',
    rebuild: bodies(function* ({ text, body }) {
      if (text === undefined) return
      if (beyondAscii.test(text)) {
        if (!/[^\0-\xFF]/u.test(text)) yield latin1(text)
        yield text.replace(/[^\0-\x7F]/gu, '?')
        yield text.replace(/[^\0-\x7F]/g, '?')
        yield twiceUtf8(body)
      }
      const [little, big] = utf16(text)
      yield* [little, joined(Uint8Array.of(0xff, 0xfe), little), big, joined(Uint8Array.of(0xfe, 0xff), big)]
    }),
  },
  'body.empty': {
    of: 'string',
    fix: 'body',
    title: 'The string was signed without the body.',
    what: 'The body was read already, was not yet written, or was left out as in a GET.',
    rebuild: bodies(() => ['', '{}', 'null']),
  },

  // ── method, path and query ────────────────────────────────────────────────────────────────────────────────────────────
  'method.case': {
    of: 'string',
    fix: 'method',
    title: 'The method was signed in other letters than POST.',
    what: 'Some HTTP libraries name it post.',
    rebuild: parts(({ method }) => [
      { method: method.toLowerCase() },
      { method: method.slice(0, 1).toUpperCase() + method.slice(1).toLowerCase() },
      { method: method.toUpperCase() },
    ]),
  },
  'method.other': {
    of: 'string',
    fix: 'method',
    title: 'Another method was signed than the one that was sent.',
    what: 'The method stands fixed in the code that signs, or is missing there.',
    rebuild: heads((call) => [
      ...['POST', 'GET', 'PUT', ''].map((method) => textBeforeBody({ ...call, method })),
      textBeforeBody({ ...call, method: '' }).trimStart(),
    ]),
  },
  'path.with_host': {
    of: 'string',
    fix: 'uri',
    title: 'The path was signed with the host.',
    what: 'The whole address was signed; scheme, host and port are no part of the string.',
    rebuild: uris((_path, _query, { host, uri }) =>
      host === undefined ? [] : [`https://${host}${uri}`, `http://${host}${uri}`, `${host}${uri}`, `//${host}${uri}`],
    ),
  },
  'path.without_prefix': {
    of: 'string',
    fix: 'uri',
    title: 'The path was signed without its beginning.',
    what: 'Only the part behind the base address was signed; the whole path counts, from the first slash.',
    rebuild: uris(function* (path, query) {
      const steps = path.split('/').slice(1)
      for (let from = 1; from < steps.length && from <= 8; from++) {
        yield `/${steps.slice(from).join('/')}${query}`
        yield `${steps.slice(from).join('/')}${query}`
      }
    }),
  },
  'path.other_prefix': {
    of: 'string',
    fix: 'uri',
    title: 'The path was signed with the prefix of another family.',
    what: 'Client libraries rewrite /ams/api to /ams/sandbox/api for sandbox clients; sign the path that is sent.',
    rebuild: uris(function* (path, query) {
      const [, rest] = /^\/(?:aps|ams\/sandbox|ams)\/api(\/.*)$/.exec(path) ?? []
      if (rest !== undefined)
        for (const prefix of ['/aps', '/ams', '/ams/sandbox', '/aps/sandbox']) yield `${prefix}/api${rest}${query}`
    }),
  },
  'path.slash': {
    of: 'string',
    fix: 'uri',
    title: 'The path was signed with a slash more or less.',
    what: 'Base address and path were joined otherwise for the string than for the call.',
    rebuild: uris((path, query) => [
      `${path}/${query}`,
      `${path.replace(/\/+$/, '')}${query}`,
      `${path.replace(/^\/+/, '')}${query}`,
      `/${path}${query}`,
      `${path.replace(/\/{2,}/g, '/')}${query}`,
    ]),
  },
  'path.written_otherwise': {
    of: 'string',
    fix: 'uri',
    title: 'The path was signed in other letters, or percent-encoded otherwise.',
    what: 'The path was encoded, decoded or changed to small letters between signing and sending.',
    rebuild: uris(function* (path, query, { uri }) {
      yield path.toLowerCase() + query
      yield percentDecoded(path)?.concat(query) ?? uri
      yield percentEncoded(path)?.concat(query) ?? uri
      yield percentEncoded(path)?.replaceAll('%2F', '/').concat(query) ?? uri
    }),
  },
  'query.missing': {
    of: 'string',
    fix: 'uri',
    title: 'The path was signed without its query.',
    what: 'What stands behind the question mark belongs to the string.',
    rebuild: uris((path, query) => (query === '' ? [] : [path, `${path}?`])),
  },
  'query.written_otherwise': {
    of: 'string',
    fix: 'uri',
    title: 'The query was signed in another order, or encoded otherwise.',
    what: 'The parameters were sorted, encoded or decoded between signing and sending.',
    rebuild: uris(function* (path, query, { uri }) {
      if (query === '') return
      const pairs = query.slice(1).split('&').slice(0, 100)
      yield `${path}?${[...pairs].sort().join('&')}`
      yield `${path}?${[...pairs].reverse().join('&')}`
      yield percentDecoded(query) === undefined ? uri : path + percentDecoded(query)
      yield path + query.replaceAll('%20', '+')
      yield path + query.replaceAll('+', '%20')
      yield path + query.replace(/%[0-9a-f]{2}/gi, (code) => code.toLowerCase())
      yield path + query.replace(/%[0-9a-f]{2}/gi, (code) => code.toUpperCase())
    }),
  },

  // ── client and time ───────────────────────────────────────────────────────────────────────────────────────────────────
  'client.other': {
    of: 'string',
    fix: 'client',
    title: 'Another Client ID was signed than the one in the header.',
    what: 'The string was made with the Client ID of production, or of another application.',
    rebuild: parts(({ otherClientIds }) => otherClientIds.map((clientId) => ({ clientId }))),
  },
  'client.written_otherwise': {
    of: 'string',
    fix: 'client',
    title: 'The Client ID was signed otherwise than it was sent.',
    what: 'In small letters, without SANDBOX_, with a blank or a line break, or not at all.',
    rebuild: parts(({ clientId }) =>
      [
        ...[clientId.toLowerCase(), clientId.toUpperCase(), clientId.replace(/^(SANDBOX|TEST)_/, '')],
        ...[`${clientId} `, ` ${clientId}`, `${clientId}\n`, `"${clientId}"`, '', 'null', 'undefined', 'None'],
      ].map((changed) => ({ clientId: changed })),
    ),
  },
  'time.other_form': {
    of: 'string',
    fix: 'time',
    title: 'The same moment was signed in another form than in the header.',
    what: 'The time was written twice, by two formatters; what counts is the text, not the moment.',
    rebuild: parts(({ time }) => otherForms(time)),
  },
  'time.read_twice': {
    of: 'string',
    fix: 'time',
    title: 'A slightly different time was signed than the one in the header.',
    what: 'The clock was read twice, once for the string and once for the header.',
    rebuild: parts(nearTimes),
  },
  'time.of_another_header': {
    of: 'string',
    fix: 'time',
    title: 'The time of another header was signed.',
    what: 'The string was made with the header Date, or with the time of the other side.',
    rebuild: parts(function* ({ otherTimes }) {
      for (const time of otherTimes.slice(0, 5)) {
        yield { time }
        yield* otherForms(time)
      }
    }),
  },
  'time.written_otherwise': {
    of: 'string',
    fix: 'time',
    title: 'The time was signed percent-encoded, in quotes, or not at all.',
    what: 'The text of the time was changed between signing and sending, or the variable was empty.',
    rebuild: parts(({ time }) =>
      [
        ...[percentEncoded(time) ?? time, time.replaceAll('+', ' '), time.replaceAll(':', '%3A'), `"${time}"`],
        ...[`${time} `, `${time}\n`, '', 'null', 'undefined', 'None'],
      ].map((changed) => ({ time: changed })),
    ),
  },

  // ── how the string is put together ────────────────────────────────────────────────────────────────────────────────────
  'string.line_break': {
    of: 'string',
    fix: 'string',
    title: 'The string was signed with something else than a line feed behind the path.',
    what: 'In single quotes, \\n is a backslash and an n in PHP, Ruby and shells; some systems write CRLF.',
    rebuild: heads(({ method, uri, clientId, time }) =>
      ['\\n', '\r\n', '\r', '', ' ', '\n\n', '\\r\\n', '.'].map(
        (mark) => `${method} ${uri}${mark}${clientId}.${time}.`,
      ),
    ),
  },
  'string.separators': {
    of: 'string',
    fix: 'string',
    title: 'The parts of the string were signed with other separators, or in another order.',
    what: 'A blank behind the method, and a full stop behind Client ID and time: nothing more, nothing less.',
    rebuild: heads(function* ({ method, uri, clientId, time }) {
      const line = `${method} ${uri}\n`
      for (const mark of ['', ',', ', ', '. ', '&', '|', ':', ' ', '\n'])
        yield `${line}${clientId}${mark}${time}${mark}`
      for (const mark of ['', '\n', ' ']) yield `${line}${clientId}.${time}${mark}`
      for (const mark of ['', '\n', '.', '  ', '\t']) yield `${method}${mark}${uri}\n${clientId}.${time}.`
      yield `${line}${time}.${clientId}.`
      yield `${clientId}.${time}.`
      yield ''
    }),
  },

  // ── the key ───────────────────────────────────────────────────────────────────────────────────────────────────────────
  'key.retired': {
    of: 'key',
    kind: 'retired',
    fix: 'key',
    title: 'The call was signed with a key that is retired.',
    what: 'The server still uses the private half of a version that was replaced.',
  },
  'key.waiting': {
    of: 'key',
    kind: 'waiting',
    fix: 'key',
    title: 'The call was signed with a replacement that was not proved yet.',
    what: 'A replacement verifies nothing until its text has been signed on the sandbox settings; the key before it goes on working.',
  },
  'key.later': {
    of: 'key',
    kind: 'later',
    fix: 'key',
    title: 'The call was signed with a key that was set only later.',
    what: 'The server used the new private key before its public half was set here; the same call verifies now.',
  },
  'key.production': {
    of: 'key',
    kind: 'production',
    fix: 'key',
    title: 'The call was signed with a key of production.',
    what: 'The private key of the other environment is configured.',
  },
  'key.other_application': {
    of: 'key',
    kind: 'other_application',
    fix: 'key',
    title: 'The call was signed with the key of another application of yours.',
    what: 'Client ID and private key are of two applications.',
  },
  'key.center': {
    of: 'key',
    kind: 'center',
    fix: 'key',
    title: "The signature is the network's own.",
    what: 'A signature of an answer or a notification was sent back instead of one of your own.',
  },

  // ── the algorithm ─────────────────────────────────────────────────────────────────────────────────────────────────────
  'algorithm.sha1': {
    of: 'algorithm',
    hash: 'SHA-1',
    fix: 'algorithm',
    title: 'The call was signed with SHA-1.',
    what: 'SHA1withRSA, or the default of a tool: RSA256 asks for SHA-256.',
  },
  'algorithm.sha384': {
    of: 'algorithm',
    hash: 'SHA-384',
    fix: 'algorithm',
    title: 'The call was signed with SHA-384.',
    what: 'RSA256 asks for SHA-256.',
  },
  'algorithm.sha512': {
    of: 'algorithm',
    hash: 'SHA-512',
    fix: 'algorithm',
    title: 'The call was signed with SHA-512.',
    what: 'RSA256 asks for SHA-256.',
  },
  'algorithm.pss': {
    of: 'algorithm',
    fix: 'algorithm',
    title: 'The call was signed by RSA-PSS.',
    what: 'RSA256 asks for PKCS#1 v1.5; some libraries take PSS by default.',
  },
  'algorithm.hash_in_hex': {
    of: 'algorithm',
    fix: 'algorithm',
    title: 'The hash in hexadecimal was signed, not the string.',
    what: 'The string was hashed first, and the text of the hash given to a function that hashes once more.',
  },
  'algorithm.hashed_twice': {
    of: 'algorithm',
    fix: 'algorithm',
    title: 'The string was hashed twice.',
    what: 'The hash was given to a function that hashes by itself.',
  },
  'algorithm.bare_hash': {
    of: 'algorithm',
    fix: 'algorithm',
    title: 'The bare hash was signed, without the name of its algorithm.',
    what: 'openssl pkeyutl without -pkeyopt digest:sha256, or a function that encrypts with the private key.',
  },

  // ── the encoding of the signature ─────────────────────────────────────────────────────────────────────────────────────
  'encoding.plus_as_blank': {
    of: 'encoding',
    fix: 'encoding',
    title: 'The base64 was not percent-encoded, and its + came as blanks.',
    what: 'Something on the way read the header as a form does. Percent-encoded, a + is %2B and stays one.',
    decode: plusForBlank,
  },
  'encoding.twice': {
    of: 'encoding',
    fix: 'encoding',
    title: 'The signature was percent-encoded twice.',
    what: 'The HTTP library encodes what was encoded already: %2B becomes %252B.',
    decode: (text) => [decodedTwice(text)],
  },
  'encoding.url_safe': {
    of: 'encoding',
    fix: 'encoding',
    title: 'The signature is in URL-safe base64.',
    what: 'It has - and _ where base64 has + and /.',
    decode: (text) => (/[-_]/.test(text) ? [fromBase64(text.replaceAll('-', '+').replaceAll('_', '/'))] : []),
  },
  'encoding.hex': {
    of: 'encoding',
    fix: 'encoding',
    title: 'The signature is in hexadecimal.',
    what: 'The bytes of the signature belong into base64.',
    decode: (text) => [fromHex(text)],
  },
  'encoding.base64_twice': {
    of: 'encoding',
    fix: 'encoding',
    title: 'The signature was encoded twice as base64, or as base64 of hexadecimal.',
    what: 'A function that hands back base64 or hexadecimal already was encoded once more.',
    decode: function* (text) {
      const inner = textOf(fromBase64(text) ?? new Uint8Array())
      if (!inner) return
      yield fromBase64(inner.replace(/\s/g, ''))
      yield fromHex(inner.trim())
    },
  },
  'encoding.line_breaks': {
    of: 'encoding',
    fix: 'encoding',
    title: 'The base64 of the signature has line breaks.',
    what: 'openssl base64 without -A, and MIME encoders, break lines.',
    decode: (text) => (/[\r\n]/.test(text) ? [fromBase64(text.replace(/\s/g, ''))] : []),
  },
  'encoding.quoted': {
    of: 'encoding',
    fix: 'encoding',
    title: 'The signature stands in quotes.',
    what: 'The parts of the header Signature are written without quotes.',
    decode: (text) => (/^["'].*["']$/.test(text) ? [fromBase64(text.slice(1, -1))] : []),
  },
} as const satisfies Record<string, Hypothesis>

export type HypothesisId = keyof typeof HYPOTHESES
export const hypothesisIds = Object.keys(HYPOTHESES) as [HypothesisId, ...HypothesisId[]] // keys of a constant
export const hypothesis = (id: HypothesisId): Hypothesis => HYPOTHESES[id]

function percentEncoded(text: string): string | undefined {
  try {
    return encodeURIComponent(text)
  } catch {
    return undefined // half of a character
  }
}
