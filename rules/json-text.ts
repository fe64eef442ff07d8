/**
 * JSON rewritten as text: other blanks, other escapes, another order of the names. It is never read into values, which would change what
 * a signature is over: long numbers, `1.0`, a name that stands twice.
 */

export type Token = { kind: 'open' | 'close' | 'comma' | 'colon' | 'text' | 'word'; raw: string }

const MARKS: Record<string, Token['kind']> = {
  '{': 'open',
  '[': 'open',
  '}': 'close',
  ']': 'close',
  ',': 'comma',
  ':': 'colon',
}

/** Deeper than this nothing is laid out anew; no body of the gateway is a tenth as deep. */
const DEEPEST = 64
/** No layout is longer: a hostile body must not grow without bound. */
const LONGEST = 512_000

/** The tokens of a text, tolerantly: undefined only where a string does not end, or what is opened and closed does not match in number. */
export function tokensOf(text: string): Token[] | undefined {
  const tokens: Token[] = []
  let depth = 0
  for (let at = 0; at < text.length; ) {
    const char = text[at] ?? ''
    if (char === ' ' || char === '\t' || char === '\n' || char === '\r' || char === '\uFEFF') {
      at++
      continue
    }
    const kind = MARKS[char] ?? (char === '"' ? 'text' : 'word')
    const end = kind === 'text' ? endOfText(text, at) : kind === 'word' ? endOfWord(text, at) : at + 1
    if (end === undefined) return undefined
    depth += kind === 'open' ? 1 : kind === 'close' ? -1 : 0
    if (depth < 0 || depth > DEEPEST) return undefined
    tokens.push({ kind, raw: text.slice(at, end) })
    at = end
  }
  return depth === 0 && tokens.length > 0 ? tokens : undefined
}

function endOfText(text: string, start: number): number | undefined {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"') return at + 1
  }
  return undefined
}

function endOfWord(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && !/[\s{}[\],:"]/.test(text[at] ?? '')) at++
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

/** The tokens in a layout; undefined where it would grow too long. */
export function layOut(tokens: readonly Token[], layout: Layout): string | undefined {
  const { comma, colon, indent, newline = '\n', empty = '', listsInline = false } = layout
  const pieces: string[] = []
  const inline: boolean[] = []
  let length = 0
  const add = (piece: string) => {
    pieces.push(piece)
    length += piece.length
  }
  const breakLine = () => {
    if (indent === undefined) return
    if (inline.at(-1)) return add(' ')
    add(newline + indent.repeat(inline.filter((one) => !one).length))
  }
  for (const [index, { kind, raw }] of tokens.entries()) {
    if (length > LONGEST) return undefined
    if (kind === 'open') {
      add(raw)
      if (tokens[index + 1]?.kind === 'close') {
        add(empty)
        inline.push(true)
        continue
      }
      inline.push(listsInline && raw === '[')
      breakLine()
    } else if (kind === 'close') {
      const wasEmpty = tokens[index - 1]?.kind === 'open'
      const wasInline = inline.pop() ?? false
      if (!wasEmpty && indent !== undefined) {
        if (wasInline) add(' ')
        else breakLine()
      }
      add(raw)
    } else if (kind === 'comma') {
      add(indent === undefined ? comma : comma.trimEnd())
      breakLine()
    } else add(kind === 'colon' ? colon : raw)
  }
  return length > LONGEST ? undefined : pieces.join('')
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
    raw.replace(/\\.|[^\\]/gs, (piece) => (chars.test(piece) ? `\\u${hex4(piece)}` : piece))

type Node = { tokens: Token[]; name: string | undefined }

/** The names of objects in order, those that stand twice in the order they had; `deep`: within objects too. */
export function sortNames(tokens: readonly Token[], deep: boolean): Token[] {
  let at = 0
  const value = (level: number): Token[] => {
    const first = tokens[at++]
    if (!first) return []
    if (first.kind !== 'open') return [first]
    const nodes: Node[] = []
    let node: Node = { tokens: [], name: undefined }
    while (at < tokens.length && tokens[at]?.kind !== 'close') {
      const { kind, raw } = tokens[at] ?? first
      if (kind === 'comma') {
        nodes.push(node)
        node = { tokens: [], name: undefined }
        at++
      } else if (kind === 'colon') {
        node.tokens.push({ kind, raw })
        at++
      } else {
        node.name ??= raw.slice(1, -1)
        node.tokens.push(...value(level + 1))
      }
    }
    nodes.push(node)
    const close = tokens[at++]
    if (first.raw === '{' && (deep || level === 0)) nodes.sort(byName)
    const between: Token = { kind: 'comma', raw: ',' }
    const inner = nodes.flatMap((one, index) => (index === 0 ? one.tokens : [between, ...one.tokens]))
    return close ? [first, ...inner, close] : [first, ...inner]
  }
  const sorted: Token[] = []
  while (at < tokens.length) sorted.push(...value(0))
  return sorted
}

const byName = (a: Node, b: Node) => ((a.name ?? '') < (b.name ?? '') ? -1 : (a.name ?? '') > (b.name ?? '') ? 1 : 0)
