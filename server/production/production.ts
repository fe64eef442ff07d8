/**
 * Production settings of an application: its Client ID, its keys, and where notifications go. Every key waits until it is proved
 * (proof.ts), and what concerns a launched application is told to the network's own systems.
 */
import { randomInt } from 'node:crypto'
import { isExampleHost } from '../../rules/launch.ts'
import { BY_HAND } from '../../rules/limits.ts'
import { neededApisOf, type PartnerApi, partnerApisOf, type PartnerType, type ProductId } from '../../rules/products.ts'
import { Refusal } from '../../rules/refusals.ts'
import { ensureQuota } from '../accounts/counters.ts'
import { getOwn } from '../applications/applications.ts'
import { challengesOf, deleteWaitingKeys, giveChallenge, moveKey } from '../applications/key-proof.ts'
import { keyRefusal } from '../applications/key-text.ts'
import { parsePublicKey } from '../applications/keys.ts'
import { findThrowAwayKey, isNetworkKey, keyView } from '../applications/sandbox.ts'
import { record } from '../audit/audit.ts'
import { actorName, type Ctx, type TxCtx } from '../context.ts'
import { isUniqueViolation } from '../db/dialects.ts'
import { addEvent } from '../launch/events.ts'
import type { Outgoing } from '../outgoing/client.ts'
import { ensureTarget, urlRefusal, type Wall } from '../outgoing/wall.ts'
import { mailAdmins, mailUrlChanged } from './letters.ts'
import * as store from './store.ts'

/** The wall for production, which is stricter than that of the sandbox, and the client behind it. */
export type Reach = { wall: Wall; outgoing: Outgoing }

export async function get(ctx: Ctx, applicationId: string) {
  const application = await getOwn(ctx, applicationId)
  const clientId = await clientIdOf(ctx, applicationId)
  const keys = await store.listKeys(ctx, clientId)
  const challengeOf = await challengesOf(ctx, clientId)
  const urls = await listUrls(ctx, clientId, scopeOf(application))
  const { gateway, publicKey } = ctx.config.production
  return {
    clientId,
    gatewayEndpoint: gateway === '' ? null : gateway,
    networkPublicKey: publicKey === '' ? null : publicKey,
    keys: keys.map((key) => keyView(key, challengeOf(key))),
    notificationUrls: urls.map(({ api, url, look }) => ({
      api,
      url,
      look: look && { at: new Date(look.at).toISOString(), status: look.status, fault: look.fault },
    })),
    isLaunched: application.status === 'launched',
  }
}

const productsOf = ({ products }: { products: readonly { id: ProductId }[] }) => products.map(({ id }) => id)

/** Whose calls are meant: what is called at a partner depends on its type and on the products. */
export type Called = { partnerType: PartnerType; products: readonly ProductId[] }

const scopeOf = (application: { partnerType: PartnerType; products: readonly { id: ProductId }[] }): Called => ({
  partnerType: application.partnerType,
  products: productsOf(application),
})

/** Each call to the partner with its URL and the last look at this very URL. A client that is not made yet has none. */
export async function listUrls(ctx: Ctx | TxCtx, clientId: string | null, { partnerType, products }: Called) {
  const urls = clientId === null ? [] : await store.listUrls(ctx, clientId)
  const looks = clientId === null ? [] : await store.listLooks(ctx, clientId)
  return partnerApisOf(partnerType, products).map((api) => {
    const url = urls.find((row) => row.api === api)?.url ?? null
    return { api, url, look: looks.find((row) => row.api === api && row.url === url) ?? null }
  })
}

const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789'

