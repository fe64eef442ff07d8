/**
 * The languages that people can read the product in. English stands in the tables themselves; the words of another language stand in
 * `rules/<language>/` under the same keys, so that a missing one does not compile. Codes and ids are the same in every language.
 */
export const LANGUAGES = {
  en: { title: 'English', tag: 'en', formats: 'en-GB' },
  zh: { title: '简体中文', tag: 'zh-Hans', formats: 'zh-Hans' },
} as const

export type Language = keyof typeof LANGUAGES
export const languages = Object.keys(LANGUAGES) as [Language, ...Language[]] // keys of a constant

/** The first of the wanted tags that we have words for, otherwise English. Any Chinese is better served by ours than by English. */
export function languageFor(wanted: readonly string[]): Language {
  const known = wanted.map((tag) => tag.trim().split('-')[0]?.toLowerCase())
  return languages.find((language) => language === known.find((name) => languages.some((one) => one === name))) ?? 'en'
}

/** The same for a header Accept-Language: tags by falling weight, those of equal weight in their order. */
export function languageAccepted(header: string | undefined): Language {
  const tags = (header ?? '').split(',', 20).map((part) => {
    const [tag = '', ...parameters] = part.split(';')
    const weight = parameters.map((parameter) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(parameter)?.[1]).find(Boolean)
    return { tag, weight: weight === undefined ? 1 : Number(weight) }
  })
  const sorted = tags.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight)
  return languageFor(sorted.map(({ tag }) => tag))
}
