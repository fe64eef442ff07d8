/**
 * JSON rewritten as text: other blanks, other escapes, another order of the names. It is never read into values, which would change what
 * a signature is over: long numbers, `1.0`, a name that stands twice.
 */
import { type Bytes, latin1, type Written } from './bytes.ts'

/** Where each token of a text begins and ends. Numbers, and no object for each: a body of 64 kB has thirteen thousand tokens. */
export type Tokens = { of: Bytes; starts: Uint32Array; ends: Uint32Array }

const [BLANK, OPEN, CLOSE, COMMA, COLON, TEXT, WORD] = [0, 1, 2, 3, 4, 5, 6]

/** What begins with a byte. */
const KINDS = (() => {
  const kinds = new Uint8Array(256).fill(WORD)
  const begin = (kind: number, chars: string) => {
    for (const code of latin1(chars)) kinds[code] = kind
  }
  begin(BLANK, ' \t\n\r')
  begin(OPEN, '{[')
  begin(CLOSE, '}]')
  begin(COMMA, ',')
  begin(COLON, ':')
  begin(TEXT, '"')
  return kinds
})()
const kindAt = ({ of, starts }: Tokens, index: number) => KINDS[of[starts[index] ?? 0] ?? 0]
const [QUOTE, BACKSLASH, BRACE] = [0x22, 0x5c, 0x7b]

/** Deeper than this nothing is laid out anew; no body of the gateway is a tenth as deep. */
const DEEPEST = 64
/** No layout is longer, in bytes: a hostile body must not grow without bound. */
const LONGEST = 512_000

/** The tokens of a text, tolerantly: undefined only where a string does not end, or what is opened and closed does not match in number. */
export function tokensOf(of: Bytes): Tokens | undefined {
  const [starts, ends] = [new Uint32Array(of.length), new Uint32Array(of.length)]
  let count = 0
  let depth = 0
  for (let at = 0; at < of.length; ) {
    const kind = KINDS[of[at] ?? 0]
    if (kind === BLANK) at++
    else if (isByteOrderMark(of, at)) at += 3
    else {
      const end = kind === TEXT ? endOfText(of, at) : kind === WORD ? endOfWord(of, at) : at + 1
      if (kind === OPEN) depth++
      if (kind === CLOSE) depth--
      if (end > of.length || depth < 0 || depth > DEEPEST) return undefined
      starts[count] = at
      ends[count++] = at = end
    }
  }
  return depth === 0 && count > 0 ? { of, starts: starts.slice(0, count), ends: ends.slice(0, count) } : undefined
}

const isByteOrderMark = (bytes: Bytes, at: number) =>
  bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf

/** Behind the quotation mark that ends the string; behind the end of the text where none does. */
function endOfText(bytes: Bytes, start: number): number {
  for (let at = start + 1; at < bytes.length; at++) {
    if (bytes[at] === BACKSLASH) at++
    else if (bytes[at] === QUOTE) return at + 1
  }
  return bytes.length + 1
}

