import { Button, NativeSelect, TextInput } from '@mantine/core'
import { Link, useLocation, useSearch } from 'wouter'
import { exportTestData, listTestData } from '../../../contract/merchants.ts'
import { payerOutcomes } from '../../../rules/acceptance/case.ts'
import { fileAddress, useLive } from '../../api.ts'
import { numberOf } from '../../language.ts'
import { texts as shared } from '../../parts/texts.ts'
import { docs, type MerchantsView, paths } from '../../paths.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StateWord } from '../../ui/StateWord.tsx'
import { productWords } from '../../words.ts'
import { dataFiltersOf, type Merchants, OUTCOME_TONES, type Tested } from './merchant.ts'
import classes from './merchants.module.css'
import { TestDataDialog } from './TestDataDialog.tsx'
import { texts } from './texts.ts'

const POLL_MS = 5000

export const testDataInput = (applicationId: string, view: MerchantsView) => ({
  params: { applicationId },
  query: { ...dataFiltersOf(view), ...(view.cursor && { cursor: view.cursor }) },
})

type Props = { applicationId: string; view: MerchantsView; merchants: Merchants }

/** What each merchant has brought about, in counts; a row opens its cases. */
export function TestData({ applicationId, view, merchants }: Props) {
  const [, navigate] = useLocation()
  const { data } = useLive(POLL_MS, listTestData, testDataInput(applicationId, view))
  const to = (change: MerchantsView) => paths.merchants(applicationId, { ...view, ...change })
  const opened = data.items.find(({ id }) => id === view.merchant)
  const linkTo = ({ id }: Tested) => to({ merchant: id })
  return (
    <div className="stack">
      <Filters applicationId={applicationId} view={view} merchants={merchants} />
      <Panel
        title={texts.tabs.data}
        lead={texts.data.lead}
        flush
        actions={
          <Button
            component="a"
            href={fileAddress(exportTestData, { params: { applicationId }, query: dataFiltersOf(view) })}
            download
            variant="default"
            size="xs"
          >
            {texts.data.export}
          </Button>
        }
      >
        {data.items.length === 0 ? (
          <Empty applicationId={applicationId} view={view} hasMore={data.nextCursor !== null} />
        ) : (
          <DataTable
            caption={texts.tabs.data}
            rows={data.items}
            rowKey={({ id }) => id}
            onOpen={(tested) => navigate(linkTo(tested))}
            columns={[
              {
                title: texts.name,
                wide: true,
                cell: (tested) => (
                  <span className="stack-tight">
                    <Link href={linkTo(tested)} className="break">
                      {tested.name}
                    </Link>
                    <span className="muted small mono">{tested.mid}</span>
                  </span>
                ),
              },
              { title: texts.data.outcome, cell: ({ cases }) => <Counts cases={cases} />, wide: true },
              { title: texts.data.last, cell: ({ cases }) => <Last cases={cases} /> },
            ]}
          />
        )}
      </Panel>
      {(data.nextCursor !== null || view.cursor) && (
        <div className="row">
          {view.cursor && (
            <Button component={Link} href={to({ cursor: '' })} variant="default" size="xs">
              {texts.first}
            </Button>
          )}
          {data.nextCursor !== null && (
            <Button component={Link} href={to({ cursor: data.nextCursor })} variant="default" size="xs">
              {texts.next}
            </Button>
          )}
        </div>
      )}
      {opened && (
        <TestDataDialog
          tested={opened}
          closeLabel={shared.close}
          onClose={() => navigate(to({ merchant: '' }), { replace: true })}
        />
      )}
    </div>
  )
}

function Counts({ cases }: Pick<Tested, 'cases'>) {
  const counted = payerOutcomes
    .map((outcome) => ({ outcome, count: cases.filter((one) => one.outcome === outcome).length }))
    .filter(({ count }) => count > 0)
  return (
    <span className="row">
      {counted.map(({ outcome, count }) => (
        <StateWord key={outcome} tone={OUTCOME_TONES[outcome]}>
          {texts.data.count(numberOf(count), texts.data.counts[outcome])}
        </StateWord>
      ))}
    </span>
  )
}

function Last({ cases }: Pick<Tested, 'cases'>) {
  const last = cases
    .flatMap(({ at }) => at ?? [])
    .sort()
    .at(-1)
  return last === undefined ? null : <Moment at={last} />
}

function Filters({ applicationId, view, merchants }: Props) {
  const [, navigate] = useLocation()
  // The page follows the address as soon as it has the answer; the field must follow the fingers.
  const typed = new URLSearchParams(useSearch()).get('search') ?? ''
  const show = (change: MerchantsView) =>
    navigate(paths.merchants(applicationId, { ...view, search: typed, cursor: '', ...change }), { replace: true })
  return (
    <search className={classes.filters}>
      <TextInput
        label={texts.search}
        placeholder={texts.searchHint}
        type="search"
        maxLength={100}
        className={classes.text}
        value={typed}
        onChange={(event) => show({ search: event.currentTarget.value })}
      />
      <NativeSelect
        label={texts.data.outcome}
        data={[
          { value: '', label: texts.any },
          ...payerOutcomes.map((name) => ({ value: name, label: texts.data.outcomes[name] })),
        ]}
        value={view.outcome ?? ''}
        onChange={(event) => show({ outcome: event.currentTarget.value })}
      />
      <NativeSelect
        label={texts.product}
        data={[
          { value: '', label: texts.any },
          ...merchants.products.map((id) => ({ value: id, label: productWords(id).title })),
        ]}
        value={view.product ?? ''}
        onChange={(event) => show({ product: event.currentTarget.value })}
      />
    </search>
  )
}

function Empty({ applicationId, view, hasMore }: { applicationId: string; view: MerchantsView; hasMore: boolean }) {
  if (!hasMore && Object.keys(dataFiltersOf(view)).length === 0) {
    return (
      <EmptyState kind="nothing-yet" title={texts.data.none} action={<a href={docs.merchants}>{texts.guide}</a>}>
        {texts.data.noneWhy}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      kind="nothing-matches"
      title={texts.noMatch}
      action={
        <Button component={Link} href={paths.merchants(applicationId, { tab: 'data' })} variant="default" size="xs">
          {texts.clearFilters}
        </Button>
      }
    >
      {texts.noMatchWhy}
    </EmptyState>
  )
}
