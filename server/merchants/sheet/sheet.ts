/** A table as it was read from a file: text in cells, and what is wrong with a cell that is no text. */
import { cellName } from '../../../rules/cells.ts'
import { UPLOAD } from '../../../rules/limits.ts'
import { Refusal, type RefusalCode } from '../../../rules/refusals.ts'

/** `column` counts from 0. `fault`: why what stands there cannot be taken for text. */
export type Cell = { column: number; text: string; fault?: string }
export type SheetRow = { number: number; cells: Cell[] }
export type Sheet = { rows: SheetRow[] }

/** A file that cannot be read at all, with the place where that shows. */
export function unreadable(code: RefusalCode, path: string, message: string): Refusal {
  return new Refusal(code, { fields: [{ path, message }] })
}

/** Adds a row unless it is empty. More than there may be are not even kept. */
export function addRow(rows: SheetRow[], row: SheetRow): void {
  const cells = row.cells.filter(({ text, fault }) => text.trim() !== '' || fault !== undefined)
  if (cells.length === 0) return
  // The first row is the header.
  if (rows.length > UPLOAD.rows) {
    throw unreadable('upload.too_many_rows', cellName(0, row.number), `is row ${UPLOAD.rows + 1} below the header`)
  }
  const wide = cells.find(({ column }) => column >= UPLOAD.columns)
  if (wide) {
    const message = `stands right of the ${UPLOAD.columns} columns that are read`
    throw unreadable('upload.wrong_headers', cellName(wide.column, row.number), message)
  }
  rows.push({ number: row.number, cells: cells.map(shortened) })
}

function shortened(cell: Cell): Cell {
  if (cell.text.length <= UPLOAD.cellChars) return cell
  return { ...cell, text: cell.text.slice(0, 60), fault: `is longer than ${UPLOAD.cellChars} characters` }
}
