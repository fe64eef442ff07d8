/** The sandbox settings of an application: its ids, its keys, its clock, its Test Wallet, and where notifications go. */
import { SANDBOX_CLOCK } from '../../rules/limits.ts'
import { type PartnerApi, partnerApisOf } from '../../rules/products.ts'
import { Refusal } from '../../rules/refusals.ts'
import { record } from '../audit/audit.ts'
import { actorName, type Ctx } from '../context.ts'
import { isUniqueViolation } from '../db/dialects.ts'
import { bringAboutFirst, wakeByClock } from '../gateway/due.ts'
import { ensureTarget, type Wall } from '../outgoing/wall.ts'
import { getOwn } from './applications.ts'
import { challengesOf, deleteWaitingKeys, giveChallenge, type Key } from './key-proof.ts'
import { keyRefusal } from './key-text.ts'
import { parsePublicKey } from './keys.ts'
import * as store from './store.ts'
import { newWallet } from './wallet-link.ts'

export async function get(ctx: Ctx, applicationId: string) {
  const application = await getOwn(ctx, applicationId)
  const client = await store.getClient(ctx, applicationId)
  const keys = await store.listKeys(ctx, client.client_id)
  const challengeOf = await challengesOf(ctx, client.client_id)
  const urls = await store.listUrls(ctx, client.client_id)
  const isTsp = application.partnerType === 'technical_service_provider'
  return {
    gatewayEndpoint: ctx.config.origin,
    clientId: client.client_id,
    participantId: isTsp ? null : client.participant_id,
    testAcquirerId: isTsp ? client.participant_id : null,
    customerId: isTsp ? client.customer_id : null,
    certificationType: keys.length > 0 ? 'RSA256 (RSA PKCS#1 v1.5 with SHA-256)' : null,
    keys: keys.map((key) => keyView(key, challengeOf(key))),
    // A throw-away key of the Test Merchant makes the network's pair as well; it is shown in return for a key of the partner's.
    networkPublicKey: keys.length > 0 ? client.network_public_key : null,
    notificationUrls: apisOf(application).map((api) => ({
      api,
      url: urls.find((row) => row.api === api)?.url ?? null,
    })),
    testWalletUrl: `${ctx.config.origin}/wallet/${await walletSecretOf(ctx, client)}`,
    clock: {
      now: new Date(ctx.clock.now() + client.clock_offset_ms).toISOString(),
      offsetSeconds: client.clock_offset_ms / 1000,
    },
  }
}

/** A key of either environment, and what it has to sign while it waits. */
export function keyView(key: Key, challenge: { text: string; expiresAt: string } | null) {
  return {
    version: key.version,
    state: key.state as 'active' | 'waiting' | 'retired', // written by us
    fingerprint: key.fingerprint,
    bits: key.bits,
    publicKey: key.public_key,
    setAt: new Date(key.set_at).toISOString(),
    setBy: key.set_by,
    provedAt: key.proved_at === null ? null : new Date(key.proved_at).toISOString(),
    challenge,
  }
}

const apisOf = ({ partnerType, products }: store.Application) =>
  partnerApisOf(
    partnerType,
    products.map(({ id }) => id),
  )

/** Sealed, because it has to be shown again. A client without one gets it now; of two at once the first stays. */
async function walletSecretOf(ctx: Ctx, client: Awaited<ReturnType<typeof store.getClient>>): Promise<string> {
  if (client.wallet_secret !== null) return ctx.seal.open(client.wallet_secret)
  const { wallet_secret } = await ctx.tx(async (tx) => {
    await store.setWalletSecret(tx, client.client_id, newWallet(ctx.seal))
    return store.getClient(tx, client.application_id)
  })
  return ctx.seal.open(wallet_secret ?? '')
}

/** Forward only: what has happened by the clock of a sandbox cannot unhappen. What is due by it happens at once. */
export async function forwardClock(ctx: Ctx, applicationId: string, forwardSeconds: number) {
  await ctx.tx(async (tx) => {
    const application = await getOwn(tx, applicationId)
    const { client_id } = await store.getClient(tx, applicationId)
    const mostMs = SANDBOX_CLOCK.aheadSecondsMax * 1000
    if (!(await store.forwardClock(tx, client_id, forwardSeconds * 1000, mostMs))) throw new Refusal('clock.too_far')
    await wakeByClock(tx, applicationId)
    await record(tx, { action: 'sandbox.clock', object: application, after: { forwardSeconds } })
  })
  await bringAboutFirst(ctx, applicationId)
  return get(ctx, applicationId)
}

