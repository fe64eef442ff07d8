import { asCause, CAUSES, type Cause } from '../../rules/causes.ts'
import { asResultCode, RESULTS } from '../../rules/results.ts'
import { CAUSES as ZH_CAUSES } from '../../rules/zh/causes.ts'
import { RESULTS as ZH_RESULTS } from '../../rules/zh/results.ts'
import { language } from '../language.ts'

/** What a result code means, why it comes and what to do, in the language of the page. */
export function resultWords(code: string): { message: string; cause: string; remedy: string } | undefined {
  const known = asResultCode(code)
  if (known === undefined) return undefined
  const [message, cause, remedy] = language === 'zh' ? ZH_RESULTS[known] : RESULTS[known].slice(1)
  return { message: message ?? '', cause: cause ?? '', remedy: remedy ?? '' }
}

/** What was wrong and what would be right, in the language of the page; undefined where the cause is not known any more. */
export function causeWords(text: string | null): { cause: Cause; wrong: string; right: string } | undefined {
  const cause = asCause(text)
  if (cause === undefined) return undefined
  const [wrong = '', right = ''] = language === 'zh' ? ZH_CAUSES[cause] : CAUSES[cause].slice(1)
  return { cause, wrong, right }
}
