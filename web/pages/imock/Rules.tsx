import { Button, NativeSelect, TextInput } from '@mantine/core'
import { MOCK } from '../../../rules/limits.ts'
import { mockableCodes } from '../../../rules/mock.ts'
import type { ResultCode } from '../../../rules/results.ts'
import { type Draft, emptyRow, isFieldRight, type Row } from './draft.ts'
import classes from './imock.module.css'
import { texts } from './texts.ts'

type Props = { apis: readonly string[]; draft: Draft; isJudged: boolean; onChange: (change: Partial<Draft>) => void }

const codeOf = (text: string) => mockableCodes.find((code) => code === text)

/** One code for an interface, or none. */
export function BasicRules({ apis, draft: { basic }, onChange }: Props) {
  return (
    <div className={classes.codes}>
      {apis.map((api) => (
        <NativeSelect
          key={api}
          label={<code>{api}</code>}
          aria-label={api}
          value={basic[api] ?? ''}
          data={[{ value: '', label: texts.asEver }, ...mockableCodes.map((value) => ({ value, label: value }))]}
          onChange={({ currentTarget }) =>
            onChange({ basic: { ...basic, [api]: codeOf(currentTarget.value) ?? ('' as const) } })
          }
        />
      ))}
    </div>
  )
}

/** A code where a field has a value, row by row. */
export function AdvancedRules({ apis, draft: { rows }, isJudged, onChange }: Props) {
  const change = (row: Row) => onChange({ rows: rows.map((other) => (other.key === row.key ? row : other)) })
  const remove = (row: Row) => onChange({ rows: rows.filter((other) => other !== row) })
  const add = () =>
    onChange({ rows: [...rows, emptyRow(Math.max(0, ...rows.map(({ key }) => key)) + 1, apis[0] ?? '')] })
  return (
    <div className="stack">
      <ol className={classes.rules}>
        {rows.map((row, index) => (
          <Rule
            key={row.key}
            {...{ apis, row, isJudged }}
            number={index + 1}
            onChange={change}
            onRemove={rows.length > 1 ? () => remove(row) : undefined}
          />
        ))}
      </ol>
      <div className="row">
        <Button variant="default" size="xs" disabled={rows.length >= MOCK.rulesMax} onClick={add}>
          {texts.add}
        </Button>
        {rows.length >= MOCK.rulesMax && <span className="muted small">{texts.full(MOCK.rulesMax)}</span>}
      </div>
    </div>
  )
}

type RuleProps = {
  apis: readonly string[]
  row: Row
  number: number
  isJudged: boolean
  onChange: (row: Row) => void
  onRemove: (() => void) | undefined
}

function Rule({ apis, row, number, isJudged, onChange, onRemove }: RuleProps) {
  const named = (what: string) => ({ label: what, 'aria-label': texts.ruleOf(what, number) })
  return (
    <li className={classes.rule}>
      <NativeSelect
        {...named(texts.api)}
        value={row.api}
        data={[...apis]}
        onChange={({ currentTarget }) => onChange({ ...row, api: currentTarget.value })}
      />
      <TextInput
        {...named(texts.field)}
        placeholder={texts.fieldHint}
        spellCheck={false}
        value={row.field}
        error={isJudged && !isFieldRight(row.field) && texts.fieldFault}
        onChange={({ currentTarget }) => onChange({ ...row, field: currentTarget.value })}
      />
      <TextInput
        {...named(texts.value)}
        spellCheck={false}
        maxLength={MOCK.valueMax}
        value={row.value}
        onChange={({ currentTarget }) => onChange({ ...row, value: currentTarget.value })}
      />
      <NativeSelect
        {...named(texts.code)}
        value={row.resultCode}
        data={[...mockableCodes]}
        onChange={
          ({ currentTarget }) => onChange({ ...row, resultCode: currentTarget.value as ResultCode }) // one of the list
        }
      />
      {onRemove && (
        <Button
          variant="default"
          size="sm"
          className={classes.remove}
          aria-label={texts.remove(number)}
          onClick={onRemove}
        >
          ×
        </Button>
      )}
    </li>
  )
}
