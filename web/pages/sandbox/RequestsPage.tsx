import { Button } from '@mantine/core'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { getApplication } from '../../../contract/applications.ts'
import type { CallInput } from '../../../contract/endpoint.ts'
import { getExchange, listExchanges } from '../../../contract/log.ts'
import { query, useLive } from '../../api.ts'
import { PageHead } from '../../parts/PageHead.tsx'
import { Pager } from '../../parts/Pager.tsx'
import { ResultWord } from '../../parts/ResultWord.tsx'
import { docs, paths, type RequestsView } from '../../paths.ts'
import type { At, Loader } from '../../page.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { ExchangePanel } from './ExchangePanel.tsx'
import { LiveSwitch } from './LiveSwitch.tsx'
import { RequestFilters } from './RequestFilters.tsx'
import { SignatureWord } from './SignatureWord.tsx'
import { useSandboxCrumbs } from './sandbox-crumbs.ts'
import { texts } from './texts.ts'

const POLL_MS = 1000

function viewOf(search: URLSearchParams): RequestsView {
  return Object.fromEntries(search) // unknown names are passed over by whoever reads the view
}

function inputOf({ params: { applicationId }, search }: At): CallInput<typeof listExchanges> {
  const { result, search: text, cursor } = viewOf(search)
  return {
    params: { applicationId },
    query: {
      ...(result === 'S' || result === 'F' || result === 'U' ? { result } : {}),
      ...(text ? { search: text } : {}),
      ...(cursor ? { cursor } : {}),
    },
  }
}

export const loader: Loader = (at) => {
  const { applicationId } = at.params
  const exchangeId = at.search.get('exchange')
  return [
    query(getApplication, { params: { applicationId } }),
    query(listExchanges, inputOf(at)),
    ...(exchangeId ? [query(getExchange, { params: { applicationId, exchangeId } })] : []),
  ]
}

export function Page(at: At) {
  const { applicationId } = at.params
  const view = viewOf(at.search)
  const [, navigate] = useLocation()
  const { data, lost } = useLive(view.cursor ? false : POLL_MS, listExchanges, inputOf(at))
  // While paused, what was on the screen stays there; what came since is only counted.
  const [held, setHeld] = useState<typeof data>()
  const { items, nextCursor } = held ?? data
  const fresh = held ? data.items.filter(({ at }) => at > (held.items[0]?.at ?? '')).length : 0
  const isFiltered = Boolean(view.result || view.search)
  const to = (change: RequestsView) => paths.requests(applicationId, { ...view, ...change })
  const open = (id: string) => to({ exchange: id, tab: view.tab ?? 'summary' })
  return (
    <>
      <PageHead title={texts.requests} crumbs={useSandboxCrumbs(applicationId)}>
        {texts.requestsLead}
      </PageHead>
      <div className="stack">
        <div className="spread">
          <RequestFilters applicationId={applicationId} view={view} />
          {!view.cursor && (
            <LiveSwitch
              isPaused={held !== undefined}
              fresh={fresh}
              lost={lost}
              onPause={() => setHeld(data)}
              onResume={() => setHeld(undefined)}
            />
          )}
        </div>
        <Panel title={texts.calls} flush>
          {items.length === 0 ? (
            <Empty applicationId={applicationId} isFiltered={isFiltered} />
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
                      <Moment at={at} />
                    </Link>
                  ),
                },
                { title: texts.api, cell: ({ api, uri }) => <code>{api ?? uri}</code> },
                { title: texts.result, cell: ({ resultStatus }) => <ResultWord status={resultStatus} /> },
                { title: texts.resultCode, cell: ({ resultCode }) => <code>{resultCode}</code> },
                { title: texts.signature, cell: ({ signature }) => <SignatureWord signature={signature} /> },
                { title: texts.paymentRequestId, cell: ({ paymentRequestId }) => <code>{paymentRequestId}</code> },
                { title: texts.duration, cell: ({ durationMs }) => `${durationMs} ms`, numeric: true },
              ]}
            />
          )}
        </Panel>
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

function Empty({ applicationId, isFiltered }: { applicationId: string; isFiltered: boolean }) {
  if (!isFiltered) {
    return (
      <EmptyState kind="nothing-yet" title={texts.noCalls} action={<a href={docs.quickStart}>{texts.quickStart}</a>}>
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
