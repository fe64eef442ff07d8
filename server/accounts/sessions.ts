/** Sessions: begun by a password, read at every request, ended on the server. */
import { SESSION, SIGN_IN } from '../../rules/limits.ts'
import { Refusal } from '../../rules/refusals.ts'
import { type PartnerRole, permissionsOf, type StaffRole, staffPermissionsOf } from '../../rules/roles.ts'
import { newToken } from '../clock.ts'
import { type Actor, type App, type Ctx, newContext, type TxCtx } from '../context.ts'
import { tokenHash } from '../seal.ts'
import { clearTries, takeTry } from './counters.ts'
import { hashSecret, isOutdated, verifySecret } from './passwords.ts'
import * as store from './store.ts'

/** The keys under which tries of an address are counted; the address itself need not be in that table. */
export const triesOf = (email: string) => {
  const who = tokenHash(store.emailKey(email))
  return { window: `sign-in:${who}`, inARow: `sign-in-in-a-row:${who}` }
}

export type Browser = {
  address: string
  userAgent: string
  sessionToken: string | undefined
  browserToken: string | undefined
}

/** Starts a session, and returns its token and the token by which this browser will be known. */
export async function logIn(ctx: Ctx, { email, password }: { email: string; password: string }, browser: Browser) {
  await takeSignInTry(ctx, email)
  const person = await store.findPersonByEmail(ctx, email)
  const right = await verifySecret(person?.password_hash, password)
  const checked = person?.password_hash
  if (!right || !person || !checked) throw new Refusal('account.wrong_credentials')

  const hash = isOutdated(checked) ? await hashSecret(password) : checked
  const sessionToken = newToken()
  const browserToken = browser.browserToken ?? newToken()
  await ctx.tx(async (tx) => {
    if (!(await store.keepPassword(tx, person.id, checked, hash))) throw new Refusal('account.wrong_credentials')
    const tries = triesOf(email)
    await clearTries(tx, [tries.window, tries.inARow])
    if (browser.sessionToken) await store.deleteSession(tx, tokenHash(browser.sessionToken))
    const partner = person.staff_role ? undefined : await store.findFirstPartner(tx, person.id)
    await store.insertSession(tx, {
      token_hash: tokenHash(sessionToken),
      person_id: person.id,
      partner_id: partner?.partner_id ?? null,
      created_at: tx.clock.now(),
      seen_at: tx.clock.now(),
      address: browser.address,
      user_agent: browser.userAgent,
    })
    await store.rememberBrowser(tx, tokenHash(browserToken), person.id)
  })
  return { sessionToken, browserToken, actor: await actorOf(ctx, tokenHash(sessionToken)) }
}

/** Counted before anything is hashed, and for unknown addresses alike. */
async function takeSignInTry(ctx: Ctx, email: string): Promise<void> {
  const tries = triesOf(email)
  const allowed = await ctx.tx(async (tx) => {
    const inWindow = await takeTry(tx, tries.window, SIGN_IN.triesPerWindow, SIGN_IN.windowSeconds)
    return inWindow && (await takeTry(tx, tries.inARow, SIGN_IN.consecutiveFailures, FOR_EVER_SECONDS))
  })
  if (!allowed) throw new Refusal('account.too_many_tries', { retryAfterSeconds: SIGN_IN.windowSeconds })
}

const FOR_EVER_SECONDS = 100 * 365 * 24 * 60 * 60

export async function logOut(ctx: Ctx): Promise<void> {
  const { actor } = ctx
  if (actor.kind !== 'member' && actor.kind !== 'staff') return
  await ctx.tx((tx) => store.deleteSession(tx, actor.sessionHash))
}

/** Who is calling: the kernel's question at every request that carries a session cookie. */
export async function authenticate(app: App, sessionToken: string | undefined): Promise<Actor> {
  if (sessionToken === undefined) return { kind: 'nobody' }
  return actorOf(newContext(app, { kind: 'nobody' }), tokenHash(sessionToken))
}

async function actorOf(ctx: Ctx, sessionHash: string): Promise<Actor> {
  const session = await store.findSession(ctx, sessionHash)
  if (!session) return { kind: 'nobody' }
  const now = ctx.clock.now()
  const idle = now - session.seen_at >= SESSION.idleSeconds * 1000
  const old = now - session.created_at >= SESSION.absoluteSeconds * 1000
  if (idle || old) {
    await ctx.tx((tx) => store.deleteSession(tx, sessionHash))
    return { kind: 'nobody' }
  }
  if (now - session.seen_at >= SESSION.touchSeconds * 1000)
    await ctx.tx((tx: TxCtx) => store.touchSession(tx, sessionHash))
  const common = { personId: session.person_id, personName: session.name, sessionHash }
  if (session.staff_role !== null) return { kind: 'staff', ...common, staffRole: session.staff_role as StaffRole } // written by us
  if (session.partner_id === null || session.roles === null) return { kind: 'nobody' }
  return { kind: 'member', ...common, partnerId: session.partner_id, roles: JSON.parse(session.roles) as PartnerRole[] } // written by us
}

/** Everything that the console needs to draw itself for this person. */
export async function describe(ctx: Ctx, actor: Actor = ctx.actor) {
  if (actor.kind !== 'member' && actor.kind !== 'staff') throw new Refusal('session.missing')
  const person = await store.findPerson(ctx, actor.personId)
  if (!person) throw new Refusal('session.missing')
  const partner = actor.kind === 'member' ? await store.findPartner(ctx, actor.partnerId) : undefined
  return {
    person: { id: person.id, name: person.name, email: person.email },
    partner: partner
      ? {
          id: partner.id,
          name: partner.name,
          partnerTypes: JSON.parse(partner.partner_types), // written by us
          trialEndsAt: partner.trial_ends_at === null ? null : new Date(partner.trial_ends_at).toISOString(),
        }
      : null,
    roles: actor.kind === 'member' ? [...actor.roles] : [],
    permissions: actor.kind === 'member' ? permissionsOf(actor.roles) : [],
    staffRole: actor.kind === 'staff' ? actor.staffRole : null,
    staffPermissions: actor.kind === 'staff' ? staffPermissionsOf(actor.staffRole) : [],
  }
}
