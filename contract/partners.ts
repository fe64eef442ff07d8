/** The operator console: staff open partners and their accounts. */
import * as z from 'zod'
import { applicationStatuses } from '../rules/application.ts'
import { WHOLE_BASIS_POINTS } from '../rules/fees.ts'
import { PARTNER, TRIAL } from '../rules/limits.ts'
import { partnerTypes, productIds } from '../rules/products.ts'
import { partnerRoles } from '../rules/roles.ts'
import { stages, trialStates } from '../rules/stage.ts'
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
  /** Under contract, or on trial. */
  contractProducts: z.array(z.enum(productIds)),
  standing: z.enum(['contract', 'trial']),
  trialEndsAt: Instant.nullable(),
  /** Null under contract; `ending` within 14 days before the end. */
  trial: z.enum(trialStates).nullable(),
  accounts: z.number(),
  applications: z.number(),
  createdAt: Instant,
  stage: z.enum(stages),
  /** Since when it is in this stage. */
  since: Instant,
  /** The application that is furthest, with its required acceptance cases; null where there is none. */
  application: z.object({ id: Id('app'), name: z.string(), required: z.number(), passed: z.number() }).nullable(),
  /** When a member was seen last, or an application called. */
  lastActivityAt: Instant.nullable(),
})

const PartnerTypes = z
  .array(z.enum(partnerTypes))
  .min(1, 'at least one type')
  .refine((list) => new Set(list).size === list.length, 'each type once')

const ContractProducts = z
  .array(z.enum(productIds))
  .min(1, 'at least one product')
  .refine((list) => new Set(list).size === list.length, 'each product once')

const Roles = z
  .array(z.enum(partnerRoles))
  .min(1, 'at least one role')
  .refine((list) => new Set(list).size === list.length, 'each role once')

const BASIS_POINTS = 'a whole number of basis points from 0 to 10,000'
const BasisPoints = z.int(BASIS_POINTS).min(0, BASIS_POINTS).max(WHOLE_BASIS_POINTS, BASIS_POINTS)

/** What payments of the product are charged from now on. */
export const FeesView = z.object({
  product: z.enum(productIds),
  interchangeBasisPoints: z.number(),
  serviceBasisPoints: z.number(),
  /** By the contract; otherwise it is the default. */
  agreed: z.boolean(),
})
export type FeesView = z.infer<typeof FeesView>

