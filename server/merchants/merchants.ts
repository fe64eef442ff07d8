/** The merchants of an application: listed, added, changed, removed. */
import { MERCHANT, PAGE } from '../../rules/limits.ts'
import { INVITATION_STATES, MERCHANT_STATUSES, type MerchantStatus, merchantStatuses } from '../../rules/merchant.ts'
import { csvLine } from '../../rules/cells.ts'
import { PRODUCTS, type ProductId } from '../../rules/products.ts'
import { Refusal } from '../../rules/refusals.ts'
import { emailKey } from '../accounts/accounts.ts'
import { getOwn } from '../applications/applications.ts'
import { record } from '../audit/audit.ts'
import { freshBytes, newId } from '../clock.ts'
import { actorName, type Ctx, type TxCtx } from '../context.ts'
import { isUniqueViolation } from '../db/dialects.ts'
import { dropMail } from '../mail/mail.ts'
import { invitationOf, sendTo } from './invitations.ts'
import * as store from './store.ts'
import { productsOf, viewOf } from './views.ts'

export type Entry = { name: string; mid: string; email: string; products: ProductId[] }
type Asked = store.Filter & { cursor?: string | undefined; limit: number }

export async function list(ctx: Ctx, applicationId: string, { cursor, limit, ...filter }: Asked) {
  const application = await getOwn(ctx, applicationId)
  const rows = await store.list(ctx, applicationId, filter, cursor, limit + 1)
  const items = rows.slice(0, limit)
  const counted = await store.countByStatus(ctx, applicationId)
  return {
    applicationName: application.name,
    products: application.products.map(({ id }) => id),
    items: items.map((row) => viewOf(row, ctx.clock.now())),
    nextCursor: rows.length > limit ? (items.at(-1)?.mid ?? null) : null,
    counts: Object.fromEntries(
      merchantStatuses.map((status) => [status, counted.find((row) => row.status === status)?.n ?? 0]),
    ) as Record<MerchantStatus, number>, // one entry for each
  }
}

export async function exportList(ctx: Ctx, applicationId: string, filter: store.Filter) {
  const { name } = await getOwn(ctx, applicationId)
  return {
    name: `${name}-merchants.csv`,
    type: 'text/csv; charset=utf-8',
    content: exportLines(ctx, applicationId, filter),
  }
}

const EXPORTED = [
  'Merchant name',
  'MID',
  'E-mail',
  'Products',
  'Account status',
  'Invitation',
  'Invited',
  'Account',
  'Remarks',
]

async function* exportLines(ctx: Ctx, applicationId: string, filter: store.Filter): AsyncGenerator<string> {
  yield `\uFEFF${csvLine(EXPORTED)}`
  let after: string | undefined
  for (;;) {
    const rows = await store.list(ctx, applicationId, filter, after, PAGE.max)
    yield rows.map((row) => csvLine(exported(viewOf(row, ctx.clock.now()), row.invited_at))).join('')
    after = rows.at(-1)?.mid
    if (rows.length < PAGE.max) return
  }
}

function exported(view: ReturnType<typeof viewOf>, invitedAt: number | null): string[] {
  return [
    view.name,
    view.mid,
    view.email,
    productWords(view.products),
    MERCHANT_STATUSES[view.status],
    INVITATION_STATES[view.invitation.state],
    invitedAt === null ? '' : new Date(invitedAt).toISOString(),
    view.account,
    view.remarks ?? '',
  ]
}

export const productWords = (products: readonly ProductId[]) => products.map((id) => PRODUCTS[id].title).join('; ')

export async function get(ctx: Ctx | TxCtx, applicationId: string, merchantId: string) {
  return viewOf(await getRow(ctx, applicationId, merchantId), ctx.clock.now())
}

/** A merchant of the actor's own application. */
async function getRow(ctx: Ctx | TxCtx, applicationId: string, merchantId: string): Promise<store.Listed> {
  await getOwn(ctx, applicationId)
  const row = await store.find(ctx, applicationId, merchantId)
  if (!row) throw new Refusal('thing.not_found')
  return row
}

