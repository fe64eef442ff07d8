import { HYPOTHESES, type HypothesisId } from '../../../rules/diagnosis.ts'
import { FIXES, type FixKind } from '../../../rules/fixes.ts'
import { FIXES as ZH_FIXES, HYPOTHESES as ZH } from '../../../rules/zh/diagnosis.ts'
import { language } from '../../language.ts'

/** What was done and where it comes from, in the language of the page. */
export function hypothesisWords(id: HypothesisId): { title: string; what: string; fix: FixKind } {
  const { title, what, fix } = HYPOTHESES[id]
  if (language !== 'zh') return { title, what, fix }
  const [zhTitle, zhWhat] = ZH[id]
  return { title: zhTitle, what: zhWhat, fix }
}

export const fixWords = (kind: FixKind): string => (language === 'zh' ? ZH_FIXES[kind] : FIXES[kind][0])