/** Made with the application; one from before this release gets it when it is needed first. */
async function clientIdOf(ctx: Ctx, applicationId: string): Promise<string> {
  const known = await store.findClient(ctx, applicationId)
  if (known) return known.client_id
  const clientId = Array.from({ length: 20 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
  return ctx.tx(async (tx) => {
    await store.insertClient(tx, applicationId, clientId)
    return (await store.findClient(tx, applicationId))?.client_id ?? clientId
  })
}

// ── keys ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

export async function setKey(ctx: Ctx, applicationId: string, pasted: string) {
  await getOwn(ctx, applicationId)
  const parsed = await parsePublicKey(pasted)
  const clientId = await clientIdOf(ctx, applicationId)
  try {
    await ctx.tx(async (tx) => {
      await store.lock(tx, applicationId)
      const application = await getOwn(tx, applicationId)
      await ensureQuota(tx, `production keys ${applicationId}`, BY_HAND.keys, BY_HAND.hourSeconds)
      if (await isNetworkKey(tx, parsed.fingerprint)) throw keyRefusal('key.center', 'Its private half is with us.')
      await ensureUnknown(tx, applicationId, parsed.fingerprint)
      await deleteWaitingKeys(tx, clientId)
      const [newest] = await store.listKeys(tx, clientId)
      const version = (newest?.version ?? 0) + 1
      await store.insertKey(tx, {
        client_id: clientId,
        version,
        state: 'waiting',
        public_key: parsed.publicKey,
        fingerprint: parsed.fingerprint,
        bits: parsed.bits,
        set_at: tx.clock.now(),
        set_by: actorName(tx),
        proved_at: null,
      })
      await giveChallenge(tx, clientId, version)
      await mailAdmins(tx, application, { what: 'set', version, fingerprint: parsed.fingerprint })
      const after = { version, fingerprint: parsed.fingerprint, bits: parsed.bits }
      await record(tx, { action: 'production.key', object: application, after })
    })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    await ensureUnknown(ctx, applicationId, parsed.fingerprint)
    // Whose it is else is nobody's business.
    throw keyRefusal('key.in_use', 'It is in use in another place.')
  }
  return get(ctx, applicationId)
}

async function ensureUnknown(ctx: Ctx | TxCtx, applicationId: string, fingerprint: string): Promise<void> {
  const thrownAway = await findThrowAwayKey(ctx, fingerprint)
  if (thrownAway?.application_id === applicationId)
    throw keyRefusal('key.of_sandbox', 'It is a throw-away key of the Test Merchant.')
  if (thrownAway) throw keyRefusal('key.in_use', 'It is in use in another place.')
  const known = await store.findOwnKey(ctx, applicationId, fingerprint)
  if (known?.environment === 'sandbox')
    throw keyRefusal('key.of_sandbox', `It is version ${known.version} of the sandbox.`)
  if (known) throw keyRefusal('key.in_use', `It is version ${known.version} of this application.`)
}

/** For good: a retired version is never active again. The last active one of a launched application stays. */
export async function retireKey(ctx: Ctx, applicationId: string, version: number) {
  await getOwn(ctx, applicationId)
  const clientId = await clientIdOf(ctx, applicationId)
  await ctx.tx(async (tx) => {
    await store.lock(tx, applicationId)
    const application = await getOwn(tx, applicationId)
    const keys = await store.listKeys(tx, clientId)
    const key = keys.find((one) => one.version === version)
    if (!key) throw new Refusal('thing.not_found')
    if (key.state === 'retired') throw new Refusal('key.retired')
    const isLast = key.state === 'active' && keys.filter(({ state }) => state === 'active').length === 1
    if (isLast && application.status === 'launched') throw new Refusal('key.last_active')
    await moveKey(tx, key, { state: 'retired' })
    await store.touchClient(tx, clientId)
    const told = { version, fingerprint: key.fingerprint }
    if (application.status === 'launched' && key.state === 'active')
      await addEvent(tx, { type: 'key.retired', applicationId, clientId, data: { key: told } })
    await mailAdmins(tx, application, { what: 'retired', ...told })
    await record(tx, {
      action: 'production.key_retired',
      object: application,
      before: { version, state: key.state },
      after: { version, state: 'retired', fingerprint: key.fingerprint },
    })
  })
  return get(ctx, applicationId)
}

// ── notification URLs ────────────────────────────────────────────────────────────────────────────────────────────────────

export async function setUrl(ctx: Ctx, reach: Reach, applicationId: string, api: PartnerApi, url: string | null) {
  const found = await getOwn(ctx, applicationId)
  if (!partnerApisOf(found.partnerType, productsOf(found)).includes(api)) throw new Refusal('url.not_applicable')
  const href = url === null ? null : await ensureProductionTarget(url, reach.wall)
  const clientId = await clientIdOf(ctx, applicationId)
  await ctx.tx(async (tx) => {
    await store.lock(tx, applicationId)
    const application = await getOwn(tx, applicationId)
    const launched = application.products.filter(({ status }) => status === 'launched').map(({ id }) => id)
    const isLaunched = partnerApisOf(application.partnerType, launched).includes(api)
    if (href === null && neededApisOf(application.partnerType, launched).includes(api))
      throw new Refusal('url.launched')
    const before = (await store.listUrls(tx, clientId)).find((row) => row.api === api)?.url ?? null
    await store.setUrl(tx, clientId, api, href)
    await store.touchClient(tx, clientId)
    if (isLaunched && before !== href) {
      await addEvent(tx, { type: 'notification_url.changed', applicationId, clientId, data: { api, url: href } })
      await mailUrlChanged(tx, application, { api, before, after: href })
    }
    await record(tx, {
      action: 'production.notification_url',
      object: application,
      before: { [api]: before },
      after: { [api]: href },
    })
  })
  return look(ctx, reach, applicationId)
}

/** The wall of production lets nothing through that is not https and public, and a name of examples is no production system. */
async function ensureProductionTarget(text: string, wall: Wall): Promise<string> {
  if (URL.canParse(text) && isExampleHost(new URL(text).hostname)) throw urlRefusal('url.example_name')
  return (await ensureTarget(text, wall)).href
}

/** Looks at every URL now, and says how everything stands. */
export async function look(ctx: Ctx, { outgoing }: Pick<Reach, 'outgoing'>, applicationId: string) {
  const application = await getOwn(ctx, applicationId)
  await ctx.tx((tx) => ensureQuota(tx, `looks ${applicationId}`, BY_HAND.looks, BY_HAND.hourSeconds))
  await lookAt(ctx, outgoing, applicationId, scopeOf(application))
  return get(ctx, applicationId)
}

/** Any answer will do: a server may well refuse a HEAD. What was seen is kept with the URL that was looked at. */
export async function lookAt(ctx: Ctx, outgoing: Outgoing, applicationId: string, called: Called): Promise<void> {
  const client = await store.findClient(ctx, applicationId)
  if (!client) return
  const urls = await listUrls(ctx, client.client_id, called)
  const looks = await Promise.all(
    urls.map(async ({ api, url }) => {
      if (url === null) return undefined
      const seen = await outgoing.probe(url).then(
        (status) => ({ status, fault: null }),
        // The words of the network tell open from closed: that is for the log of the center, not for whoever types addresses.
        (error: unknown) => {
          ctx.log.info({ reason: String(error) }, 'a production URL did not answer')
          return { status: null, fault: 'no answer' }
        },
      )
      return { client_id: client.client_id, api, url, at: ctx.clock.now(), ...seen }
    }),
  )
  await ctx.tx(async (tx) => {
    for (const one of looks) if (one) await store.putLook(tx, one)
  })
}
