/** Sessions: begun by a password, read at every request, ended on the server. */
import { SESSION } from '../../rules/limits.ts'
import { Refusal } from '../../rules/refusals.ts'
import {
  organisationPermissionsOf,
  type PartnerRole,
  permissionsOf,
  type StaffRole,
  staffPermissionsOf,
} from '../../rules/roles.ts'
import { asObject, record } from '../audit/audit.ts'
import { newToken } from '../clock.ts'
import { type Actor, type App, type Ctx, type Member, newContext, type Staff, type TxCtx } from '../context.ts'
import type { Row } from '../db/schema.ts'
import { tokenHash } from '../seal.ts'
import { mailNewBrowser } from './notices.ts'
import * as sessionStore from './session-store.ts'
import * as store from './store.ts'
import { forgetTries, takePasswordTry, tryKeysOf } from './tries.ts'

export type Browser = {
  address: string
  userAgent: string
  sessionToken: string | undefined
  browserToken: string | undefined
}

/** Starts a session, and returns its token and the token by which this browser will be known. */
export async function logIn(ctx: Ctx, { email, password }: { email: string; password: string }, browser: Browser) {
  const keys = await tryKeysOf(ctx, email, browser.browserToken)
  await takePasswordTry(ctx, keys)
  const person = await store.findPersonByEmail(ctx, email)
  const right = await ctx.passwords.verify(person?.password_hash, password)
  const checked = person?.password_hash
  if (!right || !person || !checked) {
    await ctx.tx((tx) => recordRefusedLogIn(tx, person))
    throw new Refusal('account.wrong_credentials')
  }

  const hash = ctx.passwords.isOutdated(checked) ? await ctx.passwords.hash(password) : checked
  const sessionToken = newToken()
  const browserToken = browser.browserToken ?? newToken()
  await ctx.tx(async (tx) => {
    const partnerId = await organisationOf(tx, person)
    if (!(await store.keepPassword(tx, person.id, checked, hash))) throw new Refusal('account.wrong_credentials')
    await forgetTries(tx, keys)
    if (browser.sessionToken) await sessionStore.deleteSession(tx, tokenHash(browser.sessionToken))
    const now = tx.clock.now()
    await sessionStore.insertSession(tx, {
      token_hash: tokenHash(sessionToken),
      person_id: person.id,
      partner_id: partnerId,
      created_at: now,
      seen_at: now,
      proved_at: now,
      address: browser.address,
      user_agent: browser.userAgent,
      browser_hash: tokenHash(browserToken),
    })
    await noteBrowser(tx, person, browser, tokenHash(browserToken))
    await record(tx, { action: 'session.log_in', object: asObject(person), partnerId, by: person })
  })
  return { sessionToken, browserToken, actor: await actorOf(ctx, tokenHash(sessionToken)) }
}

/** Whether there is such an account or not, the same work: what was typed is not kept, it may be a password in the wrong field. */
async function recordRefusedLogIn(tx: TxCtx, person: Row<'people'> | undefined): Promise<void> {
  await record(tx, { action: 'session.refuse', object: person ? asObject(person) : { id: '', name: '' } })
}

/** What a log-in opens: where the person worked last, or else the organisation joined first. Whoever is shut out has none. */
async function organisationOf(tx: TxCtx, person: Row<'people'>): Promise<string | null> {
  if (person.disabled_at !== null) throw new Refusal('account.wrong_credentials')
  if (person.staff_role !== null) return null
  const organisations = await sessionStore.listOrganisations(tx, person.id)
  const [first] = organisations
  if (!first) throw new Refusal('account.wrong_credentials')
  return (organisations.find(({ id }) => id === person.last_partner_id) ?? first).id
}

/** A browser that was never seen with this person is told of by mail; the very first one is not. */
async function noteBrowser(tx: TxCtx, person: Row<'people'>, browser: Browser, browserHash: string): Promise<void> {
  const known = await sessionStore.listBrowsers(tx, person.id, 0)
  await sessionStore.rememberBrowser(tx, {
    token_hash: browserHash,
    person_id: person.id,
    user_agent: browser.userAgent,
  })
  if (known.length > 0 && !known.some(({ token_hash }) => token_hash === browserHash))
    await mailNewBrowser(tx, person, browser)
}

export async function logOut(ctx: Ctx): Promise<void> {
  const { actor } = ctx
  if (actor.kind !== 'member' && actor.kind !== 'staff') return
  await ctx.tx(async (tx) => {
    await sessionStore.deleteSession(tx, actor.sessionHash)
    await record(tx, { action: 'session.log_out', object: { id: actor.personId, name: actor.email } })
  })
}

/**
 * Who is calling: the kernel's question at every request that carries a session cookie. A call that a page makes by itself does not
 * keep the session alive.
 */
