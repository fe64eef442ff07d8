import type { ReactNode } from 'react'
import { Icon, type IconName } from './Icon.tsx'
import classes from './empty-state.module.css'

/** Three different things: there is nothing yet, nothing matches what was asked, or you may not see it. */
type Kind = 'nothing-yet' | 'nothing-matches' | 'no-permission'
const ICONS: Record<Kind, IconName> = { 'nothing-yet': 'info', 'nothing-matches': 'list', 'no-permission': 'shield' }

type Props = { kind: Kind; title: string; children?: ReactNode; action?: ReactNode }

export function EmptyState({ kind, title, children, action }: Props) {
  return (
    <div className={classes.empty} data-kind={kind}>
      <Icon name={ICONS[kind]} size={26} />
      <strong>{title}</strong>
      {children && <div className={classes.why}>{children}</div>}
      {action}
    </div>
  )
}
