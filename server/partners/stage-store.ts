/** SQL of what the stages of partners are read off: of one partner, or of all in a fixed number of queries. */
import { sql } from 'kysely'
import type { Ctx } from '../context.ts'

export async function listAccounts(ctx: Ctx, partnerId: string | undefined) {
  let query = ctx.db
    .selectFrom('members as m')
    .innerJoin('people as p', 'p.id', 'm.person_id')
    .select((eb) => [
      'm.partner_id',
      eb.fn.countAll<number>().as('accounts'),
      eb.fn.min('m.created_at').as('first_at'),
      // Somebody who chose a password before that was noted, or elsewhere, was there from the account's first moment.
      sql<number | null>`min(case when p.password_hash is null then null
        when p.activated_at is null or p.activated_at < m.created_at then m.created_at
        else p.activated_at end)`.as('activated_at'),
    ])
    .groupBy('m.partner_id')
  if (partnerId !== undefined) query = query.where('m.partner_id', '=', partnerId)
  const rows = await query.execute()
  return rows.map((row) => ({
    partnerId: row.partner_id,
    accounts: Number(row.accounts),
    firstAt: Number(row.first_at),
    activatedAt: row.activated_at === null ? null : Number(row.activated_at),
  }))
}

export async function listApplications(ctx: Ctx, partnerId: string | undefined) {
  let query = ctx.db
    .selectFrom('applications as a')
    .leftJoin('clients as c', (join) => join.onRef('c.application_id', '=', 'a.id').on('c.environment', '=', 'sandbox'))
    .select([
      'a.id',
      'a.partner_id',
      'a.name',
      'a.partner_type',
      'a.status',
      'a.created_at',
      'a.launched_at',
      'c.verified_at',
    ])
    .select((eb) =>
      eb
        .selectFrom('client_keys as k')
        .select((inner) => inner.fn.min('k.set_at').as('at'))
        .whereRef('k.client_id', '=', 'c.client_id')
        .as('key_set_at'),
    )
    .where('a.deleted_at', 'is', null)
    .orderBy('a.id')
  if (partnerId !== undefined) query = query.where('a.partner_id', '=', partnerId)
  return query.execute()
}

export async function listProducts(ctx: Ctx, partnerId: string | undefined) {
  let query = ctx.db
    .selectFrom('application_products as x')
    .innerJoin('applications as a', 'a.id', 'x.application_id')
    .select(['x.application_id', 'x.product'])
    .where('a.deleted_at', 'is', null)
  if (partnerId !== undefined) query = query.where('a.partner_id', '=', partnerId)
  return query.execute()
}

/** When somebody of each partner was seen last, and when its last call came. */
export async function listSeen(ctx: Ctx, partnerIds: readonly string[]): Promise<Map<string, number>> {
  if (partnerIds.length === 0) return new Map()
  const sessions = await ctx.db
    .selectFrom('sessions')
    .select((eb) => ['partner_id', eb.fn.max('seen_at').as('at')])
    .where('partner_id', 'in', partnerIds)
    .groupBy('partner_id')
    .execute()
  const calls = await ctx.db
    .selectFrom('applications as a')
    .select((eb) => [
      'a.partner_id',
      eb
        .selectFrom('exchanges as e')
        .select('e.at')
        .whereRef('e.application_id', '=', 'a.id')
        .where('e.direction', '=', 'in')
        .orderBy('e.id', 'desc')
        .limit(1)
        .as('at'),
    ])
    .where('a.partner_id', 'in', partnerIds)
    .execute()
  const seen = new Map<string, number>()
  for (const { partner_id, at } of [...sessions, ...calls])
    if (partner_id !== null && at !== null) seen.set(partner_id, Math.max(seen.get(partner_id) ?? 0, Number(at)))
  return seen
}
