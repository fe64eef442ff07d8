import { CopyButton } from './CopyButton.tsx'
import { words } from './words.ts'
import classes from './code-block.module.css'

type Props = { title: string; text: string; copy?: string; note?: string }

/** Text exactly as it crossed the wire, or as somebody has to paste it, with copy. Scrolls inside itself, also by keyboard. */
export function CodeBlock({ title, text, copy, note }: Props) {
  return (
    <figure className={classes.block} aria-label={title}>
      <figcaption className={classes.head}>
        <span>{title}</span>
        {note && <span className={classes.note}>{note}</span>}
        <CopyButton what={title} value={copy ?? text} />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre className={classes.text} tabIndex={0}>
        {text === '' ? words.empty : text}
      </pre>
    </figure>
  )
}

/** Indented when it is JSON, otherwise as it is. For the eye only: what is copied stays as it was sent. */
export function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
