/** Staff open partners and their accounts. There is no self-registration. */
import { PARTNER, TRIAL_SECONDS } from '../../rules/limits.ts'
import { contractProductsOf, type PartnerType, type ProductId, productIds } from '../../rules/products.ts'
import { Refusal } from '../../rules/refusals.ts'
import type { PartnerRole } from '../../rules/roles.ts'
import {
  addPerson,
  emailKey,
  endSessionsFor,
  findPersonByEmail,
  mailEnabled,
  sendActivation,
  setDisabled,
} from '../accounts/accounts.ts'
import { asObject, record } from '../audit/audit.ts'
import { newId } from '../clock.ts'
import { actorName, type Ctx, type TxCtx } from '../context.ts'
import { isUniqueViolation } from '../db/dialects.ts'
import { addMail } from '../mail/mail.ts'
import * as memberStore from './member-store.ts'
import { rolesOf, stateOf } from './members.ts'
import { summary as summaryOf } from './stages.ts'
import * as store from './store.ts'

export { list } from './stages.ts'

export async function get(ctx: Ctx, partnerId: string) {
  const summary = await summaryOf(ctx, partnerId)
  if (!summary) throw new Refusal('thing.not_found')
  const members = await memberStore.listMembers(ctx, partnerId)
  const now = ctx.clock.now()
  return {
    ...summary,
    ndaAddresses: await store.listNdaAddresses(ctx, partnerId),
    accountList: members.map((member) => ({
      id: member.id,
      name: member.name,
      email: member.email,
      roles: rolesOf(member),
      state: stateOf(member, now),
      activationExpiresAt: member.password_hash === null ? instant(member.activation_expires_at) : null,
    })),
  }
}

type NewPartner = {
  name: string
  partnerTypes: PartnerType[]
  contractProducts?: ProductId[] | undefined
  standing: 'contract' | 'trial'
  trialDays?: number | undefined
  ndaAddresses: string[]
}

const trialMs = (days: number | undefined) => (days === undefined ? TRIAL_SECONDS * 1000 : days * 86_400_000)

export async function open(ctx: Ctx, input: NewPartner) {
  const id = newId('ptn')
  const now = ctx.clock.now()
  try {
    await ctx.tx(async (tx) => {
      await store.insertPartner(
        tx,
        {
          id,
          name: input.name,
          partner_types: JSON.stringify(input.partnerTypes),
          products: JSON.stringify(input.contractProducts ?? productIds),
          fees: null,
          standing: input.standing,
          trial_ends_at: input.standing === 'trial' ? now + trialMs(input.trialDays) : null,
          created_at: now,
          created_by: actorName(ctx),
        },
        input.ndaAddresses,
      )
      await record(tx, { action: 'partner.open', object: { id, name: input.name }, after: { ...input }, partnerId: id })
    })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    throw new Refusal('partner.name_taken', { fields: [{ path: 'name', message: 'is the name of another partner' }] })
  }
  return get(ctx, id)
}

type NewAccount = { name: string; email: string; roles: PartnerRole[] }

/** The address must be one that signed the partner's NDA. A person who is known already joins with the password that he has. */
export async function openAccount(ctx: Ctx, partnerId: string, input: NewAccount) {
  await refusingTwice(() =>
    ctx.tx(async (tx) => {
      const partner = await store.findPartner(tx, partnerId)
      if (!partner) throw new Refusal('thing.not_found')
      const addresses = await store.listNdaAddresses(tx, partnerId)
      if (!addresses.some((address) => emailKey(address) === emailKey(input.email))) {
        throw new Refusal('partner.address_not_in_nda', {
          fields: [{ path: 'email', message: `is none of the NDA addresses: ${addresses.join(', ')}` }],
        })
      }
      const known = await findPersonByEmail(tx, input.email)
      if (known?.staff_role) throw new Refusal('partner.account_elsewhere')
      const personId = known?.id ?? (await addPerson(tx, { ...input, staffRole: null }))
      if (known && (await memberStore.findMember(tx, partnerId, personId))) throw new Refusal('partner.account_exists')
      await memberStore.insertMember(tx, {
        partner_id: partnerId,
        person_id: personId,
        roles: JSON.stringify(input.roles),
        created_at: tx.clock.now(),
        created_by: actorName(tx),
      })
      if (known?.password_hash) await mailWelcome(tx, known, partner.name)
      else
        await sendActivation(tx, {
          personId,
          name: known?.name ?? input.name,
          email: known?.email ?? input.email,
          partner,
        })
      const object = { id: personId, name: known?.email ?? input.email }
      await record(tx, { action: 'account.open', object, after: { roles: input.roles }, partnerId })
    }),
  )
  return get(ctx, partnerId)
}

/** Two who open the same account at once: the index lets one through. */
async function refusingTwice(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    throw isUniqueViolation(error) ? new Refusal('partner.account_exists') : error
  }
}

export async function resendActivation(ctx: Ctx, partnerId: string, personId: string): Promise<void> {
  await ctx.tx(async (tx) => {
    const partner = await store.findPartner(tx, partnerId)
    const member = partner && (await memberStore.findMember(tx, partnerId, personId))
    if (!member) throw new Refusal('thing.not_found')
    if (member.password_hash !== null) throw new Refusal('partner.account_active')
    await sendActivation(tx, { personId, name: member.name, email: member.email, partner })
    await record(tx, { action: 'account.resend_activation', object: asObject(member), partnerId })
  })
}

