import type { ReactNode } from 'react'
import { CopyButton } from './CopyButton.tsx'
import classes from './key-values.module.css'

export type KeyValue = { name: string; value: ReactNode; copy?: string }

/** Names on the left, values on the right; `copy` is the text that the button beside the value copies. */
export function KeyValues({ items }: { items: readonly KeyValue[] }) {
  return (
    <dl className={classes.list}>
      {items.map(({ name, value, copy }) => (
        <div key={name} className={classes.pair}>
          <dt>{name}</dt>
          <dd>
            <span className={copy === undefined ? classes.value : `${classes.value} mono`}>{value}</span>
            {copy !== undefined && <CopyButton what={name} value={copy} />}
          </dd>
        </div>
      ))}
    </dl>
  )
}
