/**
 * Reads the first visible sheet of an .xlsx workbook (ECMA-376) as text. Formulas are never evaluated: a cell that holds one is named.
 * So are dates, which a spreadsheet makes of some merchant IDs and keeps as numbers, merged cells, and numbers that have lost digits.
 */

import { UPLOAD } from '../../../rules/limits.ts'
import { addRow, type Cell, type Sheet, type SheetRow, unreadable } from './sheet.ts'
import { readXml } from './xml.ts'
import { type Archive, openZip } from './zip.ts'

const damaged = (message: string) => unreadable('upload.damaged', 'file', message)

export function readWorkbook(bytes: Buffer): Sheet {
  const archive = openZip(bytes)
  if (!archive.has('[Content_Types].xml') || !archive.has('xl/workbook.xml'))
    throw unreadable('upload.wrong_type', 'file', 'is an archive, but no .xlsx workbook')
  const parts = readRelations(archive)
  const sheetPart = parts.byId.get(firstSheetId(archive))
  const sheet = sheetPart === undefined ? undefined : archive.read(sheetPart)
  if (!sheet) throw damaged('its first sheet is missing')
  const texts = parts.texts === undefined ? [] : readSharedTexts(archive, parts.texts)
  const isDate = parts.styles === undefined ? () => false : readDateStyles(archive, parts.styles)
  return readSheet(sheet, texts, isDate)
}

type Relations = { byId: Map<string, string>; texts?: string; styles?: string }

/** Where the parts of the workbook are: relation id → name of the entry. */
function readRelations(archive: Archive): Relations {
  const relations: Relations = { byId: new Map() }
  const bytes = archive.read('xl/_rels/workbook.xml.rels')
  if (!bytes) throw damaged('the list of its parts is missing')
  readXml(bytes, {
    open(name, { Id, Type, Target }) {
      if (name !== 'Relationship' || Id === undefined || Target === undefined) return
      const part = Target.startsWith('/') ? Target.slice(1) : `xl/${Target.replace(/^\.\//, '')}`
      relations.byId.set(Id, part)
      if (Type?.endsWith('/sharedStrings')) relations.texts = part
      if (Type?.endsWith('/styles')) relations.styles = part
    },
    close: () => undefined,
    text: () => undefined,
  })
  return relations
}

function firstSheetId(archive: Archive): string {
  const ids: string[] = []
  readXml(archive.read('xl/workbook.xml') ?? Buffer.alloc(0), {
    open(name, { id, state }) {
      if (name === 'sheet' && id !== undefined && (state === undefined || state === 'visible')) ids.push(id)
    },
    close: () => undefined,
    text: () => undefined,
  })
  const [first] = ids
  if (first === undefined) throw damaged('it has no visible sheet')
  return first
}

function readSharedTexts(archive: Archive, part: string): string[] {
  const texts: string[] = []
  const bytes = archive.read(part)
  if (!bytes) throw damaged('its texts are missing')
  let inText = false
  let inPhonetic = false
  readXml(bytes, {
    open(name) {
      if (name === 'si') texts.push('')
      if (name === 'rPh') inPhonetic = true
      inText = name === 't'
    },
    close(name) {
      if (name === 'rPh') inPhonetic = false
      if (name === 't') inText = false
    },
    text(text) {
      if (inText && !inPhonetic) texts[texts.length - 1] += text
    },
  })
  return texts
}

/** Number formats that show a date or a time: those with a fixed number, and those whose code has a letter of a date. */
const DATE_FORMATS = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 30, 36, 45, 46, 47, 50, 57])

function readDateStyles(archive: Archive, part: string): (style: number) => boolean {
  const dates = new Set(DATE_FORMATS)
  const formatOfStyle: number[] = []
  let inCells = false
  const bytes = archive.read(part)
  if (!bytes) return () => false
  readXml(bytes, {
    open(name, { numFmtId, formatCode }) {
      if (name === 'numFmt' && formatCode !== undefined && isDateCode(formatCode)) dates.add(Number(numFmtId))
      if (name === 'cellXfs') inCells = true
      if (name === 'xf' && inCells) formatOfStyle.push(Number(numFmtId ?? 0))
    },
    close(name) {
      if (name === 'cellXfs') inCells = false
    },
    text: () => undefined,
  })
  return (style) => dates.has(formatOfStyle[style] ?? 0)
}

