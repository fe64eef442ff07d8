import { type ReactNode, useId } from 'react'
import classes from './panel.module.css'

type Props = {
  title: string
  lead?: string
  actions?: ReactNode
  children: ReactNode
  flush?: boolean
  id?: string
  /** One of many alike, and no place of the page to jump to. */
  isItem?: boolean
  /** Told when the pointer or the focus is in the panel, its actions included, and when it has left. */
  onReading?: (isReading: boolean) => void
}

/** A titled part of a page. `lead` says what it is for; `flush` lets a table reach the edges. */
export function Panel({ title, lead, actions, children, flush = false, id, isItem = false, onReading }: Props) {
  const Part = isItem ? 'article' : 'section'
  const heading = useId()
  const reading = onReading && {
    onMouseEnter: () => onReading(true),
    onMouseLeave: () => onReading(false),
    onFocus: () => onReading(true),
    onBlur: () => onReading(false),
  }
  return (
    <Part className={classes.panel} aria-labelledby={heading} id={id} {...reading}>
      <div className={classes.head}>
        <h2 id={heading}>{title}</h2>
        {actions && <div className="row">{actions}</div>}
      </div>
      {lead && <p className={classes.lead}>{lead}</p>}
      <div className={flush ? classes.flush : classes.body}>{children}</div>
    </Part>
  )
}
