import { StateWord } from '../../ui/StateWord.tsx'
import { texts } from './texts.ts'

const TONES = { verified: 'good', refused: 'bad', absent: 'plain' } as const

export function SignatureWord({ signature }: { signature: keyof typeof TONES }) {
  return <StateWord tone={TONES[signature]}>{texts.signatures[signature]}</StateWord>
}
