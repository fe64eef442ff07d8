import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvLine, plainCell, safeCell } from '../../../rules/cells.ts'
import { goodWorkbook, workbookWith, zipWith } from '../../../test/workbook.ts'
import { readFile } from './read.ts'
import { openZip } from './zip.ts'

test('an entry that unpacks to more than it says is refused before it is there', () => {
  const archive = openZip(zipWith(Buffer.alloc(3_000_000, 'ab'), 200_000))
  expect(() => archive.read('xl/workbook.xml')).toThrow(expect.objectContaining({ code: 'upload.too_much' }))
})

describe('cells that are exported', () => {
  const PAYLOADS = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '\0=1', '＝1', '＋1', '－1', '＠x'].flatMap(
    (start) => [start, `${start}"`, `${start},x`, `'${start}`, `''${start}`],
  )
  test.each(PAYLOADS)('%j is never run, and is read back as it was', (payload) => {
    expect(safeCell(payload)).toBe(`'${payload}`)
    expect(plainCell(safeCell(payload))).toBe(payload)
    const sheet = readFile('a.csv', Buffer.from(csvLine(['x', payload])))
    expect(sheet.rows[0]?.cells[1]?.text).toBe(payload)
  })
  test('that are harmless stay as they are', () => {
    for (const cell of ['Shop', "O'Neill", "'t Hoekje", '5=6', '']) expect(safeCell(cell)).toBe(cell)
    expect(plainCell("'t Hoekje")).toBe("'t Hoekje")
  })
})

describe('whatever the bytes are', () => {
  const outcome = (name: string, bytes: Buffer) => {
    try {
      readFile(name, bytes)
      return 'read'
    } catch (error) {
      return (error as Error).name
    }
  }
  test('CSV is read or refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(['read', 'Refusal']).toContain(outcome('a.csv', Buffer.from(bytes)))
      }),
      { numRuns: 3000 },
    )
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a', ';', "'", '=') }), (value) => {
        expect(['read', 'Refusal']).toContain(outcome('a.csv', Buffer.from(value)))
      }),
      { numRuns: 5000 },
    )
  })
  test('a workbook with bytes changed is read or refused', () => {
    const whole = goodWorkbook()
    const change = fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 }))
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
        const bytes = Buffer.from(whole)
        for (const [at, byte] of changes) bytes[at] = byte
        expect(['read', 'Refusal']).toContain(outcome('a.xlsx', bytes))
      }),
      { numRuns: 5000 },
    )
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })
  test('the XML of a sheet is read or refused', () => {
    const piece = fc.constantFrom(
      '<row>',
      '</row>',
      '<c r="A1">',
      '</c>',
      '<v>',
      '</v>',
      '1',
      '<f/>',
      '&amp;',
      '<!--',
      '-->',
      '<',
      '>',
      '"',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const bytes = workbookWith(`<worksheet><sheetData>${pieces.join('')}</sheetData></worksheet>`)
        expect(['read', 'Refusal']).toContain(outcome('a.xlsx', bytes))
      }),
      { numRuns: 2000 },
    )
  })
})
