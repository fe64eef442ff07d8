import type { ReactNode } from 'react'
import classes from './data-table.module.css'

type Column<Row> = {
  title: string
  cell: (row: Row) => ReactNode
  numeric?: boolean
  wide?: boolean
  /** Has the room that the others leave, and ends there with an ellipsis. */
  rest?: boolean
}
type Props<Row> = {
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  /** A row that opens something contains a real link as well; this makes the rest of the row do the same. */
  onOpen?: (row: Row) => void
  opened?: string | undefined
}

/** A real table. Wide ones scroll inside themselves; the caption is for those who listen. */
export function DataTable<Row>({ caption, columns, rows, rowKey, onOpen, opened }: Props<Row>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div className={classes.scroll} tabIndex={0}>
      <table className={classes.table}>
        <caption className={classes.caption}>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.title} scope="col" data-numeric={column.numeric}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={rowKey(row)}
              data-opens={onOpen !== undefined}
              data-opened={opened === rowKey(row)}
              onClick={(event) => {
                const inControl = event.target instanceof Element && event.target.closest('a, button, input')
                if (!inControl) onOpen?.(row)
              }}
            >
              {columns.map((column) => (
                <td key={column.title} data-numeric={column.numeric} data-wide={column.wide} data-rest={column.rest}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
