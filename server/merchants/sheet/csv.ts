/** Reads CSV (RFC 4180) in UTF-8; the separator is the one of the header: comma, semicolon or tab. */
import { cellName, plainCell } from '../../../rules/cells.ts'
import { addRow, type Cell, type Sheet, type SheetRow, unreadable } from './sheet.ts'

const SEPARATORS = [',', ';', '\t']

export function readCsv(bytes: Buffer): Sheet {
  const text = decoded(bytes)
  const rows: SheetRow[] = []
  const separator = separatorOf(text)
  let row: SheetRow = { number: 1, cells: [] }
  for (let at = 0; at < text.length; ) {
    const field = readField(text, at, separator, row)
    row.cells.push(field.cell)
    at = field.end
    if (text[at] === separator) {
      at++
      if (at < text.length) continue
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at++
    at++
    addRow(rows, row)
    row = { number: row.number + 1, cells: [] }
  }
  return { rows }
}

function separatorOf(text: string): string {
  const [header = ''] = text.split(/[\r\n]/, 1)
  const bare = header.replaceAll(/"[^"]*"/g, '')
  const counts = SEPARATORS.map((separator) => bare.split(separator).length)
  return SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ','
}

/** Reads a field, and returns where it ends: at a separator, a line break, or the end. */
function readField(text: string, at: number, separator: string, row: SheetRow): { cell: Cell; end: number } {
  const column = row.cells.length
  const isEnd = (index: number) => index >= text.length || text[index] === separator || /[\r\n]/.test(text[index] ?? '')
  if (text[at] !== '"') {
    let end = at
    while (!isEnd(end)) end++
    const raw = text.slice(at, end)
    const fault = raw.includes('"')
      ? 'has a quote inside: put the whole cell in quotes, and double each quote'
      : undefined
    return { cell: cellOf(column, raw, fault), end }
  }
  let value = ''
  for (let from = at + 1; ; ) {
    const quote = text.indexOf('"', from)
    if (quote === -1)
      throw unreadable('upload.damaged', cellName(column, row.number), 'begins with a quote that never ends')
    value += text.slice(from, quote)
    if (text[quote + 1] !== '"') {
      let end = quote + 1
      while (!isEnd(end)) end++
      const fault = end > quote + 1 ? 'goes on behind its closing quote' : undefined
      return { cell: cellOf(column, value, fault), end }
    }
    value += '"'
    from = quote + 2
  }
}

function cellOf(column: number, raw: string, fault: string | undefined): Cell {
  const text = plainCell(raw)
  return fault === undefined ? { column, text } : { column, text, fault }
}

function decoded(bytes: Buffer): string {
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    throw unreadable('upload.wrong_encoding', 'A1', 'the file is UTF-16')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw wrongEncoding(bytes)
  }
}

/** Names the first cell that cannot be read: what is no UTF-8 becomes a mark, and the mark is looked for. */
function wrongEncoding(bytes: Buffer): Error {
  const before = new TextDecoder('utf-8').decode(bytes).split('\uFFFD', 1)[0] ?? ''
  const lines = before.split(/\r\n|\r|\n/)
  const separator = separatorOf(before)
  const column = (lines.at(-1) ?? '').split(separator).length - 1
  return unreadable('upload.wrong_encoding', cellName(column, lines.length), 'holds a character that is not UTF-8')
}
