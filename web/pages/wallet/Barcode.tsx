import { barsOf } from './code128.ts'
import classes from './wallet-code.module.css'

/** The quiet zone on both sides, in units. */
const QUIET = 10

/** Dark on white in every scheme. The digits stand below it, so it needs no name. */
export function Barcode({ digits }: { digits: string }) {
  const { bars, units } = barsOf(digits)
  return (
    <svg
      className={classes.barcode}
      viewBox={`${-QUIET} 0 ${units + 2 * QUIET} 40`}
      preserveAspectRatio="none"
      aria-hidden
    >
      <path d={bars.map(({ at, width }) => `M${at} 0h${width}v40h-${width}z`).join('')} fill="#000" />
    </svg>
  )
}
