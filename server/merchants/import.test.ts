import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as contract from '../../contract/merchants.ts'
import { csvLine } from '../../rules/cells.ts'
import { MERCHANT } from '../../rules/limits.ts'
import type { ProductId } from '../../rules/products.ts'
import { makeApplication, makeMember, makePartner } from '../../test/make.ts'
import { type Center, startCenter } from '../../test/start.ts'
import { readFile } from './sheet/read.ts'
import {
  goodWorkbook as good,
  HEADER,
  merchantRow as row,
  sheetOf,
  textCell as text,
  workbookWith as workbook,
  zipWith,
} from '../../test/workbook.ts'
import { zipOf } from './sheet/zip.ts'
import { tableFile } from './template.ts'

let center: Center
let admin: Awaited<ReturnType<typeof makeMember>>
let params: { applicationId: string }
beforeAll(async () => {
  center = await startCenter()
  admin = await makeMember(center, await makePartner(center))
})
afterAll(() => center.close())
beforeEach(async () => {
  params = { applicationId: (await makeApplication(admin, ['cashier', 'user_presented'] as ProductId[])).id }
})

const csv = (...rows: string[][]) => Buffer.from([HEADER, ...rows].map(csvLine).join(''))
const rows = (count: number) => Array.from({ length: count }, (_, i) => row(i + 1))
const check = (body: Uint8Array, name = 'list.csv') =>
  admin.call(contract.checkMerchantFile, { params, query: { name }, body })
const store = (body: Uint8Array, name = 'list.csv', leaveOutFailed: 'yes' | 'no' = 'no') =>
  admin.call(contract.storeMerchantFile, { params, query: { name, leaveOutFailed }, body })
const list = async () => (await admin.do(contract.listMerchants, { params, query: { limit: 100 } })).items

