/** The parsers of what strangers send beside the gateway: lists of merchants as CSV and as workbooks, and cookies. */
import * as cookie from 'cookie'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { Refusal } from '../../rules/refusals.ts'
import { readFile } from '../../server/merchants/sheet/read.ts'
import { ensurePrototype, NASTY, prove } from '../prove.ts'
import { goodWorkbook, HEADER, sheetOf, textCell, workbookWith } from '../workbook.ts'

afterEach(ensurePrototype)

/** Read, or refused with a code of ours. */
function readOrRefuse(name: string, bytes: Buffer): void {
  try {
    readFile(name, bytes)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
}

const word = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.constantFrom(...NASTY))
const bytes = fc.uint8Array({ maxLength: 400 }).map((values) => Buffer.from(values))

/** The same bytes with some of them changed, lost, or said twice. */
const damaged = (whole: Buffer) =>
  fc
    .tuple(
      fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 8 }),
      fc.nat(whole.length),
      fc.nat(whole.length),
    )
    .map(([changes, from, to]) => {
      const copy = Buffer.from(whole)
      for (const [at, value] of changes) copy[at] = value
      return from < to ? Buffer.concat([copy.subarray(0, to), copy.subarray(from)]) : copy.subarray(0, from)
    })

describe('parsers of files and cookies', () => {
  test('CSV', { timeout: 0 }, () => {
    const separator = fc.constantFrom(',', ';', '\t', '"', '\r\n', '\n', '\r', '""', '\uFEFF')
    const text = fc
      .array(fc.oneof(word, separator), { maxLength: 30 })
      .map((parts) => Buffer.from(`${HEADER.join(',')}\n${parts.join('')}`))
    prove(fc.oneof(bytes, text), (file) => readOrRefuse('merchants.csv', file))
  })

  test('XLSX, as bytes', { timeout: 0 }, () => {
    const zip = bytes.map((rest) => Buffer.concat([Buffer.from('PK\x03\x04'), rest]))
    prove(fc.oneof(bytes, zip, damaged(goodWorkbook())), (file) => readOrRefuse('merchants.xlsx', file))
  })

  test('XLSX, as the XML inside', { timeout: 0 }, () => {
    const piece = fc.oneof(
      word,
      word.map(textCell),
      fc.constantFrom(
        '<row>',
        '</row>',
        '<c>',
        '</c>',
        '<v>',
        '<!--',
        ']]>',
        '<![CDATA[',
        '&#x10FFFF;',
        '&#0;',
        '&a;',
        '<?x',
      ),
      fc.tuple(word, word).map(([name, value]) => `<${name} r="${value}">`),
      fc.constantFrom(
        '<!DOCTYPE x [<!ENTITY a "aa">]>',
        '<c r="ZZZZ9999999999"><v>1e999</v></c>',
        '<mergeCell ref="A1:XFD9999"/>',
      ),
    )
    const sheet = fc.array(piece, { maxLength: 20 }).map((parts) => workbookWith(sheetOf(parts.join(''))))
    prove(sheet, (file) => readOrRefuse('merchants.xlsx', file))
  })

  test('cookies', { timeout: 0 }, () => {
    const pair = fc.tuple(fc.oneof(fc.constant('slipway_session'), word), word)
    const header = fc.oneof(
      word,
      fc.array(pair, { maxLength: 8 }).map((pairs) => pairs.map(([name, value]) => `${name}=${value}`).join('; ')),
      fc
        .array(fc.constantFrom(';', '=', ' ', '"', '%', '%zz', '\\', ','), { maxLength: 200 })
        .map((parts) => parts.join('')),
    )
    prove(header, (text) => {
      // The parser that @fastify/cookie calls with the header as it came.
      for (const value of Object.values(cookie.parseCookie(text))) expect(typeof value).toBe('string')
    })
  })
})
