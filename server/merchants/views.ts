/** How a merchant looks from outside. */
import { invitationState, type MerchantFacts, merchantStatus } from '../../rules/merchant.ts'
import type { MailState } from '../../rules/mail.ts'
import type { ProductId } from '../../rules/products.ts'
import type { Listed, Merchant } from './store.ts'

export const productsOf = (row: Pick<Merchant, 'products'>) => JSON.parse(row.products) as ProductId[] // written by us

function factsOf(row: Listed): MerchantFacts {
  return {
    invitedAt: row.invited_at,
    expiresAt: row.invitation_expires_at,
    openedAt: row.opened_at,
    acceptedAt: row.accepted_at,
    withdrawnAt: row.withdrawn_at,
    firstLogInAt: row.first_log_in_at,
    mail: row.mail_state as MailState | null, // written by us
  }
}

const instant = (at: number | null) => (at === null ? null : new Date(at).toISOString())

export function viewOf(row: Listed, now: number) {
  const facts = factsOf(row)
  return {
    id: row.id,
    name: row.name,
    mid: row.mid,
    email: row.email,
    products: productsOf(row),
    status: merchantStatus(facts),
    remarks: row.words,
    invitation: {
      state: invitationState(facts, now),
      invitedBy: row.invited_by,
      sentAt: row.mail_state === 'sent' ? instant(row.settled_at) : null,
      expiresAt: instant(row.invitation_expires_at),
      openedAt: instant(row.opened_at),
      acceptedAt: instant(row.accepted_at),
      attempts: row.attempts ?? 0,
      nextAttemptAt: row.mail_state === 'queued' && (row.attempts ?? 0) > 0 ? instant(row.next_at) : null,
      perhapsTwice: row.perhaps_twice === 1,
    },
    account: row.account,
    firstLogInAt: instant(row.first_log_in_at),
    createdAt: new Date(row.created_at).toISOString(),
    createdBy: row.created_by,
  }
}
