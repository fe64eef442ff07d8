import { useState } from 'react'
import type { Output } from '../../../contract/endpoint.ts'
import type { listStaff } from '../../../contract/staff.ts'
import { MayButton } from '../../parts/MayButton.tsx'
import { RoleName } from '../../parts/RoleName.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { StateWord } from '../../ui/StateWord.tsx'
import { PersonDialog } from './PersonDialog.tsx'
import { texts } from './people-texts.ts'

export type StaffPerson = Output<typeof listStaff>['items'][number]

const TONES = { active: 'good', invited: 'wait', expired: 'bad', disabled: 'plain' } as const

export function PeopleTable({ people }: { people: readonly StaffPerson[] }) {
  const [openId, setOpenId] = useState<string>()
  const open = people.find(({ id }) => id === openId)
  return (
    <>
      {open && <PersonDialog person={open} onClose={() => setOpenId(undefined)} />}
      <DataTable
        caption={texts.people}
        rows={people}
        rowKey={({ id }) => id}
        columns={[
          {
            title: texts.name,
            cell: ({ name, self }) => (
              <span className="row">
                {name}
                {self && <span className="muted small">{texts.you}</span>}
              </span>
            ),
            wide: true,
          },
          { title: texts.email, cell: ({ email }) => email },
          { title: texts.role, cell: ({ role }) => <RoleName role={role} />, wide: true },
          { title: texts.state, cell: ({ state }) => <StateWord tone={TONES[state]}>{texts.states[state]}</StateWord> },
          {
            title: texts.lastSeen,
            cell: ({ lastSeenAt: at }) => (at ? <Moment at={at} /> : <span className="muted">{texts.notHere}</span>),
          },
          {
            title: texts.actions,
            cell: ({ id, name }) => (
              <MayButton
                needs="staff.people.manage"
                variant="default"
                size="compact-sm"
                aria-label={texts.changeOf(name)}
                onClick={() => setOpenId(id)}
              >
                {texts.change}
              </MayButton>
            ),
          },
        ]}
      />
    </>
  )
}
