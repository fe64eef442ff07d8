import { encode } from 'uqr'
import classes from './pay-on-phone.module.css'
import { texts } from './texts.ts'

/** The payment page that an answer leads to: to open here, or to scan with a phone. */
export function PayOnPhone({ responseBody }: { responseBody: string }) {
  const url = paymentUrlOf(responseBody)
  if (url === undefined) return null
  const { data, size } = encode(url, { border: 2 })
  const dark = data.flatMap((line, y) => line.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return (
    <div className={classes.pay}>
      <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={texts.payOnPhoneWhy}>
        <rect width={size} height={size} fill="#fff" />
        <path d={dark.join('')} fill="#000" />
      </svg>
      <div className="stack-tight">
        <a href={url} target="_blank" rel="noreferrer">
          {texts.payOnPhone}
        </a>
        <span className="muted small">{texts.payOnPhoneWhy}</span>
      </div>
    </div>
  )
}

function paymentUrlOf(body: string): string | undefined {
  try {
    const answer: unknown = JSON.parse(body)
    if (typeof answer !== 'object' || answer === null || !('paymentUrl' in answer)) return undefined
    const url = new URL(String(answer.paymentUrl))
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined
  } catch {
    return undefined
  }
}
