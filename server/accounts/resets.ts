/**
 * Password reset in five steps: ask, receive, read, enter the code, set the password. Every step looks and takes the same whether or
 * not the address has an account. The code proves the mailbox and opens the next step only; it never starts a session.
 */
import { randomInt } from 'node:crypto'
import { KNOWN_BROWSER_SECONDS, RESET } from '../../rules/limits.ts'
import { Refusal } from '../../rules/refusals.ts'
import { record } from '../audit/audit.ts'
import { newToken } from '../clock.ts'
import type { Ctx, TxCtx } from '../context.ts'
import type { Row } from '../db/schema.ts'
import { addMail } from '../mail/mail.ts'
import { tokenHash } from '../seal.ts'
import { utc } from './activations.ts'
import { takeTry } from './counters.ts'
import { mailPasswordReset } from './notices.ts'
import * as sessionStore from './session-store.ts'
import * as store from './store.ts'
import { forgetTries, keysOf } from './tries.ts'

const TIMES = { codeSeconds: RESET.codeSeconds, resendSeconds: RESET.resendSeconds }

export type Asking = { email: string; resetToken: string | undefined; browserToken: string | undefined }

/** Steps 1 and 2. Returns the token that binds the reset to this browser. */
export async function startReset(ctx: Ctx, { email, resetToken, browserToken }: Asking) {
  const code = newCode()
  const codeHash = await ctx.passwords.hash(code)
  const token = newToken()
  await ctx.tx(async (tx) => {
    if (resetToken) await store.deleteReset(tx, tokenHash(resetToken))
    const person = await store.findPersonByEmail(tx, email)
    const mailed = await mailCode(tx, store.emailKey(email), person, code, browserToken)
    await store.insertReset(tx, {
      token_hash: tokenHash(token),
      person_id: person?.id ?? null,
      email_key: store.emailKey(email),
      // A code that nobody was sent must not be there to be guessed.
      code_hash: mailed ? codeHash : null,
      code_expires_at: tx.clock.now() + RESET.codeSeconds * 1000,
      sent_at: tx.clock.now(),
      tries: 0,
      verified_at: null,
      used_at: null,
    })
    // The same work for any address; what was typed where there is no account is not kept.
    const object = person ? { id: person.id, name: person.email } : { id: '', name: '' }
    await record(tx, { action: 'password.reset_asked', object })
  })
  return { token, times: TIMES }
}

/** The code again, a new one: the one before is void. */
export async function resendCode(ctx: Ctx, resetToken: string | undefined, browserToken: string | undefined) {
  const reset = await currentReset(ctx, resetToken)
  const code = newCode()
  const codeHash = await ctx.passwords.hash(code)
  await ctx.tx(async (tx) => {
    const now = tx.clock.now()
    const person = reset.person_id === null ? undefined : await store.findPerson(tx, reset.person_id)
    const ready = await store.markResent(tx, reset.token_hash, now - RESET.resendSeconds * 1000)
    if (!ready) {
      const waitMs = reset.sent_at + RESET.resendSeconds * 1000 - now
      throw new Refusal('reset.too_soon', { retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) })
    }
    const mailed = await mailCode(tx, reset.email_key, person, code, browserToken)
    await store.replaceCode(tx, reset.token_hash, {
      code_hash: mailed ? codeHash : null,
      code_expires_at: now + RESET.codeSeconds * 1000,
    })
  })
  return TIMES
}

/** Step 4. The reset goes on under a new token, so that whoever knew the old one has nothing. */
export async function verifyCode(ctx: Ctx, resetToken: string | undefined, code: string): Promise<string> {
  const reset = await currentReset(ctx, resetToken)
  const taken = await ctx.tx((tx) => store.takeCodeTry(tx, reset.token_hash, RESET.triesPerCode))
  const right = taken !== undefined && (await ctx.passwords.verify(taken.code_hash, code))
  const token = newToken()
  const verified =
    right &&
    taken.person_id !== null &&
    (await ctx.tx((tx) => store.markVerified(tx, reset.token_hash, taken.code_hash ?? '', tokenHash(token))))
  if (!verified)
    throw new Refusal('reset.wrong_code', { fields: [{ path: 'code', message: 'not right, or not valid any more' }] })
  return token
}

