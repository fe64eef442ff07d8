/**
 * Colleagues join by invitation: a link by mail that lives three days. Who invites never learns whether the address has an account
 * elsewhere; whoever holds the link does, because it is the owner of the address.
 */
import { INVITATION } from '../../rules/limits.ts'
import { Refusal } from '../../rules/refusals.ts'
import { PARTNER_ROLES, type PartnerRole } from '../../rules/roles.ts'
import {
  addActivePerson,
  checkPasswordOf,
  emailKey,
  findPersonByEmail,
  takeOfQuota,
  utc,
} from '../accounts/accounts.ts'
import { asObject, record } from '../audit/audit.ts'
import { newId, newToken } from '../clock.ts'
import { actorName, type Ctx, memberOf, type TxCtx } from '../context.ts'
import { isUniqueViolation } from '../db/dialects.ts'
import type { Row } from '../db/schema.ts'
import { addMail } from '../mail/mail.ts'
import { tokenHash } from '../seal.ts'
import * as store from './member-store.ts'
import * as members from './members.ts'
import { findPartner, listNdaAddresses } from './store.ts'

/** All of them or none: one address that cannot be invited refuses the batch, and says which one. */
export async function invite(ctx: Ctx, { emails, roles }: { emails: string[]; roles: PartnerRole[] }) {
  const { partnerId } = memberOf(ctx)
  await ctx.tx(async (tx) => {
    await ensureNotMembers(tx, partnerId, emails)
    if (tx.config.inviteNdaOnly) await ensureNdaAddresses(tx, partnerId, emails)
    for (const [i, email] of emails.entries()) {
      await takeAllowance(tx, partnerId, { email, path: `emails.${i}` })
      await send(tx, partnerId, { email, roles })
    }
    for (const email of emails)
      await record(tx, { action: 'invitation.send', object: { id: '', name: email }, after: { roles } })
  })
  return members.list(ctx)
}

async function ensureNotMembers(tx: TxCtx, partnerId: string, emails: string[]): Promise<void> {
  const present = new Set((await store.listMembers(tx, partnerId)).map(({ email }) => emailKey(email)))
  const fields = emails.flatMap((email, i) =>
    present.has(emailKey(email)) ? [{ path: `emails.${i}`, message: `${email} is a member already` }] : [],
  )
  if (fields.length > 0) throw new Refusal('member.present', { fields })
}

async function ensureNdaAddresses(tx: TxCtx, partnerId: string, emails: string[]): Promise<void> {
  const signed = new Set((await listNdaAddresses(tx, partnerId)).map(emailKey))
  const fields = emails.flatMap((email, i) =>
    signed.has(emailKey(email)) ? [] : [{ path: `emails.${i}`, message: `${email} did not sign the NDA` }],
  )
  if (fields.length > 0) throw new Refusal('partner.address_not_in_nda', { fields })
}

/**
 * Nobody's mailbox is filled, whoever asks. A partner has a count of its own for an address, far below that of all together, so that
 * none can use up the invitations of another.
 */
async function takeAllowance(tx: TxCtx, partnerId: string, { email, path }: { email: string; path: string }) {
  const take = (key: string, limit: number) => takeOfQuota(tx, key, limit, INVITATION.daySeconds)
  if (!(await take(`invitations:${partnerId}`, INVITATION.perDay))) throw new Refusal('invitation.too_many')
  const address = tokenHash(emailKey(email))
  const refusing = (message: string) =>
    new Refusal('invitation.too_many_to_address', { fields: [{ path, message: `${email} ${message}` }] })
  if (!(await take(`invitations:${partnerId}:${address}`, INVITATION.perAddressAndDay)))
    throw refusing(`got ${INVITATION.perAddressAndDay} invitations of your organisation within a day.`)
  // Whose the others were is nobody's business.
  if (!(await take(`invitations-to:${address}`, INVITATION.ofAllPerAddressAndDay)))
    throw refusing('can get no more invitations within this day.')
}

async function send(
  tx: TxCtx,
  partnerId: string,
  { email, roles }: { email: string; roles: PartnerRole[] },
): Promise<void> {
  const token = newToken()
  const now = tx.clock.now()
  const invitation: Row<'invitations'> = {
    id: newId('inv'),
    partner_id: partnerId,
    email,
    email_key: emailKey(email),
    roles: JSON.stringify(roles),
    token_hash: tokenHash(token),
    state: 'sent',
    invited_by: actorName(tx),
    inviter_id: memberOf(tx).personId,
    sent_at: now,
    expires_at: now + INVITATION.seconds * 1000,
  }
  await store.putInvitation(tx, invitation)
  await mailInvitation(tx, invitation, token)
}

