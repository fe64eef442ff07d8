/** SQL of relays: one row for each token, and the calls that wait for a listener or its answer. */
import { RELAY } from '../../rules/limits.ts'
import type { Ctx, TxCtx } from '../context.ts'
import type { Row } from '../db/schema.ts'

export type Relay = Row<'relays'>
export type Call = Row<'relay_calls'>

export function find(ctx: Ctx | TxCtx, applicationId: string): Promise<Relay | undefined> {
  return ctx.db.selectFrom('relays').selectAll().where('application_id', '=', applicationId).executeTakeFirst()
}

/** Of an application that is not deleted, with the client of its sandbox. */
export function findByToken(ctx: Ctx, tokenHash: string) {
  return ctx.db
    .selectFrom('relays as r')
    .innerJoin('applications as a', 'a.id', 'r.application_id')
    .innerJoin('clients as c', 'c.application_id', 'r.application_id')
    .select(['r.application_id', 'r.token_hash', 'c.client_id'])
    .where('r.token_hash', '=', tokenHash)
    .where('a.deleted_at', 'is', null)
    .where('c.environment', '=', 'sandbox')
    .executeTakeFirst()
}

export async function getClientId(ctx: Ctx, applicationId: string): Promise<string> {
  const { client_id } = await ctx.db
    .selectFrom('clients')
    .select('client_id')
    .where('application_id', '=', applicationId)
    .where('environment', '=', 'sandbox')
    .executeTakeFirstOrThrow()
  return client_id
}

export async function put(tx: TxCtx, relay: Relay): Promise<void> {
  const { application_id: _, ...change } = relay
  await tx.db
    .insertInto('relays')
    .values(relay)
    .onConflict((conflict) => conflict.column('application_id').doUpdateSet(change))
    .execute()
}

/** False: there was none. */
export async function remove(tx: TxCtx, applicationId: string): Promise<boolean> {
  const { numDeletedRows } = await tx.db
    .deleteFrom('relays')
    .where('application_id', '=', applicationId)
    .executeTakeFirstOrThrow()
  return numDeletedRows === 1n
}

type Heard = { applicationId: string; tokenHash: string; until: number }

/** A listener is there until then. `came`: none was before; `gone`: its token is not the token any more. */
export async function noteListening(tx: TxCtx, { applicationId, tokenHash, until }: Heard) {
  const now = tx.clock.now()
  const write = (onlyIfSilent: boolean) => {
    const update = tx.db
      .updateTable('relays')
      .set({ seen_at: now, listens_until: until })
      .where('application_id', '=', applicationId)
      .where('token_hash', '=', tokenHash)
    return (onlyIfSilent ? update.where('listens_until', '<=', now) : update).executeTakeFirstOrThrow()
  }
  if ((await write(true)).numUpdatedRows === 1n) return 'came' as const
  return (await write(false)).numUpdatedRows === 1n ? ('there' as const) : ('gone' as const)
}

export async function noteSilent(tx: TxCtx, applicationId: string): Promise<void> {
  const now = tx.clock.now()
  await tx.db
    .updateTable('relays')
    .set({ seen_at: now, listens_until: now })
    .where('application_id', '=', applicationId)
    .where('listens_until', '>', now)
    .execute()
}

/** Whether nobody listens; if so, the first who does has to wait for the end of this transaction. */
export async function holdSilent(tx: TxCtx, applicationId: string): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('relays')
    .set((eb) => ({ listens_until: eb.ref('listens_until') }))
    .where('application_id', '=', applicationId)
    .where('listens_until', '<=', tx.clock.now())
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n || (await find(tx, applicationId)) === undefined
}

// ── calls ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

type NewCall = Omit<Call, 'listener' | 'taken_at' | 'leased_until' | `answer${string}`>

export async function insertCall(tx: TxCtx, call: NewCall): Promise<void> {
  await tx.db
    .insertInto('relay_calls')
    .values({ ...call, leased_until: 0 })
    .execute()
}

