import { type SqlBool, sql } from 'kysely'
import type { Ctx, TxCtx } from '../context.ts'
import type { Row } from '../db/schema.ts'

export type Entry = Row<'audit_entries'>
export type Head = Row<'audit_heads'>

/** The next number of a chain and the hash that it follows. Whoever asks holds the chain until the end of his transaction. */
export async function takeNumber(tx: TxCtx, chain: string): Promise<{ number: number; hash: string }> {
  const advance = () =>
    tx.db
      .updateTable('audit_heads')
      .set((eb) => ({ number: eb('number', '+', 1) }))
      .where('chain', '=', chain)
      .returning(['number', 'hash'])
      .executeTakeFirst()
  const taken = await advance()
  if (taken) return taken
  await tx.db
    .insertInto('audit_heads')
    .values({ chain, first_number: 1, first_previous_hash: '', number: 0, hash: '', seal: '' })
    .onConflict((oc) => oc.column('chain').doNothing())
    .execute()
  const first = await advance()
  if (!first) throw new Error(`The chain ${chain} of the audit log has no head.`)
  return first
}

export async function append(tx: TxCtx, entry: Entry, seal: string): Promise<void> {
  await tx.db.insertInto('audit_entries').values(entry).execute()
  await tx.db.updateTable('audit_heads').set({ hash: entry.hash, seal }).where('chain', '=', entry.chain).execute()
}

export async function listHeads(ctx: Ctx): Promise<Head[]> {
  return ctx.db.selectFrom('audit_heads').selectAll().orderBy('chain').execute()
}

export async function findHead(ctx: Ctx | TxCtx, chain: string): Promise<Head | undefined> {
  return ctx.db.selectFrom('audit_heads').selectAll().where('chain', '=', chain).executeTakeFirst()
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
  chain?: string | undefined
  action?: string | undefined
  search?: string | undefined
  /** Milliseconds, from inclusive, to exclusive. */
  from?: number | undefined
  to?: number | undefined
}

const SEARCHED = ['a.actor_name', 'a.actor_email', 'a.object_name', 'a.object_id', 'a.request_id']

/** The newest first, older than the cursor. `chain` is the tenant: a caller who leaves it out must be staff. */
export async function search(
  ctx: Ctx,
  { chain, action, search: text, from, to }: Filter,
  cursor: string | undefined,
  limit: number,
): Promise<(Entry & { partner_name: string | null })[]> {
  let query = ctx.db
    .selectFrom('audit_entries as a')
    .leftJoin('partners as p', 'p.id', 'a.chain')
    .selectAll('a')
    .select('p.name as partner_name')
    .orderBy('a.id', 'desc')
    .limit(limit)
  if (chain !== undefined) query = query.where('a.chain', '=', chain)
  if (action !== undefined) query = query.where('a.action', '=', action)
  if (from !== undefined) query = query.where('a.at', '>=', from)
  if (to !== undefined) query = query.where('a.at', '<', to)
  if (cursor !== undefined) query = query.where('a.id', '<', cursor)
  if (text !== undefined) {
    const pattern = `%${text.toLowerCase().replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
    query = query.where(({ or }) =>
      or(SEARCHED.map((column) => sql<SqlBool>`lower(${sql.ref(column)}) like ${pattern} escape ${'\\'}`)),
    )
  }
  return query.execute()
}