export { findThrowAwayKey, isNetworkKey } from './store.ts'

/** Whom the network answers, and the public key of the pair that it answers with, which is made where there is none. */
export async function ensureNetworkKey(ctx: Ctx, applicationId: string) {
  const { client_id: clientId, network_public_key } = await store.getClient(ctx, applicationId)
  if (network_public_key !== null) return { clientId, networkPublicKey: network_public_key }
  const pair = await ctx.makePair()
  const sealedPrivateKey = ctx.seal.seal(pair.privateKeyPem)
  const client = await ctx.tx(async (tx) => {
    await store.setNetworkPair(tx, clientId, { ...pair, sealedPrivateKey })
    return store.getClient(tx, applicationId)
  })
  return { clientId, networkPublicKey: client.network_public_key ?? '' }
}

/**
 * The first key is active at once. A replacement waits until its owner has signed a text of ours (key-proof.ts); until then the key
 * before it goes on working, so a wrong paste breaks nothing.
 */
export async function setKey(ctx: Ctx, applicationId: string, pasted: string) {
  await getOwn(ctx, applicationId)
  const parsed = await parsePublicKey(pasted)
  const client = await store.getClient(ctx, applicationId)
  // Making a pair takes a while, so it is not done inside the transaction.
  const pair = client.network_public_key === null ? await ctx.makePair() : undefined
  try {
    await ctx.tx(async (tx) => {
      const application = await getOwn(tx, applicationId)
      if (await store.isNetworkKey(tx, parsed.fingerprint))
        throw keyRefusal('key.center', 'Its private half is with us.')
      if (await store.findThrowAwayKey(tx, parsed.fingerprint))
        throw keyRefusal('key.in_use', 'It is in use in another place.')
      await store.lock(tx, applicationId)
      await deleteWaitingKeys(tx, client.client_id)
      const keys = await store.listKeys(tx, client.client_id)
      const version = (keys[0]?.version ?? 0) + 1
      const isFirst = !keys.some(({ state }) => state === 'active')
      await store.insertKey(tx, {
        client_id: client.client_id,
        version,
        state: isFirst ? 'active' : 'waiting',
        public_key: parsed.publicKey,
        fingerprint: parsed.fingerprint,
        bits: parsed.bits,
        set_at: tx.clock.now(),
        set_by: actorName(tx),
        proved_at: null,
      })
      if (!isFirst) await giveChallenge(tx, client.client_id, version)
      if (pair) {
        const sealedPrivateKey = tx.seal.seal(pair.privateKeyPem)
        await store.setNetworkPair(tx, client.client_id, { ...pair, sealedPrivateKey })
      }
      const after = { fingerprint: parsed.fingerprint, bits: parsed.bits }
      await record(tx, { action: 'sandbox.key', object: application, after })
    })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    const known = await store.findOwnKey(ctx, applicationId, parsed.fingerprint)
    if (known?.environment === 'production')
      throw keyRefusal('key.of_production', `It is version ${known.version} of production.`)
    // Whose it is else is nobody's business.
    throw keyRefusal(
      'key.in_use',
      known ? `It is version ${known.version} of this application.` : 'It is in use in another place.',
    )
  }
  return get(ctx, applicationId)
}

export async function setUrl(ctx: Ctx, wall: Wall, applicationId: string, api: PartnerApi, url: string | null) {
  const application = await getOwn(ctx, applicationId)
  if (!apisOf(application).includes(api)) throw new Refusal('url.not_applicable')
  const target = url === null ? null : await ensureTarget(url, wall)
  const { client_id } = await store.getClient(ctx, applicationId)
  await ctx.tx(async (tx) => {
    const before = (await store.listUrls(tx, client_id)).find((row) => row.api === api)?.url ?? null
    await store.setUrl(tx, client_id, api, target?.href ?? null)
    await record(tx, {
      action: 'sandbox.notification_url',
      object: await getOwn(tx, applicationId),
      before: { [api]: before },
      after: { [api]: target?.href ?? null },
    })
  })
  return get(ctx, applicationId)
}
