import { useState } from 'react'
import { getApplication } from '../../../contract/applications.ts'
import { getLaunch, type LaunchView, launchApplication, launchProducts } from '../../../contract/launch.ts'
import type { ProductId } from '../../../rules/products.ts'
import { query, useLoaded, useSend } from '../../api.ts'
import type { At, Loader } from '../../page.ts'
import { Checklist } from '../../parts/launch/Checklist.tsx'
import { Difference } from '../../parts/launch/Difference.tsx'
import { texts as launchTexts } from '../../parts/launch/texts.ts'
import { MayButton } from '../../parts/MayButton.tsx'
import { PageHead } from '../../parts/PageHead.tsx'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { StatusWord } from '../../parts/StatusWord.tsx'
import { texts as shared } from '../../parts/texts.ts'
import { toast } from '../../parts/toast.ts'
import { useApplicationCrumbs } from '../../parts/use-application-crumbs.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { productWords } from '../../words.ts'
import { EarlierRequests, RequestPanel } from './RequestPanel.tsx'
import { texts } from './texts.ts'

export const loader: Loader = ({ params: { applicationId } }) => [
  query(getApplication, { params: { applicationId } }),
  query(getLaunch, { params: { applicationId } }),
]

const isOpen = ({ state }: LaunchView['requests'][number]) => state === 'in_review' || state === 'waiting_for_partner'

export function Page({ params: { applicationId } }: At) {
  const application = useLoaded(getApplication, { params: { applicationId } })
  const launch = useLoaded(getLaunch, { params: { applicationId } })
  const request = launch.requests.find(isOpen)
  return (
    <>
      <PageHead
        title={texts.launch}
        crumbs={useApplicationCrumbs(applicationId)}
        beside={<StatusWord status={launch.status} />}
      >
        {texts.launchLead}
      </PageHead>
      <div className="stack">
        {launch.launchedAt && (
          <Notice tone="good" quiet>
            <span>
              {texts.launchedAt} <Moment at={launch.launchedAt} />
            </span>
          </Notice>
        )}
        {request && <RequestPanel applicationId={applicationId} request={request} />}
        {launch.gate.length > 0 && (
          <GatePanel
            applicationId={applicationId}
            name={application.name}
            launch={launch}
            isUnderWay={request !== undefined}
          />
        )}
        <Difference lines={launch.difference} />
        <Products applicationId={applicationId} launch={launch} isUnderWay={request !== undefined} />
        <EarlierRequests requests={launch.requests.filter((one) => !isOpen(one))} />
      </div>
    </>
  )
}

type Props = { applicationId: string; launch: LaunchView; isUnderWay: boolean }

function GatePanel({ applicationId, name, launch, isUnderWay }: Props & { name: string }) {
  const [isAsked, setAsked] = useState(false)
  const send = useSend(launchApplication, () => toast(texts.launchedNow))
  const open = launch.gate.filter(({ isFulfilled }) => !isFulfilled).length
  const canAsk = launch.status === 'in_progress' && !isUnderWay
  return (
    <Panel
      title={launchTexts.checklist}
      flush
      actions={
        <>
          <span className="muted small" id="gate-state">
            {open === 0 ? texts.ready : texts.notReady(open)}
          </span>
          {canAsk && (
            <MayButton
              needs="application.launch"
              disabled={open > 0}
              loading={send.isPending}
              onClick={() => setAsked(true)}
            >
              {texts.launchNow}
            </MayButton>
          )}
        </>
      }
    >
      {send.error && <ProblemNotice problem={send.error.problem} />}
      <Checklist gate={launch.gate} applicationId={applicationId} />
      {isAsked && (
        <ConfirmDialog
          title={texts.launchTitle(name)}
          text={launch.isReviewed ? texts.launchReviewed : texts.launchAtOnce}
          confirm={texts.launchNow}
          cancel={shared.cancel}
          closeLabel={shared.close}
          onConfirm={() => send.mutate({ params: { applicationId } })}
          onClose={() => setAsked(false)}
        />
      )}
    </Panel>
  )
}

/** Products with their own launch, once the application is live. */
function Products({ applicationId, launch, isUnderWay }: Props) {
  const [toLaunch, setToLaunch] = useState<ProductId>()
  const send = useSend(launchProducts, () => toast(texts.launchedNow))
  const isLeft = launch.products.some(({ status }) => status === 'in_progress')
  const offersLaunch = launch.status === 'launched' && isLeft && !isUnderWay
  return (
    <Panel title={texts.products} flush>
      {send.error && <ProblemNotice problem={send.error.problem} />}
      <DataTable
        caption={texts.products}
        rows={launch.products}
        rowKey={({ id }) => id}
        columns={[
          { title: texts.products, cell: ({ id }) => productWords(id).title, wide: true },
          { title: texts.status, cell: ({ status }) => <StatusWord status={status} /> },
          { title: texts.launchedAt, cell: ({ launchedAt }) => launchedAt && <Moment at={launchedAt} /> },
          ...(offersLaunch
            ? [
                {
                  title: texts.actions,
                  cell: ({ id, status }: LaunchView['products'][number]) =>
                    status === 'in_progress' && (
                      <MayButton
                        needs="product.launch"
                        variant="default"
                        size="compact-sm"
                        aria-label={texts.launchProductOf(productWords(id).title)}
                        onClick={() => setToLaunch(id)}
                      >
                        {texts.launchProduct}
                      </MayButton>
                    ),
                },
              ]
            : []),
        ]}
      />
      {toLaunch !== undefined && (
        <ConfirmDialog
          title={texts.launchTitle(productWords(toLaunch).title)}
          text={launch.isReviewed ? texts.launchReviewed : texts.launchAtOnce}
          confirm={texts.launchNow}
          cancel={shared.cancel}
          closeLabel={shared.close}
          onConfirm={() => send.mutate({ params: { applicationId }, body: { products: [toLaunch] } })}
          onClose={() => setToLaunch(undefined)}
        />
      )}
    </Panel>
  )
}
