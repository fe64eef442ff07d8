import { Button, NativeSelect, TextInput } from '@mantine/core'
import { Link, useLocation, useSearch } from 'wouter'
import { getApplication, getSandbox } from '../../../contract/applications.ts'
import type { CallInput } from '../../../contract/endpoint.ts'
import { getInboxCall, listInbox } from '../../../contract/inbox.ts'
import { partnerApis } from '../../../rules/products.ts'
import { query, useLive, useLoaded } from '../../api.ts'
import { numberOf } from '../../language.ts'
import type { At, Loader } from '../../page.ts'
import { useLiveList } from '../../parts/live/use-live-list.tsx'
import { PageHead } from '../../parts/PageHead.tsx'
import { Pager } from '../../parts/Pager.tsx'
import { useApplicationCrumbs } from '../../parts/use-application-crumbs.ts'
import { docs, type InboxView, paths } from '../../paths.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { Panel } from '../../ui/Panel.tsx'
import filters from '../../parts/live/log-filters.module.css'
import { InboxOffer } from '../sandbox/InboxOffer.tsx'
import { InboxPanel } from './InboxPanel.tsx'
import { texts } from './texts.ts'

const POLL_MS = 1000

/** Unknown names are passed over by whoever reads the view. */
const viewOf = (search: URLSearchParams): InboxView => Object.fromEntries(search)

function inputOf({ params: { applicationId }, search }: At): CallInput<typeof listInbox> {
  const view = viewOf(search)
  const api = partnerApis.find((name) => name === view.api)
  return {
    params: { applicationId },
    query: {
      ...(api && { api }),
      ...(view.search && { search: view.search }),
      ...(view.cursor && { cursor: view.cursor }),
    },
  }
}

export const loader: Loader = (at) => {
  const { applicationId } = at.params
  const callId = at.search.get('call')
  return [
    query(getApplication, { params: { applicationId } }),
    query(getSandbox, { params: { applicationId } }),
    query(listInbox, inputOf(at)),
    ...(callId ? [query(getInboxCall, { params: { applicationId, callId } })] : []),
  ]
}

export function Page(at: At) {
  const { applicationId } = at.params
  const view = viewOf(at.search)
  const [, navigate] = useLocation()
  const wanted = inputOf(at)
  const polled = useLive(view.cursor ? false : POLL_MS, listInbox, wanted)
  const { list, onReading, live } = useLiveList(polled, JSON.stringify(wanted), Boolean(view.call))
  const to = (change: InboxView) => paths.inbox(applicationId, { ...view, ...change })
  const open = (id: string) => to({ call: id, tab: view.tab ?? 'request' })
  return (
    <>
      <PageHead title={texts.title} crumbs={useApplicationCrumbs(applicationId)}>
        {texts.lead} <a href={docs.inbox}>{texts.guide}</a>
      </PageHead>
      <div className="stack">
        <Filters applicationId={applicationId} view={view} />
        <Panel title={texts.calls} flush onReading={onReading} actions={!view.cursor && live}>
          {list.items.length === 0 ? (
            <Empty applicationId={applicationId} isFiltered={Boolean(view.api || view.search)} />
          ) : (
            <DataTable
              caption={texts.calls}
              rows={list.items}
              rowKey={({ id }) => id}
              opened={view.call}
              onOpen={({ id }) => navigate(open(id))}
              columns={[
                {
                  title: texts.time,
                  cell: ({ id, at: time }) => (
                    <Link href={open(id)}>
                      <Moment at={time} within />
                    </Link>
                  ),
                },
                {
                  title: texts.api,
                  cell: ({ api, notificationId }) => (
                    <span className="stack-tight">
                      <code>{api}</code>
                      {notificationId === null && <span className="muted small">{texts.question}</span>}
                    </span>
                  ),
                },
                { title: texts.uri, cell: ({ uri }) => <code className="break">{uri}</code> },
                { title: texts.size, cell: ({ bytes }) => texts.bytes(numberOf(bytes)), numeric: true },
                {
                  title: texts.paymentRequestId,
                  cell: ({ paymentRequestId }) => <code title={paymentRequestId ?? ''}>{paymentRequestId}</code>,
                  rest: true,
                },
              ]}
            />
          )}
        </Panel>
        <Pager
          older={list.nextCursor && to({ cursor: list.nextCursor, call: '' })}
          newest={view.cursor ? to({ cursor: '', call: '' }) : null}
        />
      </div>
      {view.call && (
        <InboxPanel
          key={view.call}
          applicationId={applicationId}
          callId={view.call}
          tab={view.tab}
          onTab={(tab) => navigate(to({ tab }), { replace: true })}
          onClose={() => navigate(to({ call: '', tab: '' }))}
        />
      )}
    </>
  )
}

/** They stand in the address, so that a view can be sent to a colleague. */
function Filters({ applicationId, view }: { applicationId: string; view: InboxView }) {
  const [, navigate] = useLocation()
  // The page follows the address as soon as it has the answer; the field must follow the fingers.
  const typed = new URLSearchParams(useSearch()).get('search') ?? ''
  const show = (change: InboxView) =>
    navigate(paths.inbox(applicationId, { ...view, search: typed, cursor: '', ...change }), { replace: true })
  return (
    <search className={filters.filters}>
      <TextInput
        label={texts.search}
        placeholder={texts.searchHint}
        type="search"
        maxLength={100}
        className={filters.text}
        value={typed}
        onChange={(event) => show({ search: event.currentTarget.value })}
      />
      <NativeSelect
        label={texts.api}
        data={[{ value: '', label: texts.any }, ...partnerApis.map((api) => ({ value: api, label: api }))]}
        value={view.api ?? ''}
        onChange={(event) => show({ api: event.currentTarget.value })}
      />
    </search>
  )
}

function Empty({ applicationId, isFiltered }: { applicationId: string; isFiltered: boolean }) {
  if (isFiltered) {
    const clear = (
      <Button component={Link} href={paths.inbox(applicationId)} variant="default" size="xs">
        {texts.clearFilters}
      </Button>
    )
    return (
      <EmptyState kind="nothing-matches" title={texts.nothingMatches} action={clear}>
        {texts.nothingMatchesWhy}
      </EmptyState>
    )
  }
  return <NothingYet applicationId={applicationId} />
}

/** Either nothing has been told yet, or no URL is that of the inbox: then it is set here. */
function NothingYet({ applicationId }: { applicationId: string }) {
  const { notificationUrls } = useLoaded(getSandbox, { params: { applicationId } })
  const isUsed = notificationUrls.some(({ url }) => url?.startsWith('inbox:'))
  const next = isUsed ? paths.iTest(applicationId) : paths.sandbox(applicationId)
  return (
    <EmptyState
      kind="nothing-yet"
      title={texts.nothing}
      action={
        <>
          {!isUsed && <InboxOffer applicationId={applicationId} urls={notificationUrls} />}
          <Button component={Link} href={next} variant="default" size="xs">
            {isUsed ? texts.toITest : texts.toSettings}
          </Button>
        </>
      }
    >
      {isUsed ? texts.nothingToldWhy : texts.nothingWhy}
    </EmptyState>
  )
}
