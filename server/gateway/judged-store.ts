/** SQL that reads exchanges for judging, in the order in which they were recorded. */
import { sql } from 'kysely'
import { ACCEPTANCE } from '../../rules/limits.ts'
import type { Ctx, TxCtx } from '../context.ts'
import type { Row } from '../db/schema.ts'

const COLUMNS = [
  'id',
  'at',
  'uri',
  'api',
  'signature',
  'result_code',
  'result_status',
  'payment_request_id',
  'request_body',
  'response_body',
  'misbehaviour',
] as const
export type Judged = Pick<Row<'exchanges'>, (typeof COLUMNS)[number]>

/** Calls of the partner that verified: what strangers send in his name is no evidence, and pushes none of it out. */
const ofApplication = (ctx: Ctx, applicationId: string) =>
  ctx.db
    .selectFrom('exchanges')
    .select(COLUMNS)
    .where('application_id', '=', applicationId)
    .where('signature', '=', 'verified')
    .where('direction', '=', 'in')
    .where('is_mocked', 'is', null)
    .where('by_test_merchant', 'is', null)
    .where(sql<number>`length(request_body)`, '<=', ACCEPTANCE.bodyBytes)

/** Of those after `afterId`. */
export async function listNewest(ctx: Ctx, applicationId: string, afterId: string, limit: number): Promise<Judged[]> {
  const rows = await ofApplication(ctx, applicationId)
    .where('id', '>', afterId)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.reverse()
}

export function listAfter(ctx: Ctx, applicationId: string, afterId: string, limit: number): Promise<Judged[]> {
  return ofApplication(ctx, applicationId).where('id', '>', afterId).orderBy('id').limit(limit).execute()
}

export function listOfPayments(ctx: Ctx, applicationId: string, requestIds: readonly string[], limit: number) {
  if (requestIds.length === 0) return Promise.resolve([])
  return ofApplication(ctx, applicationId)
    .where('payment_request_id', 'in', requestIds)
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** The newest exchange but so many; undefined where there are fewer. */
export async function idBehindNewest(ctx: Ctx, applicationId: string, many: number): Promise<string | undefined> {
  const row = await ctx.db
    .selectFrom('exchanges')
    .select('id')
    .where('application_id', '=', applicationId)
    .where('signature', '=', 'verified')
    .where('direction', '=', 'in')
    .orderBy('id', 'desc')
    .offset(many)
    .limit(1)
    .executeTakeFirst()
  return row?.id
}

export function listByIds(ctx: Ctx, applicationId: string, ids: readonly string[]): Promise<Judged[]> {
  if (ids.length === 0) return Promise.resolve([])
  return ofApplication(ctx, applicationId).where('id', 'in', ids).orderBy('id').execute()
}

export async function newestId(ctx: Ctx | TxCtx, applicationId: string): Promise<string> {
  const row = await ctx.db
    .selectFrom('exchanges')
    .select('id')
    .where('application_id', '=', applicationId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.id ?? ''
}

/** Whole rows, for the evidence package. */
export async function listWhole(ctx: Ctx, applicationId: string, ids: readonly string[]): Promise<Row<'exchanges'>[]> {
  if (ids.length === 0) return []
  return ctx.db
    .selectFrom('exchanges')
    .selectAll()
    .where('application_id', '=', applicationId)
    .where('id', 'in', ids)
    .orderBy('id')
    .execute()
}

/** The payments of one payer, the newest first. */
export async function listPaymentsOf(ctx: Ctx, applicationId: string, payer: string, limit: number): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('payments')
    .select('payment_request_id')
    .where('application_id', '=', applicationId)
    .where('payer_account', '=', payer)
    .orderBy('created_at', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => row.payment_request_id)
}

/** Payers whose payments can be told apart: accounts of merchants' wallets. */
export async function listPayers(ctx: Ctx, applicationId: string): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('payments')
    .select('payer_account')
    .distinct()
    .where('application_id', '=', applicationId)
    .where('payer_account', 'is not', null)
    .execute()
  return rows.flatMap(({ payer_account }) => (payer_account === null ? [] : [payer_account]))
}
