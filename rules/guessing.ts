/**
 * How much of a password a guesser would have to find out. The password is cut into parts that everybody tries (common passwords and
 * words, words about the person and the network, years, runs such as `12345` or `qwerty`) and single characters. A part that was seen
 * before, or that is about the person, is worth nothing; another common part is worth PASSWORD.commonPartWorth; a character one.
 *
 *   Company2026Company2026        company 0 · 2026 0 · company 0 · 2026 0              =  0  refused
 *   passwordpassword1             password 4 · password 0 · 1 1                        =  5  refused
 *   correct horse battery staple  correct 4 · horse 4 · battery 4 · staple 4 · space 1 = 17  accepted
 */
import { PASSWORD } from './limits.ts'

export type Dictionary = { has(word: string): boolean }

const SHORTEST_PART = 4
const LONGEST_PART = 24
const RUNS = [
  '01234567890123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '1qaz2wsx3edc4rfv',
]
const RUN_TEXT = [...RUNS, ...RUNS.map((run) => [...run].reverse().join(''))].join(' ')
const LEET: Record<string, string> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}

/** The parts by which the password is guessed, or undefined where enough of it is its own. */
export function guessableParts(password: string, about: readonly string[], common: Dictionary): string[] | undefined {
  const text = [...password.toLowerCase()]
  const plain = text.map((char) => LEET[char] ?? char)
  const own = new Set(about.flatMap(wordsOf))
  const parts = new Set<string>()
  const singles = new Set<string>()
  let effort = 0
  for (let at = 0; at < text.length; ) {
    const part = partAt(text, plain, at, own, common)
    if (part === undefined) {
      const char = text[at] ?? ''
      if (!singles.has(char)) effort++
      singles.add(char)
      at++
      continue
    }
    if (!parts.has(part.word) && !part.free) effort += PASSWORD.commonPartWorth
    parts.add(part.word)
    at += part.length
  }
  return effort >= PASSWORD.leastEffort ? undefined : [...parts]
}

/** The longest part that everybody tries and that begins here. */
function partAt(
  text: readonly string[],
  plain: readonly string[],
  at: number,
  own: ReadonlySet<string>,
  common: Dictionary,
) {
  for (let length = Math.min(LONGEST_PART, text.length - at); length >= SHORTEST_PART; length--) {
    const written = text.slice(at, at + length).join('')
    const meant = plain.slice(at, at + length).join('')
    const word = [written, meant].find((candidate) => own.has(candidate))
    if (word !== undefined) return { word, length, free: true }
    if (isYear(written) || RUN_TEXT.includes(written)) return { word: written, length, free: true }
    const known = [written, meant].find((candidate) => common.has(candidate))
    if (known !== undefined) return { word: known, length, free: false }
  }
  return undefined
}

const isYear = (text: string) => /^(19|20)\d\d$/.test(text)

/** The words of a name or an address, in lower case, and the whole without spaces. */
function wordsOf(text: string): string[] {
  const words = text.toLowerCase().split(/[^\p{L}\p{N}]+/u)
  return [...words, words.join('')].filter((word) => word.length >= 3)
}
