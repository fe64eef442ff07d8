import { NativeSelect, TextInput } from '@mantine/core'
import { useLocation, useSearch } from 'wouter'
import { CAUSES, causes } from '../../../rules/causes.ts'
import { resultCodes } from '../../../rules/results.ts'
import { formats } from '../../language.ts'
import { texts as shared } from '../../parts/texts.ts'
import { paths, type RequestsView } from '../../paths.ts'
import classes from '../../parts/live/log-filters.module.css'
import { APIS, momentOf, RESULTS, SIGNATURES } from './requests-view.ts'
import { texts } from './texts.ts'

const HOUR_MS = 3_600_000
const PERIODS = { hour: HOUR_MS, day: 24 * HOUR_MS, week: 7 * 24 * HOUR_MS } as const
const periods = Object.keys(PERIODS) as (keyof typeof PERIODS)[] // keys of a constant

const choices = (any: string, values: readonly string[], words: (value: string) => string = (value) => value) => [
  { value: '', label: any },
  ...values.map((value) => ({ value, label: words(value) })),
]

/** Filters stand in the address, so that a view can be sent to a colleague. */
export function RequestFilters({ applicationId, view }: { applicationId: string; view: RequestsView }) {
  const [, navigate] = useLocation()
  // The page follows the address as soon as it has the answer; the field must follow the fingers.
  const typed = new URLSearchParams(useSearch()).get('search') ?? ''
  const show = (change: RequestsView) =>
    navigate(paths.requests(applicationId, { ...view, search: typed, cursor: '', ...change }), { replace: true })
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
        label={texts.result}
        data={choices(texts.any, RESULTS, (name) => shared.result[name as 'S'])} // one of RESULTS
        value={view.result ?? ''}
        onChange={(event) => show({ result: event.currentTarget.value })}
      />
      <NativeSelect
        label={texts.api}
        data={choices(texts.any, APIS)}
        value={view.api ?? ''}
        onChange={(event) => show({ api: event.currentTarget.value })}
      />
      <NativeSelect
        label={texts.resultCode}
        data={choices(texts.any, resultCodes)}
        value={view.resultCode ?? ''}
        onChange={(event) => show({ resultCode: event.currentTarget.value, cause: '' })}
      />
      <CauseFilter view={view} onChange={(cause) => show({ cause })} />
      <NativeSelect
        label={texts.signature}
        data={choices(texts.any, SIGNATURES, (name) => texts.signatures[name as 'verified'])} // one of SIGNATURES
        value={view.signature ?? ''}
        onChange={(event) => show({ signature: event.currentTarget.value })}
      />
      <Period from={momentOf(view.from)} onChange={(from) => show({ from })} />
    </search>
  )
}

/** There are many causes, so they are offered where one was followed, or once a code is chosen. */
function CauseFilter({ view, onChange }: { view: RequestsView; onChange: (cause: string) => void }) {
  const ofCode = causes.filter((cause) => view.resultCode === undefined || CAUSES[cause][0] === view.resultCode)
  if (!view.cause && (!view.resultCode || ofCode.length < 2)) return null
  return (
    <NativeSelect
      label={texts.causeFilter}
      data={choices(texts.any, ofCode)}
      value={view.cause ?? ''}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

/** A period begins at a moment that stays: whoever opens the link sees the same calls. */
function Period({ from, onChange }: { from: string | undefined; onChange: (from: string) => void }) {
  const since = from && new Date(from).toLocaleString(formats, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <NativeSelect
      label={texts.period}
      data={[
        { value: '', label: texts.any },
        ...(since ? [{ value: 'kept', label: texts.since(since) }] : []),
        ...periods.map((name) => ({ value: name, label: texts.periods[name] })),
      ]}
      value={since ? 'kept' : ''}
      onChange={(event) => {
        const chosen = periods.find((name) => name === event.currentTarget.value)
        onChange(chosen ? new Date(Date.now() - PERIODS[chosen]).toISOString() : '')
      }}
    />
  )
}
