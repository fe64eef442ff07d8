/** The first password: a link by mail, for one use within 72 hours. Nobody but its owner ever chooses or sees a password. */
import { ACTIVATION_SECONDS } from '../../rules/limits.ts'
import { Refusal } from '../../rules/refusals.ts'
import { record } from '../audit/audit.ts'
import { newToken } from '../clock.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { addMail } from '../mail/mail.ts'
import { tokenHash } from '../seal.ts'
import * as sessionStore from './session-store.ts'
import * as store from './store.ts'

type Invited = { personId: string; name: string; email: string; partner: { id: string; name: string } | null }

/** Makes a new link, mails it, and returns it for the command that opens the first staff account. */
export async function sendActivation(tx: TxCtx, invited: Invited): Promise<string> {
  const token = newToken()
  const expiresAt = tx.clock.now() + ACTIVATION_SECONDS * 1000
  await store.replaceActivation(tx, {
    token_hash: tokenHash(token),
    person_id: invited.personId,
    partner_id: invited.partner?.id ?? null,
    expires_at: expiresAt,
  })
  // The token stands behind the #, which browsers send to nobody: it appears in no log and no referrer.
  const href = `${tx.config.origin}/activate#${token}`
  const network = tx.config.network.name
  await addMail(tx, {
    kind: 'activation',
    about: invited.personId,
    to: invited.email,
    subject: `${network}: activate your account${invited.partner ? ` for ${invited.partner.name}` : ''}`,
    expiresAt,
    letter: {
      network,
      greeting: `Hello ${invited.name},`,
      paragraphs: [
        `an account in the developer center of ${network} has been opened for you${invited.partner ? `, for ${invited.partner.name}` : ''}.`,
        `Choose a password to activate it. The link works once, until ${utc(expiresAt)}.`,
      ],
      button: { label: 'Activate the account', href },
      footer: `You did not expect this? Do nothing, or write to ${tx.config.network.supportMailbox}.`,
    },
  })
  return href
}

export async function checkActivation(ctx: Ctx, token: string) {
  const found = await store.findActivation(ctx, tokenHash(token))
  if (!found) throw new Refusal('activation.unknown')
  return {
    email: found.email,
    name: found.name,
    partnerName: found.partner_name,
    expiresAt: new Date(found.expires_at).toISOString(),
  }
}

export async function activate(ctx: Ctx, { token, password }: { token: string; password: string }) {
  const found = await store.findActivation(ctx, tokenHash(token))
  if (!found) throw new Refusal('activation.unknown')
  await ctx.passwords.ensureAcceptable(password, [found.name, found.email, found.partner_name ?? ''])
  const hash = await ctx.passwords.hash(password)
  await ctx.tx(async (tx) => {
    if (!(await store.consumeActivation(tx, tokenHash(token)))) throw new Refusal('activation.unknown')
    if (!(await store.setFirstPassword(tx, found.person_id, hash))) throw new Refusal('activation.unknown')
    await sessionStore.deleteSessionsOf(tx, found.person_id)
    const by = { id: found.person_id, name: found.name, email: found.email }
    const object = { id: by.id, name: by.email }
    await record(tx, { action: 'account.activate', object, partnerId: found.partner_id, by })
  })
  return { email: found.email }
}

/** A moment for a mail, with its zone. */
export function utc(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
