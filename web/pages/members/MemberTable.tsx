import { Button } from '@mantine/core'
import { useState } from 'react'
import { RoleName } from '../../parts/RoleName.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { StateWord } from '../../ui/StateWord.tsx'
import { MemberDialog } from './MemberDialog.tsx'
import { type Member, TONES } from './member.ts'
import { texts } from './texts.ts'

export function MemberTable({ members }: { members: readonly Member[] }) {
  const [openId, setOpenId] = useState<string>()
  const open = members.find(({ id }) => id === openId)
  return (
    <>
      {open && <MemberDialog member={open} onClose={() => setOpenId(undefined)} />}
      <DataTable
        caption={texts.members}
        rows={members}
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
          {
            title: texts.lastSeen,
            cell: ({ lastSeenAt: at }) => (at ? <Moment at={at} /> : <span className="muted">{texts.never}</span>),
          },
          {
            title: texts.actions,
            cell: ({ id, name }) => (
              <Button
                variant="default"
                size="compact-sm"
                aria-label={texts.changeOf(name)}
                onClick={() => setOpenId(id)}
              >
                {texts.change}
              </Button>
            ),
          },
        ]}
      />
    </>
  )
}
