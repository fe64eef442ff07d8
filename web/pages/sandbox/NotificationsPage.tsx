import { NativeSelect } from '@mantine/core'
import { Link, useLocation } from 'wouter'
import { getApplication } from '../../../contract/applications.ts'
import type { CallInput } from '../../../contract/endpoint.ts'
import { listNotifications } from '../../../contract/log.ts'
import { query, useLive } from '../../api.ts'
import { PageHead } from '../../parts/PageHead.tsx'
import { Pager } from '../../parts/Pager.tsx'
import { type NotificationsView, paths } from '../../paths.ts'
import type { At, Loader } from '../../page.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { NotificationPanel } from './NotificationPanel.tsx'
import { NotificationStateWord } from './NotificationStateWord.tsx'
import { useSandboxCrumbs } from './sandbox-crumbs.ts'
import { texts } from './texts.ts'

const POLL_MS = 1000
const STATES = ['waiting', 'acknowledged', 'failed'] as const

function viewOf(search: URLSearchParams): NotificationsView {
  return Object.fromEntries(search) // unknown names are passed over by whoever reads the view
}

function inputOf({ params: { applicationId }, search }: At): CallInput<typeof listNotifications> {
  const view = viewOf(search)
  const state = STATES.find((name) => name === view.state)
  return {
    params: { applicationId },
    query: { ...(state ? { state } : {}), ...(view.cursor ? { cursor: view.cursor } : {}) },
  }
}

export const loader: Loader = (at) => [
  query(getApplication, { params: { applicationId: at.params.applicationId } }),
  query(listNotifications, inputOf(at)),
]

export function Page(at: At) {
  const { applicationId } = at.params
  const view = viewOf(at.search)
  const [, navigate] = useLocation()
  const { data } = useLive(view.cursor ? false : POLL_MS, listNotifications, inputOf(at))
  const to = (change: NotificationsView) => paths.notifications(applicationId, { ...view, ...change })
  const opened = data.items.find(({ id }) => id === view.notification)
  return (
    <>
      <PageHead title={texts.notifications} crumbs={useSandboxCrumbs(applicationId)}>
        {texts.notificationsLead}
      </PageHead>
      <div className="stack">
        <NativeSelect
          label={texts.state}
          w={220}
          data={[
            { value: '', label: texts.anyState },
            ...STATES.map((state) => ({ value: state, label: texts.notificationStates[state] })),
          ]}
          value={view.state ?? ''}
          onChange={(event) => navigate(to({ state: event.currentTarget.value, cursor: '' }), { replace: true })}
        />
        <Panel title={texts.allNotifications} flush>
          {data.items.length === 0 ? (
            <Empty isFiltered={Boolean(view.state)} />
          ) : (
            <DataTable
              caption={texts.allNotifications}
              rows={data.items}
              rowKey={({ id }) => id}
              opened={view.notification}
              onOpen={({ id }) => navigate(to({ notification: id }))}
              columns={[
                {
                  title: texts.created,
                  cell: ({ id, createdAt }) => (
                    <Link href={to({ notification: id })}>
                      <Moment at={createdAt} />
                    </Link>
                  ),
                },
                { title: texts.notification, cell: ({ api }) => <code>{api}</code> },
                { title: texts.state, cell: ({ state }) => <NotificationStateWord state={state} /> },
                { title: texts.attempts, cell: ({ attempts }) => attempts.length, numeric: true },
                {
                  title: texts.nextAttempt,
                  cell: ({ nextAttemptAt }) => nextAttemptAt && <Moment at={nextAttemptAt} />,
                },
                { title: texts.paymentRequestId, cell: ({ paymentRequestId }) => <code>{paymentRequestId}</code> },
              ]}
            />
          )}
        </Panel>
        <Pager
          older={data.nextCursor && to({ cursor: data.nextCursor, notification: '' })}
          newest={view.cursor ? to({ cursor: '', notification: '' }) : null}
        />
      </div>
      {opened && <NotificationPanel notification={opened} onClose={() => navigate(to({ notification: '' }))} />}
    </>
  )
}

function Empty({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) return <EmptyState kind="nothing-matches" title={texts.noNotificationMatches} />
  return (
    <EmptyState kind="nothing-yet" title={texts.noNotifications}>
      {texts.noNotificationsWhy}
    </EmptyState>
  )
}
