/** SQL of members and of the invitations that make them. Every query names the partner, unless it says why not. */
import type { Ctx, TxCtx } from '../context.ts'
import type { Row } from '../db/schema.ts'

/** Members with what the list shows; `activation_expires_at` for an account whose first password is not set yet. */
export function listMembers(ctx: Ctx | TxCtx, partnerId: string) {
  return ctx.db
    .selectFrom('members as m')
    .innerJoin('people as p', 'p.id', 'm.person_id')
    .select(['p.id', 'p.name', 'p.email', 'p.password_hash', 'p.disabled_at as person_disabled_at'])
    .select(['m.roles', 'm.created_at', 'm.disabled_at'])
    .select((eb) => [
      eb
        .selectFrom('activations as a')
        .select((inner) => inner.fn.max('a.expires_at').as('at'))
        .whereRef('a.person_id', '=', 'p.id')
        .where('a.used_at', 'is', null)
        .as('activation_expires_at'),
      eb
        .selectFrom('sessions as s')
        .select((inner) => inner.fn.max('s.seen_at').as('at'))
        .whereRef('s.person_id', '=', 'p.id')
        .where('s.partner_id', '=', partnerId)
        .as('seen_at'),
    ])
    .where('m.partner_id', '=', partnerId)
    .orderBy('m.created_at')
    .orderBy('p.id')
    .execute()
}

export function findMember(ctx: Ctx | TxCtx, partnerId: string, personId: string) {
  return ctx.db
    .selectFrom('members as m')
    .innerJoin('people as p', 'p.id', 'm.person_id')
    .select(['p.id', 'p.name', 'p.email', 'p.password_hash', 'p.disabled_at as person_disabled_at'])
    .select(['m.roles', 'm.disabled_at'])
    .where('m.partner_id', '=', partnerId)
    .where('m.person_id', '=', personId)
    .executeTakeFirst()
}

export async function insertMember(tx: TxCtx, member: Omit<Row<'members'>, 'disabled_at'>): Promise<void> {
  await tx.db.insertInto('members').values(member).execute()
}

export async function changeMember(
  tx: TxCtx,
  partnerId: string,
  personId: string,
  change: Partial<Pick<Row<'members'>, 'roles' | 'disabled_at'>>,
): Promise<void> {
  await tx.db
    .updateTable('members')
    .set(change)
    .where('partner_id', '=', partnerId)
    .where('person_id', '=', personId)
    .execute()
}

export async function deleteMember(tx: TxCtx, partnerId: string, personId: string): Promise<void> {
  await tx.db.deleteFrom('members').where('partner_id', '=', partnerId).where('person_id', '=', personId).execute()
}

/** Holds the partner until the end of the transaction: of two changes to its members at once, the second sees the first. */
export async function holdPartner(tx: TxCtx, partnerId: string): Promise<void> {
  await tx.db
    .updateTable('partners')
    .set((eb) => ({ name: eb.ref('name') }))
    .where('id', '=', partnerId)
    .execute()
}

// ── invitations ──────────────────────────────────────────────────────────────────────────────────────────────────────────

export function listInvitations(ctx: Ctx | TxCtx, partnerId: string): Promise<Row<'invitations'>[]> {
  return ctx.db
    .selectFrom('invitations')
    .selectAll()
    .where('partner_id', '=', partnerId)
    .orderBy('sent_at', 'desc')
    .orderBy('email_key')
    .execute()
}

export function findInvitation(ctx: Ctx | TxCtx, partnerId: string, invitationId: string) {
  return ctx.db
    .selectFrom('invitations')
    .selectAll()
    .where('partner_id', '=', partnerId)
    .where('id', '=', invitationId)
    .executeTakeFirst()
}

/** Of one address there is one invitation: a new one takes the place of the one before, whose link is void. */
export async function putInvitation(tx: TxCtx, invitation: Row<'invitations'>): Promise<void> {
  const { id: _kept, partner_id: _same, ...changes } = invitation
  await tx.db
    .insertInto('invitations')
    .values(invitation)
    .onConflict((conflict) => conflict.columns(['partner_id', 'email_key']).doUpdateSet(changes))
    .execute()
}

export async function changeInvitation(
  tx: TxCtx,
  invitationId: string,
  change: Partial<Pick<Row<'invitations'>, 'state' | 'roles' | 'token_hash' | 'sent_at' | 'expires_at'>>,
): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('invitations')
    .set(change)
    .where('id', '=', invitationId)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** What somebody has sent who may not invite any more. */
export async function withdrawInvitationsOf(tx: TxCtx, partnerId: string, inviterId: string): Promise<void> {
  await tx.db
    .updateTable('invitations')
    .set({ state: 'withdrawn' })
    .where('partner_id', '=', partnerId)
    .where('inviter_id', '=', inviterId)
    .execute()
}

/** The same for whom staff shut out of the whole center: the one change here that reaches over all partners. */
export async function withdrawEveryInvitationOf(tx: TxCtx, inviterId: string): Promise<void> {
  await tx.db.updateTable('invitations').set({ state: 'withdrawn' }).where('inviter_id', '=', inviterId).execute()
}

/** An invitation that can be accepted now. */
export function findOpenInvitation(ctx: Ctx | TxCtx, tokenHash: string) {
  return ctx.db
    .selectFrom('invitations as i')
    .innerJoin('partners as p', 'p.id', 'i.partner_id')
    .selectAll('i')
    .select('p.name as partner_name')
    .where('i.token_hash', '=', tokenHash)
    .where('i.state', '=', 'sent')
    .where('i.expires_at', '>', ctx.clock.now())
    .executeTakeFirst()
}

/** Uses the link up. Of two that try at once, one gets it. */
export async function takeInvitation(tx: TxCtx, tokenHash: string): Promise<boolean> {
  const { numDeletedRows } = await tx.db
    .deleteFrom('invitations')
    .where('token_hash', '=', tokenHash)
    .where('state', '=', 'sent')
    .where('expires_at', '>', tx.clock.now())
    .executeTakeFirstOrThrow()
  return numDeletedRows === 1n
}
