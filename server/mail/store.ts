/** SQL of what became of each mail. */
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

/** Mails, newest first. `before` is the id of the last one of the page before. */
export function list(
  ctx: Ctx,
  filter: { state?: MailState | undefined; search?: string | undefined; before?: string | undefined; limit: number },
): Promise<Row<'mails'>[]> {
  let query = ctx.db.selectFrom('mails').selectAll()
  if (filter.state !== undefined) query = query.where('state', '=', filter.state)
  if (filter.search !== undefined) query = query.where('recipient', '=', filter.search)
  if (filter.before !== undefined) query = query.where('id', '<', filter.before)
  return query.orderBy('id', 'desc').limit(filter.limit).execute()
}

export async function countByState(ctx: Ctx, since: number): Promise<Partial<Record<MailState, number>>> {
  const rows = await ctx.db
    .selectFrom('mails')
    .select((eb) => ['state', eb.fn.countAll<number>().as('n')])
    .where('created_at', '>=', since)
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
