/**
 * JSON rewritten as text: other blanks, other escapes, another order of the names. It is never read into values, which would change what
 * a signature is over: long numbers, `1.0`, a name that stands twice.
 */

export type Token = { kind: 'open' | 'close' | 'comma' | 'colon' | 'text' | 'word'; raw: string }

const COMMA: Token = { kind: 'comma', raw: ',' }

/** By character code. */
const MARKS = new Map<number, Token['kind']>(
  (
    [
      ['{', 'open'],
      ['[', 'open'],
      ['}', 'close'],
      [']', 'close'],
      [',', 'comma'],
      [':', 'colon'],
      ['"', 'text'],
    ] as const
  ).map(([char, kind]) => [char.charCodeAt(0), kind]),
)
const BLANKS = new Set(Array.from(' \t\n\r\uFEFF', (char) => char.charCodeAt(0)))

/** Deeper than this nothing is laid out anew; no body of the gateway is a tenth as deep. */
const DEEPEST = 64
/** No layout is longer: a hostile body must not grow without bound. */
const LONGEST = 512_000

/** The tokens of a text, tolerantly: undefined only where a string does not end, or what is opened and closed does not match in number. */
export function tokensOf(text: string): Token[] | undefined {
  const tokens: Token[] = []
  let depth = 0
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at)
    if (BLANKS.has(code)) {
      at++
      continue
    }
    const kind = MARKS.get(code) ?? 'word'
    const end = kind === 'text' ? endOfText(text, at) : kind === 'word' ? endOfWord(text, at) : at + 1
    if (end === undefined) return undefined
    depth += kind === 'open' ? 1 : kind === 'close' ? -1 : 0
    if (depth < 0 || depth > DEEPEST) return undefined
    tokens.push({ kind, raw: text.slice(at, end) })
    at = end
  }
  return depth === 0 && tokens.length > 0 ? tokens : undefined
}

/** Behind the quotation mark that ends the string; a mark behind an odd number of backslashes does not. */
function endOfText(text: string, start: number): number | undefined {
  for (let at = start + 1; ; at++) {
    at = text.indexOf('"', at)
    if (at < 0) return undefined
    let before = at
    while (text[before - 1] === '\\') before--
    if ((at - before) % 2 === 0) return at + 1
  }
}

