import { Notifications } from '@mantine/notifications'
import { useEffect } from 'react'
import { loadBubble } from '../LaterBubble.tsx'
import { ProofDialog } from './ProofDialog.tsx'
import { SessionWatch } from './SessionWatch.tsx'

/** What waits beside every page for something to happen: toasts, the question for the password, the end of the session. */
export function Attendants() {
  useEffect(() => void loadBubble().catch(() => undefined), []) // fetched again when it is wanted
  return (
    <>
      <Notifications position="bottom-right" />
      <ProofDialog />
      <SessionWatch />
    </>
  )
}
