import { Checkbox, NativeSelect, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { useLocation, useSearch } from 'wouter'
import { auditActions } from '../../../rules/audit.ts'
import { AUDIT } from '../../../rules/limits.ts'
import { formats } from '../../language.ts'
import { Filters } from '../../parts/Filters.tsx'
import type { AuditView } from '../../paths.ts'
import { actionTitle } from './action-words.ts'
import { texts } from './texts.ts'

type Props = { view: AuditView; to: (view: AuditView) => string; children?: ReactNode }

const ACTIONS = auditActions
  .map((value) => ({ value: value as string, label: actionTitle(value) }))
  .sort((a, b) => a.label.localeCompare(b.label, formats))

/** Filters stand in the address, so that what was found can be shown to a colleague. */
export function AuditFilters({ view, to, children }: Props) {
  const [, navigate] = useLocation()
  // The page follows the address as soon as it has the answer; the fields must follow the fingers.
  const typed: AuditView = Object.fromEntries(new URLSearchParams(useSearch()))
  const show = (change: AuditView) =>
    navigate(to({ ...view, ...typed, cursor: '', entry: '', ...change }), { replace: true })
  const text = (name: 'actor' | 'object') => ({
    label: texts[name],
    placeholder: texts.hints[name],
    type: 'search',
    maxLength: AUDIT.textMax,
    value: typed[name] ?? '',
    onChange: (event: { currentTarget: HTMLInputElement }) => show({ [name]: event.currentTarget.value }),
  })
  return (
    <Filters>
      {children}
      <TextInput {...text('actor')} />
      <NativeSelect
        label={texts.action}
        data={[{ value: '', label: texts.anyAction }, ...ACTIONS]}
        value={view.action ?? ''}
        onChange={(event) => show({ action: event.currentTarget.value })}
      />
      <TextInput {...text('object')} />
      <Day label={texts.from} value={typed.from} onChange={(from) => show({ from })} />
      <Day label={texts.to} value={typed.to} onChange={(day) => show({ to: day })} />
      <Checkbox
        label={texts.refusalsOnly}
        checked={view.refusals === 'true'}
        style={{ alignSelf: 'end', paddingBottom: 8 }}
        onChange={(event) => show({ refusals: event.currentTarget.checked ? 'true' : '' })}
      />
    </Filters>
  )
}

type DayProps = { label: string; value: string | undefined; onChange: (day: string) => void }

function Day({ label, value, onChange }: DayProps) {
  return (
    <TextInput
      label={label}
      type="date"
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
