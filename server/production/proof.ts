/**
 * Proof of a production key: whoever set it signs a text that we made, once and in time. So a wrong paste never becomes the key under
 * which money moves, and nobody can bring in a key whose private half he does not have.
 */
import { constants, createPublicKey, verify } from 'node:crypto'
import { KEY_PROOF } from '../../rules/limits.ts'
import { Refusal } from '../../rules/refusals.ts'
import { getOwn } from '../applications/applications.ts'
import { record } from '../audit/audit.ts'
import { newToken } from '../clock.ts'
import type { Ctx, TxCtx } from '../context.ts'
import type { Row } from '../db/schema.ts'
import { addEvent } from '../launch/events.ts'
import { mailAdmins } from './letters.ts'
import * as store from './store.ts'

/** At most so many keys verify at once: the new one, and the one that it replaces. */
const ACTIVE_KEYS = 2

/**
 * One line of plain characters, so that a shell takes it as it is. It begins with words that no call of the gateway begins with: a
 * signature of it can never pass for a signed call.
 */
export function newChallenge(tx: TxCtx, clientId: string, version: number): Row<'key_challenges'> {
  return {
    client_id: clientId,
    version,
    text: `slipway-key-proof:${clientId}:${version}:${newToken()}`,
    expires_at: tx.clock.now() + KEY_PROOF.seconds * 1000,
  }
}

export async function challenge(ctx: Ctx, applicationId: string, version: number): Promise<void> {
  await getOwn(ctx, applicationId)
  await ctx.tx(async (tx) => {
    await store.lock(tx, applicationId)
    const application = await getOwn(tx, applicationId)
    const key = await getWaiting(tx, applicationId, version)
    await store.putChallenge(tx, newChallenge(tx, key.client_id, version))
    await record(tx, { action: 'production.challenge', object: application, after: { version } })
  })
}

export async function prove(ctx: Ctx, applicationId: string, version: number, signature: string): Promise<void> {
  await getOwn(ctx, applicationId)
  await ctx.tx(async (tx) => {
    await store.lock(tx, applicationId)
    const application = await getOwn(tx, applicationId)
    const key = await getWaiting(tx, applicationId, version)
    const asked = (await store.listChallenges(tx, key.client_id)).find((one) => one.version === version)
    if (!asked || asked.expires_at <= tx.clock.now()) throw new Refusal('key.proof_unknown')
    if (!isSignatureOf(key.public_key, asked.text, signature))
      throw new Refusal('key.proof_wrong', { fields: [{ path: 'signature', message: 'is not right' }] })
    if (!(await store.takeChallenge(tx, asked))) throw new Refusal('key.proof_unknown')
    await store.moveKey(tx, key, { state: 'active', proved_at: tx.clock.now() })
    const retired = await retireSurplus(tx, key.client_id)
    await store.touchClient(tx, key.client_id)
    if (application.status === 'launched') {
      const { client_id: clientId } = key
      const event = { applicationId, clientId }
      await addEvent(tx, { ...event, type: 'key.activated', data: { key: told(key) } })
      for (const one of retired) await addEvent(tx, { ...event, type: 'key.retired', data: { key: told(one) } })
    }
    await mailAdmins(tx, application, { what: 'proved', ...told(key) })
    const after = { ...told(key), retired: retired.map((one) => one.version) }
    await record(tx, { action: 'production.key_proved', object: application, after })
  })
}

const told = ({ version, fingerprint }: Row<'client_keys'>) => ({ version, fingerprint })

async function getWaiting(tx: TxCtx, applicationId: string, version: number): Promise<Row<'client_keys'>> {
  const client = await store.findClient(tx, applicationId)
  const key = client && (await store.findKey(tx, client.client_id, version))
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

async function retireSurplus(tx: TxCtx, clientId: string): Promise<Row<'client_keys'>[]> {
  const active = (await store.listKeys(tx, clientId)).filter(({ state }) => state === 'active')
  const surplus = active.slice(ACTIVE_KEYS)
  for (const key of surplus) await store.moveKey(tx, key, { state: 'retired' })
  return surplus
}
