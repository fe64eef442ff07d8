import { QrCode } from '../../ui/QrCode.tsx'
import classes from './pay-on-phone.module.css'
import { texts } from './texts.ts'

/** The payment page that an answer leads to: to open here, or to scan with a phone. */
export function PayOnPhone({ responseBody }: { responseBody: string }) {
  const url = paymentUrlOf(responseBody)
  if (url === undefined) return null
  return (
    <div className={classes.pay}>
      <QrCode text={url} label={texts.payOnPhoneWhy} />
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
