import type { ReactNode } from 'react'
import { Icon, type IconName } from './Icon.tsx'
import classes from './notice.module.css'

type Tone = 'bad' | 'wait' | 'good' | 'info'
const ICONS: Record<Tone, IconName> = { bad: 'alert', wait: 'clock', good: 'check', info: 'info' }

type Props = {
  tone: Tone
  title?: string
  children?: ReactNode
  /** Part of what is read anyway: nobody is interrupted. */
  quiet?: boolean
}

/** A message that must be read. `bad` interrupts a screen reader; the others wait for their turn. */
export function Notice({ tone, title, children, quiet = false }: Props) {
  return (
    <div className={classes.notice} data-tone={tone} {...(!quiet && { role: tone === 'bad' ? 'alert' : 'status' })}>
      <Icon name={ICONS[tone]} />
      <div className={classes.text}>
        {title && <strong>{title}</strong>}
        {children}
      </div>
    </div>
  )
}
