import type { ApplicationStatus } from '../../rules/application.ts'
import { StateWord } from '../ui/StateWord.tsx'
import { statusTitle } from '../words.ts'

/** Where an application or one of its products stands. */
export function StatusWord({ status }: { status: ApplicationStatus }) {
  return <StateWord tone={status === 'launched' ? 'good' : 'info'}>{statusTitle(status)}</StateWord>
}
