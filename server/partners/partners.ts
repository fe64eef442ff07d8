/** Staff open partners and their accounts. There is no self-registration. */
import { TRIAL_SECONDS } from '../../rules/limits.ts'
import type { PartnerType } from '../../rules/products.ts'
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
import * as store from './store.ts'

export async function list(ctx: Ctx, { cursor, limit }: { cursor?: string | undefined; limit: number }) {
  const query = store.selectPartners(ctx).limit(limit + 1)
  const rows = await (cursor === undefined ? query : query.where('p.id', '<', cursor)).execute()
  const items = rows.slice(0, limit).map(summaryOf)
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

export async function get(ctx: Ctx | TxCtx, partnerId: string) {
  const partner = await store.findPartner(ctx, partnerId)
  if (!partner) throw new Refusal('thing.not_found')
  const members = await memberStore.listMembers(ctx, partnerId)
  const now = ctx.clock.now()
  return {
    ...summaryOf(partner),
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

type NewPartner = { name: string; partnerTypes: PartnerType[]; standing: 'contract' | 'trial'; ndaAddresses: string[] }

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
          standing: input.standing,
          trial_ends_at: input.standing === 'trial' ? now + TRIAL_SECONDS * 1000 : null,
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
    if (disabled) await endSessionsFor(tx, personId)
    else await mailEnabled(tx, member, tx.config.network.name)
    const action = disabled ? 'account.disable' : 'account.enable'
    await record(tx, { action, object: asObject(member), partnerId })
  })
  return get(ctx, partnerId)
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

type PartnerRow = NonNullable<Awaited<ReturnType<typeof store.findPartner>>>

function summaryOf(row: PartnerRow) {
  return {
    id: row.id,
    name: row.name,
    partnerTypes: JSON.parse(row.partner_types) as PartnerType[], // written by us
    standing: row.standing as 'contract' | 'trial', // written by us
    trialEndsAt: instant(row.trial_ends_at),
    accounts: Number(row.accounts),
    applications: Number(row.applications),
    createdAt: new Date(row.created_at).toISOString(),
  }
}

function instant(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
