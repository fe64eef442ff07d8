import { inLanguage } from '../../language.ts'
import { zh } from './texts.zh.ts'

const en = {
  notFound: 'There is no page here',
  why: 'The address may be mistyped, or what it named was deleted.',
  home: 'Go to Home',
  docs: 'Search the docs',
}

export const texts = inLanguage({ en, zh })
