import type { LaunchView } from '../../../contract/launch.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StateWord } from '../../ui/StateWord.tsx'
import { testValueTitle } from './words.ts'
import { texts } from './texts.ts'

type Line = LaunchView['difference'][number]

/** Sandbox and production side by side; what gives a test away is named. */
export function Difference({ lines }: { lines: readonly Line[] }) {
  return (
    <Panel title={texts.difference} lead={texts.differenceLead} flush>
      <DataTable
        caption={texts.difference}
        rows={lines}
        rowKey={({ kind, api }) => `${kind} ${api}`}
        columns={[
          { title: texts.what, cell: ({ kind, api }) => (api ? `${texts.kinds[kind]} ${api}` : texts.kinds[kind]) },
          { title: texts.sandbox, cell: ({ sandbox }) => <Value text={sandbox} />, wide: true },
          { title: texts.production, cell: ({ production }) => <Value text={production} />, wide: true },
          { title: texts.compared, cell: (line) => <Compared line={line} /> },
        ]}
      />
    </Panel>
  )
}

const Value = ({ text }: { text: string | null }) =>
  text === null ? <span className="muted">{texts.none}</span> : <code className="break">{text}</code>

/** What looks like a test is worth a look; whether it keeps the launch from opening stands in the checklist. */
function Compared({ line: { verdict, testValue } }: { line: Line }) {
  if (testValue) return <StateWord tone="wait">{testValueTitle(testValue)}</StateWord>
  const tone = verdict === 'differs' ? 'good' : verdict === 'same' ? 'info' : 'wait'
  return <StateWord tone={tone}>{texts.verdicts[verdict]}</StateWord>
}