const isDateCode = (code: string) =>
  /[ymdhs]/i.test(code.replaceAll(/"[^"]*"|\[[^\]]*\]|\\./g, '').replace(/general/i, ''))

type RawCell = { column: number; type: string; style: number; value: string; hasFormula: boolean }

function readSheet(bytes: Buffer, texts: readonly string[], isDate: (style: number) => boolean): Sheet {
  const rows: SheetRow[] = []
  const merged: string[] = []
  let row: SheetRow = { number: 0, cells: [] }
  let cell: RawCell | undefined
  let taken = ''
  readXml(bytes, {
    open(name, attributes) {
      if (name === 'row') row = { number: Number(attributes.r ?? row.number + 1), cells: [] }
      if (name === 'c') cell = newCell(attributes, row)
      if (name === 'f' && cell) cell.hasFormula = true
      if (name === 'mergeCell' && attributes.ref !== undefined) merged.push(attributes.ref)
      taken = name
    },
    close(name) {
      if (name === 'c' && cell) row.cells.push(cellOf(cell, texts, isDate))
      if (name === 'c') cell = undefined
      if (name === 'row') addRow(rows, row)
      if (taken === name) taken = ''
    },
    text(text) {
      if (cell && (taken === 'v' || taken === 't')) cell.value += text
    },
  })
  for (const range of merged) markMerged(rows, range)
  return { rows }
}

function newCell({ r, t, s }: Readonly<Record<string, string>>, row: SheetRow): RawCell {
  const column = r === undefined ? (row.cells.at(-1)?.column ?? -1) + 1 : columnOf(r)
  return { column, type: t ?? 'n', style: Number(s ?? 0), value: '', hasFormula: false }
}

function columnOf(reference: string): number {
  const letters = /^[A-Z]{1,3}(?=\d+$)/.exec(reference)?.[0]
  if (letters === undefined) throw damaged(`${reference.slice(0, 20)} is no name of a cell`)
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

function cellOf(cell: RawCell, texts: readonly string[], isDate: (style: number) => boolean): Cell {
  const { column, type, value, style } = cell
  const fault = (text: string, why: string): Cell => ({ column, text, fault: why })
  const text = type === 's' ? (texts[Number(value)] ?? '') : value
  if (cell.hasFormula) return fault(text, 'is a formula: formulas are not evaluated, paste the value instead')
  if (type === 'e') return fault(value, `is an error of the spreadsheet (${value})`)
  if (type === 'b') return fault(value === '1' ? 'TRUE' : 'FALSE', 'is a truth value, not text')
  if (type === 'd') return fault(value, 'is a date: set the format of the column to text, and type it again')
  if (type === 's' || type === 'inlineStr' || type === 'str') return { column, text: unescaped(text) }
  if (value === '') return { column, text: '' }
  return numberCell(cell, isDate(style))
}

/** A spreadsheet keeps fifteen digits of a number; what was typed beyond them is lost. */
function numberCell({ column, value }: RawCell, isDate: boolean): Cell {
  if (isDate) {
    const fault = `is a date, kept as the number ${value.slice(0, 20)}: set the format of the column to text, and type it again`
    return { column, text: value, fault }
  }
  const number = Number(value)
  if (!Number.isFinite(number)) return { column, text: value, fault: 'is not a number that can be read' }
  if (Number.isInteger(number) && Math.abs(number) < 1e15) return { column, text: String(number) }
  const fault = 'is a number that may have lost digits: set the format of the column to text, and type it again'
  return { column, text: value, fault }
}

/** Characters that XML cannot hold are written as _x000D_. */
function unescaped(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}

/** A cell that spans several belongs to none of their rows for sure. */
function markMerged(rows: readonly SheetRow[], range: string): void {
  const [from = '', to = from] = range.split(':')
  const first = Number(/\d+$/.exec(from)?.[0] ?? 0)
  const last = Number(/\d+$/.exec(to)?.[0] ?? 0)
  const column = columnOf(from)
  for (const row of rows) {
    if (row.number < first || row.number > last) continue
    const cell = row.cells.find((known) => known.column >= column && known.column <= columnOf(to))
    const fault = `is merged (${range}): unmerge it, and fill in every row`
    if (cell) cell.fault = fault
    else if (column < UPLOAD.columns) row.cells.push({ column, text: '', fault })
  }
}
