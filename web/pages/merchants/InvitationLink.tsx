import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { merchantLink } from '../../../contract/merchants.ts'
import { query } from '../../api.ts'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { QrCode } from '../../ui/QrCode.tsx'
import classes from './merchants.module.css'
import { texts } from './texts.ts'

type Props = { applicationId: string; merchantId: string; onBack: () => void }

/** The invitation in another way than by mail: asked for only when somebody wants to see it. */
export function InvitationLink({ applicationId, merchantId, onBack }: Props) {
  const { data, error } = useQuery({ ...query(merchantLink, { params: { applicationId, merchantId } }), gcTime: 0 })
  return (
    <div className="stack">
      {error && <ProblemNotice problem={error.problem} />}
      {data && (
        <div className={classes.link}>
          <QrCode text={data.url} label={texts.linkQr} />
          <div className="stack-tight">
            <span>{texts.linkLead}</span>
            <span className="row">
              <span className="mono small break">{data.url}</span>
              <CopyButton what={texts.theLink} value={data.url} />
            </span>
            <span className="muted small">
              {texts.expires} <Moment at={data.expiresAt} />
            </span>
          </div>
        </div>
      )}
      <div className="row">
        <Button variant="default" onClick={onBack}>
          {texts.back}
        </Button>
      </div>
    </div>
  )
}