/** Nobody has them, and there is time left. The oldest first. */
function listFree(ctx: Ctx | TxCtx, applicationId: string, limit: number) {
  return ctx.db
    .selectFrom('relay_calls')
    .select('id')
    .where('application_id', '=', applicationId)
    .where('leased_until', '<=', ctx.clock.now())
    .where('answered_at', 'is', null)
    .where('ends_at', '>', ctx.clock.now())
    .orderBy('id')
    .limit(limit)
    .execute()
}

export async function isAnyFree(ctx: Ctx, applicationId: string): Promise<boolean> {
  return (await listFree(ctx, applicationId, 1)).length > 0
}

/** Each goes to one listener: whoever comes second finds it taken. The lease is short until the listener polls again. */
export async function takeFree(tx: TxCtx, applicationId: string, listener: string, limit: number): Promise<Call[]> {
  const now = tx.clock.now()
  const free = await listFree(tx, applicationId, limit)
  if (free.length === 0) return []
  const taken = await tx.db
    .updateTable('relay_calls')
    .set({ listener, taken_at: now, leased_until: now + RELAY.leaseMs })
    .where(
      'id',
      'in',
      free.map(({ id }) => id),
    )
    .where('leased_until', '<=', now)
    .returningAll()
    .execute()
  return taken.sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** Whether a listener has calls whose lease is short. */
export async function holdsUnproved(ctx: Ctx, applicationId: string, listener: string): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('relay_calls')
    .select('id')
    .where('application_id', '=', applicationId)
    .where('listener', '=', listener)
    .whereRef('leased_until', '<', 'ends_at')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** He has them, and has them to himself until their time is over. */
export async function extendLeases(tx: TxCtx, applicationId: string, listener: string): Promise<void> {
  await tx.db
    .updateTable('relay_calls')
    .set((eb) => ({ leased_until: eb.ref('ends_at') }))
    .where('application_id', '=', applicationId)
    .where('listener', '=', listener)
    .execute()
}

/** What a listener had and has not answered is anybody's again. */
export async function release(tx: TxCtx, applicationId: string, listener: string): Promise<void> {
  await tx.db
    .updateTable('relay_calls')
    .set({ listener: null, leased_until: 0 })
    .where('application_id', '=', applicationId)
    .where('listener', '=', listener)
    .where('answered_at', 'is', null)
    .execute()
}

/** False: it is over, answered already, or was never this application's. */
export async function answer(
  tx: TxCtx,
  applicationId: string,
  id: string,
  given: Pick<Call, 'answer_status' | 'answer_headers' | 'answer_body'>,
): Promise<boolean> {
  const now = tx.clock.now()
  const { numUpdatedRows } = await tx.db
    .updateTable('relay_calls')
    .set({ ...given, answered_at: now })
    .where('id', '=', id)
    .where('application_id', '=', applicationId)
    .where('answered_at', 'is', null)
    .where('taken_at', 'is not', null)
    .where('ends_at', '>', now)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

export async function isAnswered(ctx: Ctx, id: string): Promise<boolean> {
  const row = await ctx.db.selectFrom('relay_calls').select('answered_at').where('id', '=', id).executeTakeFirst()
  return row?.answered_at != null
}

/** Takes a call back, with what has become of it. */
export function end(tx: TxCtx, id: string): Promise<Call | undefined> {
  return tx.db.deleteFrom('relay_calls').where('id', '=', id).returningAll().executeTakeFirst()
}

/** Of a node that died: nobody waits for them. */
export async function deleteStale(tx: TxCtx, before: number, limit: number): Promise<number> {
  const old = await tx.db.selectFrom('relay_calls').select('id').where('ends_at', '<', before).limit(limit).execute()
  const ids = old.map(({ id }) => id)
  if (ids.length > 0) await tx.db.deleteFrom('relay_calls').where('id', 'in', ids).execute()
  return ids.length
}
