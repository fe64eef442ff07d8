import { type SqlBool, sql } from 'kysely'
import type { Ctx, TxCtx } from '../context.ts'
import { compiledInsert, compiledStatement } from '../db/compiled.ts'
import type { Row } from '../db/schema.ts'

export type Entry = Row<'audit_entries'>
export type Head = Row<'audit_heads'>

/** The next number of a chain and the hash that it follows. Whoever asks holds the chain until the end of his transaction. */
export async function takeNumber(tx: TxCtx, chain: string): Promise<{ number: number; hash: string }> {
  const [taken] = (await advance(tx.db, { chain })).rows
  if (taken) return taken
  await tx.db
    .insertInto('audit_heads')
    .values({ chain, first_number: 1, first_previous_hash: '', number: 0, hash: '', seal: '' })
    .onConflict((oc) => oc.column('chain').doNothing())
    .execute()
  const [first] = (await advance(tx.db, { chain })).rows
  if (!first) throw new Error(`The chain ${chain} of the audit log has no head.`)
  return first
}

const advance = compiledStatement(['chain'], (db, { chain }: { chain: string }) =>
  db
    .updateTable('audit_heads')
    .set((eb) => ({ number: eb('number', '+', 1) }))
    .where('chain', '=', chain)
    .returning(['number', 'hash']),
)

export async function append(tx: TxCtx, entry: Entry, seal: string): Promise<void> {
  await insertEntry(tx.db, entry)
  await sealHead(tx.db, { chain: entry.chain, hash: entry.hash, seal })
}

const insertEntry = compiledInsert('audit_entries')
const sealHead = compiledStatement(
  ['chain', 'hash', 'seal'],
  (db, { chain, hash, seal }: { chain: string; hash: string; seal: string }) =>
    db.updateTable('audit_heads').set({ hash, seal }).where('chain', '=', chain),
)

export async function listHeads(ctx: Ctx): Promise<Head[]> {
  return ctx.db.selectFrom('audit_heads').selectAll().orderBy('chain').execute()
}

/** Partners without a chain, and chains that have entries and no head. */
export async function listMissingChains(ctx: Ctx): Promise<string[]> {
  const partners = await ctx.db
    .selectFrom('partners as p')
    .leftJoin('audit_heads as h', 'h.chain', 'p.id')
    .select('p.id')
    .where('h.chain', 'is', null)
    .execute()
  const headless = await ctx.db
    .selectFrom('audit_entries as e')
    .leftJoin('audit_heads as h', 'h.chain', 'e.chain')
    .select('e.chain')
    .distinct()
    .where('h.chain', 'is', null)
    .execute()
  return [...new Set([...partners.map(({ id }) => id), ...headless.map(({ chain }) => chain)])]
}

export async function findHead(ctx: Ctx | TxCtx, chain: string): Promise<Head | undefined> {
  return ctx.db.selectFrom('audit_heads').selectAll().where('chain', '=', chain).executeTakeFirst()
}

export async function lastNumber(ctx: Ctx, chain: string): Promise<number> {
  const row = await ctx.db
    .selectFrom('audit_entries')
    .select(({ fn }) => fn.max('number').as('number'))
    .where('chain', '=', chain)
    .executeTakeFirst()
  return Number(row?.number ?? 0)
}

/** In the order of the chain, after that number. */
export async function listChain(ctx: Ctx, chain: string, after: number, limit: number): Promise<Entry[]> {
  return ctx.db
    .selectFrom('audit_entries')
    .selectAll()
    .where('chain', '=', chain)
    .where('number', '>', after)
    .orderBy('number')
    .limit(limit)
    .execute()
}

export type Filter = {
  actor?: string | undefined
  action?: string | undefined
  object?: string | undefined
  /** Milliseconds, from inclusive, to exclusive. */
  from?: number | undefined
  to?: number | undefined
  /** Any of these actions only. */
  actions?: readonly string[] | undefined
}
export type Found = Entry & { partner_name: string | null }

