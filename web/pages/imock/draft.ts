/** The rules as they are being written: both modes side by side, of which one is sent. */
import type { MockView } from '../../../contract/mocks.ts'
import { MOCK_FIELD, type MockMode, type MockRule } from '../../../rules/mock.ts'
import type { ResultCode } from '../../../rules/results.ts'

export type Row = { key: number; api: string; field: string; value: string; resultCode: ResultCode }
export type Draft = { mode: MockMode; minutes: number; basic: Record<string, ResultCode | ''>; rows: Row[] }

type Running = NonNullable<MockView['running']>

/** What runs is what one begins with. */
export function draftOf(running: Running | null, firstApi: string): Draft {
  const rules = running?.rules ?? []
  const rows = running?.mode === 'advanced' ? rules : []
  return {
    mode: running?.mode ?? 'basic',
    minutes: 30,
    basic: running?.mode === 'basic' ? Object.fromEntries(rules.map(({ api, resultCode }) => [api, resultCode])) : {},
    rows: rows.length > 0 ? rows.map(rowOf) : [emptyRow(0, firstApi)],
  }
}

const rowOf = ({ api, field, value, resultCode }: MockRule, key: number): Row => {
  return { key, api, field: field ?? '', value: value ?? '', resultCode }
}

export const emptyRow = (key: number, api: string): Row => {
  return { key, api, field: '', value: '', resultCode: 'UNKNOWN_EXCEPTION' }
}

export function rulesOf({ mode, basic, rows }: Draft): MockRule[] {
  if (mode === 'advanced')
    return rows.map(({ api, field, value, resultCode }) => ({ api, field: field.trim(), value, resultCode }))
  return Object.entries(basic).flatMap(([api, resultCode]) =>
    resultCode === '' ? [] : [{ api, field: null, value: null, resultCode }],
  )
}

export const isFieldRight = (field: string) => MOCK_FIELD.test(field.trim())