function endOfWord(bytes: Bytes, start: number): number {
  let at = start + 1
  while (at < bytes.length && KINDS[bytes[at] ?? 0] === WORD && !isByteOrderMark(bytes, at)) at++
  return at
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

/** The tokens in a layout, written when they are asked for; nothing where it would grow too long. */
export function layOut(tokens: Tokens, layout: Layout): Written {
  return { most: LONGEST, write: (into, start) => writeLayout(tokens, layout, into, start) }
}

function writeLayout(tokens: Tokens, layout: Layout, into: Bytes, start: number): number | undefined {
  const { of, starts, ends } = tokens
  const { comma, colon, indent, newline = '\n', empty = '', listsInline = false } = layout
  const isOneLine = indent === undefined
  const marks = {
    ...{ comma: latin1(isOneLine ? comma : comma.trimEnd()), colon: latin1(colon), empty: latin1(empty) },
    ...{ newline: latin1(newline), indent: latin1(indent ?? ''), blank: latin1(' ') },
  }
  const inline: boolean[] = []
  let depth = 0
  let at = start
  const put = (from: Bytes, first: number, behind: number) => {
    let next = at
    for (let index = first; index < behind; index++) into[next++] = from[index] ?? 0
    at = next
  }
  const mark = (bytes: Bytes) => put(bytes, 0, bytes.length)
  const breakLine = (isInline: boolean) => {
    if (isOneLine) return
    mark(isInline ? marks.blank : marks.newline)
    if (!isInline) for (let level = 0; level < depth; level++) mark(marks.indent)
  }
  for (let index = 0; index < starts.length; index++) {
    const [first, behind] = [starts[index] ?? 0, ends[index] ?? 0]
    if (at - start + behind - first > LONGEST) return undefined
    const kind = KINDS[of[first] ?? 0]
    if (kind === COMMA) {
      mark(marks.comma)
      breakLine(inline.at(-1) ?? false)
    } else if (kind === COLON) mark(marks.colon)
    else if (kind === OPEN) {
      const isEmpty = kindAt(tokens, index + 1) === CLOSE
      const isInline = isEmpty || (listsInline && of[first] !== BRACE)
      inline.push(isInline)
      if (!isInline) depth++
      put(of, first, behind)
      if (isEmpty) mark(marks.empty)
      else breakLine(isInline)
    } else if (kind === CLOSE) {
      const wasInline = inline.pop() ?? false
      if (!wasInline) depth--
      if (kindAt(tokens, index - 1) !== OPEN) breakLine(wasInline)
      put(of, first, behind)
    } else put(of, first, behind)
  }
  return at - start > LONGEST ? undefined : at
}

/** Every string of the text rewritten, and nothing between them; undefined where one does not end. */
export function mapTexts(text: string, change: (raw: string) => string): string | undefined {
  const pieces: string[] = []
  let from = 0
  for (;;) {
    const start = text.indexOf('"', from)
    if (start < 0) return pieces.join('') + text.slice(from)
    const end = closingQuote(text, start)
    if (end < 0) return undefined
    pieces.push(text.slice(from, start), change(text.slice(start, end + 1)))
    from = end + 1
  }
}

/** The next quotation mark that stands behind an even number of backslashes; -1 where there is none. */
function closingQuote(text: string, start: number): number {
  let at = text.indexOf('"', start + 1)
  while (at >= 0 && backslashesBefore(text, at) % 2 === 1) at = text.indexOf('"', at + 1)
  return at
}

function backslashesBefore(text: string, at: number): number {
  let before = at
  while (text[before - 1] === '\\') before--
  return at - before
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

/** A member of an object: the place of its name, and of all its tokens in their new order. */
type Member = { name: number; order: number[] }

/**
 * The names of objects in order, those that stand twice in the order they had; `deep`: within objects too. Undefined where they are in
 * order already.
 */
export function sortNames(tokens: Tokens, deep: boolean): Tokens | undefined {
  const { of, starts, ends } = tokens
  const kind = (index: number) => kindAt(tokens, index)
  const byName = (a: Member, b: Member) => compareNames(tokens, a.name, b.name)
  let at = 0
  /** Appends one value: a string, a word, or all between two brackets. */
  const take = (into: number[], level: number): void => {
    const first = at++
    into.push(first)
    if (kind(first) !== OPEN) return
    if (of[starts[first] ?? 0] === BRACE && (deep || level === 0)) takeSorted(into, level)
    else while (at < starts.length && kind(at) !== CLOSE) take(into, level + 1)
    if (at < starts.length) into.push(at++)
  }
  const takeSorted = (into: number[], level: number): void => {
    let member: Member = { name: at, order: [] }
    const members = [member]
    let comma = at
    while (at < starts.length && kind(at) !== CLOSE) {
      if (kind(at) !== COMMA) {
        take(member.order, level + 1)
        continue
      }
      comma = at++
      member = { name: at, order: [] }
      members.push(member)
    }
    for (const [index, { order }] of members.sort(byName).entries()) {
      if (index > 0) into.push(comma)
      for (const one of order) into.push(one)
    }
  }
  const order: number[] = []
  while (at < starts.length) take(order, 0)
  if (order.every((one, index) => one === index || kind(one) === COMMA)) return undefined
  const inOrder = (places: Uint32Array) => Uint32Array.from(order, (one) => places[one] ?? 0)
  return { of, starts: inOrder(starts), ends: inOrder(ends) }
}

/** By their bytes. The quotation mark that ends a name is none of it: what another begins with comes first. */
function compareNames({ of, starts, ends }: Tokens, a: number, b: number): number {
  const [startA, startB] = [starts[a] ?? 0, starts[b] ?? 0]
  const [lengthA, lengthB] = [(ends[a] ?? 0) - startA, (ends[b] ?? 0) - startB]
  const most = Math.min(lengthA, lengthB) - 1
  for (let step = 0; step < most; step++) {
    const difference = (of[startA + step] ?? 0) - (of[startB + step] ?? 0)
    if (difference !== 0) return difference
  }
  return lengthA - lengthB
}
