/** The facts that the gate is computed from. Nothing of it is remembered: it is read anew each time somebody asks. */
import { createHash } from 'node:crypto'
import { differenceOf, type LaunchFacts, launchGate, type ProductionUrl } from '../../rules/launch.ts'
import { neededApisOf, type ProductId } from '../../rules/products.ts'
import { Refusal } from '../../rules/refusals.ts'
import { knownStandings } from '../acceptance/acceptance.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { listUrls } from '../production/production.ts'
import * as store from './store.ts'

/** The checklist for these products, the difference between both sides, and `seen`, which stands for all that was looked at. */
export async function factsOf(ctx: Ctx | TxCtx, application: store.Launchable, products: readonly ProductId[]) {
  const { sandbox, production } = await store.findConfiguration(ctx, application.id)
  const standings = (await knownStandings(ctx, [application.id])).get(application.id) ?? []
  const { partnerType } = application
  const needed = neededApisOf(partnerType, products)
  const urls = (await listUrls(ctx, production.clientId, { partnerType, products }))
    .filter(({ api, url }) => url !== null || needed.includes(api))
    .map(
      ({ api, url, look }): ProductionUrl => ({
        api,
        url,
        sandboxUrl: sandbox.urls.find((row) => row.api === api)?.url ?? null,
        status: look?.status ?? null,
        fault: look?.fault ?? null,
      }),
    )
  const versionsIn = (state: string) =>
    production.keys.filter((key) => key.state === state).map(({ version }) => version)
  const facts: LaunchFacts = {
    name: application.name,
    description: application.description,
    partnerType,
    products,
    isOnTrial: application.isOnTrial,
    contractedTypes: application.contractedTypes,
    contractedProducts: application.contractedProducts,
    activeKeys: versionsIn('active'),
    waitingKeys: versionsIn('waiting'),
    urls,
    standings,
    allowLoopback: ctx.config.production.loopback,
  }
  const key = { sandbox: fingerprintIn(sandbox.keys), production: fingerprintIn(production.keys) }
  const clientId = { sandbox: sandbox.clientId, production: production.clientId }
  return {
    gate: launchGate(facts),
    difference: differenceOf({ clientId, key, urls }),
    clientId: production.clientId,
    seen: hashOf({
      name: application.name,
      description: application.description,
      products,
      keys: production.keys.filter(({ state }) => state === 'active').map(({ fingerprint }) => fingerprint),
      urls: urls.map(({ api, url }) => [api, url]),
    }),
  }
}

export type Facts = Awaited<ReturnType<typeof factsOf>>

/** Of the newest active key, else of the one that waits. */
function fingerprintIn(keys: readonly { state: string; fingerprint: string }[]): string | null {
  const of = (state: string) => keys.find((key) => key.state === state)?.fingerprint
  return of('active') ?? of('waiting') ?? null
}

const hashOf = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('base64url')

/** Names every open line. */
export function ensureReady({ gate }: Pick<Facts, 'gate'>): void {
  const open = gate.filter(({ isFulfilled }) => !isFulfilled)
  if (open.length === 0) return
  throw new Refusal('launch.not_ready', {
    fields: open.map(({ item, product, about }) => ({
      path: product === null ? item : `${item}.${product}`,
      message: about ?? 'is not fulfilled',
    })),
  })
}

/** What a launch of the application would launch now: everything that is not. */
export const inProgress = ({ products }: store.Launchable): ProductId[] =>
  products.filter(({ status }) => status === 'in_progress').map(({ id }) => id)
