import { StateWord } from '../../ui/StateWord.tsx'
import { texts } from './texts.ts'

const TONES = { waiting: 'wait', acknowledged: 'good', kept: 'plain', failed: 'bad' } as const

export function NotificationStateWord({ state }: { state: keyof typeof TONES }) {
  return <StateWord tone={TONES[state]}>{texts.notificationStates[state]}</StateWord>
}
