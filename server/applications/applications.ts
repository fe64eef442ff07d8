/** Applications and their products. */
import { randomInt } from 'node:crypto'
import { APPLICATION } from '../../rules/limits.ts'
import { neededApisOf, type PartnerType, type ProductId } from '../../rules/products.ts'
import { Refusal } from '../../rules/refusals.ts'
import { knownStandings } from '../acceptance/acceptance.ts'
import { record } from '../audit/audit.ts'
import { newId } from '../clock.ts'
import { actorName, type Ctx, type TxCtx } from '../context.ts'
import { isUniqueViolation } from '../db/dialects.ts'
import { countCallsSince } from '../gateway/exchanges.ts'
import * as purge from './purge-store.ts'
import * as store from './store.ts'
import { newWallet } from './wallet-link.ts'

const DAY_MS = 24 * 60 * 60 * 1000
/** Rows deleted in one transaction, so that whoever waits for the one writer gets his turn. */
const PURGE_ROWS = 200

export async function list(ctx: Ctx) {
  return { items: await views(ctx, await store.list(ctx)) }
}

/** Names only: what somebody sees who invites merchants but may not view applications. */
export async function listNames(ctx: Ctx) {
  const applications = await store.list(ctx)
  return {
    items: applications.map(({ id, name, products }) => ({
      id,
      name,
      products: products.map((product) => product.id),
    })),
  }
}

export async function get(ctx: Ctx, applicationId: string) {
  const [view] = await views(ctx, [await getOwn(ctx, applicationId)])
  if (!view) throw new Refusal('thing.not_found')
  return view
}

/** The actor's own application, or a refusal that does not tell whether another partner has it. */
export async function getOwn(ctx: Ctx | TxCtx, applicationId: string): Promise<store.Application> {
  const application = await store.find(ctx, applicationId)
  if (!application) throw new Refusal('thing.not_found')
  return application
}

type NewApplication = { name: string; partnerType: PartnerType; description: string; products: ProductId[] }

export async function create(ctx: Ctx, input: NewApplication) {
  const id = newId('app')
  await refusingTakenName(() =>
    ctx.tx(async (tx) => {
      await store.lockPartner(tx)
      const types = await store.findPartnerTypes(tx)
      if (!types.includes(input.partnerType)) {
        throw new Refusal('application.wrong_partner_type', {
          fields: [{ path: 'partnerType', message: 'is not in your contract' }],
        })
      }
      if ((await store.count(tx)) >= APPLICATION.perPartner) throw new Refusal('application.too_many')
      await store.insert(tx, {
        id,
        name: input.name,
        partner_type: input.partnerType,
        description: input.description,
        status: 'in_progress',
        created_at: tx.clock.now(),
        created_by: actorName(tx),
      })
      await store.insertProducts(tx, id, input.products)
      await store.insertClient(tx, {
        client_id: `SANDBOX_${letters(17)}`,
        application_id: id,
        environment: 'sandbox',
        participant_id: `10${digits(17)}`,
        customer_id: `20${digits(14)}`,
        ...newWallet(tx.seal),
      })
      // Participant and customer are given by the contract there, not by this center.
      await store.insertClient(tx, {
        client_id: letters(20),
        application_id: id,
        environment: 'production',
        participant_id: '',
        customer_id: '',
        wallet_secret: null,
        wallet_hash: null,
      })
      await record(tx, { action: 'application.create', object: { id, name: input.name }, after: { ...input } })
    }),
  )
  return get(ctx, id)
}

export async function modify(ctx: Ctx, applicationId: string, change: { name: string; description: string }) {
  await refusingTakenName(() =>
    ctx.tx(async (tx) => {
      const { name, description } = await getOwn(tx, applicationId)
      if (!(await store.update(tx, applicationId, change))) throw new Refusal('thing.not_found')
      const object = { id: applicationId, name: change.name }
      await record(tx, { action: 'application.modify', object, before: { name, description }, after: change })
    }),
  )
  return get(ctx, applicationId)
}

export async function remove(ctx: Ctx, applicationId: string, typedName: string): Promise<void> {
  await ctx.tx(async (tx) => {
    const application = await getOwn(tx, applicationId)
    if (typedName.trim().normalize('NFC') !== application.name) {
      throw new Refusal('application.name_differs', {
        fields: [{ path: 'typedName', message: `type: ${application.name}` }],
      })
    }
    if (!(await store.markDeleted(tx, applicationId))) throw new Refusal('application.launched')
    await record(tx, { action: 'application.delete', object: application })
  })
}

const restorableSince = (ctx: Ctx | TxCtx) => ctx.clock.now() - APPLICATION.restorableSeconds * 1000

