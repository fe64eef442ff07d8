import { Button } from '@mantine/core'
import type { verifyAudit, verifyEveryAudit } from '../../../contract/audit.ts'
import type { Output } from '../../../contract/endpoint.ts'
import type { ApiError } from '../../api.ts'
import { numberOf } from '../../language.ts'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { texts } from './texts.ts'

type Verification = Output<typeof verifyAudit> | Output<typeof verifyEveryAudit>
type Props = {
  data: Verification | undefined
  error: ApiError | null
  isPending: boolean
  onVerify: () => void
}

export function VerifyButton({ isPending, onVerify }: Pick<Props, 'isPending' | 'onVerify'>) {
  return (
    <Button variant="default" loading={isPending} onClick={onVerify}>
      {texts.verify}
    </Button>
  )
}

/** What the last verification has found. */
export function VerifyOutcome({ data, error }: Pick<Props, 'data' | 'error'>) {
  if (error) return <ProblemNotice problem={error.problem} />
  if (!data) return null
  if (data.faults.length === 0)
    return (
      <Notice tone="good" title={texts.intact}>
        {texts.intactOver(numberOf(data.entries), numberOf(data.chains))}
      </Notice>
    )
  return (
    <Notice tone="bad" title={texts.broken}>
      {data.faults.map(({ chain, partnerName, number, id, reason }) => (
        <span key={chain} className="break">
          {texts.brokenAt(partnerName ?? texts.center, numberOf(number))} {texts.reasons[reason] ?? reason}{' '}
          {id && <code>{id}</code>}
        </span>
      ))}
      <span>{texts.brokenRemedy}</span>
    </Notice>
  )
}
