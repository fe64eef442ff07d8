/** Tables that are made for filling in: the template, and failed rows to be corrected. */
import { csvLine } from '../../rules/cells.ts'
import { REASON_TITLE, TEMPLATE_COLUMNS, templateColumns } from '../../rules/merchant.ts'
import { PRODUCTS, type ProductId } from '../../rules/products.ts'
import { getOwn } from '../applications/applications.ts'
import type { Ctx } from '../context.ts'
import { escapeHtml } from '../escape-html.ts'
import type { SheetFormat } from './sheet/read.ts'
import { zipOf } from './sheet/zip.ts'

export async function template(ctx: Ctx, applicationId: string, format: SheetFormat) {
  const application = await getOwn(ctx, applicationId)
  return tableFile('merchants', format, [], { products: application.products.map(({ id }) => id) })
}

type Options = { withReason?: boolean; products?: readonly ProductId[] }

export function tableFile(name: string, format: SheetFormat, lines: readonly (readonly string[])[], options: Options) {
  const titles = templateColumns.map((column) => TEMPLATE_COLUMNS[column].title as string)
  const rows = [options.withReason ? [...titles, REASON_TITLE] : titles, ...lines]
  if (format === 'csv') {
    // The mark tells spreadsheets that the text is UTF-8.
    return { name: `${name}.csv`, type: 'text/csv; charset=utf-8', content: `\uFEFF${rows.map(csvLine).join('')}` }
  }
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  return { name: `${name}.xlsx`, type, content: workbookOf(rows, options.products ?? []) }
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** Two sheets: the table, all of whose columns are text, and a page that says how to fill it in. */
function workbookOf(rows: readonly (readonly string[])[], products: readonly ProductId[]): Buffer {
  return zipOf({
    '[Content_Types].xml': `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${SHEET_TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${SHEET_TYPE}.worksheet+xml"/><Override PartName="/xl/worksheets/sheet2.xml" ContentType="${SHEET_TYPE}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${SHEET_TYPE}.styles+xml"/></Types>`,
    '_rels/.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="Merchants" sheetId="1" r:id="rId1"/><sheet name="How to fill in" sheetId="2" r:id="rId2"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${RELATIONS}/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="rId3" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0"/><xf numFmtId="49" fontId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>`,
    'xl/worksheets/sheet1.xml': sheetOf(rows),
    'xl/worksheets/sheet2.xml': sheetOf(howTo(products)),
  })
}

function howTo(products: readonly ProductId[]): string[][] {
  const rules = templateColumns.map((column) => [
    TEMPLATE_COLUMNS[column].title,
    TEMPLATE_COLUMNS[column].rule,
    `Example: ${TEMPLATE_COLUMNS[column].example}`,
  ])
  const names = products.map((id) => PRODUCTS[id].title)
  return [
    ['Column', 'Rule', 'Example'],
    ...rules,
    ...(names.length > 0 ? [['Products of the application', names.join('; ')]] : []),
  ]
}

/** Text in every cell: nothing here can be taken for a formula. Columns are text, so that 00127 stays 00127. */
function sheetOf(rows: readonly (readonly string[])[]): string {
  const cell = (text: string, style: number) =>
    `<c t="inlineStr" s="${style}"><is><t xml:space="preserve">${escapeHtml(printable(text))}</t></is></c>`
  const lines = rows.map((cells, at) => `<row>${cells.map((text) => cell(text, at === 0 ? 2 : 1)).join('')}</row>`)
  return `${HEAD}<worksheet xmlns="${MAIN}"><cols><col min="1" max="5" width="32" style="1" customWidth="1"/></cols><sheetData>${lines.join('')}</sheetData></worksheet>`
}

/** Characters that XML cannot hold, as workbooks write them. */
function printable(text: string): string {
  return text.replaceAll(/[^\P{Cc}\t\n\r]|[\uFFFE\uFFFF]/gu, (char) => {
    return `_x${char.charCodeAt(0).toString(16).padStart(4, '0')}_`
  })
}
