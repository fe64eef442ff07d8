/** SQL of sessions, of the browsers that logged in before, and of the organisations that a session can be for. */
import type { Ctx, TxCtx } from '../context.ts'
import { compiledInsert, compiledRead } from '../db/compiled.ts'
import type { Row } from '../db/schema.ts'
import { emailKey } from './store.ts'

const insertOne = compiledInsert('sessions')

export async function insertSession(tx: TxCtx, session: Row<'sessions'>): Promise<void> {
  await insertOne(tx.db, session)
}

/** The session with everything the kernel needs to know its bearer, in one read. */
export async function findSession(ctx: Ctx | TxCtx, tokenHash: string) {
  const [session] = await sessionByToken(ctx.db, { tokenHash })
  return session
}

const sessionByToken = compiledRead(['tokenHash'], (db, { tokenHash }: { tokenHash: string }) =>
  db
    .selectFrom('sessions as s')
    .innerJoin('people as p', 'p.id', 's.person_id')
    .leftJoin('members as m', (join) =>
      join
        .onRef('m.person_id', '=', 's.person_id')
        .onRef('m.partner_id', '=', 's.partner_id')
        .on('m.disabled_at', 'is', null),
    )
    .leftJoin('partners as o', 'o.id', 's.partner_id')
    .select(['s.person_id', 's.partner_id', 's.created_at', 's.seen_at', 's.proved_at', 's.browser_hash'])
    .select(['p.name', 'p.email', 'p.staff_role', 'm.roles', 'o.trial_ends_at'])
    .where('s.token_hash', '=', tokenHash)
    .where('p.disabled_at', 'is', null),
)

export async function touchSession(tx: TxCtx, tokenHash: string): Promise<void> {
  await tx.db.updateTable('sessions').set({ seen_at: tx.clock.now() }).where('token_hash', '=', tokenHash).execute()
}

/** The same session under another token, with what has changed about it. False: it has ended meanwhile. */
export async function changeSession(
  tx: TxCtx,
  tokenHash: string,
  change: Partial<Pick<Row<'sessions'>, 'token_hash' | 'partner_id' | 'proved_at'>>,
): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('sessions')
    .set(change)
    .where('token_hash', '=', tokenHash)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

export async function deleteSession(tx: TxCtx, tokenHash: string): Promise<void> {
  await tx.db.deleteFrom('sessions').where('token_hash', '=', tokenHash).execute()
}

/** Ends sessions of a person: all of them, those for one organisation, all but one, or those begun in one browser. */
export async function deleteSessionsOf(
  tx: TxCtx,
  personId: string,
  only: { partnerId?: string; butTokenHash?: string; browserHash?: string } = {},
): Promise<number> {
  let query = tx.db.deleteFrom('sessions').where('person_id', '=', personId)
  if (only.partnerId !== undefined) query = query.where('partner_id', '=', only.partnerId)
  if (only.butTokenHash !== undefined) query = query.where('token_hash', '!=', only.butTokenHash)
  if (only.browserHash !== undefined) query = query.where('browser_hash', '=', only.browserHash)
  const { numDeletedRows } = await query.executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}

export function listSessions(ctx: Ctx, personId: string, seenAfter: number, createdAfter: number) {
  return ctx.db
    .selectFrom('sessions as s')
    .leftJoin('partners as p', 'p.id', 's.partner_id')
    .select(['s.token_hash', 's.user_agent', 's.address', 's.created_at', 's.seen_at', 'p.name as partner_name'])
    .where('s.person_id', '=', personId)
    .where('s.seen_at', '>', seenAfter)
    .where('s.created_at', '>', createdAfter)
    .orderBy('s.seen_at', 'desc')
    .execute()
}

// ── organisations ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Where the person may work, the one joined first at the top. */
export function listOrganisations(ctx: Ctx | TxCtx, personId: string) {
  return organisationsOf(ctx.db, { personId })
}

const organisationsOf = compiledRead(['personId'], (db, { personId }: { personId: string }) =>
  db
    .selectFrom('members as m')
    .innerJoin('partners as p', 'p.id', 'm.partner_id')
    .select(['p.id', 'p.name', 'p.partner_types', 'p.trial_ends_at'])
    .where('m.person_id', '=', personId)
    .where('m.disabled_at', 'is', null)
    .orderBy('m.created_at')
    .orderBy('p.id'),
)

export async function noteLastPartner(tx: TxCtx, personId: string, partnerId: string): Promise<void> {
  await tx.db.updateTable('people').set({ last_partner_id: partnerId }).where('id', '=', personId).execute()
}

// ── known browsers ───────────────────────────────────────────────────────────────────────────────────────────────────────

export async function rememberBrowser(
  tx: TxCtx,
  browser: Pick<Row<'known_browsers'>, 'token_hash' | 'person_id' | 'user_agent'>,
): Promise<void> {
  await insertOrSee(tx.db, { ...browser, seen_at: tx.clock.now() })
}

const insertOrSee = compiledInsert('known_browsers', (insert) =>
  insert.onConflict((conflict) =>
    conflict.columns(['token_hash', 'person_id']).doUpdateSet((eb) => ({
      seen_at: eb.ref('excluded.seen_at'),
      user_agent: eb.ref('excluded.user_agent'),
    })),
  ),
)

/** Asked with the address, so that it is one read whether or not anybody has that address. */
export async function isKnownBrowser(
  ctx: Ctx | TxCtx,
  tokenHash: string,
  email: string,
  since: number,
): Promise<boolean> {
  return (await browserOf(ctx.db, { tokenHash, key: emailKey(email), since })).length > 0
}

const browserOf = compiledRead(
  ['tokenHash', 'key', 'since'],
  (db, { tokenHash, key, since }: { tokenHash: string; key: string; since: number }) =>
    db
      .selectFrom('known_browsers as b')
      .innerJoin('people as p', 'p.id', 'b.person_id')
      .select('b.person_id')
      .where('b.token_hash', '=', tokenHash)
      .where('p.email_key', '=', key)
      .where('b.seen_at', '>=', since),
)

export function listBrowsers(ctx: Ctx | TxCtx, personId: string, since: number): Promise<Row<'known_browsers'>[]> {
  return browsersOf(ctx.db, { personId, since })
}

const browsersOf = compiledRead(['personId', 'since'], (db, { personId, since }: { personId: string; since: number }) =>
  db
    .selectFrom('known_browsers')
    .selectAll()
    .where('person_id', '=', personId)
    .where('seen_at', '>=', since)
    .orderBy('seen_at', 'desc'),
)

export async function forgetBrowser(tx: TxCtx, tokenHash: string, personId: string): Promise<void> {
  await tx.db
    .deleteFrom('known_browsers')
    .where('token_hash', '=', tokenHash)
    .where('person_id', '=', personId)
    .execute()
}