/** Names and progress: no keys, no URLs. */
const PartnersApplication = z.object({
  id: Id('app'),
  name: z.string(),
  partnerType: z.enum(partnerTypes),
  status: z.enum(applicationStatuses),
  createdAt: Instant,
  keySet: z.boolean(),
  verifiedCall: z.boolean(),
  products: z.array(z.object({ product: z.enum(productIds), required: z.number(), passed: z.number() })),
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

export const PartnerView = PartnerSummary.extend({
  ndaAddresses: z.array(z.string()),
  accountList: z.array(Account),
  applicationList: z.array(PartnersApplication),
  /** Of every product of the catalogue. */
  fees: z.array(FeesView),
})

export const listPartners = endpoint({
  summary: 'Partners with their stages; who has been in his stage for the longest comes first, launched ones last.',
  method: 'GET',
  path: '/staff/partners',
  needs: 'staff.partner.view',
  query: z.strictObject({
    stage: z.enum(stages).optional(),
    trial: z.enum(trialStates).optional(),
    /** Part of the name. */
    search: Line(1, PARTNER.nameMax).optional(),
    ...PageQuery,
  }),
  returns: pageOf(PartnerSummary).extend({
    /** How many partners of those that were asked for are in each stage. */
    counts: z.record(z.enum(stages), z.number()),
    /** Of all partners. */
    trialsEnding: z.number(),
    trialsOver: z.number(),
    partners: z.number(),
  }),
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
    partnerTypes: PartnerTypes,
    /** All of the catalogue where nothing is said. */
    contractProducts: ContractProducts.optional(),
    standing: z.enum(['contract', 'trial']),
    /** How long a trial lasts; 90 days where nothing is said. A contract has no end. */
    trialDays: z.int().min(1).max(TRIAL.extendDaysMax).optional(),
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
    roles: Roles,
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

export const addNdaAddress = endpoint({
  summary: 'Adds an address that signed the NDA: an account can be opened for it.',
  method: 'POST',
  path: '/staff/partners/:partnerId/nda-addresses',
  needs: 'staff.partner.change',
  params: PartnerId,
  body: z.strictObject({ email: Email }),
  returns: PartnerView,
  refusals: ['partner.address_present', 'partner.too_many_addresses'],
})

export const removeNdaAddress = endpoint({
  summary: 'Removes an NDA address; one must stay. Accounts that were opened for it stay too.',
  method: 'DELETE',
  path: '/staff/partners/:partnerId/nda-addresses',
  needs: 'staff.partner.change',
  params: PartnerId,
  body: z.strictObject({ email: Email }),
  returns: PartnerView,
  refusals: ['partner.last_address'],
})

export const setPartnerContract = endpoint({
  summary:
    'What the partner is under contract for: partner types, of which one that an application has must stay, and products. Another product can be tried, and not launched.',
  method: 'PUT',
  path: '/staff/partners/:partnerId/contract',
  needs: 'staff.partner.change',
  params: PartnerId,
  body: z.strictObject({ partnerTypes: PartnerTypes, contractProducts: ContractProducts }),
  returns: PartnerView,
  refusals: ['partner.type_in_use'],
})

const FeesPath = PartnerId.extend({ productId: z.enum(productIds) })

export const setContractFees = endpoint({
  summary:
    'The fees that the contract has agreed on for a product, in basis points of the settlement amount. They are charged to payments that are made from now on; those that are there keep theirs.',
  method: 'PUT',
  path: '/staff/partners/:partnerId/fees/:productId',
  needs: 'staff.partner.change',
  params: FeesPath,
  body: z.strictObject({ interchangeBasisPoints: BasisPoints, serviceBasisPoints: BasisPoints }),
  returns: PartnerView,
  refusals: ['partner.fees_too_high'],
})

export const removeContractFees = endpoint({
  summary:
    'Takes the fees of a product out of the contract: payments that are made from now on are charged the default.',
  method: 'DELETE',
  path: '/staff/partners/:partnerId/fees/:productId',
  needs: 'staff.partner.change',
  params: FeesPath,
  returns: PartnerView,
  refusals: ['partner.fees_not_agreed'],
})

export const extendTrial = endpoint({
  summary: 'Extends a trial by so many days from its end, or from now where it has ended.',
  method: 'POST',
  path: '/staff/partners/:partnerId/trial',
  needs: 'staff.partner.change',
  params: PartnerId,
  body: z.strictObject({
    days: z.int().min(1).max(TRIAL.extendDaysMax),
    reason: Line(TRIAL.reasonMin, TRIAL.reasonMax),
  }),
  returns: PartnerView,
  refusals: ['partner.not_on_trial'],
})

export const convertTrial = endpoint({
  summary: 'Takes a partner on trial under contract: the role Developer (on trial) becomes the roles that are named.',
  method: 'POST',
  path: '/staff/partners/:partnerId/contract',
  needs: 'staff.partner.change',
  // Whoever makes a Developer Admin gives the partner away: a borrowed session must not be enough.
  asksProof: ({ body }) => body.roles.includes('developer_admin'),
  params: PartnerId,
  body: z.strictObject({
    roles: Roles.refine((list) => !list.includes('developer_on_trial'), 'other roles than the one on trial'),
    partnerTypes: PartnerTypes,
  }),
  returns: PartnerView,
  refusals: ['partner.not_on_trial', 'partner.type_in_use'],
})
