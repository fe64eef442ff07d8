/** A merchant in the Test Wallet: opens the link, sets a password, logs in. A link is never a log-in. */
import { WALLET_SESSION } from '../../rules/limits.ts'
import { Refusal } from '../../rules/refusals.ts'
import { forgetTries, keysOf, takePasswordTry } from '../accounts/accounts.ts'
import { newToken } from '../clock.ts'
import type { Ctx } from '../context.ts'
import { tokenHash } from '../seal.ts'
import { change } from './store.ts'
import * as store from './wallet-store.ts'

export { deleteSessionsBegun as deleteWalletSessionsBegun } from './wallet-store.ts'

async function getInvited(ctx: Ctx, token: string) {
  const merchant = await store.findInvited(ctx, tokenHash(token))
  if (!merchant) throw new Refusal('wallet.invitation_unknown')
  return merchant
}

export async function check(ctx: Ctx, token: string) {
  const merchant = await getInvited(ctx, token)
  if (merchant.opened_at === null) {
    const opened_at = ctx.clock.now()
    await ctx.tx((tx) => change(tx, merchant.id, { opened_at }, { token_hash: merchant.token_hash }))
  }
  return {
    merchantName: merchant.name,
    applicationName: merchant.application_name,
    partnerName: merchant.partner_name,
    account: merchant.account,
    expiresAt: new Date(merchant.invitation_expires_at ?? 0).toISOString(),
    hasPassword: merchant.password_hash !== null,
  }
}

/** Works once for a link. Whoever was logged in with the password before is logged out. */
export async function accept(ctx: Ctx, { token, password }: { token: string; password: string }) {
  const merchant = await getInvited(ctx, token)
  await ctx.passwords.ensureAcceptable(password, [merchant.name, merchant.email, merchant.mid, merchant.partner_name])
  const password_hash = await ctx.passwords.hash(password)
  await ctx.tx(async (tx) => {
    const accepted = { password_hash, accepted_at: tx.clock.now(), token_hash: null, token: null }
    if (!(await change(tx, merchant.id, accepted, { token_hash: merchant.token_hash })))
      throw new Refusal('wallet.invitation_unknown')
    await store.deleteSessionsOf(tx, merchant.id)
    await forgetTries(tx, triesOf(merchant.account))
  })
  return { account: merchant.account }
}

/** Guesses are rationed as those at the log-in of the console. */
const triesOf = (account: string) => keysOf(`wallet ${account}`, 'unknown')

/** Returns the token of the session. */
export async function logIn(
  ctx: Ctx,
  { account, password }: { account: string; password: string },
  before: string | undefined,
): Promise<string> {
  // As people write numbers: in groups.
  const digits = account.replaceAll(/[\s-]/g, '')
  const keys = triesOf(digits)
  await takePasswordTry(ctx, keys)
  const merchant = await store.findByAccount(ctx, digits)
  const right = await ctx.passwords.verify(merchant?.password_hash, password)
  if (!right || !merchant) throw new Refusal('wallet.wrong_credentials')
  const token = newToken()
  await ctx.tx(async (tx) => {
    if (before !== undefined) await store.deleteSession(tx, tokenHash(before))
    await forgetTries(tx, keys)
    // Asked of the row: the password may have been replaced while it was checked.
    const still = { password_hash: merchant.password_hash }
    const first = { first_log_in_at: merchant.first_log_in_at ?? tx.clock.now() }
    if (!(await change(tx, merchant.id, first, still))) throw new Refusal('wallet.wrong_credentials')
    await store.insertSession(tx, { token_hash: tokenHash(token), merchant_id: merchant.id })
  })
  return token
}

export async function logOut(ctx: Ctx, token: string | undefined): Promise<void> {
  if (token !== undefined) await ctx.tx((tx) => store.deleteSession(tx, tokenHash(token)))
}

/** The merchant who is logged in with this cookie, or nobody. */
export async function findPayer(ctx: Ctx, token: string | undefined) {
  if (token === undefined) return undefined
  const now = ctx.clock.now()
  const { idleSeconds, absoluteSeconds, touchSeconds } = WALLET_SESSION
  const hash = tokenHash(token)
  const session = await store.findSession(ctx, hash, now - idleSeconds * 1000, now - absoluteSeconds * 1000)
  if (!session) return undefined
  if (Math.abs(now - session.seen_at) >= touchSeconds * 1000) await ctx.tx((tx) => store.touchSession(tx, hash))
  return session
}

export type Payer = NonNullable<Awaited<ReturnType<typeof findPayer>>>

export async function getPayer(ctx: Ctx, token: string | undefined): Promise<Payer> {
  const payer = await findPayer(ctx, token)
  if (!payer) throw new Refusal('wallet.not_logged_in')
  return payer
}
