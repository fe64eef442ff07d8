import { UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import classes from './code-block.module.css'
import { CopyButton } from './CopyButton.tsx'
import { words } from './words.ts'

type Props = {
  title: string
  /** What is read. */
  text: string
  /** What crossed the wire, where that is written otherwise: shown on demand, and what is copied. */
  raw?: string
  note?: string
}

/** Text as it crossed the wire, or as somebody has to paste it, with copy. Scrolls inside itself, also by keyboard. */
export function CodeBlock({ title, text, raw = text, note }: Props) {
  const [isRaw, setRaw] = useState(false)
  const shown = isRaw ? raw : text
  return (
    <figure className={classes.block} aria-label={title}>
      <figcaption className={classes.head}>
        <span>{title}</span>
        {note && <span className={classes.note}>{note}</span>}
        <span className={classes.tools}>
          {raw !== text && (
            <UnstyledButton className={classes.form} onClick={() => setRaw(!isRaw)}>
              {isRaw ? words.formatted : words.asSent}
            </UnstyledButton>
          )}
          <CopyButton what={title} value={raw} />
        </span>
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre className={classes.text} tabIndex={0}>
        {shown === '' ? words.empty : shown}
      </pre>
    </figure>
  )
}

/** Indented when it is JSON, otherwise as it is. */
export function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
