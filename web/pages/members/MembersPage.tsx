import { listMembers } from '../../../contract/members.ts'
import { query, useLoaded } from '../../api.ts'
import { PageHead } from '../../parts/PageHead.tsx'
import type { Loader } from '../../page.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { InvitationTable } from './InvitationTable.tsx'
import { InviteForm } from './InviteForm.tsx'
import { MemberTable } from './MemberTable.tsx'
import { texts } from './texts.ts'

export const loader: Loader = () => [query(listMembers)]

/** The people of an organisation, for its Developer Admins. */
export function Page() {
  const { members, invitations } = useLoaded(listMembers)
  return (
    <>
      <PageHead title={texts.title}>{texts.lead}</PageHead>
      <div className="stack">
        <Panel title={texts.members} flush>
          <MemberTable members={members} />
        </Panel>
        <Panel title={texts.invitations} flush>
          {invitations.length === 0 ? (
            <EmptyState kind="nothing-yet" title={texts.noInvitations}>
              {texts.noInvitationsWhy}
            </EmptyState>
          ) : (
            <InvitationTable invitations={invitations} />
          )}
        </Panel>
        <Panel title={texts.invite} lead={texts.inviteLead}>
          <InviteForm />
        </Panel>
      </div>
    </>
  )
}
