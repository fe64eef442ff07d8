import { NativeSelect, TextInput } from '@mantine/core'
import { useLocation, useSearch } from 'wouter'
import { texts as shared } from '../../parts/texts.ts'
import { paths, type RequestsView } from '../../paths.ts'
import classes from './filters.module.css'
import { texts } from './texts.ts'

const RESULTS = [
  { value: '', label: texts.anyResult },
  { value: 'S', label: shared.result.S },
  { value: 'F', label: shared.result.F },
  { value: 'U', label: shared.result.U },
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
        description={texts.searchHint}
        inputWrapperOrder={['label', 'input', 'description']}
        type="search"
        maxLength={100}
        className={classes.text}
        value={typed}
        onChange={(event) => show({ search: event.currentTarget.value })}
      />
      <NativeSelect
        label={texts.result}
        data={RESULTS}
        value={view.result ?? ''}
        onChange={(event) => show({ result: event.currentTarget.value })}
      />
    </search>
  )
}
