import { Suspense, use } from 'react'
import classes from './qr-code.module.css'

type Props = { text: string; label: string }

let encoder: Promise<typeof import('qr')> | undefined

/** Fetched when the first code is shown; a failure is forgotten, so that the next try is one. */
function loadEncoder(): Promise<typeof import('qr')> {
  encoder ??= import('qr').catch((error: unknown) => {
    encoder = undefined
    throw error
  })
  return encoder
}

/** Dark on white in every scheme, with the quiet zone that cameras need. Its place is kept until it is drawn. */
export function QrCode(props: Props) {
  return (
    <Suspense fallback={<span className={classes.code} />}>
      <Picture {...props} />
    </Suspense>
  )
}

function Picture({ text, label }: Props) {
  const { encodeQR } = use(loadEncoder())
  const rows = encodeQR(text, 'raw', { border: 2, ecc: 'low' })
  const size = rows.length
  const dark = rows.flatMap((line, y) => line.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return (
    <svg className={classes.code} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <rect width={size} height={size} fill="#fff" />
      <path d={dark.join('')} fill="#000" shapeRendering="crispEdges" />
    </svg>
  )
}
