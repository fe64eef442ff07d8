/** What kind of file it is, by name and content alike, and what it holds. */
import { unreadable, type Sheet } from './sheet.ts'
import { readCsv } from './csv.ts'
import { readWorkbook } from './workbook.ts'

export type SheetFormat = 'xlsx' | 'csv'

export function formatOf(name: string, bytes: Uint8Array): SheetFormat {
  const isZip = startsWith(bytes, [0x50, 0x4b])
  const isOle = startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])
  const extension = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase()
  if (isOle || extension === 'xls') throw unreadable('upload.old_workbook', 'file', 'is no .xlsx workbook inside')
  if (extension === 'xlsx' && isZip) return 'xlsx'
  if (extension === 'csv' && !isZip && !startsWith(bytes, [0x25, 0x50, 0x44, 0x46])) return 'csv'
  const content = isZip ? 'an archive such as .xlsx' : 'no workbook'
  throw unreadable('upload.wrong_type', 'file', `its name ends with ".${extension ?? ''}", and inside it is ${content}`)
}

const startsWith = (bytes: Uint8Array, mark: readonly number[]) => mark.every((byte, at) => bytes[at] === byte)

export function readFile(name: string, bytes: Buffer): Sheet {
  return formatOf(name, bytes) === 'xlsx' ? readWorkbook(bytes) : readCsv(bytes)
}
