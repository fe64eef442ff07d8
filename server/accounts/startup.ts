/** The first staff account: there is no built-in one. While there is no staff, the server prints a link that makes it, once. */
import { STARTUP_SECONDS } from '../../rules/limits.ts'
import { Refusal } from '../../rules/refusals.ts'
import { record } from '../audit/audit.ts'
import { newToken } from '../clock.ts'
import { type App, type Ctx, newContext } from '../context.ts'
import { tokenHash } from '../seal.ts'
import { addPerson } from './accounts.ts'
import * as store from './store.ts'

/** A new link, or undefined: there is staff already, or a link that another start printed is still valid. */
export async function newStartupLink(app: App): Promise<string | undefined> {
  const ctx = newContext(app, { kind: 'system' })
  if (await store.isStaffed(ctx)) return undefined
  const token = newToken()
  const expiresAt = ctx.clock.now() + STARTUP_SECONDS * 1000
  const kept = await ctx.tx((tx) =>
    store.insertStartupLink(tx, { token_hash: tokenHash(token), expires_at: expiresAt }),
  )
  return kept ? `${app.config.origin}/start#${token}` : undefined
}

export async function checkStartup(ctx: Ctx, token: string) {
  const link = await store.findStartupLink(ctx, tokenHash(token))
  if (!link || (await store.isStaffed(ctx))) throw new Refusal('startup.unknown')
  return { expiresAt: new Date(link.expires_at).toISOString() }
}

type First = { token: string; name: string; email: string; password: string }

export async function startUp(ctx: Ctx, { token, name, email, password }: First) {
  await checkStartup(ctx, token)
  await ctx.passwords.ensureAcceptable(password, [name, email])
  const hash = await ctx.passwords.hash(password)
  await ctx.tx(async (tx) => {
    const first = (await store.consumeStartupLink(tx, tokenHash(token))) && !(await store.isStaffed(tx))
    if (!first) throw new Refusal('startup.unknown')
    const personId = await addPerson(tx, { name, email, staffRole: 'operator_admin' })
    await store.setPasswordHash(tx, personId, hash)
    const after = { role: 'operator_admin' }
    await record(tx, {
      action: 'staff.open',
      object: { id: personId, name: email },
      after,
      by: { id: personId, name, email },
    })
  })
  return { email }
}
