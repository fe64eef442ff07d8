/** SQL of accounts: people, activations, resets. Sessions and browsers have a store of their own. */
import type { Ctx, TxCtx } from '../context.ts'
import { compiledRead, compiledStatement } from '../db/compiled.ts'
import type { Row } from '../db/schema.ts'

export const emailKey = (email: string) => email.trim().toLowerCase()

export async function findPersonByEmail(ctx: Ctx | TxCtx, email: string): Promise<Row<'people'> | undefined> {
  const [person] = await personByKey(ctx.db, { key: emailKey(email) })
  return person
}

const personByKey = compiledRead(['key'], (db, { key }: { key: string }) =>
  db.selectFrom('people').selectAll().where('email_key', '=', key),
)

export function findPerson(ctx: Ctx | TxCtx, personId: string): Promise<Row<'people'> | undefined> {
  return ctx.db.selectFrom('people').selectAll().where('id', '=', personId).executeTakeFirst()
}

export async function insertPerson(
  tx: TxCtx,
  person: Pick<Row<'people'>, 'id' | 'name' | 'email' | 'staff_role'>,
): Promise<void> {
  await tx.db
    .insertInto('people')
    .values({ ...person, email_key: emailKey(person.email), created_at: tx.clock.now() })
    .execute()
}

/** Notes since when staff shut the person out, or null. False: it was so already. */
export async function setDisabled(tx: TxCtx, personId: string, disabled: boolean): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('people')
    .set({ disabled_at: disabled ? tx.clock.now() : null })
    .where('id', '=', personId)
    .where('disabled_at', disabled ? 'is' : 'is not', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

export async function isStaffed(ctx: Ctx | TxCtx): Promise<boolean> {
  const row = await ctx.db.selectFrom('people').select('id').where('staff_role', 'is not', null).executeTakeFirst()
  return row !== undefined
}

export async function setPasswordHash(tx: TxCtx, personId: string, hash: string): Promise<void> {
  await tx.db.updateTable('people').set({ password_hash: hash }).where('id', '=', personId).execute()
}

/**
 * Holds the person's row if the password is still the one that was checked, and stores `hash` in its place. A reset may have come
 * between the check and now, or staff may have shut the person out; then nothing may be begun with that password.
 */
export async function keepPassword(tx: TxCtx, personId: string, checked: string, hash: string): Promise<boolean> {
  const { numAffectedRows } = await replaceHash(tx.db, { personId, checked, hash })
  return numAffectedRows === 1n
}

const replaceHash = compiledStatement(
  ['personId', 'checked', 'hash'],
  (db, { personId, checked, hash }: { personId: string; checked: string; hash: string }) =>
    db
      .updateTable('people')
      .set({ password_hash: hash })
      .where('id', '=', personId)
      .where('password_hash', '=', checked)
      .where('disabled_at', 'is', null),
)

/** The first password, unless one is set already. */
export async function setFirstPassword(tx: TxCtx, personId: string, hash: string): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('people')
    .set({ password_hash: hash, activated_at: tx.clock.now() })
    .where('id', '=', personId)
    .where('password_hash', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

// ── activations ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A new link voids the ones before. */
export async function replaceActivation(tx: TxCtx, activation: Omit<Row<'activations'>, 'used_at'>): Promise<void> {
  await tx.db.deleteFrom('activations').where('person_id', '=', activation.person_id).execute()
  await tx.db.insertInto('activations').values(activation).execute()
}

export function findActivation(ctx: Ctx | TxCtx, tokenHash: string) {
  return ctx.db
    .selectFrom('activations as a')
    .innerJoin('people as p', 'p.id', 'a.person_id')
    .leftJoin('partners as o', 'o.id', 'a.partner_id')
    .select(['a.person_id', 'a.partner_id', 'a.expires_at', 'p.email', 'p.name', 'o.name as partner_name'])
    .where('a.token_hash', '=', tokenHash)
    .where('a.used_at', 'is', null)
    .where('a.expires_at', '>', ctx.clock.now())
    .executeTakeFirst()
}

/** Uses the link up. Of two that try at once, one gets it. */
export async function consumeActivation(tx: TxCtx, tokenHash: string): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('activations')
    .set({ used_at: tx.clock.now() })
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', tx.clock.now())
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

// ── resets ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

export async function insertReset(tx: TxCtx, reset: Row<'resets'>): Promise<void> {
  await tx.db.insertInto('resets').values(reset).execute()
}

export function findReset(ctx: Ctx | TxCtx, tokenHash: string) {
  return ctx.db
    .selectFrom('resets')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .executeTakeFirst()
}

/** Notes that a code is sent anew, if the last one was sent before `sentBefore`: of two that ask at once, one may. */
export async function markResent(tx: TxCtx, tokenHash: string, sentBefore: number): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('resets')
    .set({ sent_at: tx.clock.now(), tries: 0 })
    .where('token_hash', '=', tokenHash)
    .where('sent_at', '<=', sentBefore)
    .where('used_at', 'is', null)
    .where('verified_at', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** A new code in place of the one before. */
export async function replaceCode(
  tx: TxCtx,
  tokenHash: string,
  code: Pick<Row<'resets'>, 'code_hash' | 'code_expires_at'>,
): Promise<void> {
  await tx.db.updateTable('resets').set(code).where('token_hash', '=', tokenHash).execute()
}

/** Takes one of the code's tries and returns its hash; nothing when the tries or the time are used up. */
export function takeCodeTry(tx: TxCtx, tokenHash: string, limit: number) {
  return tx.db
    .updateTable('resets')
    .set((eb) => ({ tries: eb('tries', '+', 1) }))
    .where('token_hash', '=', tokenHash)
    .where('tries', '<', limit)
    .where('code_expires_at', '>', tx.clock.now())
    .where('verified_at', 'is', null)
    .where('used_at', 'is', null)
    .returning(['code_hash', 'person_id'])
    .executeTakeFirst()
}

/** The code was right: it is used up, and the reset goes on under a new token. */
export async function markVerified(
  tx: TxCtx,
  tokenHash: string,
  codeHash: string,
  newTokenHash: string,
): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('resets')
    .set({ verified_at: tx.clock.now(), code_hash: null, token_hash: newTokenHash })
    .where('token_hash', '=', tokenHash)
    .where('code_hash', '=', codeHash)
    .where('verified_at', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

export async function consumeReset(tx: TxCtx, tokenHash: string, verifiedAfter: number): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('resets')
    .set({ used_at: tx.clock.now() })
    .where('token_hash', '=', tokenHash)
    .where('verified_at', '>', verifiedAfter)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

export async function deleteResetsOf(tx: TxCtx, personId: string): Promise<void> {
  await tx.db.deleteFrom('resets').where('person_id', '=', personId).execute()
}

export async function deleteReset(tx: TxCtx, tokenHash: string): Promise<void> {
  await tx.db.deleteFrom('resets').where('token_hash', '=', tokenHash).execute()
}

// ── the start-up link ────────────────────────────────────────────────────────────────────────────────────────────────────

/** Keeps the link, unless there is one that is still valid: of several nodes that start at once, one prints a link. */
export async function insertStartupLink(tx: TxCtx, link: Omit<Row<'startup_links'>, 'id'>): Promise<boolean> {
  await tx.db.deleteFrom('startup_links').where('expires_at', '<=', tx.clock.now()).execute()
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('startup_links')
    .values({ id: 'first', ...link })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export function findStartupLink(ctx: Ctx, tokenHash: string) {
  return ctx.db
    .selectFrom('startup_links')
    .select('expires_at')
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', ctx.clock.now())
    .executeTakeFirst()
}

/** Uses the link up. Of two that try at once, one gets it. */
export async function consumeStartupLink(tx: TxCtx, tokenHash: string): Promise<boolean> {
  const { numDeletedRows } = await tx.db
    .deleteFrom('startup_links')
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', tx.clock.now())
    .executeTakeFirstOrThrow()
  return numDeletedRows === 1n
}
