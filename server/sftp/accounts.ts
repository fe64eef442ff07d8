/**
 * The account that fetches the reports of one sandbox. Its name is the Participant ID. The password is made by the center, 192 random
 * bits, shown once and kept as a hash; beside it or instead of it there may be one public key.
 */
import { REPORT_ROOT } from '../../rules/reports.ts'
import { SFTP } from '../../rules/limits.ts'
import { Refusal } from '../../rules/refusals.ts'
import { clearTries, takeTry } from '../accounts/counters.ts'
import { getOwn } from '../applications/applications.ts'
import { record } from '../audit/audit.ts'
import { newToken } from '../clock.ts'
import { actorName, type Ctx } from '../context.ts'
import { addressKey } from '../http/rations.ts'
import { sameSecret, tokenHash } from '../seal.ts'
import { hostKeyOf } from './host-key.ts'
import { parseLogInKey } from './log-in-key.ts'
import * as store from './store.ts'

export async function view(ctx: Ctx, applicationId: string) {
  await getOwn(ctx, applicationId)
  const row = await store.findOfApplication(ctx, applicationId)
  const { sftp } = ctx.config
  return {
    url: sftp === null ? null : `sftp://${sftp.address}`,
    account: row.participant_id,
    password: row.password_hash === null ? null : since(row.password_set_at, row.password_set_by),
    key:
      row.key_fingerprint === null
        ? null
        : { fingerprint: row.key_fingerprint, ...since(row.key_set_at, row.key_set_by) },
    hostKeyFingerprint: sftp === null ? null : (await hostKeyOf(ctx)).fingerprint,
    folder: `/${REPORT_ROOT.join('/')}/`,
  }
}

const since = (at: number | null, by: string | null) => ({ setAt: new Date(at ?? 0).toISOString(), setBy: by ?? '' })

/** The actor's own application, on a center that serves SFTP. */
async function ensureServed(ctx: Ctx, applicationId: string): Promise<void> {
  await getOwn(ctx, applicationId)
  if (ctx.config.sftp === null) throw new Refusal('sftp.off')
}

export async function newPassword(ctx: Ctx, applicationId: string) {
  await ensureServed(ctx, applicationId)
  const password = newToken().slice(0, SFTP.passwordChars)
  await ctx.tx(async (tx) => {
    const application = await getOwn(tx, applicationId)
    const { participant_id: account } = await store.findOfApplication(tx, applicationId)
    await store.change(tx, applicationId, account, {
      password_hash: tokenHash(password),
      password_set_at: tx.clock.now(),
      password_set_by: actorName(tx),
    })
    await clearTries(tx, [accountKey(account)])
    await record(tx, { action: 'sftp.password', object: application })
  })
  return { ...(await view(ctx, applicationId)), newPassword: password }
}

export async function setKey(ctx: Ctx, applicationId: string, pasted: string | null) {
  await ensureServed(ctx, applicationId)
  const key = pasted === null ? null : await parseLogInKey(pasted)
  await ctx.tx(async (tx) => {
    const application = await getOwn(tx, applicationId)
    const before = await store.findOfApplication(tx, applicationId)
    await store.change(tx, applicationId, before.participant_id, {
      public_key: key?.line ?? null,
      key_fingerprint: key?.fingerprint ?? null,
      key_set_at: key === null ? null : tx.clock.now(),
      key_set_by: key === null ? null : actorName(tx),
    })
    await record(tx, {
      action: 'sftp.key',
      object: application,
      before: { fingerprint: before.key_fingerprint },
      after: { fingerprint: key?.fingerprint ?? null },
    })
  })
  return view(ctx, applicationId)
}

// ── logging in ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Somebody who has logged in. `by`: what he proved; when that is replaced, he is out. */
export type Guest = { applicationId: string; account: string; by: { password_hash: string } | { public_key: string } }

/**
 * Guesses are counted for this account from this address, for the address, and for the account. The last is wide, and keys do not count:
 * a stranger who fills it keeps nobody out who has a key. The right password clears them: a job that logs in every minute is no guesser.
 */
export async function logInWithPassword(
  ctx: Ctx,
  account: string,
  password: string,
  address: string,
): Promise<Guest | 'wrong' | 'too many'> {
  const name = tokenHash(account)
  const from = addressKey(address)
  const keys = { pair: `sftp ${name} ${from}`, address: `sftp ${from}`, account: accountKey(account) }
  const allowed = await ctx.tx(async (tx) => {
    const take = (key: string, limit: number) => takeTry(tx, key, limit, SFTP.tryWindowSeconds)
    return (
      (await take(keys.pair, SFTP.triesPerPair)) &&
      (await take(keys.address, SFTP.triesPerAddress)) &&
      (await take(keys.account, SFTP.triesPerAccount))
    )
  })
  if (!allowed) return 'too many'
  const row = await store.findByName(ctx, account)
  const hash = row?.password_hash ?? ''
  // Compared all the same where there is nothing to compare with.
  if (!sameSecret(tokenHash(password), hash) || !row || hash === '') return 'wrong'
  await ctx.tx((tx) => clearTries(tx, Object.values(keys)))
  return { applicationId: row.application_id, account, by: { password_hash: hash } }
}

const accountKey = (account: string) => `sftp account ${tokenHash(account)}`

/** The key that an account may log in with, as one OpenSSH line. */
export async function findKeyOf(ctx: Ctx, account: string): Promise<{ line: string; guest: Guest } | undefined> {
  const row = await store.findByName(ctx, account)
  if (!row?.public_key) return undefined
  const guest = { applicationId: row.application_id, account, by: { public_key: row.public_key } }
  return { line: row.public_key, guest }
}

/** Whether what somebody logged in with still holds. */
export async function isWelcome(ctx: Ctx, { account, by }: Guest): Promise<boolean> {
  const row = await store.findByName(ctx, account)
  if (!row) return false
  return 'password_hash' in by ? row.password_hash === by.password_hash : row.public_key === by.public_key
}
