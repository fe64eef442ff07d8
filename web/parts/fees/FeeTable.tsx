import type { ReactNode } from 'react'
import type { FeesView } from '../../../contract/partners.ts'
import { WHOLE_BASIS_POINTS } from '../../../rules/fees.ts'
import { formats, numberOf } from '../../language.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { StateWord } from '../../ui/StateWord.tsx'
import { productWords } from '../../words.ts'
import { texts } from './texts.ts'

type Props = { caption: string; fees: readonly FeesView[]; action?: (fees: FeesView) => ReactNode }

/** What each product is charged, and whether the contract says so. */
export function FeeTable({ caption, fees, action }: Props) {
  return (
    <DataTable
      caption={caption}
      rows={fees}
      rowKey={({ product }) => product}
      columns={[
        { title: texts.product, cell: ({ product }) => productWords(product).title },
        {
          title: texts.interchange,
          cell: ({ interchangeBasisPoints }) => <Rate points={interchangeBasisPoints} />,
          numeric: true,
        },
        { title: texts.service, cell: ({ serviceBasisPoints }) => <Rate points={serviceBasisPoints} />, numeric: true },
        {
          title: texts.by,
          cell: ({ agreed }) => (
            <StateWord tone={agreed ? 'good' : 'plain'}>{agreed ? texts.contract : texts.default}</StateWord>
          ),
        },
        ...(action ? [{ title: texts.actions, cell: action }] : []),
      ]}
    />
  )
}

function Rate({ points }: { points: number }) {
  return (
    <>
      {percentOf(points)} <span className="muted small">{texts.points(numberOf(points))}</span>
    </>
  )
}

const percentOf = (points: number) =>
  (points / WHOLE_BASIS_POINTS).toLocaleString(formats, { style: 'percent', minimumFractionDigits: 2 })
