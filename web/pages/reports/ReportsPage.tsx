import { Button } from '@mantine/core'
import { getApplication } from '../../../contract/applications.ts'
import type { CallInput } from '../../../contract/endpoint.ts'
import {
  downloadReport,
  listFees,
  listReports,
  makeTodaysReport,
  type ReportFileView,
} from '../../../contract/reports.ts'
import { fileAddress, query, useLive, useLoaded, useSend } from '../../api.ts'
import { numberOf } from '../../language.ts'
import type { At, Loader } from '../../page.ts'
import { FeeTable } from '../../parts/fees/FeeTable.tsx'
import { MayButton } from '../../parts/MayButton.tsx'
import { PageHead } from '../../parts/PageHead.tsx'
import { Pager } from '../../parts/Pager.tsx'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { toast } from '../../parts/toast.ts'
import { useApplicationCrumbs } from '../../parts/use-application-crumbs.ts'
import { docs, paths } from '../../paths.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StateWord } from '../../ui/StateWord.tsx'
import { texts } from './texts.ts'

/** While a report is being made, and otherwise: the next ones come by the clock. */
const SOON_MS = 1000
const LATER_MS = 15_000

function inputOf({ params: { applicationId }, search }: At): CallInput<typeof listReports> {
  const cursor = search.get('cursor')
  return { params: { applicationId }, query: cursor ? { cursor } : {} }
}

export const loader: Loader = (at) => [
  query(getApplication, { params: { applicationId: at.params.applicationId } }),
  query(listReports, inputOf(at)),
  query(listFees, { params: { applicationId: at.params.applicationId } }),
]

export function Page(at: At) {
  const { applicationId } = at.params
  const cursor = at.search.get('cursor')
  const isWaiting = useLive(false, listReports, inputOf(at)).data.waiting > 0
  const { data } = useLive(isWaiting ? SOON_MS : LATER_MS, listReports, inputOf(at))
  const fees = useLoaded(listFees, { params: { applicationId } })
  const make = useSend(makeTodaysReport, () => toast(texts.asked))
  return (
    <>
      <PageHead title={texts.reports} crumbs={useApplicationCrumbs(applicationId)}>
        {texts.reportsLead}
      </PageHead>
      <div className="stack">
        {make.error && <ProblemNotice problem={make.error.problem} />}
        <Panel
          title={texts.files}
          flush
          actions={
            <>
              {data.failed > 0 && <StateWord tone="bad">{texts.failed(data.failed)}</StateWord>}
              {isWaiting && <StateWord tone="wait">{texts.making}</StateWord>}
              <MayButton
                needs="sandbox.develop"
                size="xs"
                variant="default"
                loading={make.isPending}
                onClick={() => make.mutate({ params: { applicationId } })}
              >
                {texts.makeToday}
              </MayButton>
            </>
          }
        >
          {data.items.length === 0 ? (
            <EmptyState kind="nothing-yet" title={texts.none} action={<a href={docs.reports}>{texts.guide}</a>}>
              {texts.noneWhy} <Moment at={data.nextAt} part="full" />
            </EmptyState>
          ) : (
            <Files applicationId={applicationId} items={data.items} />
          )}
        </Panel>
        <p className="muted small">
          {texts.next} <Moment at={data.nextAt} part="full" />
        </p>
        <Pager
          older={data.nextCursor && paths.reports(applicationId, { cursor: data.nextCursor })}
          newest={cursor ? paths.reports(applicationId) : null}
        />
        {fees.items.length > 0 && (
          <Panel title={texts.fees} lead={texts.feesLead} flush>
            <FeeTable caption={texts.fees} fees={fees.items} />
          </Panel>
        )}
      </div>
    </>
  )
}

function Files({ applicationId, items }: { applicationId: string; items: readonly ReportFileView[] }) {
  const address = (fileId: string) => fileAddress(downloadReport, { params: { applicationId, fileId } })
  return (
    <DataTable
      caption={texts.files}
      rows={items}
      rowKey={({ id }) => id}
      columns={[
        { title: texts.kind, cell: ({ kind }) => texts.kinds[kind] },
        { title: texts.day, cell: ({ day }) => day },
        { title: texts.currency, cell: ({ currency }) => currency },
        {
          title: texts.state,
          cell: ({ byHand }) =>
            byHand ? (
              <StateWord tone="plain">{texts.soFar}</StateWord>
            ) : (
              <StateWord tone="good">{texts.whole}</StateWord>
            ),
        },
        { title: texts.madeAt, cell: ({ madeAt }) => <Moment at={madeAt} part="full" /> },
        { title: texts.bytes, cell: ({ bytes }) => numberOf(bytes), numeric: true },
        {
          title: texts.file,
          cell: ({ id, name, folder }) => (
            <span className="row">
              <Button
                component="a"
                href={address(id)}
                download
                variant="default"
                size="xs"
                aria-label={texts.downloadOf(name)}
              >
                {texts.download}
              </Button>
              <CopyButton what={texts.pathOf(name)} value={`${folder}${name}`} />
            </span>
          ),
        },
      ]}
    />
  )
}
