import { caseWords, demandTitleOf } from '../../parts/case-words.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { StateWord } from '../../ui/StateWord.tsx'
import { productWords } from '../../words.ts'
import { OUTCOME_TONES, type Tested } from './merchant.ts'
import { texts } from './texts.ts'

type Props = { tested: Tested; closeLabel: string; onClose: () => void }

/** The cases of one merchant, those first in which something has happened. */
export function TestDataDialog({ tested: { name, cases }, closeLabel, onClose }: Props) {
  const title = texts.data.casesOf(name)
  const rows = [...cases].sort((a, b) => Number(a.outcome === 'none') - Number(b.outcome === 'none'))
  return (
    <Dialog title={title} closeLabel={closeLabel} size="lg" onClose={onClose}>
      <DataTable
        caption={title}
        rows={rows}
        rowKey={({ id }) => id}
        columns={[
          {
            title: texts.data.case,
            wide: true,
            cell: ({ id, product }) => (
              <span className="stack-tight">
                <span>{caseWords(id).title}</span>
                <span className="muted small">{productWords(product).title}</span>
              </span>
            ),
          },
          {
            title: texts.data.outcome,
            cell: ({ outcome, message }) => (
              <span className="stack-tight">
                <span>
                  <StateWord tone={OUTCOME_TONES[outcome]}>{texts.data.outcomes[outcome]}</StateWord>
                </span>
                {outcome === 'failed' && message !== null && <span className="small">{demandTitleOf(message)}</span>}
              </span>
            ),
            wide: true,
          },
          { title: texts.data.decided, cell: ({ at }) => at && <Moment at={at} /> },
        ]}
      />
    </Dialog>
  )
}
