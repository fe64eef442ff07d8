import { Button, NativeSelect, TextInput } from '@mantine/core'
import { Link, useLocation, useSearch } from 'wouter'
import { getApplication } from '../../../contract/applications.ts'
import { listFindings } from '../../../contract/findings.ts'
import { FINDINGS_PAGE } from '../../../rules/limits.ts'
import { query, useLoaded } from '../../api.ts'
import { docs, type FindingsView, paths } from '../../paths.ts'
import type { At, Loader } from '../../page.ts'
import { PageHead } from '../../parts/PageHead.tsx'
import { Pager } from '../../parts/Pager.tsx'
import { samplesFor } from '../../parts/calls/samples.ts'
import { useApplicationCrumbs } from '../../parts/use-application-crumbs.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Diagnosed } from './Diagnosed.tsx'
import classes from './findings.module.css'
import { texts } from './texts.ts'

const viewOf = (search: URLSearchParams): FindingsView => ({
  search: search.get('search') ?? '',
  api: search.get('api') ?? '',
  days: search.get('days') ?? '',
  cursor: search.get('cursor') ?? '',
})

const daysOf = ({ days }: FindingsView) =>
  Math.min(FINDINGS_PAGE.daysMax, Math.max(1, Number.parseInt(days ?? '', 10) || FINDINGS_PAGE.daysMax))

function wanted({ params: { applicationId }, search }: Pick<At, 'params' | 'search'>) {
  const view = viewOf(search)
  return {
    params: { applicationId },
    query: {
      days: daysOf(view),
      ...(view.search ? { search: view.search } : {}),
      ...(view.api ? { api: view.api } : {}),
      ...(view.cursor ? { cursor: view.cursor } : {}),
    },
  }
}

export const loader: Loader = (at) => [
  query(getApplication, { params: { applicationId: at.params.applicationId } }),
  query(listFindings, wanted(at)),
]

export function Page(at: At) {
  const { applicationId } = at.params
  const { items, nextCursor } = useLoaded(listFindings, wanted(at))
  const view = viewOf(at.search)
  const to = (change: FindingsView) => paths.findings(applicationId, { ...view, ...change })
  return (
    <>
      <PageHead title={texts.title} crumbs={useApplicationCrumbs(applicationId)}>
        {texts.lead} <a href={docs.autoDiagnosis}>{texts.guide}</a>
      </PageHead>
      <div className="stack">
        <Filters applicationId={applicationId} view={view} />
        {items.length === 0 && <Empty applicationId={applicationId} isFiltered={Boolean(view.search || view.api)} />}
        {items.map((call) => (
          <Diagnosed key={call.exchange.id} applicationId={applicationId} call={call} />
        ))}
        <Pager older={nextCursor && to({ cursor: nextCursor })} newest={view.cursor ? to({ cursor: '' }) : null} />
      </div>
    </>
  )
}

/** They stand in the address, so that a view can be sent to a colleague. */
function Filters({ applicationId, view }: { applicationId: string; view: FindingsView }) {
  const [, navigate] = useLocation()
  const application = useLoaded(getApplication, { params: { applicationId } })
  // The page follows the address as soon as it has the answer; the field must follow the fingers.
  const typed = new URLSearchParams(useSearch()).get('search') ?? ''
  const show = (change: FindingsView) =>
    navigate(paths.findings(applicationId, { ...view, search: typed, cursor: '', ...change }), { replace: true })
  const apis = [...new Set(samplesFor(application).map(({ api }) => api))]
  const days = Array.from({ length: FINDINGS_PAGE.daysMax }, (_, index) => FINDINGS_PAGE.daysMax - index)
  return (
    <search className={classes.filters}>
      <TextInput
        label={texts.search}
        placeholder={texts.searchHint}
        type="search"
        maxLength={100}
        className={classes.text}
        value={typed}
        onChange={({ currentTarget }) => show({ search: currentTarget.value })}
      />
      <NativeSelect
        label={texts.api}
        value={view.api ?? ''}
        data={[{ value: '', label: texts.any }, ...apis]}
        onChange={({ currentTarget }) => show({ api: currentTarget.value })}
      />
      <NativeSelect
        label={texts.days}
        value={String(daysOf(view))}
        data={days.map((count) => ({ value: String(count), label: texts.daysOf(count) }))}
        onChange={({ currentTarget }) => show({ days: currentTarget.value })}
      />
    </search>
  )
}

function Empty({ applicationId, isFiltered }: { applicationId: string; isFiltered: boolean }) {
  const [href, label] = isFiltered
    ? [paths.findings(applicationId), texts.clear]
    : [paths.iTest(applicationId), texts.toITest]
  return (
    <EmptyState
      kind={isFiltered ? 'nothing-matches' : 'nothing-yet'}
      title={isFiltered ? texts.none : texts.noCalls}
      action={
        <Button component={Link} href={href} variant="default" size="xs">
          {label}
        </Button>
      }
    >
      {isFiltered ? texts.noneWhy : texts.noCallsWhy}
    </EmptyState>
  )
}
