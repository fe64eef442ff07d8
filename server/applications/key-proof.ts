/**
 * Proof of a key, in the sandbox and in production: whoever set it signs a text that we made, once and in time. So a wrong paste never
 * becomes the key that counts, and nobody can bring in a key whose private half he does not have.
 */
import { constants, createPublicKey, verify } from 'node:crypto'
import { KEY_PROOF } from '../../rules/limits.ts'
import { Refusal } from '../../rules/refusals.ts'
import { newToken } from '../clock.ts'
import type { Ctx, TxCtx } from '../context.ts'
import type { Row } from '../db/schema.ts'
import * as store from './key-proof-store.ts'

export type Key = Row<'client_keys'>

/** At most so many keys verify at once: the new one, and the one that it replaces. */
const ACTIVE_KEYS = 2

/**
 * Gives a new text for a key; the one before is void. One line of plain characters, so that a shell takes it as it is. It begins with
 * words that no call of the gateway begins with: a signature of it can never pass for a signed call.
 */
export async function giveChallenge(tx: TxCtx, clientId: string, version: number): Promise<void> {
  await store.putChallenge(tx, {
    client_id: clientId,
    version,
    text: `slipway-key-proof:${clientId}:${version}:${newToken()}`,
    expires_at: tx.clock.now() + KEY_PROOF.seconds * 1000,
  })
}

/** The same on demand, for a key that waits. */
export async function renewChallenge(tx: TxCtx, clientId: string | undefined, version: number): Promise<void> {
  const key = await getWaiting(tx, clientId, version)
  await giveChallenge(tx, key.client_id, version)
}

/** What each waiting key has to sign, while there is time; null for all others. */
export async function challengesOf(ctx: Ctx, clientId: string) {
  const all = await store.listChallenges(ctx, clientId)
  const now = ctx.clock.now()
  return ({ version, state }: Pick<Key, 'version' | 'state'>) => {
    const found = all.find((one) => one.version === version && one.expires_at > now)
    if (state !== 'waiting' || !found) return null
    return { text: found.text, expiresAt: new Date(found.expires_at).toISOString() }
  }
}

/** The key is active from now on; of more than two active ones the oldest are retired, and returned. */
export async function proveKey(
  tx: TxCtx,
  clientId: string | undefined,
  { version, signature }: { version: number; signature: string },
): Promise<{ key: Key; retired: Key[] }> {
  const key = await getWaiting(tx, clientId, version)
  const asked = (await store.listChallenges(tx, key.client_id)).find((one) => one.version === version)
  if (!asked || asked.expires_at <= tx.clock.now()) throw new Refusal('key.proof_unknown')
  if (!isSignatureOf(key.public_key, asked.text, signature))
    throw new Refusal('key.proof_wrong', { fields: [{ path: 'signature', message: 'is not right' }] })
  if (!(await store.takeChallenge(tx, asked))) throw new Refusal('key.proof_unknown')
  await store.moveKey(tx, key, { state: 'active', proved_at: tx.clock.now() })
  return { key, retired: await retireSurplus(tx, key.client_id) }
}

/** What is told of a key: never the key itself, which nobody reads. */
export const toldOf = ({ version, fingerprint }: Key) => ({ version, fingerprint })

async function getWaiting(tx: TxCtx, clientId: string | undefined, version: number): Promise<Key> {
  const key = clientId === undefined ? undefined : await store.findKey(tx, clientId, version)
  if (!key) throw new Refusal('thing.not_found')
  if (key.state !== 'waiting') throw new Refusal('key.not_waiting')
  return key
}

/** Base64 as openssl and browsers write it, with line breaks or without. The library compares in constant time. */
function isSignatureOf(publicKey: string, text: string, signature: string): boolean {
  const base64 = signature.replace(/\s+/g, '')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return false
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
  const padded = { key, padding: constants.RSA_PKCS1_PADDING }
  return verify('RSA-SHA256', Buffer.from(text), padded, Buffer.from(base64, 'base64'))
}

async function retireSurplus(tx: TxCtx, clientId: string): Promise<Key[]> {
  const active = (await store.listKeys(tx, clientId)).filter(({ state }) => state === 'active')
  const surplus = active.slice(ACTIVE_KEYS)
  for (const key of surplus) await store.moveKey(tx, key, { state: 'retired' })
  return surplus
}

export { deleteWaitingKeys, moveKey } from './key-proof-store.ts'
