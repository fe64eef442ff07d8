/** What the free text search of the request log looks through: the ids of a call and the values in its bodies, not their names. */

/** Longer values are cut, and so is the whole. */
const VALUE_CHARS = 100
const WORDS_CHARS = 600
const VALUES = 60
/** A body deeper than this has no values that anybody looks for. */
const DEPTH = 12

/**
 * One text in lower case, the values one below the other, none twice. `texts` come first and are kept in any case up to the length of
 * the whole; `bodies` are JSON, and one that is none counts for nothing.
 */
export function wordsOf(texts: readonly (string | null)[], bodies: readonly string[]): string {
  const words = new Set<string>()
  for (const text of texts) if (text) words.add(wordOf(text))
  for (const body of bodies) addValues(words, parsed(body), DEPTH)
  return [...words].join('\n').slice(0, WORDS_CHARS)
}

/** PostgreSQL keeps no NUL in a text. */
const wordOf = (text: string) => text.slice(0, VALUE_CHARS).replaceAll('\0', '').toLowerCase()

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

function addValues(words: Set<string>, value: unknown, depth: number): void {
  if (words.size >= VALUES) return
  if (typeof value === 'string' || typeof value === 'number') {
    const word = wordOf(String(value))
    if (word.length > 1) words.add(word)
  } else if (typeof value === 'object' && value !== null && depth > 0) {
    for (const inner of Object.values(value)) addValues(words, inner, depth - 1)
  }
}
