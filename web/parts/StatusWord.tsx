import { APPLICATION_STATUSES, type ApplicationStatus } from '../../rules/application.ts'
import { StateWord } from '../ui/StateWord.tsx'

/** Where an application or one of its products stands. */
export function StatusWord({ status }: { status: ApplicationStatus }) {
  return status === 'launched' ? (
    <StateWord tone="good">{APPLICATION_STATUSES.launched}</StateWord>
  ) : (
    <StateWord tone="info">{APPLICATION_STATUSES[status]}</StateWord>
  )
}
