import { Button } from '@mantine/core'
import { resendInvitation, withdrawInvitation } from '../../../contract/members.ts'
import { useSend } from '../../api.ts'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { toast } from '../../parts/toast.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { StateWord } from '../../ui/StateWord.tsx'
import { roleTitles } from '../../words.ts'
import { type Invitation, TONES } from './member.ts'
import { texts } from './texts.ts'

export function InvitationTable({ invitations }: { invitations: readonly Invitation[] }) {
  const resend = useSend(resendInvitation, () => toast(texts.resent))
  const withdraw = useSend(withdrawInvitation, () => toast(texts.withdrawn))
  const isSending = resend.isPending || withdraw.isPending
  const failed = resend.error ?? withdraw.error
  return (
    <>
      {failed && <ProblemNotice problem={failed.problem} />}
      <DataTable
        caption={texts.invitations}
        rows={invitations}
        rowKey={({ id }) => id}
        columns={[
          {
            title: texts.email,
            cell: ({ email, invitedBy }) => (
              <span className="stack-tight">
                <span className="break">{email}</span>
                <span className="muted small">{texts.by(invitedBy)}</span>
              </span>
            ),
            wide: true,
          },
          { title: texts.roles, cell: ({ roles }) => roleTitles(roles), wide: true },
          { title: texts.state, cell: ({ state }) => <StateWord tone={TONES[state]}>{texts.states[state]}</StateWord> },
          { title: texts.expires, cell: ({ expiresAt, state }) => state !== 'withdrawn' && <Moment at={expiresAt} /> },
          {
            title: texts.actions,
            cell: ({ id, email, state }) => (
              <span className="row">
                <Button
                  variant="default"
                  size="compact-sm"
                  aria-label={texts.resendTo(email)}
                  loading={resend.isPending && resend.variables.params.invitationId === id}
                  disabled={isSending}
                  onClick={() => resend.mutate({ params: { invitationId: id } })}
                >
                  {texts.resend}
                </Button>
                {state !== 'withdrawn' && (
                  <Button
                    variant="subtle"
                    size="compact-sm"
                    aria-label={texts.withdrawOf(email)}
                    loading={withdraw.isPending && withdraw.variables.params.invitationId === id}
                    disabled={isSending}
                    onClick={() => withdraw.mutate({ params: { invitationId: id } })}
                  >
                    {texts.withdraw}
                  </Button>
                )}
              </span>
            ),
          },
        ]}
      />
    </>
  )
}
