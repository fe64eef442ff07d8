import { Button } from '@mantine/core'
import { Link, useLocation } from 'wouter'
import { site } from '../../../contract/accounts.ts'
import { getApplication } from '../../../contract/applications.ts'
import { getExchange, listExchanges } from '../../../contract/log.ts'
import { query, useLive } from '../../api.ts'
import { useLiveList } from '../../parts/live/use-live-list.tsx'
import { PageHead } from '../../parts/PageHead.tsx'
import { Pager } from '../../parts/Pager.tsx'
import { ResultWord } from '../../parts/ResultWord.tsx'
import { docs, paths, type RequestsView } from '../../paths.ts'
import type { At, Loader } from '../../page.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { numberOf } from '../../language.ts'
import { ExchangePanel } from './ExchangePanel.tsx'
import { RequestFilters } from './RequestFilters.tsx'
import { exchangesWanted, isFiltered, requestsViewOf } from './requests-view.ts'
import { SignatureWord } from './SignatureWord.tsx'
import { useApplicationCrumbs } from '../../parts/use-application-crumbs.ts'
import { texts } from './texts.ts'

const POLL_MS = 1000
/** A text may have to be looked for in the whole log. */
const SEARCH_POLL_MS = 5000

export const loader: Loader = (at) => {
  const { applicationId } = at.params
  const exchangeId = at.search.get('exchange')
  return [
    query(getApplication, { params: { applicationId } }),
    query(site),
    query(listExchanges, exchangesWanted(at)),
    ...(exchangeId ? [query(getExchange, { params: { applicationId, exchangeId } })] : []),
  ]
}

export function Page(at: At) {
  const { applicationId } = at.params
  const view = requestsViewOf(at.search)
  const [, navigate] = useLocation()
  const wanted = exchangesWanted(at)
  const polled = useLive(pollMs(view), listExchanges, wanted)
  const { list, onReading, live } = useLiveList(polled, JSON.stringify(wanted), Boolean(view.exchange))
  const { items, nextCursor, searchedTo } = list
  const to = (change: RequestsView) => paths.requests(applicationId, { ...view, ...change })
  const open = (id: string) => to({ exchange: id, tab: view.tab ?? 'summary' })
  return (
    <>
      <PageHead title={texts.requests} crumbs={useApplicationCrumbs(applicationId)}>
        {texts.requestsLead}
      </PageHead>
      <div className="stack">
        <RequestFilters applicationId={applicationId} view={view} />
        <Panel title={texts.calls} flush onReading={onReading} actions={!view.cursor && live}>
          {items.length === 0 ? (
            <Empty applicationId={applicationId} isFiltered={isFiltered(view)} />
          ) : (
            <DataTable
              caption={texts.calls}
              rows={items}
              rowKey={({ id }) => id}
              opened={view.exchange}
              onOpen={({ id }) => navigate(open(id))}
              columns={[
                {
                  title: texts.time,
                  cell: ({ id, at }) => (
                    <Link href={open(id)}>
                      <Moment at={at} within />
                    </Link>
                  ),
                },
                {
                  title: texts.api,
                  cell: ({ api, uri, direction, isMocked, byTestMerchant }) => (
                    <span className="stack-tight">
                      <code>{api ?? uri}</code>
                      {direction === 'out' && <span className="muted small">{texts.byNetwork}</span>}
                      {isMocked && <span className="muted small">{texts.byMock}</span>}
                      {byTestMerchant && <span className="muted small">{texts.byTestMerchant}</span>}
                    </span>
                  ),
                },
                { title: texts.result, cell: ({ resultStatus }) => <ResultWord status={resultStatus} /> },
                { title: texts.resultCode, cell: ({ resultCode }) => <code>{resultCode}</code> },
                { title: texts.signature, cell: ({ signature }) => <SignatureWord signature={signature} /> },
                {
                  title: texts.duration,
                  cell: ({ durationMs }) => `${numberOf(Math.round(durationMs))} ms`,
                  numeric: true,
                },
                {
                  title: texts.paymentRequestId,
                  cell: ({ paymentRequestId }) => <code title={paymentRequestId ?? ''}>{paymentRequestId}</code>,
                  rest: true,
                },
              ]}
            />
          )}
        </Panel>
        {searchedTo !== null && (
          <p className="muted small" role="status">
            {texts.searchedTo} <Moment at={searchedTo} part="full" /> {texts.searchGoesOn}
          </p>
        )}
        <Pager
          older={nextCursor && to({ cursor: nextCursor, exchange: '' })}
          newest={view.cursor ? to({ cursor: '', exchange: '' }) : null}
        />
      </div>
      {view.exchange && (
        <ExchangePanel
          applicationId={applicationId}
          exchangeId={view.exchange}
          tab={view.tab}
          onTab={(tab) => navigate(to({ tab }), { replace: true })}
          onClose={() => navigate(to({ exchange: '', tab: '' }))}
        />
      )}
    </>
  )
}

const pollMs = ({ cursor, search }: RequestsView) => (cursor ? false : search ? SEARCH_POLL_MS : POLL_MS)

function Empty({ applicationId, isFiltered }: { applicationId: string; isFiltered: boolean }) {
  if (!isFiltered) {
    return (
      <EmptyState
        kind="nothing-yet"
        title={texts.noCalls}
        action={
          <>
            <Button component={Link} href={paths.iTest(applicationId)} variant="default" size="xs">
              {texts.toITest}
            </Button>
            <a href={docs.quickStart}>{texts.quickStart}</a>
          </>
        }
      >
        {texts.noCallsWhy}
      </EmptyState>
    )
  }
  const clear = (
    <Button component={Link} href={paths.requests(applicationId)} variant="default" size="xs">
      {texts.clearFilters}
    </Button>
  )
  return (
    <EmptyState kind="nothing-matches" title={texts.nothingMatches} action={clear}>
      {texts.nothingMatchesWhy}
    </EmptyState>
  )
}
