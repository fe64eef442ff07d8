/** The members of an organisation, managed by its Developer Admins. The last active one of those must stay. */
import { Refusal } from '../../rules/refusals.ts'
import { type PartnerPermission, type PartnerRole, roleMay } from '../../rules/roles.ts'
import { emailKey, endSessionsFor, mailEnabled } from '../accounts/accounts.ts'
import { asObject, record } from '../audit/audit.ts'
import { type Ctx, memberOf, type TxCtx } from '../context.ts'
import type { Row } from '../db/schema.ts'
import * as store from './member-store.ts'
import { findPartner } from './store.ts'

export async function list(ctx: Ctx) {
  const { partnerId, personId } = memberOf(ctx)
  const now = ctx.clock.now()
  const members = await store.listMembers(ctx, partnerId)
  const invitations = await store.listInvitations(ctx, partnerId)
  return {
    members: members.map((row) => ({
      id: row.id,
      name: row.name,
      email: row.email,
      roles: rolesOf(row),
      state: stateOf(row, now),
      self: row.id === personId,
      joinedAt: new Date(row.created_at).toISOString(),
      lastSeenAt: row.seen_at === null ? null : new Date(row.seen_at).toISOString(),
    })),
    invitations: invitations.map((row) => invitationView(row, now)),
  }
}

function invitationView(row: Row<'invitations'>, now: number) {
  return {
    id: row.id,
    email: row.email,
    roles: rolesOf(row),
    state:
      row.state === 'withdrawn'
        ? ('withdrawn' as const)
        : row.expires_at > now
          ? ('sent' as const)
          : ('expired' as const),
    invitedBy: row.invited_by,
    sentAt: new Date(row.sent_at).toISOString(),
    expiresAt: new Date(row.expires_at).toISOString(),
  }
}

export const rolesOf = (row: { roles: string }) => JSON.parse(row.roles) as PartnerRole[] // written by us

type Standing = {
  password_hash: string | null
  disabled_at: number | null
  person_disabled_at: number | null
  activation_expires_at: number | null
}

/** The state of an account in its organisation, for its colleagues and for staff. */
export function stateOf(row: Standing, now: number): 'invited' | 'expired' | 'active' | 'disabled' {
  if (row.disabled_at !== null || row.person_disabled_at !== null) return 'disabled'
  if (row.password_hash !== null) return 'active'
  return (row.activation_expires_at ?? 0) > now ? 'invited' : 'expired'
}

/** The addresses of those who may work for the partner now, as `emailKey` writes them. */
export async function activeAddresses(ctx: Ctx | TxCtx, partnerId: string): Promise<ReadonlySet<string>> {
  const now = ctx.clock.now()
  const rows = await store.listMembers(ctx, partnerId)
  return new Set(rows.filter((row) => stateOf(row, now) === 'active').map(({ email }) => emailKey(email)))
}

export async function setRoles(ctx: Ctx, personId: string, roles: PartnerRole[]) {
  await change(ctx, personId, async (tx, partnerId, member) => {
    if (!roles.includes('developer_admin')) await ensureAnotherAdmin(tx, partnerId, personId)
    if (!roles.includes('developer_admin')) await store.withdrawInvitationsOf(tx, partnerId, personId)
    await store.changeMember(tx, partnerId, personId, { roles: JSON.stringify(roles) })
    const before = { roles: rolesOf(member) }
    await record(tx, { action: 'member.roles', object: asObject(member), before, after: { roles } })
  })
  return list(ctx)
}

/** At once, on every node: the session is read with the membership at each request. */
export async function disable(ctx: Ctx, personId: string) {
  await change(ctx, personId, async (tx, partnerId, member) => {
    if (member.disabled_at !== null) throw new Refusal('account.already_disabled')
    await ensureAnotherAdmin(tx, partnerId, personId)
    await store.changeMember(tx, partnerId, personId, { disabled_at: tx.clock.now() })
    await store.withdrawInvitationsOf(tx, partnerId, personId)
    await endSessionsFor(tx, personId, partnerId)
    await record(tx, { action: 'member.disable', object: asObject(member) })
  })
  return list(ctx)
}

export async function enable(ctx: Ctx, personId: string) {
  await change(ctx, personId, async (tx, partnerId, member) => {
    if (member.disabled_at === null) throw new Refusal('account.not_disabled')
    await store.changeMember(tx, partnerId, personId, { disabled_at: null })
    const partner = await findPartner(tx, partnerId)
    await mailEnabled(tx, member, partner?.name ?? '')
    await record(tx, { action: 'member.enable', object: asObject(member) })
  })
  return list(ctx)
}

export async function remove(ctx: Ctx, personId: string) {
  await change(ctx, personId, async (tx, partnerId, member) => {
    await ensureAnotherAdmin(tx, partnerId, personId)
    await store.deleteMember(tx, partnerId, personId)
    await store.withdrawInvitationsOf(tx, partnerId, personId)
    await endSessionsFor(tx, personId, partnerId)
    await record(tx, { action: 'member.remove', object: asObject(member), before: { roles: rolesOf(member) } })
  })
  // Whoever removes himself has no list to see any more.
  return personId === memberOf(ctx).personId ? { members: [], invitations: [] } : list(ctx)
}

export async function endSessions(ctx: Ctx, personId: string): Promise<number> {
  const { partnerId } = memberOf(ctx)
  return ctx.tx(async (tx) => {
    const member = await store.findMember(tx, partnerId, personId)
    if (!member) throw new Refusal('thing.not_found')
    const ended = await endSessionsFor(tx, personId, partnerId)
    await record(tx, { action: 'member.end_sessions', object: asObject(member), after: { ended } })
    return ended
  })
}

type Found = NonNullable<Awaited<ReturnType<typeof store.findMember>>>

/** One change at a time for a partner, so that two admins cannot remove each other at once. */
async function change(
  ctx: Ctx,
  personId: string,
  work: (tx: TxCtx, partnerId: string, member: Found) => Promise<void>,
): Promise<void> {
  const { partnerId } = memberOf(ctx)
  await ctx.tx(async (tx) => {
    await store.holdPartner(tx, partnerId)
    const member = await store.findMember(tx, partnerId, personId)
    if (!member) throw new Refusal('thing.not_found')
    await work(tx, partnerId, member)
  })
}

/** Somebody else is left who can manage the organisation. Whoever is no active admin now may go in any case. */
async function ensureAnotherAdmin(tx: TxCtx, partnerId: string, personId: string): Promise<void> {
  const now = tx.clock.now()
  const admins = (await store.listMembers(tx, partnerId)).filter(
    (row) => stateOf(row, now) === 'active' && rolesOf(row).includes('developer_admin'),
  )
  if (admins.some(({ id }) => id === personId) && admins.length === 1) throw new Refusal('member.last_admin')
}

/** Whom to ask for an action that one's own roles do not allow. Staff have no colleagues here. */
export async function whoMay(ctx: Ctx, permission: PartnerPermission) {
  if (ctx.actor.kind !== 'member') return { items: [] }
  const now = ctx.clock.now()
  const rows = await store.listMembers(ctx, ctx.actor.partnerId)
  const able = rows.filter(
    (row) => stateOf(row, now) === 'active' && rolesOf(row).some((role) => roleMay(role, permission)),
  )
  return { items: able.map(({ name, email }) => ({ name, email })) }
}
