/** A trial is extended, or becomes a contract. What its end means is checked in the kernel and in the gateway. */
import { utc } from '../accounts/accounts.ts'
import type { PartnerType } from '../../rules/products.ts'
import { Refusal } from '../../rules/refusals.ts'
import type { PartnerRole } from '../../rules/roles.ts'
import { record } from '../audit/audit.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { addMail } from '../mail/mail.ts'
import * as memberStore from './member-store.ts'
import { rolesOf, stateOf } from './members.ts'
import { ensureTypesStay, get } from './partners.ts'
import * as store from './store.ts'

const DAY_MS = 86_400_000
const TRIAL_ROLE: PartnerRole = 'developer_on_trial'

/** By so many days from its end, or from now where it has ended. */
export async function extend(ctx: Ctx, partnerId: string, { days, reason }: { days: number; reason: string }) {
  await ctx.tx(async (tx) => {
    const partner = await heldTrial(tx, partnerId)
    const now = tx.clock.now()
    const before = partner.trialEndsAt
    const after = Math.max(before, now) + days * DAY_MS
    await store.changePartner(tx, partnerId, { trial_ends_at: after })
    const people = (await memberStore.listMembers(tx, partnerId)).filter((row) => stateOf(row, now) === 'active')
    for (const person of people)
      await mailTo(tx, person, {
        subject: `the trial of ${partner.name} goes on`,
        text: `the trial of ${partner.name} was extended. It now ends on ${utc(after)}.`,
      })
    await record(tx, {
      action: 'partner.extend_trial',
      object: { id: partnerId, name: partner.name },
      before: { trialEndsAt: new Date(before).toISOString() },
      after: { trialEndsAt: new Date(after).toISOString(), reason },
      partnerId,
    })
  })
  return get(ctx, partnerId)
}

type Contract = { roles: PartnerRole[]; partnerTypes: PartnerType[] }

/** At once: whoever was on trial has the roles that were chosen, and what else he had. Invitations that are out follow. */
export async function convert(ctx: Ctx, partnerId: string, { roles, partnerTypes }: Contract) {
  await ctx.tx(async (tx) => {
    const partner = await heldTrial(tx, partnerId)
    await ensureTypesStay(tx, partnerId, partnerTypes)
    await store.changePartner(tx, partnerId, {
      standing: 'contract',
      trial_ends_at: null,
      partner_types: JSON.stringify(partnerTypes),
    })
    const converted = (held: PartnerRole[]) => [...new Set([...roles, ...held.filter((role) => role !== TRIAL_ROLE)])]
    const now = tx.clock.now()
    const members = await memberStore.listMembers(tx, partnerId)
    const onTrial = members.filter((row) => rolesOf(row).includes(TRIAL_ROLE))
    for (const row of onTrial)
      await memberStore.changeMember(tx, partnerId, row.id, { roles: JSON.stringify(converted(rolesOf(row))) })
    for (const invitation of await memberStore.listInvitations(tx, partnerId))
      if (rolesOf(invitation).includes(TRIAL_ROLE))
        await memberStore.changeInvitation(tx, invitation.id, {
          roles: JSON.stringify(converted(rolesOf(invitation))),
        })
    for (const person of members.filter((row) => stateOf(row, now) === 'active'))
      await mailTo(tx, person, {
        subject: `${partner.name} is under contract`,
        text: `the trial of ${partner.name} has become a contract. Your roles are listed on the home page of the console.`,
      })
    await record(tx, {
      action: 'partner.convert',
      object: { id: partnerId, name: partner.name },
      before: { trialEndsAt: new Date(partner.trialEndsAt).toISOString(), partnerTypes: partner.partnerTypes },
      after: { roles, partnerTypes, members: onTrial.map(({ email }) => email) },
      partnerId,
    })
  })
  return get(ctx, partnerId)
}

/** The partner, held until the end of the transaction: of two who convert at once the second one finds no trial. */
async function heldTrial(tx: TxCtx, partnerId: string) {
  await memberStore.holdPartner(tx, partnerId)
  const partner = await store.findPartner(tx, partnerId)
  if (!partner) throw new Refusal('thing.not_found')
  if (partner.trial_ends_at === null) throw new Refusal('partner.not_on_trial')
  return {
    name: partner.name,
    trialEndsAt: partner.trial_ends_at,
    partnerTypes: JSON.parse(partner.partner_types) as PartnerType[], // written by us
  }
}

async function mailTo(
  tx: TxCtx,
  person: { name: string; email: string },
  { subject, text }: { subject: string; text: string },
): Promise<void> {
  const { network } = tx.config
  await addMail(tx, {
    to: person.email,
    subject: `${network.name}: ${subject}`,
    letter: {
      network: network.name,
      greeting: `Hello ${person.name},`,
      paragraphs: [text],
      button: { label: 'Open the console', href: tx.config.origin },
      footer: `Questions? Write to ${network.architectsContact}.`,
    },
  })
}
