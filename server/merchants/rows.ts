/** From a table to merchants: which column is which, and what is wrong with each cell. */
import type * as z from 'zod'
import { MerchantName, Mid } from '../../contract/merchants.ts'
import { Email } from '../../contract/wire.ts'
import { cellName } from '../../rules/cells.ts'
import { REASON_TITLE, TEMPLATE_COLUMNS, type TemplateColumn, templateColumns } from '../../rules/merchant.ts'
import { PRODUCTS, type ProductId } from '../../rules/products.ts'
import { Refusal } from '../../rules/refusals.ts'
import type { Entry } from './merchants.ts'
import { type Cell, type Sheet, type SheetRow, unreadable } from './sheet/sheet.ts'

export type CellFault = { row: number; cell: string; column: TemplateColumn; value: string; message: string }
/** A row as it stands in the file: its merchant, or what is wrong with it. */
export type ReadRow = {
  row: number
  texts: Record<TemplateColumn, string>
  /** The name of each cell, such as B7. */
  cells: Record<TemplateColumn, string>
  entry: Entry | undefined
  faults: CellFault[]
}

type Columns = Record<TemplateColumn, number>

const SCHEMAS = { name: MerchantName, mid: Mid, email: Email } as const satisfies Record<string, z.ZodType<string>>

export function readRows({ rows }: Sheet, products: readonly ProductId[]): ReadRow[] {
  const [header, ...body] = rows
  if (!header) throw new Refusal('upload.empty')
  const columns = columnsOf(header)
  if (body.length === 0) throw unreadable('upload.no_rows', cellName(0, header.number + 1), 'is empty')
  const read = body.map((row) => readRow(row, columns, products))
  return markRepeated(read)
}

const titleKey = (text: string) => text.trim().toLowerCase().replaceAll(/\s+/g, ' ')

/** Every column of the template once, in any order, and no other one. */
function columnsOf(header: SheetRow): Columns {
  const fields: { path: string; message: string }[] = []
  const columns: Partial<Columns> = {}
  for (const { column, text } of header.cells) {
    const key = titleKey(text)
    const known = templateColumns.find((name) => titleKey(TEMPLATE_COLUMNS[name].title) === key)
    const path = cellName(column, header.number)
    if (known === undefined && key !== titleKey(REASON_TITLE))
      fields.push({ path, message: `"${text.slice(0, 60)}" is no column of the template` })
    if (known === undefined) continue
    if (columns[known] !== undefined)
      fields.push({ path, message: `"${TEMPLATE_COLUMNS[known].title}" is there twice` })
    columns[known] = column
  }
  for (const name of templateColumns) {
    const message = `the column "${TEMPLATE_COLUMNS[name].title}" is missing`
    if (columns[name] === undefined) fields.push({ path: cellName(header.cells.length, header.number), message })
  }
  if (fields.length > 0) throw new Refusal('upload.wrong_headers', { fields })
  return columns as Columns // none is missing
}

function readRow({ number, cells }: SheetRow, columns: Columns, products: readonly ProductId[]): ReadRow {
  const faults: CellFault[] = []
  const cellOf = (name: TemplateColumn): Cell =>
    cells.find(({ column }) => column === columns[name]) ?? { column: columns[name], text: '' }
  const names = Object.fromEntries(
    templateColumns.map((name) => [name, cellName(columns[name], number)]),
  ) as ReadRow['cells'] // all four
  const fault = (column: TemplateColumn, message: string) =>
    faults.push({
      row: number,
      cell: names[column],
      column,
      value: cellOf(column).text.slice(0, 100),
      message,
    })
  const textOf = (name: keyof typeof SCHEMAS): string => {
    const { text, fault: why } = cellOf(name)
    const result = SCHEMAS[name].safeParse(text)
    if (why !== undefined) fault(name, why)
    else if (text.trim() === '') fault(name, 'is empty')
    else if (!result.success) fault(name, result.error.issues[0]?.message ?? 'is not right')
    return result.data ?? text
  }
  const texts = Object.fromEntries(templateColumns.map((name) => [name, cellOf(name).text])) as ReadRow['texts'] // all four
  const entry = {
    name: textOf('name'),
    mid: textOf('mid'),
    email: textOf('email'),
    products: productsIn(cellOf('products'), products, (message) => fault('products', message)),
  }
  return { row: number, texts, cells: names, entry: faults.length === 0 ? entry : undefined, faults }
}

/** Names or ids of products. An empty cell means all that the application has. */
function productsIn(cell: Cell, present: readonly ProductId[], fault: (message: string) => void): ProductId[] {
  if (cell.fault !== undefined) fault(cell.fault)
  const words = cell.text
    .split(/[;,\n]/)
    .map(titleKey)
    .filter((word) => word !== '')
  if (words.length === 0) return [...present]
  const found = new Set<ProductId>()
  for (const word of words) {
    const id = present.find((known) => word === known || word === titleKey(PRODUCTS[known].title))
    if (id === undefined) fault(`"${word.slice(0, 60)}" is no product of the application`)
    else found.add(id)
  }
  return present.filter((id) => found.has(id))
}

/** Every row of a MID that stands there twice is named: which of them is meant, only its author knows. */
function markRepeated(rows: ReadRow[]): ReadRow[] {
  const rowsOf = new Map<string, number[]>()
  for (const { row, texts } of rows) rowsOf.set(texts.mid.trim(), [...(rowsOf.get(texts.mid.trim()) ?? []), row])
  return rows.map((read) => {
    const mid = read.texts.mid.trim()
    const others = (rowsOf.get(mid) ?? []).filter((row) => row !== read.row)
    if (mid === '' || others.length === 0) return read
    const message = `stands in row ${others.slice(0, 3).join(', ')} too`
    const fault = { row: read.row, cell: read.cells.mid, column: 'mid' as const, value: mid, message }
    return { ...read, entry: undefined, faults: [...read.faults, fault] }
  })
}
