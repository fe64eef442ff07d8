import { StateWord } from '../ui/StateWord.tsx'
import { texts } from './texts.ts'

const TONES = { S: 'good', F: 'bad', U: 'wait' } as const

/** The status of a gateway result. */
export function ResultWord({ status }: { status: keyof typeof TONES }) {
  return <StateWord tone={TONES[status]}>{texts.result[status]}</StateWord>
}