/** One merchant, invited at once. */
export async function invite(ctx: Ctx, applicationId: string, entry: Entry) {
  const id = await ctx
    .tx(async (tx) => {
      const application = await getOwn(tx, applicationId)
      ensureProducts(application.products, entry.products)
      await ensureRoom(tx, applicationId, 1)
      const merchant = newMerchant(tx, applicationId, entry)
      await store.insert(tx, merchant)
      await sendTo(tx, merchant, await invitationOf(tx, applicationId))
      await record(tx, { action: 'merchant.invite', object: asObject(merchant), after: told(entry) })
      return merchant.id
    })
    .catch((error: unknown) => {
      if (!isUniqueViolation(error)) throw error
      throw new Refusal('merchant.mid_taken', {
        fields: [{ path: 'mid', message: 'is the MID of another merchant of this application' }],
      })
    })
  return get(ctx, applicationId, id)
}

/** An account with nobody in it yet. */
export function newMerchant(tx: TxCtx, applicationId: string, { name, mid, email, products }: Entry): store.Merchant {
  return {
    id: newId('mer'),
    application_id: applicationId,
    name,
    name_key: store.searchKey(name),
    mid,
    email,
    email_key: emailKey(email),
    products: JSON.stringify(products),
    account: newAccount(),
    password_hash: null,
    token_hash: null,
    token: null,
    mail_id: null,
    invited_at: null,
    invited_by: null,
    invitation_expires_at: null,
    opened_at: null,
    accepted_at: null,
    withdrawn_at: null,
    first_log_in_at: null,
    created_at: tx.clock.now(),
    created_by: actorName(tx),
  }
}

/** Twelve digits of chance: easy to type on a phone, hard to come upon. */
function newAccount(): string {
  return (freshBytes(8).readBigUInt64BE() % 10n ** 12n).toString().padStart(12, '0')
}

export async function ensureRoom(tx: TxCtx, applicationId: string, more: number): Promise<void> {
  if ((await store.count(tx, applicationId)) + more > MERCHANT.perApplication) throw new Refusal('merchant.too_many')
}

function ensureProducts(present: readonly { id: ProductId }[], wanted: readonly ProductId[]): void {
  const fields = wanted.flatMap((product, i) =>
    present.some(({ id }) => id === product)
      ? []
      : [{ path: `products.${i}`, message: `${PRODUCTS[product].title} is no product of this application` }],
  )
  if (fields.length > 0) throw new Refusal('merchant.product_absent', { fields })
}

/** An accepted account keeps its address: it belongs to whoever set the password. */
export async function change(ctx: Ctx, applicationId: string, merchantId: string, wanted: Omit<Entry, 'mid'>) {
  await ctx.tx(async (tx) => {
    const row = await getRow(tx, applicationId, merchantId)
    ensureProducts((await getOwn(tx, applicationId)).products, wanted.products)
    const moves = wanted.email !== row.email
    if (moves && row.password_hash !== null) throw new Refusal('merchant.accepted')
    const { name, email, products } = wanted
    const change = {
      name,
      name_key: store.searchKey(name),
      email,
      email_key: emailKey(email),
      products: JSON.stringify(products),
    }
    const still = moves ? { password_hash: null } : {}
    if (!(await store.change(tx, merchantId, change, still))) throw new Refusal('merchant.accepted')
    if (moves && row.invited_at !== null) await sendTo(tx, { ...row, ...change }, await invitationOf(tx, applicationId))
    const before = { name: row.name, email: row.email, products: productsOf(row) }
    await record(tx, { action: 'merchant.change', object: asObject(row), before, after: { ...wanted } })
  })
  return get(ctx, applicationId, merchantId)
}

export async function remove(ctx: Ctx, applicationId: string, merchantId: string): Promise<void> {
  await ctx.tx(async (tx) => {
    const row = await getRow(tx, applicationId, merchantId)
    if (row.mail_id !== null) await dropMail(tx, row.mail_id, 'The merchant was removed.')
    await store.remove(tx, applicationId, merchantId)
    await record(tx, { action: 'merchant.remove', object: asObject(row), before: { name: row.name, email: row.email } })
  })
}

/** A merchant is known by its MID. */
export const asObject = ({ id, mid }: { id: string; mid: string }) => ({ id, name: mid })
const told = ({ name, email, products }: Entry) => ({ name, email, products })
