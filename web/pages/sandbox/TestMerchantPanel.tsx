import { paths } from '../../paths.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { QrCode } from '../../ui/QrCode.tsx'
import { testMerchantTexts as texts } from './test-merchant-texts.ts'
import classes from './test-merchant.module.css'

/** The page that plays the merchant: to scan with a phone, or to open here. */
export function TestMerchantPanel({ applicationId, center }: { applicationId: string; center: string }) {
  const url = center + paths.testMerchant(applicationId)
  return (
    <Panel title={texts.title} id="test-merchant">
      <div className={classes.merchant}>
        <QrCode text={url} label={texts.qr} />
        <div className="stack-tight">
          <span>{texts.lead}</span>
          <span className="row">
            <a href={url} target="_blank" rel="noreferrer">
              {texts.open}
            </a>
            <CopyButton what={texts.link} value={url} />
          </span>
          <span className="muted small">{texts.logIn}</span>
        </div>
      </div>
    </Panel>
  )
}