async function mailInvitation(tx: TxCtx, invitation: Row<'invitations'>, token: string): Promise<void> {
  const partner = await findPartner(tx, invitation.partner_id)
  const network = tx.config.network.name
  const roles = members.rolesOf(invitation).map((role) => PARTNER_ROLES[role].title)
  await addMail(tx, {
    kind: 'invitation',
    about: invitation.id,
    to: invitation.email,
    subject: `${network}: ${invitation.invited_by} invites you to ${partner?.name ?? ''}`,
    expiresAt: invitation.expires_at,
    letter: {
      network,
      greeting: 'Hello,',
      paragraphs: [
        `${invitation.invited_by} invites you to work for ${partner?.name ?? ''} in the developer center of ${network}, as ${roles.join(', ')}.`,
        `The link works once, until ${utc(invitation.expires_at)}.`,
      ],
      // The token stands behind the #, which browsers send to nobody.
      button: { label: 'Accept the invitation', href: `${tx.config.origin}/join#${token}` },
      footer: `You did not expect this? Do nothing, or write to ${tx.config.network.supportMailbox}.`,
    },
  })
}

export async function resend(ctx: Ctx, invitationId: string) {
  await ctx.tx(async (tx) => {
    const invitation = await own(tx, invitationId)
    const roles = members.rolesOf(invitation)
    await takeAllowance(tx, invitation.partner_id, { email: invitation.email, path: 'invitationId' })
    await send(tx, invitation.partner_id, { email: invitation.email, roles })
    await record(tx, { action: 'invitation.resend', object: asObject(invitation), after: { roles } })
  })
  return members.list(ctx)
}

export async function withdraw(ctx: Ctx, invitationId: string) {
  await ctx.tx(async (tx) => {
    const invitation = await own(tx, invitationId)
    if (invitation.state === 'withdrawn') throw new Refusal('invitation.closed')
    if (!(await store.changeInvitation(tx, invitation.id, { state: 'withdrawn' })))
      throw new Refusal('invitation.closed')
    await record(tx, { action: 'invitation.withdraw', object: asObject(invitation) })
  })
  return members.list(ctx)
}

async function own(tx: TxCtx, invitationId: string): Promise<Row<'invitations'>> {
  const invitation = await store.findInvitation(tx, memberOf(tx).partnerId, invitationId)
  if (!invitation) throw new Refusal('thing.not_found')
  return invitation
}

export async function check(ctx: Ctx, token: string) {
  const invitation = await open(ctx, token)
  const person = await findPersonByEmail(ctx, invitation.email)
  return {
    email: invitation.email,
    partnerName: invitation.partner_name,
    invitedBy: invitation.invited_by,
    roles: members.rolesOf(invitation),
    expiresAt: new Date(invitation.expires_at).toISOString(),
    hasAccount: Boolean(person?.password_hash),
  }
}

async function open(ctx: Ctx, token: string) {
  const invitation = await store.findOpenInvitation(ctx, tokenHash(token))
  if (!invitation) throw new Refusal('invitation.unknown')
  return invitation
}

type Accepting = { token: string; name?: string | undefined; password: string }

/** An address that has an account joins with the password of that account; any other one gets its account now. */
export async function accept(ctx: Ctx, { token, name, password }: Accepting, browserToken: string | undefined) {
  const invitation = await open(ctx, token)
  const person = await findPersonByEmail(ctx, invitation.email)
  if (person?.staff_role) throw new Refusal('partner.account_elsewhere')
  const known = person?.password_hash ? person : undefined
  const about = [name ?? '', invitation.email, invitation.partner_name]
  let passwordHash: string | undefined
  if (known) await checkPasswordOf(ctx, known, password, browserToken)
  else {
    if (!name)
      throw new Refusal('request.invalid', { fields: [{ path: 'name', message: 'is needed for a new account' }] })
    await ctx.passwords.ensureAcceptable(password, about)
    passwordHash = await ctx.passwords.hash(password)
  }
  try {
    await ctx.tx(async (tx) => {
      if (!(await store.takeInvitation(tx, tokenHash(token)))) throw new Refusal('invitation.unknown')
      const personId =
        known?.id ?? (await addActivePerson(tx, { name: name ?? '', email: invitation.email, passwordHash }))
      await store.insertMember(tx, {
        partner_id: invitation.partner_id,
        person_id: personId,
        roles: invitation.roles,
        created_at: tx.clock.now(),
        created_by: invitation.invited_by,
      })
      await record(tx, {
        action: 'invitation.accept',
        object: asObject(invitation),
        after: { roles: members.rolesOf(invitation) },
        partnerId: invitation.partner_id,
        by: { id: personId, name: known?.name ?? name ?? '', email: invitation.email },
      })
    })
  } catch (error) {
    // The address became a member, or got its account, in the same moment by another way.
    throw isUniqueViolation(error) ? new Refusal('invitation.unknown') : error
  }
  return { email: invitation.email }
}
