import { Button } from '@mantine/core'
import { useState } from 'react'
import { confirmLaunchRequest, getLaunchRequest } from '../../../contract/launch.ts'
import type { Output } from '../../../contract/endpoint.ts'
import { query, useLoaded, useSend } from '../../api.ts'
import type { At, Loader } from '../../page.ts'
import { Checklist } from '../../parts/launch/Checklist.tsx'
import { Difference } from '../../parts/launch/Difference.tsx'
import { LaunchStateWord, Remarks, RequestFacts } from '../../parts/launch/RequestFacts.tsx'
import { texts as launchTexts } from '../../parts/launch/texts.ts'
import { MayButton } from '../../parts/MayButton.tsx'
import { PageHead } from '../../parts/PageHead.tsx'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { texts as shared } from '../../parts/texts.ts'
import { toast } from '../../parts/toast.ts'
import { paths } from '../../paths.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { KeyValues } from '../../ui/KeyValues.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { partnerTypeTitle } from '../../words.ts'
import { ReturnForm } from './ReturnForm.tsx'
import { texts } from './texts.ts'

export const loader: Loader = ({ params: { requestId } }) => [query(getLaunchRequest, { params: { requestId } })]

type Review = Output<typeof getLaunchRequest>

export function Page({ params: { requestId } }: At) {
  const review = useLoaded(getLaunchRequest, { params: { requestId } })
  const { request, gate, difference } = review
  const isInReview = request.state === 'in_review'
  // What the reader has looked at. The page draws what is so now, and may come to show something else under his eyes.
  const [looked, setLooked] = useState(review.seen)
  const hasChanged = isInReview && looked !== review.seen
  return (
    <>
      <PageHead
        title={request.applicationName}
        crumbs={[{ label: texts.title, href: paths.launchRequests() }]}
        beside={<LaunchStateWord state={request.state} />}
        actions={isInReview && <Confirm review={review} hasChanged={hasChanged} />}
      >
        {texts.now}
      </PageHead>
      <div className="stack">
        {hasChanged && <Changed onLooked={() => setLooked(review.seen)} />}
        <Information review={review} />
        <Panel title={launchTexts.checklist} flush>
          <Checklist gate={gate} />
        </Panel>
        <Difference lines={difference} />
        {request.remarks.length > 0 && (
          <Panel title={texts.earlier}>
            <Remarks remarks={request.remarks} isWaiting={request.state === 'waiting_for_partner'} />
          </Panel>
        )}
        {isInReview && <ReturnForm requestId={request.id} items={[...new Set(gate.map(({ item }) => item))]} />}
      </div>
    </>
  )
}

/** Under a request that has changed since it was opened: nothing is confirmed that nobody has read. */
function Changed({ onLooked }: { onLooked: () => void }) {
  return (
    <Notice tone="wait" title={texts.changed}>
      <div className="stack-tight">
        <span>{texts.changedWhy}</span>
        <span>
          <Button variant="default" size="xs" onClick={onLooked}>
            {texts.lookedAgain}
          </Button>
        </span>
      </div>
    </Notice>
  )
}

type ConfirmProps = { review: Review; hasChanged: boolean }

function Confirm({ review: { request, gate, seen }, hasChanged }: ConfirmProps) {
  const [isAsked, setAsked] = useState(false)
  const confirm = useSend(confirmLaunchRequest, () => toast(texts.confirmed))
  const isReady = gate.every(({ isFulfilled }) => isFulfilled)
  return (
    <>
      {confirm.error && <ProblemNotice problem={confirm.error.problem} />}
      {!isReady && <span className="muted small">{texts.notReady}</span>}
      <MayButton
        needs="staff.launch.decide"
        disabled={!isReady || hasChanged}
        loading={confirm.isPending}
        onClick={() => setAsked(true)}
      >
        {texts.confirm}
      </MayButton>
      {isAsked && !hasChanged && (
        <ConfirmDialog
          title={texts.confirmTitle(request.applicationName)}
          text={texts.confirmText}
          confirm={texts.confirm}
          cancel={shared.cancel}
          closeLabel={shared.close}
          onConfirm={() => confirm.mutate({ params: { requestId: request.id }, body: { seen } })}
          onClose={() => setAsked(false)}
        />
      )}
    </>
  )
}

function Information({ review: { request, partnerType, description } }: { review: Review }) {
  return (
    <Panel title={texts.information}>
      <div className="stack">
        {request.state === 'waiting_for_partner' && <Notice tone="wait">{texts.returned}</Notice>}
        <KeyValues
          items={[
            { name: texts.partner, value: request.partnerName },
            { name: texts.partnerType, value: partnerTypeTitle(partnerType) },
            { name: texts.description, value: description || <span className="muted">{texts.noDescription}</span> },
          ]}
        />
        <RequestFacts request={request} />
      </div>
    </Panel>
  )
}
