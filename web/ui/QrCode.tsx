import { lazy, Suspense } from 'react'
import classes from './qr-code.module.css'

type Props = { text: string; label: string }

const Picture = lazy(() => import('./QrPicture.tsx').then(({ QrPicture }) => ({ default: QrPicture })))

/** Dark on white in every scheme, with the quiet zone that cameras need. Its place is kept until it is drawn. */
export function QrCode(props: Props) {
  return (
    <Suspense fallback={<span className={classes.code} />}>
      <Picture {...props} />
    </Suspense>
  )
}
