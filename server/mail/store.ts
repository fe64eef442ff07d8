/** SQL of what became of each mail. */
import { type SqlBool, sql } from 'kysely'
import { SEARCH_DEPTH } from '../../rules/limits.ts'
import type { MailKind, MailState } from '../../rules/mail.ts'
import type { Ctx, TxCtx } from '../context.ts'
import type { Row } from '../db/schema.ts'

export async function insert(
  tx: TxCtx,
  mail: {
    id: string
    kind: MailKind
    recipient: string
    copies: readonly string[]
    subject: string
    about: string | null
  },
): Promise<void> {
  const now = tx.clock.now()
  await tx.db
    .insertInto('mails')
    .values({
      ...mail,
      copies: JSON.stringify(mail.copies),
      state: 'queued' satisfies MailState,
      attempts: 0,
      perhaps_twice: 0,
      created_at: now,
      next_at: now,
    })
    .execute()
}

export type Fate = {
  state: MailState
  words: string | null
  /** It went to the server in full, and no answer came. */
  isUnanswered: boolean
  nextAt: number | null
  /** False where nobody was asked to take it. */
  wasTried: boolean
}

/** Notes what an attempt has come to. Once it may have gone out twice, that stays. */
export async function note(tx: TxCtx, id: string, fate: Fate): Promise<void> {
  const now = tx.clock.now()
  await tx.db
    .updateTable('mails')
    .set((eb) => ({
      state: fate.state,
      words: fate.words,
      next_at: fate.nextAt,
      settled_at: fate.state === 'queued' ? null : now,
      ...(fate.isUnanswered ? { perhaps_twice: 1 } : {}),
      ...(fate.wasTried ? { tried_at: now, attempts: eb('attempts', '+', 1) } : {}),
    }))
    .where('id', '=', id)
    .where('state', '!=', 'dropped')
    .execute()
}

/** Takes a mail back that still waits. */
export async function dropQueued(tx: TxCtx, id: string, words: string): Promise<void> {
  await tx.db
    .updateTable('mails')
    .set({ state: 'dropped' satisfies MailState, words, next_at: null, settled_at: tx.clock.now() })
    .where('id', '=', id)
    .where('state', '=', 'queued')
    .execute()
}

/** Of a mail that was only written for the time that writing takes. */
export async function remove(tx: TxCtx, id: string): Promise<void> {
  await tx.db.deleteFrom('mails').where('id', '=', id).execute()
}

export async function isDropped(ctx: Ctx, id: string): Promise<boolean> {
  const row = await ctx.db.selectFrom('mails').select('state').where('id', '=', id).executeTakeFirst()
  return row?.state === 'dropped'
}

export async function findWords(ctx: Ctx, id: string): Promise<string | null> {
  const row = await ctx.db.selectFrom('mails').select('words').where('id', '=', id).executeTakeFirst()
  return row?.words ?? null
}

export type Listed = Row<'mails'>

type Filter = {
  state?: MailState | undefined
  kind?: MailKind | undefined
  address?: string | undefined
  cursor?: string | undefined
}

/** Mails that go to somebody, newest first. A part of an address is looked for among the newest ones, a whole one among all. */
export async function list(ctx: Ctx, filter: Filter, limit: number): Promise<Listed[]> {
  let query = ctx.db.selectFrom('mails').selectAll().where('recipient', '!=', '')
  if (filter.state !== undefined) query = query.where('state', '=', filter.state)
  if (filter.kind !== undefined) query = query.where('kind', '=', filter.kind)
  if (filter.cursor !== undefined) query = query.where('id', '<', filter.cursor)
  if (filter.address !== undefined) {
    const oldest = await findNewest(ctx, SEARCH_DEPTH)
    const text = filter.address.toLowerCase()
    const pattern = `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
    const holds = sql<SqlBool>`(lower(recipient) like ${pattern} escape ${'\\'} or lower(copies) like ${pattern} escape ${'\\'})`
    query = query.where((eb) =>
      eb.or([eb('recipient', '=', filter.address ?? ''), eb.and([eb('id', '>=', oldest), holds])]),
    )
  }
  return query.orderBy('id', 'desc').limit(limit).execute()
}

/** The oldest of the so many newest; the empty text where there are fewer. */
async function findNewest(ctx: Ctx, rows: number): Promise<string> {
  const row = await ctx.db
    .selectFrom('mails')
    .select('id')
    .orderBy('id', 'desc')
    .offset(rows - 1)
    .limit(1)
    .executeTakeFirst()
  return row?.id ?? ''
}

/** A mail with what makes it the newest of its kind for its recipient, or not. */
export async function find(ctx: Ctx | TxCtx, id: string): Promise<Listed | undefined> {
  return ctx.db.selectFrom('mails').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Which of these are followed by a newer mail of the same kind to the same recipient: what they say may be void by now. */
export async function listFollowed(ctx: Ctx | TxCtx, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await ctx.db
    .selectFrom('mails as m')
    .select('m.id')
    .where('m.id', 'in', ids)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('mails as n')
          .select('n.id')
          .whereRef('n.recipient', '=', 'm.recipient')
          .whereRef('n.kind', '=', 'm.kind')
          .whereRef('n.id', '>', 'm.id'),
      ),
    )
    .execute()
  return new Set(rows.map((row) => row.id))
}

/** Back into the queue. False: its state is another one by now. */
export async function requeue(tx: TxCtx, id: string): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('mails')
    .set({ state: 'queued' satisfies MailState, next_at: tx.clock.now(), settled_at: null })
    .where('id', '=', id)
    .where('state', 'in', ['refused', 'given_up'])
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** What waits now: how many, and since when the oldest. */
export async function findQueue(ctx: Ctx): Promise<{ waiting: number; oldestAt: number | null }> {
  const row = await ctx.db
    .selectFrom('mails')
    .select((eb) => [eb.fn.countAll<number>().as('waiting'), eb.fn.min('created_at').as('oldest')])
    .where('state', '=', 'queued')
    .where('recipient', '!=', '')
    .executeTakeFirstOrThrow()
  return { waiting: Number(row.waiting), oldestAt: row.oldest === null ? null : Number(row.oldest) }
}

export async function countByState(ctx: Ctx, since: number): Promise<Partial<Record<MailState, number>>> {
  const rows = await ctx.db
    .selectFrom('mails')
    .select((eb) => ['state', eb.fn.countAll<number>().as('n')])
    .where('created_at', '>=', since)
    .where('recipient', '!=', '')
    .groupBy('state')
    .execute()
  return Object.fromEntries(rows.map(({ state, n }) => [state, Number(n)])) // states are written by us
}

export async function deleteOld(tx: TxCtx, before: number, limit: number): Promise<number> {
  const old = await tx.db
    .selectFrom('mails')
    .select('id')
    .where('state', '!=', 'queued')
    .where('created_at', '<', before)
    .limit(limit)
    .execute()
  const ids = old.map(({ id }) => id)
  if (ids.length > 0) await tx.db.deleteFrom('mails').where('id', 'in', ids).execute()
  return ids.length
}
