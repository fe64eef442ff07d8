/**
 * Text in the cells of an exported table. A spreadsheet takes some text for a formula and runs it; a leading quote tells it not to.
 * What was exported so is read back as it was.
 */

/** Signs with which a formula begins, their full-width forms, and control characters that hide one; quotes before them too. */
const STARTS = /^'*[=+\-@\p{Cc}\uFF1D\uFF0B\uFF0D\uFF20]/u

/** Text that is shown and never run. */
export function safeCell(text: string): string {
  return STARTS.test(text) ? `'${text}` : text
}

/** Takes back what `safeCell` has added. */
export function plainCell(text: string): string {
  return text.startsWith("'") && safeCell(text.slice(1)) === text ? text.slice(1) : text
}

/** One line of a CSV file by RFC 4180, with every cell made safe. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => quoted(safeCell(cell))).join(',')}\r\n`
}

function quoted(text: string): string {
  return /[",\r\n']|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** The name of a cell, such as B7. Columns count from 0, rows from 1. */
export function cellName(column: number, row: number): string {
  return `${columnName(column)}${row}`
}

function columnName(column: number): string {
  const rest = column % 26
  const before = Math.floor(column / 26)
  return `${before > 0 ? columnName(before - 1) : ''}${String.fromCharCode(65 + rest)}`
}
