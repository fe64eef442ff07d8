/** SQL of the Test Wallet: whose it is, its codes, the payments that it shows. */
import type { ProductId } from '../../rules/products.ts'
import type { Ctx, TxCtx } from '../context.ts'
import type { Row } from '../db/schema.ts'
import { type Payment, updatePayment } from './store.ts'

/** The wallet of an application, or of one of its merchants. */
export type Wallet = { applicationId: string; payerAccount: string | null }

/** The client behind the link of a Test Wallet, unless its application was deleted. */
export async function findClientByWallet(ctx: Ctx | TxCtx, walletHash: string) {
  return ctx.db
    .selectFrom('clients as c')
    .innerJoin('applications as a', 'a.id', 'c.application_id')
    .select(['c.application_id', 'c.clock_offset_ms', 'a.name'])
    .where('c.wallet_hash', '=', walletHash)
    .where('c.environment', '=', 'sandbox')
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

/** The newest code of a wallet. */
export function findNewestCode(ctx: Ctx | TxCtx, { applicationId, payerAccount }: Wallet, since: number) {
  return ctx.db
    .selectFrom('payment_codes')
    .selectAll()
    .where('application_id', '=', applicationId)
    .where('created_at', '>', since)
    .where('payer_account', payerAccount === null ? 'is' : '=', payerAccount)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** A payment code with the clock of its sandbox. */
export function findCode(ctx: Ctx | TxCtx, code: string) {
  return ctx.db
    .selectFrom('payment_codes as p')
    .innerJoin('clients as c', 'c.application_id', 'p.application_id')
    .select(['p.application_id', 'p.expires_at', 'p.used_by', 'p.payer_account', 'p.customer_id', 'c.clock_offset_ms'])
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

/** Orders of a wallet that wait for the payer, newest first. */
export async function listWaiting(
  ctx: Ctx,
  { applicationId, payerAccount }: Wallet,
  limit: number,
): Promise<Payment[]> {
  return (await ctx.db
    .selectFrom('payments')
    .selectAll()
    .where('application_id', '=', applicationId)
    .where('state', '=', 'PAYING')
    .where('product', 'in', ['user_presented', 'auto_debit'])
    .where('payer_account', payerAccount === null ? 'is' : '=', payerAccount)
    .where('wallet_application_id', 'is', null)
    .orderBy('created_at', 'desc')
    .limit(limit)
    .execute()) as Payment[] // states are written by us
}

/** The last decided payments of a wallet, newest first. */
export async function listDecided(
  ctx: Ctx,
  { applicationId, payerAccount }: Wallet,
  limit: number,
): Promise<Payment[]> {
  return (await ctx.db
    .selectFrom('payments')
    .selectAll()
    .where('application_id', '=', applicationId)
    .where('payer_account', payerAccount === null ? 'is' : '=', payerAccount)
    .where('wallet_application_id', 'is', null)
    .where('final_at', 'is not', null)
    .orderBy('final_at', 'desc')
    .limit(limit)
    .execute()) as Payment[] // states are written by us
}

/** Whose payment it is: the first payer who decides, and he stays. */
export async function setPayer(tx: TxCtx, payment: Payment, payerAccount: string): Promise<void> {
  await updatePayment(tx, payment)
    .set({ payer_account: payerAccount })
    .where('payer_account', 'is', null)
    .where('wallet_application_id', 'is', null)
    .execute()
}

export async function findPayerName(ctx: Ctx | TxCtx, merchantId: string): Promise<string | null> {
  const row = await ctx.db.selectFrom('merchants').select('name').where('id', '=', merchantId).executeTakeFirst()
  return row?.name ?? null
}

/** The clock of an application's sandbox. */
export function getClock(ctx: Ctx | TxCtx, applicationId: string) {
  return ctx.db
    .selectFrom('clients as c')
    .innerJoin('applications as a', 'a.id', 'c.application_id')
    .select(['c.clock_offset_ms', 'a.name'])
    .where('c.application_id', '=', applicationId)
    .where('c.environment', '=', 'sandbox')
    .executeTakeFirstOrThrow()
}
