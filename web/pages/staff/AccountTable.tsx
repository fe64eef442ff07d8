import { useState } from 'react'
import { disableAccount, enableAccount, resendActivation } from '../../../contract/partners.ts'
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
  return (
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
          cell: (account) => <AccountAction partnerId={partner.id} account={account} />,
        },
      ]}
    />
  )
}

/** What can be done about an account now: send its activation again, shut it out, or open it again. */
function AccountAction({ partnerId, account }: { partnerId: string; account: Partner['accountList'][number] }) {
  const [isAsked, setAsked] = useState(false)
  const way = WAYS[account.state]
  const send = useSend(way.endpoint, () => toast(way.done))
  const go = () => send.mutate({ params: { partnerId, personId: account.id } })
  return (
    <>
      {send.error && <ProblemNotice problem={send.error.problem} />}
      {isAsked && way.question && (
        <ConfirmDialog
          {...way.question}
          confirm={way.label}
          cancel={shared.cancel}
          closeLabel={shared.close}
          onConfirm={go}
          onClose={() => setAsked(false)}
        />
      )}
      <MayButton
        needs={way.endpoint === resendActivation ? 'staff.account.open' : 'staff.account.disable'}
        variant="default"
        size="compact-sm"
        aria-label={way.labelOf(account.name)}
        onClick={way.question ? () => setAsked(true) : go}
      >
        {way.label}
      </MayButton>
    </>
  )
}

const RESEND = {
  endpoint: resendActivation,
  label: texts.resend,
  labelOf: texts.resendTo,
  done: texts.resent,
  question: { title: texts.resendTitle, text: texts.resendText },
}
const WAYS = {
  invited: RESEND,
  expired: RESEND,
  active: {
    endpoint: disableAccount,
    label: texts.disable,
    labelOf: texts.disableOf,
    done: texts.disabled,
    question: { title: texts.disableTitle, text: texts.disableText },
  },
  disabled: {
    endpoint: enableAccount,
    label: texts.enable,
    labelOf: texts.enableOf,
    done: texts.enabled,
    question: undefined,
  },
}
