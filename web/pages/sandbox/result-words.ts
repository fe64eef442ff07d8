import { asResultCode, RESULTS } from '../../../rules/results.ts'
import { RESULTS as ZH_RESULTS } from '../../../rules/zh/results.ts'
import { language } from '../../language.ts'

/** What a result code means, why it comes and what to do, in the language of the page. */
export function resultWords(code: string): { message: string; cause: string; remedy: string } | undefined {
  const known = asResultCode(code)
  if (known === undefined) return undefined
  const [message, cause, remedy] = language === 'zh' ? ZH_RESULTS[known] : RESULTS[known].slice(1)
  return { message: message ?? '', cause: cause ?? '', remedy: remedy ?? '' }
}
