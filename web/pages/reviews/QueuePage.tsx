import { NativeSelect } from '@mantine/core'
import { Link, useLocation } from 'wouter'
import { listLaunchRequests } from '../../../contract/launch.ts'
import { type LaunchState, launchStates } from '../../../rules/launch.ts'
import { query, useLoaded } from '../../api.ts'
import type { At, Loader } from '../../page.ts'
import { LaunchStateWord, spanOf } from '../../parts/launch/RequestFacts.tsx'
import { PageHead } from '../../parts/PageHead.tsx'
import { Pager } from '../../parts/Pager.tsx'
import { docs, paths } from '../../paths.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { launchStateTitle } from '../../parts/launch/words.ts'
import { productTitles } from '../../words.ts'
import { texts } from './texts.ts'

const stateIn = (search: URLSearchParams): LaunchState =>
  launchStates.find((state) => state === search.get('state')) ?? 'in_review'

const inputOf = (search: URLSearchParams) => {
  const cursor = search.get('cursor')
  return { query: { state: stateIn(search), ...(cursor === null ? {} : { cursor }) } }
}

export const loader: Loader = ({ search }) => [query(listLaunchRequests, inputOf(search))]

export function Page({ search }: At) {
  const { items, nextCursor, counts } = useLoaded(listLaunchRequests, inputOf(search))
  const [, navigate] = useLocation()
  const state = stateIn(search)
  return (
    <>
      <PageHead
        title={texts.title}
        actions={
          <NativeSelect
            aria-label={texts.states}
            value={state}
            data={launchStates.map((one) => ({ value: one, label: `${launchStateTitle(one)} (${counts[one]})` }))}
            onChange={(event) => navigate(paths.launchRequests({ state: event.currentTarget.value }))}
          />
        }
      >
        {texts.lead}
      </PageHead>
      <div className="stack">
        <Panel title={launchStateTitle(state)} flush>
          {items.length === 0 ? (
            <EmptyState
              kind={state === 'in_review' ? 'nothing-yet' : 'nothing-matches'}
              title={state === 'in_review' ? texts.noneInReview : texts.noneOfState}
              action={<a href={docs.launch}>{texts.title}</a>}
            >
              {state === 'in_review' ? texts.noneInReviewWhy : texts.noneOfStateWhy}
            </EmptyState>
          ) : (
            <DataTable
              caption={texts.title}
              rows={items}
              rowKey={({ id }) => id}
              onOpen={({ id }) => navigate(paths.launchRequest(id))}
              columns={[
                ...(state === 'in_review'
                  ? [{ title: texts.place, cell: ({ place }: (typeof items)[number]) => place, numeric: true }]
                  : []),
                {
                  title: texts.application,
                  cell: ({ id, applicationName }) => <Link href={paths.launchRequest(id)}>{applicationName}</Link>,
                  wide: true,
                },
                {
                  title: texts.partner,
                  cell: ({ partnerId, partnerName }) => <Link href={paths.partner(partnerId)}>{partnerName}</Link>,
                },
                { title: texts.products, cell: ({ products }) => productTitles(products), wide: true },
                { title: texts.state, cell: (one) => <LaunchStateWord state={one.state} /> },
                { title: texts.filed, cell: ({ filedAt }) => <Moment at={filedAt} /> },
                { title: texts.clock, cell: ({ centerSeconds }) => spanOf(centerSeconds), numeric: true },
              ]}
            />
          )}
        </Panel>
        <Pager
          older={nextCursor && paths.launchRequests({ state, cursor: nextCursor })}
          newest={search.has('cursor') ? paths.launchRequests({ state }) : null}
        />
      </div>
    </>
  )
}
