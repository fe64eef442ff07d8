import { encode } from 'uqr'
import { barsOf } from './code128.ts'
import classes from './wallet-code.module.css'

/** Dark on white in every scheme, with the quiet zones that readers need. */
export function Barcode({ digits }: { digits: string }) {
  const { bars, units } = barsOf(digits)
  const quiet = 10
  return (
    <svg
      className={classes.barcode}
      viewBox={`${-quiet} 0 ${units + 2 * quiet} 40`}
      preserveAspectRatio="none"
      aria-hidden
    >
      <path d={bars.map(({ at, width }) => `M${at} 0h${width}v40h-${width}z`).join('')} fill="#000" />
    </svg>
  )
}

export function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { border: 1, ecc: 'M' })
  const dark = data.flatMap((line, y) => line.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return (
    <svg
      className={classes.qr}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path d={dark.join('')} fill="#000" />
    </svg>
  )
}