const WORD = /[^\s{}[\],:"]+/y

function endOfWord(text: string, start: number): number {
  WORD.lastIndex = start
  return WORD.test(text) ? WORD.lastIndex : start + 1
}

export type Layout = {
  comma: string
  colon: string
  /** Undefined: all on one line. */
  indent?: string
  newline?: string
  /** What stands within an object or a list that is empty. */
  empty?: string
  /** Lists stay on one line, with blanks inside of the brackets. */
  listsInline?: boolean
}

export const COMPACT: Layout = { comma: ',', colon: ':' }
/** `json.dumps` of Python. */
export const SPACED: Layout = { comma: ', ', colon: ': ' }

/** The tokens in a layout; undefined where it would grow too long. */
export function layOut(tokens: readonly Token[], layout: Layout): string | undefined {
  const { comma, colon, indent, newline = '\n', empty = '', listsInline = false } = layout
  const breaks = Array.from({ length: DEEPEST + 1 }, (_, depth) => newline + (indent ?? '').repeat(depth))
  const between = indent === undefined ? comma : comma.trimEnd()
  const inline: boolean[] = []
  let depth = 0
  let text = ''
  const breakLine = () => (indent === undefined ? '' : inline.at(-1) ? ' ' : (breaks[depth] ?? ''))
  for (let index = 0; index < tokens.length; index++) {
    const { kind, raw } = tokens[index] ?? COMMA
    if (text.length > LONGEST) return undefined
    if (kind === 'open') {
      const isEmpty = tokens[index + 1]?.kind === 'close'
      const isInline = isEmpty || (listsInline && raw === '[')
      inline.push(isInline)
      if (!isInline) depth++
      text += raw + (isEmpty ? empty : breakLine())
    } else if (kind === 'close') {
      const isEmpty = tokens[index - 1]?.kind === 'open'
      const wasInline = inline.pop() ?? false
      if (!wasInline) depth--
      text += isEmpty || indent === undefined ? raw : (wasInline ? ' ' : (breaks[depth] ?? '')) + raw
    } else if (kind === 'comma') text += between + breakLine()
    else text += kind === 'colon' ? colon : raw
  }
  return text.length > LONGEST ? undefined : text
}

/** Every string of the text rewritten, and nothing between them. */
export function mapTexts(text: string, change: (raw: string) => string): string | undefined {
  const pieces: string[] = []
  let from = 0
  for (;;) {
    const start = text.indexOf('"', from)
    if (start < 0) break
    const end = endOfText(text, start)
    if (end === undefined) return undefined
    pieces.push(text.slice(from, start), change(text.slice(start, end)))
    from = end
  }
  return pieces.join('') + text.slice(from)
}

const hex4 = (char: string) => char.charCodeAt(0).toString(16).padStart(4, '0')

/** A backslash with what it escapes is one piece, so that an escaped backslash hides nothing behind it. */
export const escapeSlashes = (raw: string) => raw.replace(/\\.|\//gs, (piece) => (piece === '/' ? '\\/' : piece))
export const unescapeSlashes = (raw: string) => raw.replace(/\\./gs, (piece) => (piece === '\\/' ? '/' : piece))

export const escapeUnicode = (raw: string) => raw.replace(/[\u0080-\uFFFF]/g, (char) => `\\u${hex4(char)}`)
export const escapeUnicodeUpper = (raw: string) =>
  raw.replace(/[\u0080-\uFFFF]/g, (char) => `\\u${hex4(char).toUpperCase()}`)
/** Characters beyond ASCII; with `all` also those of ASCII that need no escape. */
export const unescapeUnicode =
  (all: boolean) =>
  (raw: string): string =>
    raw.replace(/\\u([0-9a-fA-F]{4})|\\./gs, (piece, code?: string) => {
      if (code === undefined) return piece
      const char = String.fromCharCode(Number.parseInt(code, 16))
      return char >= '\u0080' || (all && char >= ' ' && char !== '"' && char !== '\\') ? char : piece
    })

/** What encoding/json of Go, and with `=` and `'` Gson of Java, escape for the sake of HTML. */
export const escapeForHtml =
  (chars: RegExp) =>
  (raw: string): string =>
    raw.replace(chars, (char) => `\\u${hex4(char)}`)

type Member = { tokens: Token[]; name: string }

/** The names of objects in order, those that stand twice in the order they had; `deep`: within objects too. */
export function sortNames(tokens: readonly Token[], deep: boolean): Token[] {
  let at = 0
  /** Appends one value: a string, a word, or all between two brackets. */
  const take = (into: Token[], level: number): void => {
    const first = tokens[at++]
    if (!first) return
    into.push(first)
    if (first.kind !== 'open') return
    if (first.raw === '{' && (deep || level === 0)) takeSorted(into, level)
    else while (at < tokens.length && tokens[at]?.kind !== 'close') take(into, level + 1)
    const close = tokens[at++]
    if (close) into.push(close)
  }
  const takeSorted = (into: Token[], level: number): void => {
    const members: Member[] = [{ tokens: [], name: tokens[at]?.raw.slice(1, -1) ?? '' }]
    while (at < tokens.length && tokens[at]?.kind !== 'close') {
      if (tokens[at]?.kind !== 'comma') {
        take(members.at(-1)?.tokens ?? into, level + 1)
        continue
      }
      at++
      members.push({ tokens: [], name: tokens[at]?.raw.slice(1, -1) ?? '' })
    }
    for (const [index, member] of members.sort(byName).entries()) {
      if (index > 0) into.push(COMMA)
      for (const token of member.tokens) into.push(token)
    }
  }
  const sorted: Token[] = []
  while (at < tokens.length) take(sorted, 0)
  return sorted
}

const byName = (a: Member, b: Member) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)
