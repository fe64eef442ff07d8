/** What people do with their own account: confirm that they are there, change the password, look at sessions and browsers and end them. */
import { createHash } from 'node:crypto'
import { KNOWN_BROWSER_SECONDS } from '../../rules/limits.ts'
import { Refusal } from '../../rules/refusals.ts'
import { record } from '../audit/audit.ts'
import { newToken } from '../clock.ts'
import type { Ctx, TxCtx } from '../context.ts'
import type { Row } from '../db/schema.ts'
import { tokenHash } from '../seal.ts'
import { mailPasswordChanged } from './notices.ts'
import * as sessionStore from './session-store.ts'
import { personOf } from './sessions.ts'
import * as store from './store.ts'
import { forgetTries, keysOf, takePasswordTry } from './tries.ts'

const self = (tx: TxCtx) => {
  const { personId, email } = personOf(tx)
  return { id: personId, name: email }
}

/** A fresh proof: for the next minutes this session may do what asks for one. */
export async function prove(ctx: Ctx, password: string): Promise<void> {
  const { sessionHash } = personOf(ctx)
  await checkOwnPassword(ctx, password, 'password')
  await ctx.tx(async (tx) => {
    await sessionStore.changeSession(tx, sessionHash, { proved_at: tx.clock.now() })
    await record(tx, { action: 'session.prove', object: self(tx) })
  })
}

/**
 * Checks the password of whoever is logged in. Its tries have a count of their own: somebody with a borrowed session must not be
 * able to guess, nor to shut the owner out.
 */
async function checkOwnPassword(ctx: Ctx, password: string, field: string): Promise<Row<'people'>> {
  const { personId, beganAt } = personOf(ctx)
  const person = await store.findPerson(ctx, personId)
  if (!person) throw new Refusal('session.missing')
  // By the log-in, not by the token: a session may change its token as often as it likes.
  const keys = keysOf(person.email, `session of ${beganAt}`)
  await takePasswordTry(ctx, keys)
  if (!(await ctx.passwords.verify(person.password_hash, password))) {
    await ctx.tx((tx) => record(tx, { action: 'session.refuse', object: self(tx) }))
    throw new Refusal('account.wrong_password', { fields: [{ path: field, message: 'is not right' }] })
  }
  await ctx.tx((tx) => forgetTries(tx, keys))
  return person
}

/** Returns the new token of this session; every other session of the person ends, and every reset under way. */
export async function changePassword(
  ctx: Ctx,
  { currentPassword, newPassword }: { currentPassword: string; newPassword: string },
): Promise<string> {
  const { sessionHash } = personOf(ctx)
  const person = await checkOwnPassword(ctx, currentPassword, 'currentPassword')
  await ctx.passwords.ensureAcceptable(newPassword, [person.name, person.email], 'newPassword')
  const hash = await ctx.passwords.hash(newPassword)
  const token = newToken()
  await ctx.tx(async (tx) => {
    const change = { token_hash: tokenHash(token), proved_at: tx.clock.now() }
    const checked = person.password_hash ?? '' // it has just verified
    if (!(await store.keepPassword(tx, person.id, checked, hash))) throw new Refusal('account.wrong_password')
    if (!(await sessionStore.changeSession(tx, sessionHash, change))) throw new Refusal('session.missing')
    await sessionStore.deleteSessionsOf(tx, person.id, { butTokenHash: change.token_hash })
    await store.deleteResetsOf(tx, person.id)
    await mailPasswordChanged(tx, person)
    await record(tx, { action: 'password.change', object: self(tx) })
  })
  return token
}

export async function listOwnSessions(ctx: Ctx) {
  const { personId, sessionHash, browserHash } = personOf(ctx)
  const now = ctx.clock.now()
  const { idleSeconds, absoluteSeconds } = ctx.config.session
  const sessions = await sessionStore.listSessions(
    ctx,
    personId,
    now - idleSeconds * 1000,
    now - absoluteSeconds * 1000,
  )
  const browsers = await sessionStore.listBrowsers(ctx, personId, now - KNOWN_BROWSER_SECONDS * 1000)
  return {
    sessions: sessions.map((row) => ({
      id: shownId('ses', row.token_hash),
      current: row.token_hash === sessionHash,
      userAgent: row.user_agent,
      address: row.address,
      partnerName: row.partner_name,
      createdAt: new Date(row.created_at).toISOString(),
      seenAt: new Date(row.seen_at).toISOString(),
    })),
    browsers: browsers.map((row) => ({
      id: shownId('brw', row.token_hash),
      current: row.token_hash === browserHash,
      userAgent: row.user_agent,
      seenAt: new Date(row.seen_at).toISOString(),
    })),
  }
}

export async function endSession(ctx: Ctx, sessionId: string): Promise<void> {
  const { personId } = personOf(ctx)
  const own = await sessionStore.listSessions(ctx, personId, 0, 0)
  const ended = own.find(({ token_hash }) => shownId('ses', token_hash) === sessionId)
  if (!ended) throw new Refusal('thing.not_found')
  await ctx.tx(async (tx) => {
    await sessionStore.deleteSession(tx, ended.token_hash)
    await record(tx, { action: 'session.end', object: self(tx), before: { browser: ended.user_agent } })
  })
}

export async function endOtherSessions(ctx: Ctx): Promise<number> {
  const { personId, sessionHash } = personOf(ctx)
  return ctx.tx(async (tx) => {
    const ended = await sessionStore.deleteSessionsOf(tx, personId, { butTokenHash: sessionHash })
    await record(tx, { action: 'session.end', object: self(tx), before: { others: ended } })
    return ended
  })
}

/** The browser counts as never seen, and what began in it ends. */
export async function forgetBrowser(ctx: Ctx, browserId: string): Promise<void> {
  const { personId } = personOf(ctx)
  const own = await sessionStore.listBrowsers(ctx, personId, 0)
  const forgotten = own.find(({ token_hash }) => shownId('brw', token_hash) === browserId)
  if (!forgotten) throw new Refusal('thing.not_found')
  await ctx.tx(async (tx) => {
    await sessionStore.forgetBrowser(tx, forgotten.token_hash, personId)
    await sessionStore.deleteSessionsOf(tx, personId, { browserHash: forgotten.token_hash })
    await record(tx, { action: 'browser.forget', object: self(tx), before: { browser: forgotten.user_agent } })
  })
}

/** By which id a session or a browser is shown: it follows from what is stored of its token, and nothing follows from it. */
function shownId(prefix: 'ses' | 'brw', stored: string): string {
  return `${prefix}_${createHash('sha256').update(`shown id ${stored}`).digest('hex').slice(0, 32)}`
}