/** Step 5. Ends every session and every other reset of the account; the person logs in afterwards. */
export async function finishReset(
  ctx: Ctx,
  { resetToken, browserToken }: Omit<Asking, 'email'>,
  password: string,
): Promise<void> {
  const reset = await currentReset(ctx, resetToken)
  const verifiedAfter = ctx.clock.now() - RESET.passwordSeconds * 1000
  if (reset.verified_at === null || reset.verified_at <= verifiedAfter || reset.person_id === null) {
    throw new Refusal('reset.not_verified')
  }
  const personId = reset.person_id
  const person = await store.findPerson(ctx, personId)
  if (!person) throw new Refusal('reset.not_verified')
  await ctx.passwords.ensureAcceptable(password, [person.name, person.email])
  const hash = await ctx.passwords.hash(password)
  await ctx.tx(async (tx) => {
    if (!(await store.consumeReset(tx, reset.token_hash, verifiedAfter))) throw new Refusal('reset.not_verified')
    await store.setPasswordHash(tx, personId, hash)
    await sessionStore.deleteSessionsOf(tx, personId)
    await store.deleteResetsOf(tx, personId)
    for (const browser of ['unknown', tokenHash(browserToken ?? '')])
      await forgetTries(tx, keysOf(person.email, browser))
    await mailPasswordReset(tx, person)
    await record(tx, { action: 'password.reset', object: { id: personId, name: person.email }, by: person })
  })
}

async function currentReset(ctx: Ctx, resetToken: string | undefined): Promise<Row<'resets'>> {
  const reset = resetToken === undefined ? undefined : await store.findReset(ctx, tokenHash(resetToken))
  if (!reset) throw new Refusal('reset.not_started')
  return reset
}

/** Six digits, each code as likely as any other. */
export function newCode(): string {
  return randomInt(10 ** RESET.digits)
    .toString()
    .padStart(RESET.digits, '0')
}

/**
 * Mails the code if there is an open account and an allowance is left, and says whether it did. A browser that logged in before has an
 * allowance of its own, so that a stranger who asks again and again cannot use up the owner's. Where nothing may be mailed, a letter
 * that is never sent is written all the same: the work does not tell whether there is an account.
 */
async function mailCode(
  tx: TxCtx,
  key: string,
  person: Row<'people'> | undefined,
  code: string,
  browserToken: string | undefined,
): Promise<boolean> {
  const since = tx.clock.now() - KNOWN_BROWSER_SECONDS * 1000
  const browser = tokenHash(browserToken ?? '')
  const known = await sessionStore.isKnownBrowser(tx, browser, key, since)
  const who = `${tokenHash(key)}:${known ? browser : 'unknown'}`
  const inHour = await takeTry(tx, `reset-hour:${who}`, RESET.perHour, RESET.hourSeconds)
  // What the hour refuses does not use up the day.
  const inDay = inHour && (await takeTry(tx, `reset-day:${who}`, RESET.perDay, RESET.daySeconds))
  const open = person !== undefined && person.password_hash !== null && person.disabled_at === null
  const mailed = inHour && inDay && open
  const expiresAt = tx.clock.now() + RESET.codeSeconds * 1000
  const network = tx.config.network.name
  await addMail(tx, {
    kind: 'reset_code',
    to: person?.email ?? key,
    subject: `${network}: your code to reset the password`,
    expiresAt,
    neverSent: !mailed,
    letter: {
      network,
      greeting: `Hello ${person?.name ?? key},`,
      paragraphs: [`enter this code on the page where you asked for it. It is valid once, until ${utc(expiresAt)}.`],
      code,
      footer:
        'You did not ask for it? Do nothing: without the code your password stays as it is. Never tell the code to anyone.',
    },
  })
  return mailed
}
