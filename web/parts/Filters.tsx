import type { ReactNode } from 'react'
import classes from './filters.module.css'

/** The filters of a list, side by side as far as there is room. */
export function Filters({ children }: { children: ReactNode }) {
  return <search className={classes.filters}>{children}</search>
}
