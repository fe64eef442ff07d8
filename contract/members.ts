/** The members of an organisation, as its Developer Admins manage them. */
import * as z from 'zod'
import { INVITATION } from '../rules/limits.ts'
import { partnerPermissions, partnerRoles } from '../rules/roles.ts'
import { PASSWORD_REFUSALS } from './accounts.ts'
import { endpoint } from './endpoint.ts'
import { Email, Id, Instant, PersonName } from './wire.ts'

const Roles = z
  .array(z.enum(partnerRoles))
  .min(1, 'at least one role')
  .refine((list) => new Set(list).size === list.length, 'each role once')

/** Whoever makes a Developer Admin gives everything away: a borrowed session must not be enough. */
const grantsAdmin = ({ body }: { body: { roles: readonly string[] } }) => body.roles.includes('developer_admin')

const MemberId = z.strictObject({ personId: Id('psn') })
const InvitationId = z.strictObject({ invitationId: Id('inv') })

const Member = z.object({
  id: Id('psn'),
  name: z.string(),
  email: z.string(),
  roles: z.array(z.enum(partnerRoles)),
  /** `invited` and `expired`: the account was opened by the network, and its first password is not set yet. */
  state: z.enum(['invited', 'expired', 'active', 'disabled']),
  /** The person who asks. */
  self: z.boolean(),
  joinedAt: Instant,
  /** The end of the last session that is known: when the person was last here. */
  lastSeenAt: Instant.nullable(),
})

const Invitation = z.object({
  id: Id('inv'),
  email: z.string(),
  roles: z.array(z.enum(partnerRoles)),
  state: z.enum(['sent', 'expired', 'withdrawn']),
  invitedBy: z.string(),
  sentAt: Instant,
  expiresAt: Instant,
})

export const MembersView = z.object({ members: z.array(Member), invitations: z.array(Invitation) })

export const listMembers = endpoint({
  summary: 'The members of the organisation and its open invitations. Accepted ones have become members.',
  method: 'GET',
  path: '/members',
  needs: 'member.manage',
  returns: MembersView,
})

export const inviteMembers = endpoint({
  summary: 'Invites up to 10 people with the same roles. Each gets a link that lives three days.',
  method: 'POST',
  path: '/members/invitations',
  needs: 'member.manage',
  asksProof: grantsAdmin,
  body: z.strictObject({
    emails: z
      .array(Email)
      .min(1, 'at least one address')
      .max(INVITATION.perBatch, `at most ${INVITATION.perBatch} addresses at a time`)
      .refine((list) => new Set(list.map((email) => email.toLowerCase())).size === list.length, 'each address once'),
    roles: Roles,
  }),
  returns: MembersView,
  refusals: ['member.present', 'invitation.too_many', 'invitation.too_many_to_address', 'partner.address_not_in_nda'],
})

export const resendInvitation = endpoint({
  summary:
    'Mails a new link for three more days; the one before is void. Opens a withdrawn or expired invitation again.',
  method: 'POST',
  path: '/members/invitations/:invitationId/resend',
  needs: 'member.manage',
  // It may be one that makes a Developer Admin.
  asksProof: () => true,
  params: InvitationId,
  returns: MembersView,
  refusals: ['invitation.closed', 'invitation.too_many', 'invitation.too_many_to_address'],
})

export const withdrawInvitation = endpoint({
  summary: 'Makes the link void.',
  method: 'DELETE',
  path: '/members/invitations/:invitationId',
  needs: 'member.manage',
  params: InvitationId,
  returns: MembersView,
  refusals: ['invitation.closed'],
})

export const setMemberRoles = endpoint({
  summary: 'Replaces the roles of a member, from the next request on.',
  method: 'PUT',
  path: '/members/:personId/roles',
  needs: 'member.manage',
  asksProof: grantsAdmin,
  params: MemberId,
  body: z.strictObject({ roles: Roles }),
  returns: MembersView,
  refusals: ['member.last_admin'],
})

export const disableMember = endpoint({
  summary: 'Shuts a member out of this organisation at once; roles are kept.',
  method: 'POST',
  path: '/members/:personId/disable',
  needs: 'member.manage',
  asksProof: () => true,
  params: MemberId,
  returns: MembersView,
  refusals: ['member.last_admin', 'account.already_disabled'],
})

export const enableMember = endpoint({
  summary: 'Lets a disabled member in again; the person is told by mail.',
  method: 'POST',
  path: '/members/:personId/enable',
  needs: 'member.manage',
  asksProof: () => true,
  params: MemberId,
  returns: MembersView,
  refusals: ['account.not_disabled'],
})

export const removeMember = endpoint({
  summary: 'Ends the membership. The person keeps an account if it has other organisations.',
  method: 'DELETE',
  path: '/members/:personId',
  needs: 'member.manage',
  asksProof: () => true,
  params: MemberId,
  returns: MembersView,
  refusals: ['member.last_admin'],
})

export const endMemberSessions = endpoint({
  summary: 'Logs a member out of this organisation everywhere.',
  method: 'DELETE',
  path: '/members/:personId/sessions',
  needs: 'member.manage',
  params: MemberId,
  returns: z.object({ ended: z.number() }),
})

export const colleaguesWhoMay = endpoint({
  summary: 'The active colleagues whose roles carry a permission: whom to ask.',
  method: 'GET',
  path: '/colleagues',
  needs: 'session',
  query: z.strictObject({ permission: z.enum(partnerPermissions) }),
  returns: z.object({ items: z.array(z.object({ name: z.string(), email: z.string() })) }),
})

const InvitationToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'the token from the invitation link')

export const checkInvitation = endpoint({
  summary: 'Whom an invitation link invites, where to, and whether the address has an account already.',
  method: 'POST',
  path: '/invitations/check',
  unrecorded: 'reads only',
  needs: 'nobody',
  body: z.strictObject({ token: InvitationToken }),
  returns: z.object({
    email: z.string(),
    partnerName: z.string(),
    invitedBy: z.string(),
    roles: z.array(z.enum(partnerRoles)),
    expiresAt: Instant,
    hasAccount: z.boolean(),
  }),
  refusals: ['invitation.unknown'],
})

export const acceptInvitation = endpoint({
  summary:
    'Accepts: with a name and a new password, or with the password that the account has. The person logs in afterwards.',
  method: 'POST',
  path: '/invitations',
  needs: 'nobody',
  body: z.strictObject({
    token: InvitationToken,
    /** Not used when the address has an account. */
    name: PersonName.optional(),
    password: z.string().min(1).max(1000),
  }),
  returns: z.object({ email: z.string() }),
  refusals: [
    'invitation.unknown',
    'partner.account_elsewhere',
    'account.wrong_password',
    'account.too_many_tries',
    ...PASSWORD_REFUSALS,
  ],
})
