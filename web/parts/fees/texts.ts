import { inLanguage } from '../../language.ts'
import { zh } from './texts.zh.ts'

const en = {
  product: 'Product',
  interchange: 'Interchange',
  service: 'Service fee',
  by: 'Agreed',
  contract: 'Contract',
  default: 'Default',
  actions: 'Actions',
  points: (points: string) => `${points} bp`,
}

export const texts = inLanguage({ en, zh })
