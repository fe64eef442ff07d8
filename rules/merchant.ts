/**
 * Merchants, whom a partner invites to test with. An account begins on the list; nothing is mailed before somebody sends the invitation.
 *
 *   Not invited ── Send Invitation ──► Processing ── mail taken by the server ──► Inactive ── first log-in ──► Active
 *                                          └── mail refused or given up ──► Failed ── sent again ──► Processing
 *
 * No state is stored: each is read off facts, so that mail and account can never disagree.
 */
import type { MailState } from './mail.ts'

export const MERCHANT_STATUSES = {
  listed: 'Not invited',
  processing: 'Processing',
  failed: 'Failed',
  inactive: 'Inactive',
  active: 'Active',
} as const
export type MerchantStatus = keyof typeof MERCHANT_STATUSES
export const merchantStatuses = Object.keys(MERCHANT_STATUSES) as [MerchantStatus, ...MerchantStatus[]] // keys of a constant

export const INVITATION_STATES = {
  none: 'Not sent',
  queued: 'Queued',
  sent: 'Sent',
  refused: 'Refused',
  opened: 'Link opened',
  accepted: 'Accepted',
  expired: 'Expired',
  withdrawn: 'Withdrawn',
} as const
export type InvitationState = keyof typeof INVITATION_STATES
export const invitationStates = Object.keys(INVITATION_STATES) as [InvitationState, ...InvitationState[]] // keys of a constant

/** Times are UTC milliseconds; null where it has not happened. `mail` is null where the mail's fate is not kept any more. */
export type MerchantFacts = {
  invitedAt: number | null
  expiresAt: number | null
  openedAt: number | null
  acceptedAt: number | null
  withdrawnAt: number | null
  firstLogInAt: number | null
  mail: MailState | null
}

/** Mail that will never go out. */
const LOST: readonly MailState[] = ['refused', 'given_up']

export function merchantStatus(facts: MerchantFacts): MerchantStatus {
  if (facts.firstLogInAt !== null) return 'active'
  if (facts.invitedAt === null) return 'listed'
  const isOver = facts.acceptedAt !== null || facts.withdrawnAt !== null
  if (isOver || facts.mail === null) return 'inactive'
  if (facts.mail === 'queued') return 'processing'
  return LOST.includes(facts.mail) ? 'failed' : 'inactive'
}

/** What became of the newest invitation. A link that was used stays used; one that is over says so before anything else. */
export function invitationState(facts: MerchantFacts, now: number): InvitationState {
  if (facts.invitedAt === null) return 'none'
  if (facts.acceptedAt !== null) return 'accepted'
  if (facts.withdrawnAt !== null) return 'withdrawn'
  if (facts.expiresAt !== null && facts.expiresAt <= now) return 'expired'
  if (facts.openedAt !== null) return 'opened'
  if (facts.mail === 'queued') return 'queued'
  return facts.mail !== null && LOST.includes(facts.mail) ? 'refused' : 'sent'
}

/** The columns of the template, in its order. Titles are compared without regard to case; the order in a file is free. */
export const TEMPLATE_COLUMNS = {
  name: { title: 'Merchant name', rule: '1 to 100 characters', example: 'Harbour Theatre' },
  mid: {
    title: 'MID',
    rule: 'The merchant ID: 1 to 64 letters, digits, ".", "_" or "-", beginning with a letter or digit; each once',
    example: 'HT-00127',
  },
  email: {
    title: 'E-mail',
    rule: 'One address, to which the invitation goes',
    example: 'till@harbour-theatre.example',
  },
  products: {
    title: 'Products',
    rule: 'Products of the application with ";" between; empty: all of them',
    example: 'Cashier Payment',
  },
} as const
export type TemplateColumn = keyof typeof TEMPLATE_COLUMNS
export const templateColumns = Object.keys(TEMPLATE_COLUMNS) as [TemplateColumn, ...TemplateColumn[]] // keys of a constant

/** In a file of failed rows: why each failed. Read again, it is passed over. */
export const REASON_TITLE = 'Reason'

export const MID_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._-]*$/
