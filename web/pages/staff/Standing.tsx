import type { TrialState } from '../../../rules/stage.ts'
import { Moment } from '../../ui/Moment.tsx'
import { StateWord } from '../../ui/StateWord.tsx'
import { texts } from './texts.ts'

type Props = { standing: 'contract' | 'trial'; trialEndsAt: string | null; trial: TrialState | null }

/** Under contract, or on trial and until when. */
export function Standing({ standing, trialEndsAt, trial }: Props) {
  if (standing === 'contract') return <StateWord tone="good">{texts.standings.contract}</StateWord>
  return (
    <span className="row">
      <StateWord tone={trial === 'over' ? 'bad' : 'wait'}>{texts.standings.trial}</StateWord>
      {trialEndsAt && (
        <span className="muted small">
          {trial === 'over' ? texts.overSince : texts.trialUntil} <Moment at={trialEndsAt} part="date" />
        </span>
      )}
    </span>
  )
}
