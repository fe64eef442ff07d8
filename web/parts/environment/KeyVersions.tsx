import type { ReactNode } from 'react'
import type { SandboxView } from '../../../contract/applications.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { StateWord } from '../../ui/StateWord.tsx'
import { texts } from './texts.ts'

const TONES = { active: 'good', waiting: 'wait', retired: 'plain' } as const

type Key = SandboxView['keys'][number]
type Props<K extends Key> = {
  keys: readonly K[]
  /** The words of each state: what a key waits for is not the same everywhere. */
  states: Record<Key['state'], string>
  /** What else is known of a version, and what can be done about it. */
  more?: readonly { title: string; cell: (key: K) => ReactNode }[]
}

/** A partner's keys in their versions, the newest first. */
export function KeyVersions<K extends Key>({ keys, states, more = [] }: Props<K>) {
  return (
    <DataTable
      caption={texts.keys}
      rows={keys}
      rowKey={({ version }) => String(version)}
      columns={[
        { title: texts.version, cell: ({ version }) => version },
        { title: texts.state, cell: ({ state }) => <StateWord tone={TONES[state]}>{states[state]}</StateWord> },
        { title: texts.proved, cell: ({ provedAt }) => (provedAt ? <Moment at={provedAt} /> : texts.notProved) },
        {
          title: texts.fingerprint,
          cell: ({ fingerprint, bits }) => (
            <span className="stack-tight">
              <code>{fingerprint}</code>
              <span className="muted small">{texts.bits(bits)}</span>
            </span>
          ),
          wide: true,
        },
        {
          title: texts.setAt,
          cell: ({ setAt, setBy }) => (
            <>
              <Moment at={setAt} /> {texts.setBy} {setBy}
            </>
          ),
          wide: true,
        },
        ...more,
      ]}
    />
  )
}
