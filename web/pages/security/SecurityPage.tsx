import { listSessions } from '../../../contract/accounts.ts'
import { query, useLoaded } from '../../api.ts'
import { PageHead } from '../../parts/PageHead.tsx'
import type { Loader } from '../../page.ts'
import { Panel } from '../../ui/Panel.tsx'
import { BrowserTable } from './BrowserTable.tsx'
import { PasswordForm } from './PasswordForm.tsx'
import { EndOthers, SessionTable } from './SessionTable.tsx'
import { texts } from './texts.ts'

export const loader: Loader = () => [query(listSessions)]

/** What people can do for the safety of their own account. */
export function Page() {
  const { sessions, browsers } = useLoaded(listSessions)
  return (
    <>
      <PageHead title={texts.title} />
      <div className="stack">
        <Panel title={texts.sessions} lead={texts.sessionsLead} flush actions={sessions.length > 1 && <EndOthers />}>
          <SessionTable sessions={sessions} />
        </Panel>
        <Panel title={texts.browsers} lead={texts.browsersLead} flush>
          <BrowserTable browsers={browsers} />
        </Panel>
        <Panel title={texts.password} lead={texts.passwordLead}>
          <PasswordForm />
        </Panel>
      </div>
    </>
  )
}
