import { Button, NativeSelect, TextInput } from '@mantine/core'
import { Link, useLocation, useSearch } from 'wouter'
import { listPartners } from '../../../contract/partners.ts'
import { PARTNER } from '../../../rules/limits.ts'
import { stages, trialStates } from '../../../rules/stage.ts'
import { query, useLoaded } from '../../api.ts'
import { Filters } from '../../parts/Filters.tsx'
import { MayButton } from '../../parts/MayButton.tsx'
import { PageHead } from '../../parts/PageHead.tsx'
import { docs, type PartnersView, paths } from '../../paths.ts'
import type { At, Loader } from '../../page.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { numberOf } from '../../language.ts'
import { stageWords } from './stage-words.ts'
import { daysSince, type ListedPartner, partnersViewOf, partnersWanted } from './partners-view.ts'
import { StageWord } from './StageWord.tsx'
import classes from './stages.module.css'
import { Standing } from './Standing.tsx'
import { texts } from './texts.ts'
import { WaitsFor } from './WaitsFor.tsx'

export const loader: Loader = ({ search }) => [query(listPartners, partnersWanted(search))]

/** Partners by stage: the cockpit of the architects. */
export function Page({ search }: At) {
  const view = partnersViewOf(search)
  const { items, nextCursor, counts, partners, trialsEnding, trialsOver } = useLoaded(
    listPartners,
    partnersWanted(search),
  )
  const to = (change: PartnersView) => paths.partners({ ...view, cursor: '', ...change })
  const open = <OpenPartner />
  return (
    <>
      <PageHead title={texts.partners} actions={open}>
        {texts.partnersLead}
      </PageHead>
      <div className="stack">
        {trialsEnding > 0 && view.trial !== 'ending' && (
          <TrialNotice text={texts.trialsEnding(numberOf(trialsEnding))} href={paths.partners({ trial: 'ending' })} />
        )}
        {trialsOver > 0 && view.trial !== 'over' && (
          <TrialNotice text={texts.trialsOver(numberOf(trialsOver))} href={paths.partners({ trial: 'over' })} />
        )}
        {partners > 0 && (
          <>
            <Stages view={view} counts={counts} to={to} />
            <PartnerFilters view={view} />
          </>
        )}
        <Panel title={texts.allPartners} flush>
          {items.length === 0 ? <Empty isFirst={partners === 0} /> : <PartnerTable items={items} />}
        </Panel>
        {(nextCursor !== null || view.cursor) && (
          <div className="row">
            {view.cursor && (
              <Button component={Link} href={to({})} variant="default" size="xs">
                {texts.firstPage}
              </Button>
            )}
            {nextCursor !== null && (
              <Button component={Link} href={to({ cursor: nextCursor })} variant="default" size="xs">
                {texts.nextPage}
              </Button>
            )}
          </div>
        )}
      </div>
    </>
  )
}

function OpenPartner() {
  return (
    <MayButton needs="staff.partner.open" href={paths.newPartner()}>
      {texts.openPartner}
    </MayButton>
  )
}

function TrialNotice({ text, href }: { text: string; href: string }) {
  return (
    <Notice tone="wait" quiet>
      <span>
        {text} <Link href={href}>{texts.show}</Link>
      </span>
    </Notice>
  )
}

type StagesProps = {
  view: PartnersView
  counts: Record<string, number>
  to: (change: PartnersView) => string
}

/** How many are in each stage; each leads to its partners. */
function Stages({ view, counts, to }: StagesProps) {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const all = { name: '', title: texts.allStages, count: total }
  const each = stages.map((name) => ({ name, title: stageWords(name).title, count: counts[name] ?? 0 }))
  return (
    <nav aria-label={texts.stages}>
      <ul className={classes.stages}>
        {[all, ...each].map(({ name, title, count }) => (
          <li key={name}>
            <Link
              href={to({ stage: name })}
              className={classes.stage}
              data-empty={count === 0}
              aria-current={(view.stage ?? '') === name ? 'true' : undefined}
            >
              {title} <span className={classes.count}>{numberOf(count)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function PartnerFilters({ view }: { view: PartnersView }) {
  const [, navigate] = useLocation()
  // The page follows the address as soon as it has the answer; the field must follow the fingers.
  const typed = new URLSearchParams(useSearch()).get('search') ?? ''
  const show = (change: PartnersView) =>
    navigate(paths.partners({ ...view, search: typed, cursor: '', ...change }), { replace: true })
  return (
    <Filters>
      <TextInput
        label={texts.searchPartner}
        placeholder={texts.searchPartnerHint}
        type="search"
        maxLength={PARTNER.nameMax}
        value={typed}
        onChange={(event) => show({ search: event.currentTarget.value })}
      />
      <NativeSelect
        label={texts.trial}
        data={[
          { value: '', label: texts.anyTrial },
          ...trialStates.map((name) => ({ value: name, label: texts.trialStates[name] })),
        ]}
        value={view.trial ?? ''}
        onChange={(event) => show({ trial: event.currentTarget.value })}
      />
    </Filters>
  )
}

function PartnerTable({ items }: { items: readonly ListedPartner[] }) {
  const [, navigate] = useLocation()
  return (
    <DataTable
      caption={texts.partners}
      rows={items}
      rowKey={({ id }) => id}
      onOpen={({ id }) => navigate(paths.partner(id))}
      columns={[
        { title: texts.name, cell: ({ id, name }) => <Link href={paths.partner(id)}>{name}</Link>, wide: true },
        { title: texts.stage, cell: ({ stage }) => <StageWord stage={stage} /> },
        { title: texts.since, cell: ({ since }) => texts.days(daysSince(since)) },
        { title: texts.waitsFor, cell: (partner) => <WaitsFor partner={partner} />, wide: true },
        { title: texts.standing, cell: (partner) => <Standing {...partner} /> },
        {
          title: texts.lastActivity,
          cell: ({ lastActivityAt: at }) =>
            at ? <Moment at={at} part="date" /> : <span className="muted">{texts.never}</span>,
        },
      ]}
    />
  )
}

function Empty({ isFirst }: { isFirst: boolean }) {
  if (!isFirst) {
    const clear = (
      <Button component={Link} href={paths.partners()} variant="default" size="xs">
        {texts.clearFilters}
      </Button>
    )
    return (
      <EmptyState kind="nothing-matches" title={texts.nothingMatches} action={clear}>
        {texts.nothingMatchesWhy}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      kind="nothing-yet"
      title={texts.noPartners}
      action={
        <>
          <OpenPartner />
          <a href={docs.getStarted}>{texts.openGuide}</a>
        </>
      }
    >
      {texts.noPartnersWhy}
    </EmptyState>
  )
}
