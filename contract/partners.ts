/** The operator console: staff open partners and their accounts. */
import * as z from 'zod'
import { PARTNER } from '../rules/limits.ts'
import { partnerTypes } from '../rules/products.ts'
import { partnerRoles } from '../rules/roles.ts'
import { endpoint } from './endpoint.ts'
import { Done, Email, Id, Instant, Line, PersonName, PageQuery, pageOf } from './wire.ts'

const PartnerId = z.strictObject({ partnerId: Id('ptn') })
const AccountId = z.strictObject({ partnerId: Id('ptn'), personId: Id('psn') })

const NdaAddresses = z
  .array(Email)
  .min(1, 'at least one address')
  .max(PARTNER.ndaAddressesMax)
  .refine((list) => new Set(list.map((address) => address.toLowerCase())).size === list.length, 'each address once')

const PartnerSummary = z.object({
  id: Id('ptn'),
  name: z.string(),
  partnerTypes: z.array(z.enum(partnerTypes)),
  standing: z.enum(['contract', 'trial']),
  trialEndsAt: Instant.nullable(),
  accounts: z.number(),
  applications: z.number(),
  createdAt: Instant,
})

const Account = z.object({
  id: Id('psn'),
  name: z.string(),
  email: z.string(),
  roles: z.array(z.enum(partnerRoles)),
  /** `invited`: the activation mail is out; `expired`: its 72 hours are over; `active`: a password is set. */
  state: z.enum(['invited', 'expired', 'active', 'disabled']),
  activationExpiresAt: Instant.nullable(),
})

export const PartnerView = PartnerSummary.extend({ ndaAddresses: z.array(z.string()), accountList: z.array(Account) })

export const listPartners = endpoint({
  summary: 'All partners, newest first.',
  method: 'GET',
  path: '/staff/partners',
  needs: 'staff.partner.view',
  query: z.strictObject(PageQuery),
  returns: pageOf(PartnerSummary),
})

export const getPartner = endpoint({
  summary: 'One partner with its NDA addresses and accounts.',
  method: 'GET',
  path: '/staff/partners/:partnerId',
  needs: 'staff.partner.view',
  params: PartnerId,
  returns: PartnerView,
})

export const openPartner = endpoint({
  summary: 'Opens a partner: its name, what it is, and the addresses that signed its NDA.',
  method: 'POST',
  path: '/staff/partners',
  needs: 'staff.partner.open',
  body: z.strictObject({
    name: Line(PARTNER.nameMin, PARTNER.nameMax),
    partnerTypes: z
      .array(z.enum(partnerTypes))
      .min(1, 'at least one type')
      .refine((list) => new Set(list).size === list.length, 'each type once'),
    standing: z.enum(['contract', 'trial']),
    ndaAddresses: NdaAddresses,
  }),
  returns: PartnerView,
  refusals: ['partner.name_taken'],
})

export const openAccount = endpoint({
  summary: 'Opens an account under an NDA address and mails its activation link (single use, 72 hours).',
  method: 'POST',
  path: '/staff/partners/:partnerId/accounts',
  needs: 'staff.account.open',
  // Whoever opens a Developer Admin gives the partner away: a borrowed session must not be enough.
  asksProof: ({ body }) => body.roles.includes('developer_admin'),
  params: PartnerId,
  body: z.strictObject({
    name: PersonName,
    email: Email,
    roles: z
      .array(z.enum(partnerRoles))
      .min(1, 'at least one role')
      .refine((list) => new Set(list).size === list.length, 'each role once'),
  }),
  returns: PartnerView,
  refusals: ['partner.address_not_in_nda', 'partner.account_exists', 'partner.account_elsewhere'],
})

export const resendActivation = endpoint({
  summary: 'Mails a new activation link; the one before is void.',
  method: 'POST',
  path: '/staff/partners/:partnerId/accounts/:personId/activation',
  needs: 'staff.account.open',
  params: AccountId,
  returns: Done,
  refusals: ['partner.account_active'],
})

export const disableAccount = endpoint({
  summary: 'Shuts a person out of the developer center at once and ends every session.',
  method: 'POST',
  path: '/staff/partners/:partnerId/accounts/:personId/disable',
  needs: 'staff.account.disable',
  params: AccountId,
  returns: PartnerView,
  refusals: ['account.already_disabled'],
})

export const enableAccount = endpoint({
  summary: 'Lets a disabled person in again, who is told by mail.',
  method: 'POST',
  path: '/staff/partners/:partnerId/accounts/:personId/enable',
  needs: 'staff.account.disable',
  params: AccountId,
  returns: PartnerView,
  refusals: ['account.not_disabled'],
})
