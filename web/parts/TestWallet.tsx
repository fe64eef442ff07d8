import { CopyButton } from '../ui/CopyButton.tsx'
import { Panel } from '../ui/Panel.tsx'
import { QrCode } from '../ui/QrCode.tsx'
import classes from './test-wallet.module.css'
import { walletTexts as texts } from './wallet-texts.ts'

/** The page that plays the payer: to scan with a phone, to open here, to send to a colleague. */
export function TestWallet({ url, application }: { url: string; application: string }) {
  return (
    <Panel title={texts.title} id="test-wallet">
      <div className={classes.wallet}>
        <QrCode text={url} label={texts.qr} />
        <div className="stack-tight">
          <span>{texts.lead(application)}</span>
          <span className="row">
            <a href={url} target="_blank" rel="noreferrer">
              {texts.open}
            </a>
            <CopyButton what={texts.link} value={url} />
          </span>
          <span className="muted small">{texts.secret}</span>
        </div>
      </div>
    </Panel>
  )
}

/** Keeps the place while the link is on its way, so that nothing below it jumps. */
export function TestWalletPlace({ application }: { application: string }) {
  return (
    <Panel title={texts.title} id="test-wallet">
      <div className={classes.wallet}>
        <span className={classes.place} />
        <div className="stack-tight">
          <span>{texts.lead(application)}</span>
          <span className={`row ${classes.link}`}>{texts.open}</span>
          <span className="muted small">{texts.secret}</span>
        </div>
      </div>
    </Panel>
  )
}
