/**
 * The language of the page. It is chosen before the first paint, by the script in index.html, and stands in `<html lang>`: the
 * reader's own choice, otherwise the first of the browser's languages that we have words for. It is the same for as long as the page
 * lives, so that texts are plain values; the switch loads the page anew.
 */
import { type Language, LANGUAGES, languages } from '../rules/languages.ts'

const STORED_AS = 'slipway-language'

export const language: Language =
  languages.find((name) => LANGUAGES[name].tag === globalThis.document?.documentElement.lang) ?? 'en'

/** How numbers and dates are written. */
export const formats: string = LANGUAGES[language].formats

/** "a, b, c" as the language writes it. */
export const listed = (words: readonly string[]) => words.join(language === 'zh' ? '、' : ', ')

export const numberOf = (value: number) => value.toLocaleString(formats)

/** The same words in another language: every key, every parameter, and nothing besides. */
export type Translated<T> = T extends string
  ? string
  : T extends (...values: infer V) => string
    ? (...values: V) => string
    : { readonly [K in keyof T]: Translated<T[K]> }

/** Keys that English does not have would never be shown. */
type NoMore<Z, T> = T extends string | ((...values: never[]) => string)
  ? Z
  : { [K in keyof Z]: K extends keyof T ? NoMore<Z[K], T[K]> : never }

/** Picks the texts of the page's language. English says what there is; a language that lacks a word of it does not compile. */
export function inLanguage<T, Z extends Translated<T>>(texts: { en: T; zh: Z & NoMore<Z, T> }): Translated<T> {
  const { en, zh }: { en: unknown; zh: unknown } = texts
  return (language === 'zh' ? zh : en) as Translated<T> // the same words, as the parameters say
}

/** Keeps the choice in this browser and shows the page in it. */
export function speak(chosen: Language): void {
  try {
    localStorage.setItem(STORED_AS, chosen)
  } catch {
    return // a browser that forbids storage goes on in the language that it asked for
  }
  window.location.reload()
}
