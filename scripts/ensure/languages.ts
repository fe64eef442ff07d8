import { RUNS } from '../../test/programs.ts'
import type { FixLanguage } from '../../rules/fixes.ts'
import { canInstall, installPackages } from './install.ts'

/** Debian's packages of the languages in which the docs show a call. */
const PACKAGES: Partial<Record<FixLanguage, string[]>> = {
  python: ['python3', 'python3-cryptography'],
  java: ['default-jdk-headless'],
  php: ['php-cli', 'php-curl'],
  go: ['golang-go'],
}

/**
 * The programs of the docs are run in every language that is here. Where `SLIPWAY_LANGUAGES=install` asks for it, those that are not
 * are installed; what cannot be is named, and its program is not run.
 */
export function ensureLanguages(): void {
  if (process.env.SLIPWAY_LANGUAGES !== 'install' || !canInstall()) return
  const absent = Object.entries(PACKAGES).filter(([language]) => !RUNS[language as FixLanguage].isHere) // keys of that record
  for (const [language, packages] of absent) {
    try {
      installPackages(packages, `to run the program in ${language} that the docs show`)
    } catch (error) {
      console.log(error instanceof Error ? error.message : error)
    }
  }
}
