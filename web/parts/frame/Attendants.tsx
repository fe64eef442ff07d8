import { Notifications } from '@mantine/notifications'
import { ProofDialog } from './ProofDialog.tsx'
import { SessionWatch } from './SessionWatch.tsx'

/** What waits beside every page for something to happen: toasts, the question for the password, the end of the session. */
export function Attendants() {
  return (
    <>
      <Notifications position="bottom-right" />
      <ProofDialog />
      <SessionWatch />
    </>
  )
}
