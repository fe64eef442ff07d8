import { Moment } from '../../ui/Moment.tsx'
import { StateWord } from '../../ui/StateWord.tsx'
import { texts } from './texts.ts'

/** Under contract, or on trial and until when. */
export function Standing({ standing, trialEndsAt }: { standing: 'contract' | 'trial'; trialEndsAt: string | null }) {
  if (standing === 'contract') return <StateWord tone="good">{texts.standings.contract}</StateWord>
  return (
    <span className="row">
      <StateWord tone="wait">{texts.standings.trial}</StateWord>
      {trialEndsAt && (
        <span className="muted small">
          {texts.trialUntil} <Moment at={trialEndsAt} part="date" />
        </span>
      )}
    </span>
  )
}
