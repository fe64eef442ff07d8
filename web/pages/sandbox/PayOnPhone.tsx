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

/** By the address of either family, or by the code of the order. */
function paymentUrlOf(body: string): string | undefined {
  try {
    const answer = JSON.parse(body) as Answer // by the gateway itself
    const url = new URL(
      String(answer.paymentUrl ?? answer.normalUrl ?? answer.orderCodeForm?.codeDetails[0]?.codeValue),
    )
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined
  } catch {
    return undefined
  }
}

type Answer = { paymentUrl?: string; normalUrl?: string; orderCodeForm?: { codeDetails: { codeValue: string }[] } }
