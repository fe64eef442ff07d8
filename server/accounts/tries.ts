/** How often a password may be tried: rules/limits.ts SIGN_IN. Counted before anything is hashed, for unknown addresses alike. */
import { KNOWN_BROWSER_SECONDS, SIGN_IN } from '../../rules/limits.ts'
import { Refusal } from '../../rules/refusals.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { tokenHash } from '../seal.ts'
import { clearTries, takeTry } from './counters.ts'
import * as sessionStore from './session-store.ts'
import { emailKey } from './store.ts'

/** Under which keys tries are counted; the address itself need not be in that table. */
export type TryKeys = { window: string; inARow: string }

/**
 * Strangers share one count for an address. A browser that logged in before has a count of its own, so that nobody can shut the
 * owner out by guessing.
 */
export async function tryKeysOf(ctx: Ctx, email: string, browserToken: string | undefined): Promise<TryKeys> {
  const browser = tokenHash(browserToken ?? '')
  const since = ctx.clock.now() - KNOWN_BROWSER_SECONDS * 1000
  const known = await sessionStore.isKnownBrowser(ctx, browser, email, since)
  return keysOf(email, known ? browser : 'unknown')
}

export function keysOf(email: string, browser: string): TryKeys {
  const who = `${tokenHash(emailKey(email))}:${browser}`
  return { window: `sign-in:${who}`, inARow: `sign-in-in-a-row:${who}` }
}

export async function takePasswordTry(ctx: Ctx, keys: TryKeys): Promise<void> {
  const allowed = await ctx.tx(async (tx) => {
    const inWindow = await takeTry(tx, keys.window, SIGN_IN.triesPerWindow, SIGN_IN.windowSeconds)
    return inWindow && (await takeTry(tx, keys.inARow, SIGN_IN.consecutiveFailures, SIGN_IN.inARowSeconds))
  })
  if (!allowed) throw new Refusal('account.too_many_tries', { retryAfterSeconds: SIGN_IN.windowSeconds })
}

export async function forgetTries(tx: TxCtx, keys: TryKeys): Promise<void> {
  await clearTries(tx, [keys.window, keys.inARow])
}
