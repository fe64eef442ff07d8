import type { Stage } from '../../../rules/stage.ts'
import { StateWord } from '../../ui/StateWord.tsx'
import { stageWords } from './stage-words.ts'

/** Whose turn it is: the staff's (wait), nobody's (good), otherwise the partner's. */
const TONES: Partial<Record<Stage, 'wait' | 'good' | 'bad'>> = {
  no_account: 'wait',
  launch_requested: 'wait',
  launch_returned: 'bad',
  launched: 'good',
}

export function StageWord({ stage }: { stage: Stage }) {
  return <StateWord tone={TONES[stage] ?? 'info'}>{stageWords(stage).title}</StateWord>
}
