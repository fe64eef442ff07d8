/** Keys of the center itself: Ed25519 pairs, each made once for one purpose, the private half sealed in the database. */
import { createHash, createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import type { Ctx } from '../context.ts'
import * as store from './store.ts'

/** What a pair signs: evidence packages of acceptance tests, launch events, and the SFTP server's side of a connection. */
export type KeyName = 'evidence' | 'events' | 'sftp'

/** `publicKey`: base64 of the SubjectPublicKeyInfo; `fingerprint`: its SHA-256 in hex. */
export type CenterKey = { algorithm: 'Ed25519'; publicKey: string; fingerprint: string }

export async function publicCenterKey(ctx: Ctx, name: KeyName): Promise<CenterKey> {
  const { public_key } = await getPair(ctx, name)
  const fingerprint = createHash('sha256').update(Buffer.from(public_key, 'base64')).digest('hex')
  return { algorithm: 'Ed25519', publicKey: public_key, fingerprint }
}

/** The signature of a text as base64. */
export async function signWithCenterKey(ctx: Ctx, name: KeyName, text: string): Promise<string> {
  const { private_key } = await getPair(ctx, name)
  return sign(null, Buffer.from(text), createPrivateKey(ctx.seal.open(private_key))).toString('base64')
}

/** Both halves as their 32 raw bytes, for a protocol that has a form of its own for keys. */
export async function centerKeyParts(ctx: Ctx, name: KeyName): Promise<{ publicPart: Buffer; privatePart: Buffer }> {
  const { private_key } = await getPair(ctx, name)
  const { x = '', d = '' } = createPrivateKey(ctx.seal.open(private_key)).export({ format: 'jwk' })
  return { publicPart: Buffer.from(x, 'base64url'), privatePart: Buffer.from(d, 'base64url') }
}

/** Made by whoever needs it first; of two at once the first stays. */
async function getPair(ctx: Ctx, name: KeyName) {
  const known = await store.findKey(ctx, name)
  if (known) return known
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  await ctx.tx((tx) =>
    store.insertKey(tx, {
      name,
      public_key: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
      private_key: tx.seal.seal(String(privateKey.export({ type: 'pkcs8', format: 'pem' }))),
      made_at: tx.clock.now(),
    }),
  )
  const made = await store.findKey(ctx, name)
  if (!made) throw new Error(`The key of the center for ${name} was made and is gone.`)
  return made
}
