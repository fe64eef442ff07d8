import { useState } from 'react'
import { countResend, lastResend, resendMatching } from '../../../contract/delivery.ts'
import type { CallInput, Output } from '../../../contract/endpoint.ts'
import { useLive, useLoaded, useSend } from '../../api.ts'
import { numberOf } from '../../language.ts'
import { MayButton } from '../../parts/MayButton.tsx'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { texts as shared } from '../../parts/texts.ts'
import { toast } from '../../parts/toast.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { texts } from './texts.ts'

const POLL_MS = 1000

type Filter = CallInput<typeof countResend>['query']
type Asked = Output<typeof countResend> & { key: string; filter: Filter }
type Props = { applicationId: string; filter: Filter }

/** Sends again what the filters show, after saying how many that is. */
export function ResendMatching({ applicationId, filter }: Props) {
  const params = { applicationId }
  const [asked, setAsked] = useState<Asked>()
  // One key for each time that the question is asked: a second click on the answer is the same resend.
  const count = useSend(countResend, (found) => setAsked({ ...found, filter, key: crypto.randomUUID() }))
  const send = useSend(resendMatching, () => toast(texts.resendStarted))
  const error = count.error ?? send.error
  return (
    <>
      {error && <ProblemNotice problem={error.problem} />}
      <div className="row">
        <MayButton
          needs="sandbox.develop"
          variant="default"
          size="xs"
          loading={count.isPending || send.isPending}
          onClick={() => count.mutate({ params, query: filter })}
        >
          {texts.resendMatching}
        </MayButton>
      </div>
      <LastResend applicationId={applicationId} />
      {asked?.count === 0 && <Notice tone="info">{texts.resendNothing}</Notice>}
      {asked !== undefined && asked.count > 0 && (
        <ConfirmDialog
          title={texts.resendTitle(Math.min(asked.count, asked.most), numberOf(Math.min(asked.count, asked.most)))}
          text={
            asked.count > asked.most
              ? texts.resendSome(numberOf(asked.count), numberOf(asked.most))
              : texts.resendText(numberOf(asked.count))
          }
          confirm={texts.resendConfirm}
          cancel={shared.cancel}
          closeLabel={shared.close}
          onConfirm={() => send.mutate({ params, body: { ...asked.filter, key: asked.key } })}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  )
}

type Resend = NonNullable<Output<typeof lastResend>['resend']>

function LastResend({ applicationId }: { applicationId: string }) {
  const { resend } = useLoaded(lastResend, { params: { applicationId } })
  if (!resend) return null
  return resend.isOver ? <Ended resend={resend} /> : <UnderWay applicationId={applicationId} />
}

/** Asks again while it goes on; its end turns it into the other. */
function UnderWay({ applicationId }: { applicationId: string }) {
  const { data } = useLive(POLL_MS, lastResend, { params: { applicationId } })
  if (!data.resend) return null
  const { done, total, acknowledged } = data.resend
  return (
    <Notice tone="wait" quiet title={texts.resendUnderWay}>
      <progress aria-label={texts.resendUnderWay} value={done} max={total} />
      <span>{texts.resendProgress(numberOf(done), numberOf(total), numberOf(acknowledged))}</span>
    </Notice>
  )
}

/** Of the last hour; older ones are in the log of attempts. */
function Ended({ resend: { startedAt, total, done, acknowledged } }: { resend: Resend }) {
  if (Date.parse(startedAt) < Date.now() - 3_600_000) return null
  return (
    <Notice tone={acknowledged === total ? 'good' : 'info'}>
      {texts.resendEnded(numberOf(done), numberOf(total), numberOf(acknowledged))}
    </Notice>
  )
}
