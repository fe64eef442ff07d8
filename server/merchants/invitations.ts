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
import { tokenHash } from '../seal.ts'
import * as store from './store.ts'

/** Invited in one transaction: few enough that nobody waits for it. */
const BATCH = 25

/** What all invitations of an application have in common. */
export type Common = { applicationName: string; partnerName: string; toMerchant: boolean; copies: string[] }

export async function invitationOf(tx: TxCtx, applicationId: string): Promise<Common> {
  const place = await store.findPlace(tx, applicationId)
  if (!place) throw new Refusal('thing.not_found')
  return {
    applicationName: place.application_name,
    partnerName: place.partner_name,
    ...preferenceView(await store.findPreference(tx, applicationId)),
  }
}

/** Makes the link and writes the mail. Throws where the day's allowance is used up. */
export async function sendTo(tx: TxCtx, merchant: store.Merchant, common: Common): Promise<void> {
  const fault = await takeAllowance(tx, merchant)
  if (fault !== undefined) throw new Refusal('merchant.too_many_invitations')
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
}

/** Nobody's mailbox is filled, whoever asks. */
async function takeAllowance(tx: TxCtx, merchant: store.Merchant): Promise<'partner' | 'address' | undefined> {
  const ofAddress = `merchant-invitations-to:${tokenHash(emailKey(merchant.email))}`
  if (!(await takeOfQuota(tx, ofAddress, MERCHANT.perAddressAndDay, MERCHANT.daySeconds))) return 'address'
  const ofPartner = `merchant-invitations:${memberOf(tx).partnerId}`
  return (await takeOfQuota(tx, ofPartner, MERCHANT.invitationsPerDay, MERCHANT.daySeconds)) ? undefined : 'partner'
}

/** The token stands behind the #, which browsers send to nobody. */
const linkOf = (ctx: Ctx | TxCtx, token: string) => `${ctx.config.origin}/wallet/join#${token}`

function mailTo(
  tx: TxCtx,
  merchant: store.Merchant,
  { applicationName, partnerName, toMerchant, copies }: Common,
  { href, expiresAt }: { href: string; expiresAt: number },
): Promise<string> {
  const network = tx.config.network.name
  const [first = merchant.email, ...others] = toMerchant ? [merchant.email, ...copies] : copies
  return addMail(tx, {
    kind: 'merchant_invitation',
    about: merchant.id,
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
  let left = 0
  for (let after = ''; ; ) {
    const batch = await store.listUninvited(ctx, applicationId, after, BATCH)
    const last = batch.at(-1)
    if (!last) break
    const sent = await ctx.tx((tx) => sendBatch(tx, applicationId, batch))
    invited += sent
    left += batch.length - sent
    after = last.mid
    if (sent === 0 && batch.length === BATCH) break // the day's allowance is used up
  }
  if (invited === 0 && left > 0) throw new Refusal('merchant.too_many_invitations')
  return { invited, left }
}

async function sendBatch(tx: TxCtx, applicationId: string, batch: readonly store.Merchant[]): Promise<number> {
  const common = await invitationOf(tx, applicationId)
  let sent = 0
  for (const merchant of batch) {
    const now = { invited_at: tx.clock.now() }
    if (!(await store.change(tx, merchant.id, now, { invited_at: null }))) continue
    if (await sendOrLeave(tx, merchant, common)) sent++
    else await store.change(tx, merchant.id, { invited_at: null })
  }
  const object = { id: applicationId, name: common.applicationName }
  await record(tx, { action: 'merchant.invite', object, after: { invited: sent } })
  return sent
}

async function sendOrLeave(tx: TxCtx, merchant: store.Merchant, common: Common): Promise<boolean> {
  try {
    await sendTo(tx, merchant, common)
    return true
  } catch (error) {
    if (error instanceof Refusal && error.code === 'merchant.too_many_invitations') return false
    throw error
  }
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
