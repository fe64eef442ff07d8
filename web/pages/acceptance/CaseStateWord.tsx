import type { CaseState } from '../../../rules/acceptance.ts'
import { StateWord } from '../../ui/StateWord.tsx'
import { caseStateTitle } from '../../parts/case-words.tsx'

const TONES = {
  not_started: 'plain',
  waiting: 'wait',
  running: 'info',
  passed: 'good',
  failed: 'bad',
  cancelled: 'plain',
} as const

export function CaseStateWord({ state }: { state: CaseState }) {
  return <StateWord tone={TONES[state]}>{caseStateTitle(state)}</StateWord>
}
