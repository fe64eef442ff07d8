import type { ReactNode } from 'react'
import { docs } from '../paths.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { texts } from './texts.ts'
import { type Colleague, useColleagues } from './use-colleagues.ts'
import { type AnyPermission, reasonFor } from './use-may.ts'

/** In place of what the reader's roles do not open: what is missing, which roles carry it, and whom to ask. */
export function NoPermission({ permission, action }: { permission: AnyPermission; action?: ReactNode }) {
  const { colleagues, isLoading } = useColleagues(permission, true)
  if (isLoading) return null // drawn in one piece, so that nothing jumps
  return (
    <EmptyState
      kind="no-permission"
      title={reasonFor(permission)}
      action={
        <>
          {action}
          <a href={docs.roles}>{texts.rolesPage}</a>
        </>
      }
    >
      {colleagues && <Colleagues colleagues={colleagues} />}
    </EmptyState>
  )
}

function Colleagues({ colleagues }: { colleagues: readonly Colleague[] }) {
  if (colleagues.length === 0) return texts.nobodyMay
  return (
    <>
      <p>{texts.whomToAsk}</p>
      <ul aria-label={texts.whomToAsk} className="plain-list">
        {colleagues.map(({ name, email }) => (
          <li key={email}>
            <a href={`mailto:${email}`}>{name}</a> <span className="muted small break">{email}</span>
          </li>
        ))}
      </ul>
    </>
  )
}
