import type { ImportView } from '../../../contract/merchants.ts'
import { numberOf } from '../../language.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { texts } from './texts.ts'

/** More than these nobody reads on a page: the file of failed rows has them all. */
const SHOWN = 100

/** What a file would do: how many rows come to what, every fault at its cell, and what would change. */
export function ImportOutcome({ view }: { view: ImportView }) {
  const { rows, added, changed, same, failed, faults, changes } = view
  return (
    <div className="stack">
      <Notice tone={failed > 0 ? 'bad' : 'good'} title={failed > 0 ? texts.hasFaults(failed) : texts.noFaults}>
        <span>{texts.outcome(numberOf(rows), numberOf(added), numberOf(changed), numberOf(same))}</span>
        <span>{texts.nothingStored}</span>
      </Notice>
      {faults.length > 0 && (
        <DataTable
          caption={texts.faults}
          rows={faults.slice(0, SHOWN)}
          rowKey={({ cell, message }) => `${cell} ${message}`}
          columns={[
            { title: texts.cell, cell: ({ cell }) => <span className="mono">{cell}</span> },
            { title: texts.fault, cell: ({ column, message }) => `${texts.columns[column]}: ${message}`, wide: true },
            { title: texts.value, cell: ({ value }) => <span className="break">{value}</span>, wide: true },
          ]}
        />
      )}
      {faults.length > SHOWN && <p className="muted small">{texts.moreFaults(numberOf(faults.length - SHOWN))}</p>}
      {changes.length > 0 && (
        <DataTable
          caption={texts.changes}
          rows={changes.slice(0, SHOWN)}
          rowKey={({ mid }) => mid}
          columns={[
            { title: texts.mid, cell: ({ mid }) => <span className="mono">{mid}</span> },
            {
              title: texts.changes,
              wide: true,
              cell: ({ fields }) => (
                <span className="stack-tight small">
                  {fields.map(({ column, before, after }) => (
                    <span key={column}>
                      {texts.columns[column]}: <del>{before}</del> → {after}
                    </span>
                  ))}
                </span>
              ),
            },
          ]}
        />
      )}
    </div>
  )
}
