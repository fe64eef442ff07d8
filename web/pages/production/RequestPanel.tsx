import { useState } from 'react'
import { handBackLaunch, type LaunchRequestView, withdrawLaunch } from '../../../contract/launch.ts'
import { useSend } from '../../api.ts'
import { LaunchStateWord, Remarks, RequestFacts } from '../../parts/launch/RequestFacts.tsx'
import { texts as launchTexts } from '../../parts/launch/texts.ts'
import { MayButton } from '../../parts/MayButton.tsx'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { texts as shared } from '../../parts/texts.ts'
import { toast } from '../../parts/toast.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { productTitles } from '../../words.ts'
import { texts } from './texts.ts'

type Props = { applicationId: string; request: LaunchRequestView }

/** The request that is open: whose turn it is, and what the network asks to be mended. */
export function RequestPanel({ applicationId, request }: Props) {
  const [isLeaving, setLeaving] = useState(false)
  const handBack = useSend(handBackLaunch, () => toast(texts.handedBack))
  const withdraw = useSend(withdrawLaunch, () => toast(texts.withdrawn))
  const problem = handBack.error?.problem ?? withdraw.error?.problem
  const isOurTurn = request.state === 'waiting_for_partner'
  return (
    <Panel
      title={texts.request}
      actions={
        <>
          {isOurTurn && (
            <MayButton
              needs="application.launch"
              loading={handBack.isPending}
              onClick={() => handBack.mutate({ params: { applicationId } })}
            >
              {texts.handBack}
            </MayButton>
          )}
          <MayButton needs="application.launch" variant="default" onClick={() => setLeaving(true)}>
            {texts.withdraw}
          </MayButton>
        </>
      }
    >
      <div className="stack">
        {problem && <ProblemNotice problem={problem} />}
        <Notice tone={isOurTurn ? 'wait' : 'info'} quiet>
          {isOurTurn ? texts.yourTurn : texts.theirTurn}
        </Notice>
        {request.remarks.length > 0 && <Remarks remarks={request.remarks} isWaiting={isOurTurn} />}
        <RequestFacts request={request} />
      </div>
      {isLeaving && (
        <ConfirmDialog
          title={texts.withdrawTitle}
          text={texts.withdrawText}
          confirm={texts.withdraw}
          cancel={shared.cancel}
          closeLabel={shared.close}
          isDangerous
          onConfirm={() => withdraw.mutate({ params: { applicationId } })}
          onClose={() => setLeaving(false)}
        />
      )}
    </Panel>
  )
}

/** Requests that are settled, the newest first. */
export function EarlierRequests({ requests }: { requests: readonly LaunchRequestView[] }) {
  if (requests.length === 0) return null
  return (
    <Panel title={texts.requests} flush>
      <DataTable
        caption={texts.requests}
        rows={requests}
        rowKey={({ id }) => id}
        columns={[
          { title: launchTexts.filed, cell: ({ filedAt }) => <Moment at={filedAt} /> },
          { title: launchTexts.products, cell: ({ products }) => productTitles(products), wide: true },
          { title: launchTexts.state, cell: ({ state }) => <LaunchStateWord state={state} /> },
          { title: launchTexts.settledBy, cell: ({ settledBy }) => settledBy },
          { title: launchTexts.settledAt, cell: ({ stateSince }) => <Moment at={stateSince} /> },
        ]}
      />
    </Panel>
  )
}
