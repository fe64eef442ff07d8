/** SQL of the Test Wallet: whose it is, its codes, the payments that it shows. */
import type { ProductId } from '../../rules/products.ts'
import type { Ctx, TxCtx } from '../context.ts'
import type { Row } from '../db/schema.ts'
import type { Payment } from './store.ts'

/** The client behind the link of a Test Wallet, unless its application was deleted. */
export async function findClientByWallet(ctx: Ctx | TxCtx, walletHash: string) {
  return ctx.db
    .selectFrom('clients as c')
    .innerJoin('applications as a', 'a.id', 'c.application_id')
    .select(['c.application_id', 'c.clock_offset_ms', 'a.name'])
    .where('c.wallet_hash', '=', walletHash)
    .where('a.deleted_at', 'is', null)
    .executeTakeFirst()
}

export async function hasProduct(ctx: Ctx | TxCtx, applicationId: string, product: ProductId): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('application_products')
    .select('product')
    .where('application_id', '=', applicationId)
    .where('product', '=', product)
    .executeTakeFirst()
  return row !== undefined
}

export async function insertCode(tx: TxCtx, code: Row<'payment_codes'>): Promise<void> {
  await tx.db.insertInto('payment_codes').values(code).execute()
}

/** Codes of an application that were made since a moment, newest first. */
export function listCodes(ctx: Ctx | TxCtx, applicationId: string, since: number, limit: number) {
  return ctx.db
    .selectFrom('payment_codes')
    .selectAll()
    .where('application_id', '=', applicationId)
    .where('created_at', '>', since)
    .orderBy('created_at', 'desc')
    .limit(limit)
    .execute()
}

/** A payment code with the clock of its sandbox. */
export function findCode(ctx: Ctx | TxCtx, code: string) {
  return ctx.db
    .selectFrom('payment_codes as p')
    .innerJoin('clients as c', 'c.application_id', 'p.application_id')
    .select(['p.application_id', 'p.expires_at', 'p.used_by', 'c.clock_offset_ms'])
    .where('p.code', '=', code)
    .where('c.environment', '=', 'sandbox')
    .executeTakeFirst()
}

/** Of many payments with the same code exactly one takes it. */
export async function takeCode(tx: TxCtx, code: string, paymentRequestId: string): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('payment_codes')
    .set({ used_by: paymentRequestId })
    .where('code', '=', code)
    .where('used_by', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** The payments with these ids, newest first. */
export async function listPayments(ctx: Ctx, applicationId: string, requestIds: readonly string[]): Promise<Payment[]> {
  if (requestIds.length === 0) return []
  return (await ctx.db
    .selectFrom('payments')
    .selectAll()
    .where('application_id', '=', applicationId)
    .where('payment_request_id', 'in', requestIds)
    .orderBy('created_at', 'desc')
    .execute()) as Payment[] // states are written by us
}

/** The last decided payments of an application, newest first. */
export async function listDecided(ctx: Ctx, applicationId: string, limit: number): Promise<Payment[]> {
  return (await ctx.db
    .selectFrom('payments')
    .selectAll()
    .where('application_id', '=', applicationId)
    .where('final_at', 'is not', null)
    .orderBy('final_at', 'desc')
    .limit(limit)
    .execute()) as Payment[] // states are written by us
}
