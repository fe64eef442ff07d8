/** The center's own key for evidence packages: an Ed25519 pair, made once, its private half sealed in the database. */
import { createHash, createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import type { Ctx } from '../context.ts'
import * as store from './store.ts'

const NAME = 'evidence'

export type EvidenceKey = { algorithm: 'Ed25519'; publicKey: string; fingerprint: string }

export async function publicEvidenceKey(ctx: Ctx): Promise<EvidenceKey> {
  const { public_key } = await getPair(ctx)
  const fingerprint = createHash('sha256').update(Buffer.from(public_key, 'base64')).digest('hex')
  return { algorithm: 'Ed25519', publicKey: public_key, fingerprint }
}

/** The signature of a text as base64. */
export async function signEvidence(ctx: Ctx, text: string): Promise<string> {
  const { private_key } = await getPair(ctx)
  return sign(null, Buffer.from(text), createPrivateKey(ctx.seal.open(private_key))).toString('base64')
}

/** Made by whoever needs it first; of two at once the first stays. */
async function getPair(ctx: Ctx) {
  const known = await store.findKey(ctx, NAME)
  if (known) return known
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  await ctx.tx((tx) =>
    store.insertKey(tx, {
      name: NAME,
      public_key: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
      private_key: tx.seal.seal(String(privateKey.export({ type: 'pkcs8', format: 'pem' }))),
      made_at: tx.clock.now(),
    }),
  )
  const made = await store.findKey(ctx, NAME)
  if (!made) throw new Error('The key for evidence packages was made and is gone.')
  return made
}
