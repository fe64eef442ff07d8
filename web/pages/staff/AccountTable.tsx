import { useState } from 'react'
import { resendActivation } from '../../../contract/partners.ts'
import { useSend } from '../../api.ts'
import { MayButton } from '../../parts/MayButton.tsx'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { RoleName } from '../../parts/RoleName.tsx'
import { texts as shared } from '../../parts/texts.ts'
import { toast } from '../../parts/toast.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { StateWord } from '../../ui/StateWord.tsx'
import type { Partner } from './partner.ts'
import { texts } from './texts.ts'

const TONES = { active: 'good', invited: 'wait', expired: 'bad', disabled: 'plain' } as const

/** Who can log in for a partner, and whose activation is still out. */
export function AccountTable({ partner }: { partner: Partner }) {
  const resend = useSend(resendActivation, () => toast(texts.resent))
  const [asked, setAsked] = useState<string>()
  return (
    <>
      {resend.error && <ProblemNotice problem={resend.error.problem} />}
      {asked && (
        <ConfirmDialog
          title={texts.resendTitle}
          text={texts.resendText}
          confirm={texts.resend}
          cancel={shared.cancel}
          closeLabel={shared.close}
          onConfirm={() => resend.mutate({ params: { partnerId: partner.id, personId: asked } })}
          onClose={() => setAsked(undefined)}
        />
      )}
      <DataTable
        caption={texts.accounts}
        rows={partner.accountList}
        rowKey={({ id }) => id}
        columns={[
          { title: texts.personName, cell: ({ name }) => name, wide: true },
          { title: texts.email, cell: ({ email }) => email },
          {
            title: texts.roles,
            cell: ({ roles }) => (
              <span className="row">
                {roles.map((role) => (
                  <RoleName key={role} role={role} />
                ))}
              </span>
            ),
            wide: true,
          },
          { title: texts.state, cell: ({ state }) => <StateWord tone={TONES[state]}>{texts.states[state]}</StateWord> },
          { title: texts.validUntil, cell: ({ activationExpiresAt: at }) => at && <Moment at={at} /> },
          {
            title: texts.actions,
            cell: ({ id, name, state }) =>
              state !== 'active' && (
                <MayButton
                  needs="staff.account.open"
                  variant="default"
                  size="compact-sm"
                  aria-label={texts.resendTo(name)}
                  onClick={() => setAsked(id)}
                >
                  {texts.resend}
                </MayButton>
              ),
          },
        ]}
      />
    </>
  )
}