/** Part of a log, in its order: a stretch of one chain by number, or of all by id. The end is exclusive. */
export type Stretch = { chain: string; from: number; to: number } | { chain?: undefined; from: string; to?: string }

const ACTOR = ['a.actor_name', 'a.actor_email']
const OBJECT = ['a.object_name', 'a.object_id', 'a.request_id']

/** What a filter finds in a stretch, the newest first. */
export async function listStretch(ctx: Ctx, stretch: Stretch, filter: Filter, limit: number): Promise<Found[]> {
  let query = ctx.db
    .selectFrom('audit_entries as a')
    .leftJoin('partners as p', 'p.id', 'a.chain')
    .selectAll('a')
    .select('p.name as partner_name')
    .limit(limit)
  if (stretch.chain === undefined) {
    query = query.where('a.id', '>=', stretch.from).orderBy('a.id', 'desc')
    if (stretch.to !== undefined) query = query.where('a.id', '<', stretch.to)
  } else {
    query = query.where('a.chain', '=', stretch.chain).orderBy('a.number', 'desc')
    query = query.where('a.number', '>=', stretch.from).where('a.number', '<', stretch.to)
  }
  if (filter.action !== undefined) query = query.where('a.action', '=', filter.action)
  if (filter.actions !== undefined) query = query.where('a.action', 'in', filter.actions)
  if (filter.from !== undefined) query = query.where('a.at', '>=', filter.from)
  if (filter.to !== undefined) query = query.where('a.at', '<', filter.to)
  if (filter.actor !== undefined) query = query.where(contains(ACTOR, filter.actor))
  if (filter.object !== undefined) query = query.where(contains(OBJECT, filter.object))
  return query.execute()
}

function contains(columns: readonly string[], text: string) {
  const pattern = `%${text.toLowerCase().replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  const parts = columns.map((column) => sql<SqlBool>`lower(${sql.ref(column)}) like ${pattern} escape ${'\\'}`)
  return sql<SqlBool>`(${sql.join(parts, sql` or `)})`
}

/** So many entries further back in all chains together: where a stretch of that length begins. */
export function findBack(ctx: Ctx, before: string | undefined, rows: number) {
  let query = ctx.db.selectFrom('audit_entries').select(['id', 'at'])
  if (before !== undefined) query = query.where('id', '<', before)
  return query
    .orderBy('id', 'desc')
    .offset(rows - 1)
    .limit(1)
    .executeTakeFirst()
}

/** Where an entry stands in its chain. */
export function findPlace(ctx: Ctx, chain: string, id: string) {
  return ctx.db
    .selectFrom('audit_entries')
    .select('number')
    .where('chain', '=', chain)
    .where('id', '=', id)
    .executeTakeFirst()
}

export function findByNumber(ctx: Ctx, chain: string, number: number) {
  return ctx.db
    .selectFrom('audit_entries')
    .select(['id', 'at'])
    .where('chain', '=', chain)
    .where('number', '=', number)
    .executeTakeFirst()
}

/** When a member of each partner did something last. */
export async function listLastDone(ctx: Ctx, chains: readonly string[]): Promise<Map<string, number>> {
  if (chains.length === 0) return new Map()
  const rows = await ctx.db
    .selectFrom('audit_heads as h')
    .select('h.chain')
    .select((eb) =>
      eb
        .selectFrom('audit_entries as a')
        .select('a.at')
        .whereRef('a.chain', '=', 'h.chain')
        .where('a.actor_kind', '=', 'member')
        .orderBy('a.number', 'desc')
        .limit(1)
        .as('at'),
    )
    .where('h.chain', 'in', chains)
    .execute()
  return new Map(rows.flatMap(({ chain, at }) => (at === null ? [] : [[chain, Number(at)] as const])))
}

export function findPartnerName(ctx: Ctx | TxCtx, partnerId: string) {
  return ctx.db.selectFrom('partners').select('name').where('id', '=', partnerId).executeTakeFirst()
}

export async function listPartnerNames(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await ctx.db.selectFrom('partners').select(['id', 'name']).where('id', 'in', ids).execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}
