/**
 * Invitations of merchants. A link opens the account once, for a fortnight; sending again makes a new one and voids the one before.
 * It goes by mail, and can be handed over as a link or a QR code as well, so mail that never arrives keeps nobody out.
 */
import { MERCHANT } from '../../rules/limits.ts'
import { Refusal } from '../../rules/refusals.ts'
import { emailKey, takeOfQuota, utc } from '../accounts/accounts.ts'
import { getOwn } from '../applications/applications.ts'
import { record } from '../audit/audit.ts'
import { newToken } from '../clock.ts'
import { actorName, type Ctx, memberOf, type TxCtx } from '../context.ts'
import { addMail, dropMail } from '../mail/mail.ts'
import { activeAddresses } from '../partners/members.ts'
import { tokenHash } from '../seal.ts'
import * as store from './store.ts'

/** Invited in one transaction: few enough that nobody waits for it. */
const BATCH = 25

/** What all invitations of an application have in common. */
export type Common = {
  partnerId: string
  applicationName: string
  partnerName: string
  toMerchant: boolean
  copies: string[]
}

export async function invitationOf(tx: TxCtx, applicationId: string): Promise<Common> {
  const place = await store.findPlace(tx, applicationId)
  if (!place) throw new Refusal('thing.not_found')
  const { partnerId } = memberOf(tx)
  const { toMerchant, copies } = preferenceView(await store.findPreference(tx, applicationId))
  // Who has left since gets no copy any more.
  const members = copies.length === 0 ? new Set() : await activeAddresses(tx, partnerId)
  return {
    partnerId,
    applicationName: place.application_name,
    partnerName: place.partner_name,
    toMerchant,
    copies: copies.filter((email) => members.has(emailKey(email))),
  }
}

/** Throws where the day's allowance is used up. */
export async function sendTo(tx: TxCtx, merchant: store.Merchant, common: Common): Promise<void> {
  if ((await trySendTo(tx, merchant, common)) !== undefined) throw new Refusal('merchant.too_many_invitations')
}

/** Whose allowance for the day is used up. */
type Fault = 'partner' | 'address'

/** Makes the link and writes the mail, or does nothing and says why. */
async function trySendTo(tx: TxCtx, merchant: store.Merchant, common: Common): Promise<Fault | undefined> {
  const fault = await takeAllowance(tx, merchant)
  if (fault !== undefined) return fault
  // A mail with a link that has become void would only confuse.
  if (merchant.mail_id !== null) await dropMail(tx, merchant.mail_id, 'A newer invitation took its place.')
  const token = newToken().slice(0, 32)
  const now = tx.clock.now()
  const expiresAt = now + MERCHANT.invitationSeconds * 1000
  const mailId = await mailTo(tx, merchant, common, { href: linkOf(tx, token), expiresAt })
  await store.change(tx, merchant.id, {
    token_hash: tokenHash(token),
    token: tx.seal.seal(token),
    mail_id: mailId,
    invited_at: now,
    invited_by: actorName(tx),
    invitation_expires_at: expiresAt,
    opened_at: null,
    withdrawn_at: null,
    accepted_at: null,
  })
  return undefined
}

/** Nobody's mailbox is filled, whoever asks; and no partner uses up what another may send to the same address. */
async function takeAllowance(tx: TxCtx, merchant: store.Merchant): Promise<Fault | undefined> {
  const { partnerId } = memberOf(tx)
  const take = (key: string, limit: number) => takeOfQuota(tx, key, limit, MERCHANT.daySeconds)
  const address = tokenHash(emailKey(merchant.email))
  if (!(await take(`merchant-invitations:${partnerId}:${address}`, MERCHANT.perAddressAndDay))) return 'address'
  if (!(await take(`merchant-invitations-to:${address}`, MERCHANT.ofAllPerAddressAndDay))) return 'address'
  return (await take(`merchant-invitations:${partnerId}`, MERCHANT.invitationsPerDay)) ? undefined : 'partner'
}

/** The token stands behind the #, which browsers send to nobody. */
const linkOf = (ctx: Ctx | TxCtx, token: string) => `${ctx.config.origin}/wallet/join#${token}`

/** Where all colleagues in copy have left, whoever sends it gets it in their place. */
function mailTo(
  tx: TxCtx,
  merchant: store.Merchant,
  { partnerId, applicationName, partnerName, toMerchant, copies }: Common,
  { href, expiresAt }: { href: string; expiresAt: number },
): Promise<string> {
  const network = tx.config.network.name
  const [first = memberOf(tx).email, ...others] = toMerchant ? [merchant.email, ...copies] : copies
  return addMail(tx, {
    kind: 'merchant_invitation',
    about: merchant.id,
    sender: partnerId,
    to: first,
    copies: others.filter((email) => emailKey(email) !== emailKey(first)),
    subject: `${network}: ${partnerName} invites ${merchant.name} to test payments`,
    expiresAt,
    letter: {
      network,
      greeting: `Hello ${merchant.name},`,
      paragraphs: [
        `${partnerName} invites you to test payments with ${applicationName}. An account in the Test Wallet has been made for you: with it you pay orders and show payment codes. No real money moves.`,
        `Open the link, or scan the QR code with a phone, and choose a password. The link works once, until ${utc(expiresAt)}.`,
      ],
      facts: [
        { name: 'Your account', value: merchant.account },
        { name: 'Your merchant ID (MID)', value: merchant.mid },
      ],
      button: { label: 'Open the Test Wallet', href },
      qr: href,
      footer: `You did not expect this? Do nothing, or write to ${tx.config.network.supportMailbox}.`,
    },
  })
}

