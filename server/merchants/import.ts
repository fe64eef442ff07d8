/**
 * Many merchants from a file. A dry run says what the file would do and stores nothing; storing does it as a whole or not at all. What
 * a file says of a MID is what holds afterwards, so the same file again changes nothing.
 */
import { TEMPLATE_COLUMNS, type TemplateColumn, templateColumns } from '../../rules/merchant.ts'
import { Refusal } from '../../rules/refusals.ts'
import { emailKey } from '../accounts/accounts.ts'
import { getOwn } from '../applications/applications.ts'
import { record } from '../audit/audit.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { asObject, type Entry, ensureRoom, newMerchant, productWords } from './merchants.ts'
import { type CellFault, type ReadRow, readRows } from './rows.ts'
import { formatOf } from './sheet/read.ts'
import type { SheetReader } from './sheet/thread.ts'
import * as store from './store.ts'
import { tableFile } from './template.ts'
import { productsOf } from './views.ts'

export type Upload = { name: string; bytes: Uint8Array }

/** What a file would do. */
type Plan = {
  rows: ReadRow[]
  added: Entry[]
  changed: { row: number; merchant: store.Merchant; entry: Entry }[]
  same: number
  faults: CellFault[]
}

export async function check(ctx: Ctx, reader: SheetReader, applicationId: string, upload: Upload) {
  const rows = await read(ctx, reader, applicationId, upload)
  return planView(await planOf(ctx, applicationId, rows))
}

async function read(ctx: Ctx, reader: SheetReader, applicationId: string, { name, bytes }: Upload): Promise<ReadRow[]> {
  const application = await getOwn(ctx, applicationId)
  const sheet = await reader.read(name, bytes)
  return readRows(
    sheet,
    application.products.map(({ id }) => id),
  )
}

async function planOf(ctx: Ctx | TxCtx, applicationId: string, rows: ReadRow[]): Promise<Plan> {
  const entries = rows.flatMap((read) => (read.entry ? [{ read, row: read.row, entry: read.entry }] : []))
  const present = await store.listByMid(
    ctx,
    applicationId,
    entries.map(({ entry }) => entry.mid),
  )
  const known = new Map(present.map((merchant) => [merchant.mid, merchant]))
  const plan: Plan = { rows, added: [], changed: [], same: 0, faults: rows.flatMap(({ faults }) => faults) }
  for (const { read, row, entry } of entries) {
    const merchant = known.get(entry.mid)
    const fault = merchant && lockedAddress(merchant, read)
    if (fault) plan.faults.push(fault)
    else if (!merchant) plan.added.push(entry)
    else if (fieldsChanged(merchant, entry).length > 0) plan.changed.push({ row, merchant, entry })
    else plan.same++
  }
  return plan
}

/** Whoever was invited has a link at the old address: that is changed one by one, where it can be seen. */
function lockedAddress(merchant: store.Merchant, { row, entry, cells, texts }: ReadRow): CellFault | undefined {
  if (merchant.invited_at === null || emailKey(entry?.email ?? '') === merchant.email_key) return undefined
  const message = 'is not the address that was invited; change it in the list of merchants'
  return { row, cell: cells.email, column: 'email', value: texts.email, message }
}

function fieldsChanged(merchant: store.Merchant, entry: Entry) {
  const before = textsOf({ ...merchant, products: productsOf(merchant) })
  const after = textsOf(entry)
  return templateColumns
    .filter((column) => before[column] !== after[column])
    .map((column) => ({ column, before: before[column], after: after[column] }))
}

const textsOf = ({ name, mid, email, products }: Entry): Record<TemplateColumn, string> => ({
  name,
  mid,
  email,
  products: productWords(products),
})

function planView({ rows, added, changed, same, faults }: Plan) {
  return {
    rows: rows.length,
    added: added.length,
    changed: changed.length,
    same,
    failed: new Set(faults.map(({ row }) => row)).size,
    faults,
    changes: changed.map(({ row, merchant, entry }) => ({
      row,
      mid: merchant.mid,
      fields: fieldsChanged(merchant, entry),
    })),
  }
}

/** One transaction: whatever cuts it off leaves all of the file or nothing of it. */
export async function storeAll(
  ctx: Ctx,
  reader: SheetReader,
  applicationId: string,
  upload: Upload,
  leaveOutFailed: boolean,
) {
  const rows = await read(ctx, reader, applicationId, upload)
  return ctx.tx(async (tx) => {
    const application = await getOwn(tx, applicationId)
    const plan = await planOf(tx, applicationId, rows)
    if (plan.faults.length > 0 && !leaveOutFailed) {
      const fields = plan.faults.map(({ cell, message }) => ({ path: cell, message }))
      throw new Refusal('upload.has_faults', { fields: fields.slice(0, 100) })
    }
    await ensureRoom(tx, applicationId, plan.added.length)
    for (const entry of plan.added) await store.insert(tx, newMerchant(tx, applicationId, entry))
    for (const { merchant, entry } of plan.changed) await store.change(tx, merchant.id, changeTo(entry))
    const { added, changed, same, failed } = planView(plan)
    const object = { id: applicationId, name: application.name }
    await record(tx, { action: 'merchant.import', object, after: { added, changed, same, failed, file: upload.name } })
    for (const { merchant, entry } of plan.changed) await recordChange(tx, merchant, entry)
    return planView(plan)
  })
}

function changeTo({ name, email, products }: Entry): Partial<store.Merchant> {
  return {
    name,
    name_key: store.searchKey(name),
    email,
    email_key: emailKey(email),
    products: JSON.stringify(products),
  }
}

async function recordChange(tx: TxCtx, merchant: store.Merchant, entry: Entry): Promise<void> {
  const fields = fieldsChanged(merchant, entry)
  await record(tx, {
    action: 'merchant.change',
    object: asObject(merchant),
    before: Object.fromEntries(fields.map(({ column, before }) => [column, before])),
    after: Object.fromEntries(fields.map(({ column, after }) => [column, after])),
  })
}

/** The rows that have faults, with the reasons: in the format in which they came. */
export async function failedRows(ctx: Ctx, reader: SheetReader, applicationId: string, upload: Upload) {
  const plan = await planOf(ctx, applicationId, await read(ctx, reader, applicationId, upload))
  const failed = plan.rows.filter(({ row }) => plan.faults.some((fault) => fault.row === row))
  const lines = failed.map(({ row, texts }) => [
    ...templateColumns.map((column) => texts[column]),
    plan.faults
      .filter((fault) => fault.row === row)
      .map(({ column, message }) => `${TEMPLATE_COLUMNS[column].title} ${message}`)
      .join('; '),
  ])
  return tableFile('failed-merchants', formatOf(upload.name, upload.bytes), lines, { withReason: true })
}
