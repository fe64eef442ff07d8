import { ActionIcon } from '@mantine/core'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { texts as shared } from '../../parts/texts.ts'
import { Icon } from '../../ui/Icon.tsx'
import classes from './side-panel.module.css'

type Props = { title: string; onClose: () => void; children: ReactNode }

/** Beside the list, not over it: the next row can be opened while this one is read. Escape closes. */
export function SidePanel({ title, onClose, children }: Props) {
  const heading = useId()
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    const opener = document.activeElement
    panel.current?.focus({ preventScroll: true })
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true })
    }
  }, [])
  return (
    <section
      ref={panel}
      className={classes.panel}
      aria-labelledby={heading}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <div className={classes.head}>
        <h2 id={heading} className="break">
          {title}
        </h2>
        <ActionIcon variant="subtle" color="gray" aria-label={shared.close} onClick={onClose}>
          <Icon name="close" />
        </ActionIcon>
      </div>
      {children}
    </section>
  )
}
