import { Button } from '@mantine/core'
import { Link, useLocation } from 'wouter'
import { listExchanges } from '../../../contract/log.ts'
import { useLoaded } from '../../api.ts'
import { ResultWord } from '../../parts/ResultWord.tsx'
import { docs, paths } from '../../paths.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { texts } from './texts.ts'

const SHOWN = 5

export const latestCalls = (applicationId: string) => ({ params: { applicationId }, query: { limit: SHOWN } })

/** The last few calls, each with its way into the log. */
export function LatestCalls({ applicationId }: { applicationId: string }) {
  const { items } = useLoaded(listExchanges, latestCalls(applicationId))
  const [, navigate] = useLocation()
  const open = (exchange: string) => paths.requests(applicationId, { exchange, tab: 'summary' })
  return (
    <Panel
      title={texts.latestCalls}
      flush
      actions={
        items.length > 0 && (
          <Button component={Link} href={paths.requests(applicationId)} variant="default" size="xs">
            {texts.allCalls}
          </Button>
        )
      }
    >
      {items.length === 0 ? (
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
      ) : (
        <DataTable
          caption={texts.latestCalls}
          rows={items}
          rowKey={({ id }) => id}
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
            { title: texts.api, cell: ({ api, uri }) => <code>{api ?? uri}</code> },
            { title: texts.result, cell: ({ resultStatus }) => <ResultWord status={resultStatus} /> },
            { title: texts.resultCode, cell: ({ resultCode }) => <code>{resultCode}</code> },
          ]}
        />
      )}
    </Panel>
  )
}