/** Staff shut a person out of the whole center, or let the person in again. At once, on every node. */
export async function setAccountDisabled(ctx: Ctx, partnerId: string, personId: string, disabled: boolean) {
  await ctx.tx(async (tx) => {
    const partner = await store.findPartner(tx, partnerId)
    const member = partner && (await memberStore.findMember(tx, partnerId, personId))
    if (!member) throw new Refusal('thing.not_found')
    if (!(await setDisabled(tx, personId, disabled)))
      throw new Refusal(disabled ? 'account.already_disabled' : 'account.not_disabled')
    if (disabled) {
      await endSessionsFor(tx, personId)
      // A link that he sent, perhaps to himself, would open a door that was just shut.
      await memberStore.withdrawEveryInvitationOf(tx, personId)
    } else await mailEnabled(tx, member, tx.config.network.name)
    const action = disabled ? 'account.disable' : 'account.enable'
    await record(tx, { action, object: asObject(member), partnerId })
  })
  return get(ctx, partnerId)
}

// ── addresses and types ──────────────────────────────────────────────────────────────────────────────────────────────────

/** From now on an account may be opened for this address. */
export async function addNdaAddress(ctx: Ctx, partnerId: string, email: string) {
  await changePartner(ctx, partnerId, async (tx, object) => {
    const addresses = await store.listNdaAddresses(tx, partnerId)
    if (addresses.length >= PARTNER.ndaAddressesMax) throw new Refusal('partner.too_many_addresses')
    if (!(await store.insertNdaAddress(tx, partnerId, email)))
      throw new Refusal('partner.address_present', { fields: [{ path: 'email', message: 'is there already' }] })
    await record(tx, { action: 'partner.nda_add', object, after: { address: email }, partnerId })
  })
  return get(ctx, partnerId)
}

/** Accounts that were opened for it stay. */
export async function removeNdaAddress(ctx: Ctx, partnerId: string, email: string) {
  await changePartner(ctx, partnerId, async (tx, object) => {
    const addresses = await store.listNdaAddresses(tx, partnerId)
    if (!addresses.some((address) => emailKey(address) === emailKey(email))) throw new Refusal('thing.not_found')
    if (addresses.length === 1) throw new Refusal('partner.last_address')
    await store.deleteNdaAddress(tx, partnerId, email)
    await record(tx, { action: 'partner.nda_remove', object, before: { address: email }, partnerId })
  })
  return get(ctx, partnerId)
}

type Contract = { partnerTypes: PartnerType[]; contractProducts: ProductId[] }

export async function setContract(ctx: Ctx, partnerId: string, after: Contract) {
  await changePartner(ctx, partnerId, async (tx, object, partner) => {
    await ensureTypesStay(tx, partnerId, after.partnerTypes)
    await store.changePartner(tx, partnerId, {
      partner_types: JSON.stringify(after.partnerTypes),
      products: JSON.stringify(after.contractProducts),
    })
    const before = {
      partnerTypes: JSON.parse(partner.partner_types) as PartnerType[], // written by us
      contractProducts: contractProductsOf(partner.products),
    }
    await record(tx, { action: 'partner.types', object, before, after, partnerId })
  })
  return get(ctx, partnerId)
}

/** The type of an application is for ever, so a type that one has cannot go. */
export async function ensureTypesStay(tx: TxCtx, partnerId: string, partnerTypes: readonly PartnerType[]) {
  const used = await store.listTypesInUse(tx, partnerId)
  if (used.every((type) => partnerTypes.some((one) => one === type))) return
  throw new Refusal('partner.type_in_use', {
    fields: [{ path: 'partnerTypes', message: `must hold ${used.join(', ')}` }],
  })
}

type PartnerRow = NonNullable<Awaited<ReturnType<typeof store.findPartner>>>

/** One change at a time for a partner, so that two cannot take the last address away at once. */
export async function changePartner(
  ctx: Ctx,
  partnerId: string,
  work: (tx: TxCtx, object: { id: string; name: string }, partner: PartnerRow) => Promise<void>,
): Promise<void> {
  await ctx.tx(async (tx) => {
    await memberStore.holdPartner(tx, partnerId)
    const partner = await store.findPartner(tx, partnerId)
    if (!partner) throw new Refusal('thing.not_found')
    await work(tx, { id: partnerId, name: partner.name }, partner)
  })
}

async function mailWelcome(tx: TxCtx, person: { name: string; email: string }, partnerName: string): Promise<void> {
  const network = tx.config.network.name
  await addMail(tx, {
    to: person.email,
    subject: `${network}: you can now work for ${partnerName}`,
    letter: {
      network,
      greeting: `Hello ${person.name},`,
      paragraphs: [`your account in the developer center of ${network} was made a member of ${partnerName} as well.`],
      button: { label: 'Log in', href: `${tx.config.origin}/login` },
      footer: `You did not expect this? Write to ${tx.config.network.supportMailbox}.`,
    },
  })
}

function instant(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
