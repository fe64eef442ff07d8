import { type FixLanguage, fixLanguages } from '../../../rules/fixes.ts'

const STORED_AS = 'slipway-fix-language'

/** The language in which the reader has last looked at an example. */
export function rememberedLanguage(): FixLanguage {
  try {
    const kept = localStorage.getItem(STORED_AS)
    return fixLanguages.find((language) => language === kept) ?? 'node'
  } catch {
    return 'node' // a browser that forbids storage
  }
}

export function rememberLanguage(language: FixLanguage): void {
  try {
    localStorage.setItem(STORED_AS, language)
  } catch {
    // It is chosen anew next time.
  }
}
