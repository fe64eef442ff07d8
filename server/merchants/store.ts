/** SQL of merchants. The application has been found to be the actor's own before any of these is asked. */
import { type RawBuilder, sql } from 'kysely'
import type { InvitationState, MerchantStatus } from '../../rules/merchant.ts'
import type { ProductId } from '../../rules/products.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { compiledInsert } from '../db/compiled.ts'
import type { Row } from '../db/schema.ts'

export type Merchant = Row<'merchants'>

const MAIL = ['l.state as mail_state', 'l.words', 'l.attempts', 'l.next_at', 'l.perhaps_twice', 'l.settled_at'] as const

/** Merchants with the fate of their newest mail. */
function select(ctx: Ctx | TxCtx, applicationId: string) {
  return ctx.db
    .selectFrom('merchants as m')
    .leftJoin('mails as l', 'l.id', 'm.mail_id')
    .where('m.application_id', '=', applicationId)
}

/** As `merchantStatus` in rules/merchant.ts, for the filter; a test compares the two. */
const STATUS = sql<MerchantStatus>`case
  when m.first_log_in_at is not null then 'active'
  when m.invited_at is null then 'listed'
  when m.accepted_at is not null or m.withdrawn_at is not null or l.state is null then 'inactive'
  when l.state = 'queued' then 'processing'
  when l.state in ('refused', 'given_up') then 'failed'
  else 'inactive' end`

/** As `invitationState` there. */
const invitationAt = (now: number): RawBuilder<InvitationState> => sql<InvitationState>`case
  when m.invited_at is null then 'none'
  when m.accepted_at is not null then 'accepted'
  when m.withdrawn_at is not null then 'withdrawn'
  when m.invitation_expires_at <= ${now} then 'expired'
  when m.opened_at is not null then 'opened'
  when l.state = 'queued' then 'queued'
  when l.state in ('refused', 'given_up') then 'refused'
  else 'sent' end`

export type Filter = {
  status?: MerchantStatus | 'invited' | undefined
  invitation?: InvitationState | undefined
  product?: ProductId | undefined
  search?: string | undefined
}

/** By MID, from behind `after` on. */
export function list(ctx: Ctx, applicationId: string, filter: Filter, after: string | undefined, limit: number) {
  let query = select(ctx, applicationId).selectAll('m').select(MAIL)
  if (after !== undefined) query = query.where('m.mid', '>', after)
  if (filter.status === 'invited') query = query.where('m.invited_at', 'is not', null)
  else if (filter.status !== undefined) query = query.where(STATUS, '=', filter.status)
  if (filter.invitation !== undefined) query = query.where(invitationAt(ctx.clock.now()), '=', filter.invitation)
  if (filter.product !== undefined) query = query.where('m.products', 'like', `%"${filter.product}"%`)
  if (filter.search !== undefined) {
    const part = `%${searchKey(filter.search).replaceAll(/[\\%_]/g, '\\$&')}%`
    query = query.where((eb) =>
      eb.or([
        sql<boolean>`m.name_key like ${part} escape '\\'`,
        sql<boolean>`lower(m.mid) like ${part} escape '\\'`,
        sql<boolean>`m.email_key like ${part} escape '\\'`,
      ]),
    )
  }
  return query.orderBy('m.mid').limit(limit).execute()
}

export type Listed = Awaited<ReturnType<typeof list>>[number]

export const searchKey = (text: string) => text.normalize('NFKC').toLowerCase()

export async function countByStatus(ctx: Ctx, applicationId: string): Promise<{ status: MerchantStatus; n: number }[]> {
  const rows = await select(ctx, applicationId)
    .select([STATUS.as('status'), (eb) => eb.fn.countAll<number>().as('n')])
    .groupBy('status')
    .execute()
  return rows.map(({ status, n }) => ({ status, n: Number(n) }))
}

export async function count(ctx: Ctx | TxCtx, applicationId: string): Promise<number> {
  const { n } = await ctx.db
    .selectFrom('merchants')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('application_id', '=', applicationId)
    .executeTakeFirstOrThrow()
  return Number(n)
}

export function find(ctx: Ctx | TxCtx, applicationId: string, merchantId: string): Promise<Listed | undefined> {
  return select(ctx, applicationId).selectAll('m').select(MAIL).where('m.id', '=', merchantId).executeTakeFirst()
}

/** The merchants that have one of these MIDs. */
export function listByMid(ctx: Ctx | TxCtx, applicationId: string, mids: readonly string[]): Promise<Merchant[]> {
  if (mids.length === 0) return Promise.resolve([])
  return ctx.db
    .selectFrom('merchants')
    .selectAll()
    .where('application_id', '=', applicationId)
    .where('mid', 'in', mids)
    .execute()
}

const insertRow = compiledInsert('merchants')
export async function insert(tx: TxCtx, merchant: Merchant): Promise<void> {
  await insertRow(tx.db, merchant)
}

/** False: it is not there any more, or is not as the caller saw it. */
export async function change(
  tx: TxCtx,
  merchantId: string,
  change: Partial<Merchant>,
  still: Partial<Pick<Merchant, 'password_hash' | 'token_hash' | 'invited_at'>> = {},
): Promise<boolean> {
  let query = tx.db.updateTable('merchants').set(change).where('id', '=', merchantId)
  for (const [column, value] of Object.entries(still)) {
    const named = column as 'token_hash' // one of the three
    query = value === null ? query.where(named, 'is', null) : query.where(named, '=', value as string)
  }
  const { numUpdatedRows } = await query.executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

export async function remove(tx: TxCtx, applicationId: string, merchantId: string): Promise<void> {
  await tx.db.deleteFrom('wallet_sessions').where('merchant_id', '=', merchantId).execute()
  await tx.db.deleteFrom('merchants').where('application_id', '=', applicationId).where('id', '=', merchantId).execute()
}

/** Those that nobody has invited yet, by MID from behind `after` on. */
export function listUninvited(ctx: Ctx, applicationId: string, after: string, limit: number): Promise<Merchant[]> {
  return ctx.db
    .selectFrom('merchants')
    .selectAll()
    .where('application_id', '=', applicationId)
    .where('invited_at', 'is', null)
    .where('mid', '>', after)
    .orderBy('mid')
    .limit(limit)
    .execute()
}

export async function countUninvited(ctx: Ctx, applicationId: string): Promise<number> {
  const { n } = await ctx.db
    .selectFrom('merchants')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('application_id', '=', applicationId)
    .where('invited_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(n)
}

export function findPreference(ctx: Ctx | TxCtx, applicationId: string) {
  return ctx.db
    .selectFrom('invitation_preferences')
    .selectAll()
    .where('application_id', '=', applicationId)
    .executeTakeFirst()
}

export async function putPreference(tx: TxCtx, preference: Row<'invitation_preferences'>): Promise<void> {
  const { application_id, ...values } = preference
  await tx.db
    .insertInto('invitation_preferences')
    .values(preference)
    .onConflict((c) => c.column('application_id').doUpdateSet(values))
    .execute()
}

/** What an invitation says about where it leads. */
export function findPlace(ctx: Ctx | TxCtx, applicationId: string) {
  return ctx.db
    .selectFrom('applications as a')
    .innerJoin('partners as p', 'p.id', 'a.partner_id')
    .select(['a.name as application_name', 'p.name as partner_name'])
    .where('a.id', '=', applicationId)
    .where('a.deleted_at', 'is', null)
    .executeTakeFirst()
}
