/** Workbooks for tests, byte by byte: whatever a spreadsheet program, or somebody with bad intent, could send. */
import { crc32, deflateRawSync } from 'node:zlib'
import { zipOf } from '../server/merchants/sheet/zip.ts'

export const HEADER = ['Merchant name', 'MID', 'E-mail', 'Products']
export const merchantRow = (n: number) => [`Shop ${n}`, `M-${n}`, `shop${n}@shops.test`, '']

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const R = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
/** A workbook with this sheet, whatever stands in it. */
export const workbookWith = (sheet: string, others: Record<string, string> = {}) =>
  zipOf({
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${R}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="rId1" Type="${R}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${R}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="yyyy\\-mm\\-dd"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/></cellXfs></styleSheet>`,
    'xl/worksheets/sheet1.xml': sheet,
    ...others,
  })
export const textCell = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`
export const sheetOf = (body: string, tail = '') =>
  `<worksheet xmlns="${MAIN}"><sheetData><row r="1">${HEADER.map(textCell).join('')}</row>${body}</sheetData>${tail}</worksheet>`

/** An archive with one entry whose sizes are what the test says. */
export function zipWith(content: Buffer, told: number): Buffer {
  const body = deflateRawSync(content)
  const name = Buffer.from('xl/workbook.xml')
  const head = Buffer.alloc(26)
  head.writeUInt16LE(20, 0)
  head.writeUInt16LE(8, 4)
  head.writeUInt32LE(crc32(content), 10)
  head.writeUInt32LE(body.length, 14)
  head.writeUInt32LE(told, 18)
  head.writeUInt16LE(name.length, 22)
  const local = Buffer.concat([Buffer.from('504b0304', 'hex'), head, name, body])
  const central = Buffer.concat([Buffer.from('504b01021400', 'hex'), head, Buffer.alloc(14), name])
  const end = Buffer.alloc(22)
  end.write('504b0506', 'hex')
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(local.length, 16)
  return Buffer.concat([local, central, end])
}

export const goodWorkbook = () => workbookWith(sheetOf(`<row r="2">${merchantRow(1).map(textCell).join('')}</row>`))