export async function authenticate(app: App, sessionToken: string | undefined, isActivity: boolean): Promise<Actor> {
  if (sessionToken === undefined) return { kind: 'nobody' }
  return actorOf(newContext(app, { kind: 'nobody' }), tokenHash(sessionToken), isActivity)
}

async function actorOf(ctx: Ctx, sessionHash: string, isActivity = true): Promise<Actor> {
  const session = await sessionStore.findSession(ctx, sessionHash)
  if (!session) return { kind: 'nobody' }
  const now = ctx.clock.now()
  const ends = endsOf(ctx, session)
  if (now >= ends.idle || now >= ends.absolute) {
    await ctx.tx((tx) => sessionStore.deleteSession(tx, sessionHash))
    return { kind: 'nobody' }
  }
  if (isActivity && Math.abs(now - session.seen_at) >= SESSION.touchSeconds * 1000)
    await ctx.tx((tx: TxCtx) => sessionStore.touchSession(tx, sessionHash))
  const common = {
    personId: session.person_id,
    personName: session.name,
    email: session.email,
    sessionHash,
    browserHash: session.browser_hash,
    provedAt: session.proved_at ?? 0,
    beganAt: session.created_at,
  }
  if (session.staff_role !== null) return { kind: 'staff', ...common, staffRole: session.staff_role as StaffRole } // written by us
  if (session.partner_id === null || session.roles === null) return { kind: 'nobody' }
  return {
    kind: 'member',
    ...common,
    partnerId: session.partner_id,
    trialEndsAt: session.trial_ends_at,
    roles: JSON.parse(session.roles) as PartnerRole[], // written by us
  }
}

function endsOf(ctx: Ctx, session: { seen_at: number; created_at: number }) {
  const { idleSeconds, absoluteSeconds } = ctx.config.session
  return { idle: session.seen_at + idleSeconds * 1000, absolute: session.created_at + absoluteSeconds * 1000 }
}

/** The actor as a person; the kernel has checked that there is a session, so anything else has just ended. */
export function personOf(ctx: Ctx | TxCtx): Member | Staff {
  const { actor } = ctx
  if (actor.kind !== 'member' && actor.kind !== 'staff') throw new Refusal('session.missing')
  return actor
}

/** When this session ends by itself. */
export async function timesOf(ctx: Ctx) {
  const session = await sessionStore.findSession(ctx, personOf(ctx).sessionHash)
  if (!session) throw new Refusal('session.missing')
  const ends = endsOf(ctx, session)
  return {
    idleEndsAt: new Date(ends.idle).toISOString(),
    absoluteEndsAt: new Date(ends.absolute).toISOString(),
    warnSeconds: SESSION.warnSeconds,
  }
}

/** Goes on in another organisation, under a new token: what was known of the old one opens nothing there. */
export async function switchOrganisation(ctx: Ctx, partnerId: string) {
  const person = personOf(ctx)
  const token = newToken()
  await ctx.tx(async (tx) => {
    const organisations = await sessionStore.listOrganisations(tx, person.personId)
    if (!organisations.some(({ id }) => id === partnerId)) throw new Refusal('thing.not_found')
    const change = { token_hash: tokenHash(token), partner_id: partnerId }
    if (!(await sessionStore.changeSession(tx, person.sessionHash, change))) throw new Refusal('session.missing')
    await sessionStore.noteLastPartner(tx, person.personId, partnerId)
    const object = { id: person.personId, name: person.email }
    await record(tx, { action: 'session.switch', object, partnerId })
  })
  return { sessionToken: token, actor: await actorOf(ctx, tokenHash(token)) }
}

/** Everything that the console needs to draw itself for this person. */
export async function describe(ctx: Ctx, actor: Actor = ctx.actor) {
  if (actor.kind !== 'member' && actor.kind !== 'staff') throw new Refusal('session.missing')
  const member = actor.kind === 'member' ? actor : undefined
  const organisations = member ? await sessionStore.listOrganisations(ctx, actor.personId) : []
  const partner = organisations.find(({ id }) => id === member?.partnerId)
  return {
    person: { id: actor.personId, name: actor.personName, email: actor.email },
    partner: partner
      ? {
          id: partner.id,
          name: partner.name,
          partnerTypes: JSON.parse(partner.partner_types), // written by us
          trialEndsAt: partner.trial_ends_at === null ? null : new Date(partner.trial_ends_at).toISOString(),
        }
      : null,
    roles: [...(member?.roles ?? [])],
    permissions: permissionsOf(member?.roles ?? []),
    organisationPermissions: organisationPermissionsOf(member?.roles ?? []),
    staffRole: actor.kind === 'staff' ? actor.staffRole : null,
    staffPermissions: actor.kind === 'staff' ? staffPermissionsOf(actor.staffRole) : [],
    organisations: organisations.map(({ id, name }) => ({ id, name })),
  }
}