/** Sends it for the first time, or again. */
export async function send(ctx: Ctx, applicationId: string, merchantId: string): Promise<void> {
  await ctx.tx(async (tx) => {
    const merchant = await own(tx, applicationId, merchantId)
    await sendTo(tx, merchant, await invitationOf(tx, applicationId))
    await record(tx, { action: 'merchant.invite', object: { id: merchantId, name: merchant.mid } })
  })
}

async function own(tx: Ctx | TxCtx, applicationId: string, merchantId: string): Promise<store.Listed> {
  await getOwn(tx, applicationId)
  const merchant = await store.find(tx, applicationId, merchantId)
  if (!merchant) throw new Refusal('thing.not_found')
  return merchant
}

/**
 * Everybody who was not invited yet, a few at a time. Each row is asked again in its own transaction, so a run that was cut off, or
 * two at once, invites nobody twice.
 */
export async function sendAll(ctx: Ctx, applicationId: string): Promise<{ invited: number; left: number }> {
  await getOwn(ctx, applicationId)
  let invited = 0
  for (let after = ''; ; ) {
    const batch = await store.listUninvited(ctx, applicationId, after, BATCH)
    const last = batch.at(-1)
    if (!last) break
    const { sent, isOver } = await ctx.tx((tx) => sendBatch(tx, applicationId, batch))
    invited += sent
    after = last.mid
    if (isOver) break
  }
  const left = await store.countUninvited(ctx, applicationId)
  if (invited === 0 && left > 0) throw new Refusal('merchant.too_many_invitations')
  return { invited, left }
}

/** `isOver`: the partner may send no more today. An address that has had enough is passed over. */
async function sendBatch(tx: TxCtx, applicationId: string, batch: readonly store.Merchant[]) {
  const common = await invitationOf(tx, applicationId)
  let sent = 0
  let fault: Fault | undefined
  for (const merchant of batch) {
    const now = { invited_at: tx.clock.now() }
    if (!(await store.change(tx, merchant.id, now, { invited_at: null }))) continue
    fault = await trySendTo(tx, merchant, common)
    if (fault === undefined) sent++
    else await store.change(tx, merchant.id, { invited_at: null })
    if (fault === 'partner') break
  }
  const object = { id: applicationId, name: common.applicationName }
  await record(tx, { action: 'merchant.invite', object, after: { invited: sent } })
  return { sent, isOver: fault === 'partner' }
}

export async function withdraw(ctx: Ctx, applicationId: string, merchantId: string): Promise<void> {
  await ctx.tx(async (tx) => {
    const merchant = await own(tx, applicationId, merchantId)
    ensureOpen(tx, merchant)
    if (merchant.mail_id !== null) await dropMail(tx, merchant.mail_id, 'The invitation was withdrawn.')
    await store.change(tx, merchantId, { withdrawn_at: tx.clock.now(), token_hash: null, token: null })
    await record(tx, { action: 'merchant.withdraw', object: { id: merchantId, name: merchant.mid } })
  })
}

/** The link that can still be used: sealed, and until when. */
function ensureOpen(ctx: Ctx | TxCtx, { token, invitation_expires_at: expiresAt }: store.Merchant) {
  if (token === null || expiresAt === null || expiresAt <= ctx.clock.now()) throw new Refusal('merchant.not_open')
  return { token, expiresAt }
}

/** The same link that was mailed. */
export async function link(ctx: Ctx, applicationId: string, merchantId: string) {
  const merchant = await own(ctx, applicationId, merchantId)
  const { token, expiresAt } = ensureOpen(ctx, merchant)
  return {
    url: linkOf(ctx, ctx.seal.open(token)),
    account: merchant.account,
    expiresAt: new Date(expiresAt).toISOString(),
  }
}

// ── to whom they go ──────────────────────────────────────────────────────────────────────────────────────────────────────

type Preference = { toMerchant: boolean; copies: string[] }

function preferenceView(row: Awaited<ReturnType<typeof store.findPreference>>): Preference {
  return row
    ? { toMerchant: row.to_merchant === 1, copies: JSON.parse(row.copies) as string[] } // written by us
    : { toMerchant: true, copies: [] }
}

export async function getPreference(ctx: Ctx, applicationId: string): Promise<Preference> {
  await getOwn(ctx, applicationId)
  return preferenceView(await store.findPreference(ctx, applicationId))
}

export async function setPreference(ctx: Ctx, applicationId: string, wanted: Preference): Promise<Preference> {
  if (!wanted.toMerchant && wanted.copies.length === 0) throw new Refusal('merchant.no_recipient')
  await ctx.tx(async (tx) => {
    const { name } = await getOwn(tx, applicationId)
    await ensureColleagues(tx, wanted.copies)
    const before = preferenceView(await store.findPreference(tx, applicationId))
    await store.putPreference(tx, {
      application_id: applicationId,
      to_merchant: wanted.toMerchant ? 1 : 0,
      copies: JSON.stringify(wanted.copies),
    })
    await record(tx, { action: 'merchant.change', object: { id: applicationId, name }, before, after: { ...wanted } })
  })
  return wanted
}

/** A merchant's link goes to nobody but colleagues: a copy for strangers could fill their mailboxes. */
async function ensureColleagues(tx: TxCtx, copies: readonly string[]): Promise<void> {
  if (copies.length === 0) return
  const members = await activeAddresses(tx, memberOf(tx).partnerId)
  const fields = copies.flatMap((email, at) =>
    members.has(emailKey(email)) ? [] : [{ path: `copies.${at}`, message: `${email} is no active member` }],
  )
  if (fields.length > 0) throw new Refusal('merchant.copy_not_colleague', { fields })
}
