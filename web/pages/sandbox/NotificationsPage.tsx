import { Button, NativeSelect, TextInput } from '@mantine/core'
import { Link, useLocation, useSearch } from 'wouter'
import { site } from '../../../contract/accounts.ts'
import { getApplication, getSandbox } from '../../../contract/applications.ts'
import type { CallInput } from '../../../contract/endpoint.ts'
import { lastResend, listFailingEndpoints } from '../../../contract/delivery.ts'
import { listNotifications } from '../../../contract/log.ts'
import { notificationStates } from '../../../rules/notification.ts'
import { query, useLive, useLoaded } from '../../api.ts'
import { useLiveList } from '../../parts/live/use-live-list.tsx'
import { PageHead } from '../../parts/PageHead.tsx'
import { Pager } from '../../parts/Pager.tsx'
import { docs, type NotificationsView, paths } from '../../paths.ts'
import type { At, Loader } from '../../page.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { numberOf } from '../../language.ts'
import classes from '../../parts/live/log-filters.module.css'
import { EndpointNotices } from './EndpointNotices.tsx'
import { InboxOffer } from './InboxOffer.tsx'
import { NotificationPanel } from './NotificationPanel.tsx'
import { waitsFor } from './held-words.ts'
import { NotificationStateWord } from './NotificationStateWord.tsx'
import { useApplicationCrumbs } from '../../parts/use-application-crumbs.ts'
import { ResendMatching } from './ResendMatching.tsx'
import { texts } from './texts.ts'

const POLL_MS = 1000
const STATES = notificationStates

function viewOf(search: URLSearchParams): NotificationsView {
  return Object.fromEntries(search) // unknown names are passed over by whoever reads the view
}

function filterOf(view: NotificationsView) {
  const state = STATES.find((name) => name === view.state)
  return { ...(state && { state }), ...(view.search && { search: view.search }) }
}

function inputOf({ params: { applicationId }, search }: At): CallInput<typeof listNotifications> {
  const view = viewOf(search)
  return { params: { applicationId }, query: { ...filterOf(view), ...(view.cursor && { cursor: view.cursor }) } }
}

export const loader: Loader = (at) => [
  query(getApplication, { params: { applicationId: at.params.applicationId } }),
  query(site),
  query(getSandbox, { params: { applicationId: at.params.applicationId } }),
  query(listNotifications, inputOf(at)),
  query(listFailingEndpoints, { params: { applicationId: at.params.applicationId } }),
  query(lastResend, { params: { applicationId: at.params.applicationId } }),
]

export function Page(at: At) {
  const { applicationId } = at.params
  const view = viewOf(at.search)
  const [, navigate] = useLocation()
  const wanted = inputOf(at)
  const polled = useLive(view.cursor ? false : POLL_MS, listNotifications, wanted)
  const { list, onReading, live } = useLiveList(polled, JSON.stringify(wanted))
  // Those of the kept list, as they are now: a state may change under the pointer, a row may not move.
  const items = list.items.map((kept) => polled.data.items.find(({ id }) => id === kept.id) ?? kept)
  // The page follows the address as soon as it has the answer; the field must follow the fingers.
  const typed = new URLSearchParams(useSearch()).get('search') ?? ''
  const to = (change: NotificationsView) => paths.notifications(applicationId, { ...view, ...change })
  const opened = polled.data.items.find(({ id }) => id === view.notification)
  return (
    <>
      <PageHead title={texts.notifications} crumbs={useApplicationCrumbs(applicationId)}>
        {texts.notificationsLead}
      </PageHead>
      <div className="stack">
        <search className={classes.filters}>
          <TextInput
            label={texts.search}
            placeholder={texts.notificationSearchHint}
            type="search"
            maxLength={100}
            className={classes.text}
            value={typed}
            onChange={(event) => navigate(to({ search: event.currentTarget.value, cursor: '' }), { replace: true })}
          />
          <NativeSelect
            label={texts.state}
            data={[
              { value: '', label: texts.any },
              ...STATES.map((state) => ({ value: state, label: texts.notificationStates[state] })),
            ]}
            value={view.state ?? ''}
            onChange={(event) =>
              navigate(to({ search: typed, state: event.currentTarget.value, cursor: '' }), { replace: true })
            }
          />
        </search>
        <EndpointNotices applicationId={applicationId} />
        <ResendMatching applicationId={applicationId} filter={filterOf(view)} />
        <Panel title={texts.allNotifications} flush onReading={onReading} actions={!view.cursor && live}>
          {items.length === 0 ? (
            <Empty applicationId={applicationId} isFiltered={Boolean(view.state || view.search)} />
          ) : (
            <DataTable
              caption={texts.allNotifications}
              rows={items}
              rowKey={({ id }) => id}
              opened={view.notification}
              onOpen={({ id }) => navigate(to({ notification: id, why: '' }))}
              columns={[
                {
                  title: texts.created,
                  cell: ({ id, createdAt }) => (
                    <Link href={to({ notification: id, why: '' })}>
                      <Moment at={createdAt} within />
                    </Link>
                  ),
                },
                {
                  title: texts.notification,
                  cell: ({ api, manner }) => (
                    <span className="stack-tight">
                      <code>{api}</code>
                      {manner && <span className="muted small">{texts.madeUp}</span>}
                    </span>
                  ),
                },
                { title: texts.state, cell: ({ state }) => <NotificationStateWord state={state} /> },
                { title: texts.attempts, cell: ({ attemptCount }) => numberOf(attemptCount), numeric: true },
                {
                  title: texts.nextAttempt,
                  cell: (row) => waitsFor(row) ?? (row.nextAttemptAt && <Moment at={row.nextAttemptAt} />),
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
        <Pager
          older={polled.data.nextCursor && to({ cursor: polled.data.nextCursor, notification: '' })}
          newest={view.cursor ? to({ cursor: '', notification: '' }) : null}
        />
      </div>
      {opened && (
        <NotificationPanel
          applicationId={applicationId}
          notification={opened}
          why={view.why}
          onWhy={(why) => navigate(to({ why }), { replace: true })}
          onClose={() => navigate(to({ notification: '', why: '' }))}
        />
      )}
    </>
  )
}

function Empty({ applicationId, isFiltered }: { applicationId: string; isFiltered: boolean }) {
  if (isFiltered) {
    const clear = (
      <Button component={Link} href={paths.notifications(applicationId)} variant="default" size="xs">
        {texts.clearFilters}
      </Button>
    )
    return (
      <EmptyState kind="nothing-matches" title={texts.noNotificationMatches} action={clear}>
        {texts.nothingMatchesWhy}
      </EmptyState>
    )
  }
  return <NothingYet applicationId={applicationId} />
}

/** Without a URL nobody is told anything: that is said, and the inbox offered. */
function NothingYet({ applicationId }: { applicationId: string }) {
  const { notificationUrls } = useLoaded(getSandbox, { params: { applicationId } })
  const isTold = notificationUrls.some(({ url }) => url !== null)
  return (
    <EmptyState
      kind="nothing-yet"
      title={texts.noNotifications}
      action={
        <>
          <InboxOffer applicationId={applicationId} urls={notificationUrls} />
          <Button component={Link} href={paths.sandbox(applicationId)} variant="default" size="xs">
            {texts.toSettings}
          </Button>
          <a href={docs.notifications}>{texts.notificationsGuide}</a>
        </>
      }
    >
      {isTold ? texts.noNotificationsWhy : texts.noUrlYetWhy}
    </EmptyState>
  )
}