describe('a file', () => {
  test('is tried first and stores nothing; then it is stored whole, and mails nobody', async () => {
    const body = csv(...rows(3))
    expect((await check(body)).body).toMatchObject({ rows: 3, added: 3, changed: 0, same: 0, failed: 0, faults: [] })
    expect(await list()).toEqual([])
    const mails = center.mail.mails.length
    expect((await store(body)).body).toMatchObject({ added: 3 })
    expect((await list()).map(({ mid, status, products }) => [mid, status, products.length])).toEqual([
      ['M-1', 'listed', 2],
      ['M-2', 'listed', 2],
      ['M-3', 'listed', 2],
    ])
    await center.worker.runDue()
    expect(center.mail.mails.length).toBe(mails)
  })

  test('is invited as far as addresses may have mails; who shares one stands in nobody’s way', async () => {
    const shared = Array.from({ length: 60 }, (_, i) => [`Till ${i}`, `A-${i}`, 'tills@shops.test', 'Cashier Payment'])
    await store(csv(...shared, ...rows(10)))
    const sent = await admin.do(contract.sendMerchantInvitations, { params })
    expect(sent).toEqual({ invited: 10 + MERCHANT.perAddressAndDay, left: 60 - MERCHANT.perAddressAndDay })
    const again = await admin.call(contract.sendMerchantInvitations, { params })
    expect(again.body.code).toBe('merchant.too_many_invitations')
  })

  test('again changes nothing; with other values it changes those, and says which', async () => {
    await store(csv(...rows(3)))
    expect((await store(csv(...rows(3)))).body).toMatchObject({ added: 0, changed: 0, same: 3 })
    const changed = csv(row(1), ['Shop 2 at the quay', 'M-2', 'shop2@shops.test', 'Cashier Payment'], row(4))
    expect((await check(changed)).body).toMatchObject({
      added: 1,
      changed: 1,
      same: 1,
      changes: [{ row: 3, mid: 'M-2', fields: [{ column: 'name', before: 'Shop 2' }, { column: 'products' }] }],
    })
    await store(changed)
    expect((await list()).map(({ name }) => name)).toEqual(['Shop 1', 'Shop 2 at the quay', 'Shop 3', 'Shop 4'])
  })

  test('names every fault at its cell; the good rows can be stored without the others', async () => {
    const body = csv(row(1), ['', 'M 2', 'nobody', 'Gold'], row(3), ['Shop', 'M-3', 'a@b.test', ''])
    const { body: view } = await check(body)
    expect(view).toMatchObject({ rows: 4, added: 1, failed: 3 })
    expect(view.faults.map(({ cell, value }) => [cell, value])).toEqual([
      ['A3', ''],
      ['B3', 'M 2'],
      ['C3', 'nobody'],
      ['D3', 'Gold'],
      ['B4', 'M-3'],
      ['B5', 'M-3'],
    ])
    expect((await store(body)).body).toMatchObject({ code: 'upload.has_faults', fields: expect.any(Array) })
    expect(await list()).toEqual([])
    expect((await store(body, 'list.csv', 'yes')).body).toMatchObject({ added: 1 })
    expect(await list()).toHaveLength(1)
  })

  test.each(['csv', 'xlsx'] as const)(
    'has its failed rows given back as .%s, to be mended and sent again',
    async (format) => {
      const name = `list.${format}`
      const lines = [row(1), ['=2+3', 'M-2', 'wrong', '']]
      const file = tableFile('list', format, lines, {}).content
      const reply = await admin.call(contract.failedMerchantRows, { params, query: { name }, body: Buffer.from(file) })
      expect(reply.headers.get('content-disposition')).toContain(`failed-merchants.${format}`)
      const raw = await fetchBytes('failed', name, Buffer.from(file))
      const sheet = readFile(name, raw)
      expect(sheet.rows.map(({ cells }) => cells.map(({ text }) => text))).toEqual([
        [...HEADER, 'Reason'],
        ['=2+3', 'M-2', 'wrong', expect.stringContaining('E-mail an e-mail address')],
      ])
      const mended = tableFile('x', format, [['=2+3', 'M-2', 'right@shops.test', '', 'E-mail …']], { withReason: true })
      expect((await store(Buffer.from(mended.content), name)).body).toMatchObject({ added: 1 })
      expect((await list())[0]?.name).toBe('=2+3')
      const exported = await admin.send('GET', `/api/applications/${params.applicationId}/merchants.csv`)
      expect(exported.text).toContain(`"'=2+3"`)
    },
  )

  test.each(['xlsx', 'csv'] as const)('is begun with the template as .%s', async (format) => {
    const path = `/api/applications/${params.applicationId}/merchants/template?format=${format}`
    const response = await fetch(`${center.origin}${path}`, { headers: { cookie: cookieOf() } })
    const bytes = Buffer.from(await response.arrayBuffer())
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename="merchants.${format}"`)
    expect(readFile(`t.${format}`, bytes).rows.map(({ cells }) => cells.map(({ text }) => text))).toEqual([HEADER])
    expect((await check(bytes, `t.${format}`)).body.code).toBe('upload.no_rows')
  })

  test('of a thousand rows is taken, whole', async () => {
    expect((await store(csv(...rows(1000)))).body).toMatchObject({ rows: 1000, added: 1000 })
    expect((await check(csv(...rows(1000)))).body).toMatchObject({ same: 1000 })
  })

  test('does not move an address that was invited', async () => {
    await admin.do(contract.inviteMerchant, {
      params,
      body: { name: 'Shop 1', mid: 'M-1', email: 'shop1@shops.test', products: ['cashier'] },
    })
    const { body } = await check(csv(['Shop 1', 'M-1', 'other@shops.test', '']))
    expect(body).toMatchObject({ failed: 1, faults: [{ cell: 'C2', column: 'email' }] })
  })
})

const cookieOf = () => [...admin.cookies].map(([name, value]) => `${name}=${value}`).join('; ')

async function fetchBytes(what: string, name: string, body: Uint8Array): Promise<Buffer> {
  const url = `${center.origin}/api/applications/${params.applicationId}/merchant-files/${what}?name=${name}`
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      origin: center.origin,
      'x-slipway-console': '1',
      'content-type': 'application/octet-stream',
      cookie: cookieOf(),
    },
    body: new Uint8Array(body),
  })
  return Buffer.from(await response.arrayBuffer())
}

// ── hostile files ────────────────────────────────────────────────────────────────────────────────────────────────────────

const manyEntries = () => zipOf(Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`x${i}`, ''])))

describe('a hostile file is refused, says where, and stores nothing', () => {
  test.each<[what: string, name: string, make: () => Uint8Array, code: string, path: string]>([
    ['an empty one', 'a.csv', () => new Uint8Array(0), 'upload.empty', ''],
    ['a damaged workbook', 'a.xlsx', () => good().subarray(0, 700), 'upload.damaged', 'file'],
    ['one with a changed byte', 'a.xlsx', changedByte, 'upload.damaged', 'file'],
    ['a workbook called .csv', 'a.csv', good, 'upload.wrong_type', 'file'],
    ['text called .xlsx', 'a.xlsx', () => csv(row(1)), 'upload.wrong_type', 'file'],
    ['an archive that is no workbook', 'a.xlsx', () => zipOf({ 'a.txt': 'x' }), 'upload.wrong_type', 'file'],
    ['a workbook with macros', 'a.xlsm', good, 'upload.wrong_type', 'file'],
    ['an old workbook', 'a.xls', () => Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'upload.old_workbook', 'file'],
    ['one with a password', 'a.xlsx', () => Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'upload.old_workbook', 'file'],
    ['a zip bomb', 'a.xlsx', () => zipWith(Buffer.alloc(60_000_000), 60_000_000), 'upload.too_much', 'file'],
    ['one with 1,001 entries', 'a.xlsx', manyEntries, 'upload.too_much', 'file'],
    [
      'a document type',
      'a.xlsx',
      () => workbook(`<!DOCTYPE x [<!ENTITY a "b">]>${sheetOf('')}`),
      'upload.damaged',
      'file',
    ],
    ['an entity of its own', 'a.xlsx', () => workbook(sheetOf(`<row>${text('&a;')}</row>`)), 'upload.damaged', 'file'],
    ['XML that ends too early', 'a.xlsx', () => workbook('<worksheet><sheetData>'), 'upload.damaged', 'file'],
    ['UTF-16', 'a.csv', () => Buffer.from(`\uFEFF${HEADER.join(',')}`, 'utf16le'), 'upload.wrong_encoding', 'A1'],
    ['Latin-1', 'a.csv', latin1, 'upload.wrong_encoding', 'A3'],
    ['a quote without an end', 'a.csv', () => Buffer.from(`${HEADER.join(',')}\n"Shop,M-1`), 'upload.damaged', 'A2'],
    ['wrong headers', 'a.csv', () => Buffer.from('Shop,MID,E-mail,Products\nx,y,z,\n'), 'upload.wrong_headers', 'A1'],
    ['a header twice', 'a.csv', () => Buffer.from('MID,MID,E-mail,Products\nx,y,z,\n'), 'upload.wrong_headers', 'B1'],
    ['no rows', 'a.csv', () => csv(), 'upload.no_rows', 'A2'],
    ['1,001 rows', 'a.csv', () => csv(...rows(1001)), 'upload.too_many_rows', 'A1002'],
    ['a cell far to the right', 'a.csv', () => Buffer.from(`${','.repeat(60)}x\n`), 'upload.wrong_headers', 'BI1'],
  ])('%s', async (_what, name, make, code, path) => {
    for (const send of [check, store]) {
      const { body } = await send(make(), name)
      expect(body.code).toBe(code)
      if (path !== '') expect(body.fields?.[0]?.path).toBe(path)
    }
    expect(await list()).toEqual([])
  })

  test.each([
    ['a formula', '<c r="A2"><f>1+1</f><v>2</v></c>', 'A2', /formula/],
    ['a shared formula', '<c r="A2" t="str"><f t="shared" si="0"/><v>x</v></c>', 'A2', /formula/],
    ['a date for a MID', '<c r="B2" s="1"><v>45292</v></c>', 'B2', /date/],
    ['a date of a format of its own', '<c r="B2" s="2"><v>45292</v></c>', 'B2', /date/],
    ['a number that lost digits', '<c r="B2"><v>1.23456789012345E+19</v></c>', 'B2', /lost digits/],
    ['an error', '<c r="B2" t="e"><v>#REF!</v></c>', 'B2', /#REF!/],
    ['a truth value', '<c r="A2" t="b"><v>1</v></c>', 'A2', /truth value/],
  ])('%s is named at its cell', async (_what, cell, name, message) => {
    const { body } = await check(workbook(sheetOf(`<row r="2">${cell}</row>`)), 'a.xlsx')
    const fault = body.faults.find((known) => known.cell === name)
    expect(fault?.message).toMatch(message)
    expect(body.added).toBe(0)
  })

  test('merged cells are named', async () => {
    const body = `<row r="2">${row(1).map(text).join('')}</row><row r="3"><c r="B3" t="inlineStr"><is><t>M-2</t></is></c></row>`
    const sheet = sheetOf(body, '<mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>')
    const { body: view } = await check(workbook(sheet), 'a.xlsx')
    expect(view.faults.filter(({ message }) => /merged \(A2:A3\)/.test(message)).map(({ cell }) => cell)).toEqual([
      'A2',
      'A3',
    ])
  })

  test('a number that was typed for a MID is taken as it was typed', async () => {
    const cells = `${text('Shop')}<c><v>100127</v></c>${text('a@b.test')}`
    expect((await store(workbook(sheetOf(`<row>${cells}</row>`)), 'a.xlsx')).body).toMatchObject({ added: 1 })
    expect((await list())[0]?.mid).toBe('100127')
  })

  test('more than five megabytes are not even read', async () => {
    const reply = await check(Buffer.alloc(5_000_001, 'x'))
    expect(reply.body.code).toBe('request.too_large')
  })

  test('what says that it is no file is no file', async () => {
    const path = `/api/applications/${params.applicationId}/merchant-files/check?name=a.csv`
    const reply = await admin.send('POST', path, csv(row(1)), { 'content-type': 'text/csv' })
    expect(reply.body.code).toBe('upload.not_bytes')
  })
})

function changedByte(): Buffer {
  const bytes = good()
  const at = bytes.indexOf('Shop 1')
  bytes[at] = 0x58
  return bytes
}

const latin1 = () => Buffer.concat([csv(row(1)), Buffer.from('Caf\xe9,M-2,a@b.test,\r\n', 'latin1')])