export async function listDeleted(ctx: Ctx) {
  const applications = await store.listDeleted(ctx, restorableSince(ctx))
  return {
    items: applications.map(({ id, name, partnerType, products, deletedAt }) => ({
      id,
      name,
      partnerType,
      products: products.map((product) => product.id),
      deletedAt: new Date(deletedAt).toISOString(),
      restorableUntil: new Date(deletedAt + APPLICATION.restorableSeconds * 1000).toISOString(),
    })),
  }
}

/** As it was before its deletion. Its name may have been given to another one meanwhile: then the people decide, not we. */
export async function restore(ctx: Ctx, applicationId: string) {
  await ctx
    .tx(async (tx) => {
      await store.lockPartner(tx)
      const count = await store.count(tx)
      if (!(await store.unmarkDeleted(tx, applicationId, restorableSince(tx)))) throw new Refusal('thing.not_found')
      if (count >= APPLICATION.perPartner) throw new Refusal('application.too_many')
      await record(tx, { action: 'application.restore', object: await getOwn(tx, applicationId) })
    })
    .catch((error: unknown) => {
      throw isUniqueViolation(error) ? new Refusal('application.name_reused') : error
    })
  return get(ctx, applicationId)
}

/** Deletes for good what was marked as deleted before that moment, with everything under it, in small batches. */
export async function purgeDeleted(ctx: Ctx, before: number): Promise<void> {
  for (const applicationId of await purge.listDeletedBefore(ctx, before)) {
    for (const batch of purge.BATCHES) {
      let found: number
      do found = await ctx.tx((tx) => batch(tx, applicationId, PURGE_ROWS))
      while (found === PURGE_ROWS)
    }
    await ctx.tx((tx) => purge.deleteApplication(tx, applicationId, before))
  }
}

export async function addProducts(ctx: Ctx, applicationId: string, products: ProductId[]) {
  await ctx
    .tx(async (tx) => {
      await store.lock(tx, applicationId)
      const application = await getOwn(tx, applicationId)
      if (application.products.some(({ id }) => products.includes(id))) throw new Refusal('product.present')
      await store.insertProducts(tx, applicationId, products)
      await record(tx, { action: 'product.add', object: application, after: { products } })
    })
    .catch((error: unknown) => {
      throw isUniqueViolation(error) ? new Refusal('product.present') : error
    })
  return get(ctx, applicationId)
}

export async function removeProduct(ctx: Ctx, applicationId: string, product: ProductId) {
  await ctx.tx(async (tx) => {
    await getOwn(tx, applicationId)
    await store.lock(tx, applicationId)
    const application = await getOwn(tx, applicationId)
    const present = application.products.find(({ id }) => id === product)
    if (!present) throw new Refusal('product.absent')
    if (present.status === 'launched') throw new Refusal('product.launched')
    if (application.products.length === 1) throw new Refusal('product.last')
    await store.deleteProduct(tx, applicationId, product)
    await record(tx, { action: 'product.remove', object: application, before: { product } })
  })
  return get(ctx, applicationId)
}

async function refusingTakenName(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    throw new Refusal('application.name_taken', {
      fields: [{ path: 'name', message: 'is the name of another application' }],
    })
  }
}

/** Whether production has a URL for each call that the products need. */
function hasAllUrls(
  { id, partnerType, products }: store.Application,
  urls: Awaited<ReturnType<typeof store.listProductionUrls>>,
) {
  const set = urls.filter(({ application_id }) => application_id === id).map(({ api }) => api)
  const needed = neededApisOf(
    partnerType,
    products.map((product) => product.id),
  )
  return needed.every((api) => set.includes(api))
}

async function views(ctx: Ctx, applications: store.Application[]) {
  if (applications.length === 0) return []
  const ids = applications.map(({ id }) => id)
  const facts = await store.listFacts(ctx, ids)
  const standings = await knownStandings(ctx, ids)
  const urls = await store.listProductionUrls(ctx, ids)
  const calls = await countCallsSince(ctx, ids, ctx.clock.now() - DAY_MS)
  return applications.map((application) => {
    const fact = facts.find(({ application_id }) => application_id === application.id)
    return {
      ...application,
      createdAt: new Date(application.createdAt).toISOString(),
      facts: {
        keySet: fact?.own_key != null,
        verifiedCall: fact?.verified_at != null,
        cases: sumOf(standings.get(application.id) ?? []),
        merchantInvited: fact?.invited != null,
        productionReady: fact?.production_key != null && hasAllUrls(application, urls),
        launched: application.status === 'launched',
      },
      callsLastDay: calls.get(application.id) ?? 0,
    }
  })
}

function sumOf(standings: readonly { required: number; passed: number }[]) {
  const sum = (of: 'required' | 'passed') => standings.reduce((total, one) => total + one[of], 0)
  return { required: sum('required'), passed: sum('passed') }
}

const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789'
const letters = (n: number) => Array.from({ length: n }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
const digits = (n: number) => Array.from({ length: n }, () => randomInt(10)).join('')
