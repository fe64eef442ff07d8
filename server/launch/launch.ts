/**
 * Launching, on the partner's side: how far it is, asking for it, mending and withdrawing. Where the network does not review, a fulfilled
 * checklist launches at once. Facts that lie outside of the database (does a URL answer, what do the calls prove) are looked at first;
 * the decision itself is taken in one transaction on what was seen then.
 */
import { clockAt, type LaunchState } from '../../rules/launch.ts'
import { BY_HAND } from '../../rules/limits.ts'
import type { ProductId } from '../../rules/products.ts'
import { Refusal } from '../../rules/refusals.ts'
import { standing } from '../acceptance/acceptance.ts'
import { ensureQuota } from '../accounts/counters.ts'
import { getOwn } from '../applications/applications.ts'
import { record } from '../audit/audit.ts'
import { newId } from '../clock.ts'
import { actorName, type Ctx, type TxCtx } from '../context.ts'
import type { Outgoing } from '../outgoing/client.ts'
import { lookAt } from '../production/production.ts'
import { addEvent } from './events.ts'
import { ensureReady, type Facts, factsOf, inProgress } from './facts.ts'
import { mailArchitects, mailLaunched } from './letters.ts'
import * as store from './store.ts'

export async function get(ctx: Ctx, applicationId: string) {
  await getOwn(ctx, applicationId)
  await standing(ctx, applicationId)
  const application = await getLaunchable(ctx, applicationId)
  const requests = await store.listRequests(ctx, [applicationId])
  const wanted = inProgress(application)
  const { gate, difference } = await factsOf(ctx, application, wanted.length > 0 ? wanted : allOf(application))
  return {
    status: application.status,
    launchedAt: instant(application.launchedAt),
    products: application.products.map(({ id, status, launchedAt }) => ({
      id,
      status,
      launchedAt: instant(launchedAt),
    })),
    isReviewed: ctx.config.launchReview,
    gate: wanted.length > 0 ? gate : [],
    difference,
    requests: await requestViews(ctx, requests),
  }
}

const allOf = ({ products }: store.Launchable): ProductId[] => products.map(({ id }) => id)

export async function getLaunchable(ctx: Ctx | TxCtx, applicationId: string): Promise<store.Launchable> {
  const application = await store.findApplication(ctx, applicationId)
  if (!application) throw new Refusal('thing.not_found')
  return application
}

export async function requestViews(ctx: Ctx | TxCtx, requests: readonly store.LaunchRequest[]) {
  const remarks = await store.listRemarks(
    ctx,
    requests.map(({ id }) => id),
  )
  const places = requests.some(({ state }) => state === 'in_review') ? await store.listPlaces(ctx) : undefined
  const now = ctx.clock.now()
  return requests.map((request) => {
    const clock = clockAt(clockOf(request), now)
    return {
      id: request.id,
      kind: request.kind,
      products: request.products,
      state: request.state,
      filedAt: new Date(request.filed_at).toISOString(),
      filedBy: request.filed_by,
      stateSince: new Date(request.state_since).toISOString(),
      settledBy: request.settled_by,
      place: places?.get(request.id) ?? null,
      centerSeconds: Math.floor(clock.centerMs / 1000),
      partnerSeconds: Math.floor(clock.partnerMs / 1000),
      remarks: remarks
        .filter(({ request_id }) => request_id === request.id)
        .map(({ round, item, text, at, made_by }) => ({
          round,
          item: item as Facts['gate'][number]['item'], // written by us
          text,
          at: new Date(at).toISOString(),
          by: made_by,
        })),
    }
  })
}

const clockOf = ({ state, state_since, center_ms, partner_ms }: store.LaunchRequest) => ({
  state,
  stateSince: state_since,
  centerMs: center_ms,
  partnerMs: partner_ms,
})

/** The other side's turn, or the end: the clocks are read and set down. */
export function turnTo(tx: TxCtx, request: store.LaunchRequest, state: LaunchState) {
  const now = tx.clock.now()
  const { centerMs, partnerMs } = clockAt(clockOf(request), now)
  return { state, state_since: now, center_ms: centerMs, partner_ms: partnerMs }
}

// ── asking ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The application with all its products. */
export async function launchApplication(ctx: Ctx, outgoing: Outgoing, applicationId: string) {
  await lookFirst(ctx, outgoing, applicationId)
  await ctx.tx(async (tx) => {
    const application = await lockOwn(tx, applicationId)
    if (application.status === 'launched') throw new Refusal('launch.nothing')
    await file(tx, application, { kind: 'application', products: inProgress(application) })
  })
  return get(ctx, applicationId)
}

/** Products that were added after the application went live, on their own cases. */
export async function launchProducts(ctx: Ctx, outgoing: Outgoing, applicationId: string, products: ProductId[]) {
  await lookFirst(ctx, outgoing, applicationId)
  await ctx.tx(async (tx) => {
    const application = await lockOwn(tx, applicationId)
    if (application.status !== 'launched') throw new Refusal('launch.application_first')
    if (!products.every((id) => application.products.some((one) => one.id === id))) throw new Refusal('product.absent')
    if (!products.every((id) => inProgress(application).includes(id))) throw new Refusal('launch.nothing')
    await file(tx, application, { kind: 'products', products })
  })
  return get(ctx, applicationId)
}

/** What a transaction cannot find out: new calls are judged, and the URLs are asked. */
async function lookFirst(ctx: Ctx, outgoing: Outgoing, applicationId: string): Promise<void> {
  await getOwn(ctx, applicationId)
  await look(ctx, outgoing, applicationId)
}

export async function look(ctx: Ctx, outgoing: Outgoing, applicationId: string): Promise<void> {
  const application = await getLaunchable(ctx, applicationId)
  await standing(ctx, applicationId)
  await lookAt(ctx, outgoing, applicationId, { ...application, products: allOf(application) })
}

async function lockOwn(tx: TxCtx, applicationId: string): Promise<store.Launchable> {
  await getOwn(tx, applicationId)
  await store.lockApplication(tx, applicationId)
  return getLaunchable(tx, applicationId)
}

async function file(
  tx: TxCtx,
  application: store.Launchable,
  { kind, products }: Pick<store.LaunchRequest, 'kind' | 'products'>,
): Promise<void> {
  await ensureQuota(tx, `launch ${application.id}`, BY_HAND.launches, BY_HAND.hourSeconds)
  if (products.length === 0) throw new Refusal('launch.nothing')
  if (await store.findOpenRequest(tx, application.id)) throw new Refusal('launch.under_way')
  const facts = await factsOf(tx, application, products)
  ensureReady(facts)
  const now = tx.clock.now()
  const isReviewed = tx.config.launchReview
  const request: store.LaunchRequest = {
    id: newId('lrq'),
    application_id: application.id,
    kind,
    products,
    state: isReviewed ? 'in_review' : 'confirmed',
    filed_at: now,
    filed_by: actorName(tx),
    state_since: now,
    center_ms: 0,
    partner_ms: 0,
    settled_by: isReviewed ? null : tx.config.network.name,
  }
  if (!(await store.insertRequest(tx, request))) throw new Refusal('launch.under_way')
  if (isReviewed) await mailArchitects(tx, application, request.id)
  else await goLive(tx, application, { ...request, clientId: facts.clientId })
  const after = { kind, products, ...(isReviewed ? {} : { confirmed: 'without review' }) }
  await record(tx, { action: 'launch.request', object: application, after })
}

/** From here on it is live. In the transaction of the decision, so that the network hears of it exactly if it is so. */
export async function goLive(
  tx: TxCtx,
  application: store.Launchable,
  { kind, products, clientId }: Pick<store.LaunchRequest, 'kind' | 'products'> & { clientId: string | null },
): Promise<void> {
  await store.markLaunched(tx, application.id, products)
  const type = kind === 'application' ? 'application.launched' : 'product.launched'
  await addEvent(tx, { type, applicationId: application.id, clientId: clientId ?? '', data: { products } })
  await mailLaunched(tx, application, products)
}

// ── mending and withdrawing ──────────────────────────────────────────────────────────────────────────────────────────────

/** The same request, with its place, once the checklist is fulfilled again. A launch of the application takes products added since along. */
export async function handBack(ctx: Ctx, outgoing: Outgoing, applicationId: string) {
  await lookFirst(ctx, outgoing, applicationId)
  await ctx.tx(async (tx) => {
    const application = await lockOwn(tx, applicationId)
    const request = await getOpen(tx, applicationId)
    if (request.state !== 'waiting_for_partner') throw new Refusal('launch.wrong_turn')
    const products = stillWanted(application, request)
    ensureReady(await factsOf(tx, application, products))
    const change = { ...turnTo(tx, request, 'in_review'), products }
    if (!(await store.moveRequest(tx, request, change))) throw new Refusal('launch.wrong_turn')
    await mailArchitects(tx, application, request.id)
    await record(tx, { action: 'launch.hand_back', object: application, after: { request: request.id, products } })
  })
  return get(ctx, applicationId)
}

function stillWanted(application: store.Launchable, { kind, products }: store.LaunchRequest): ProductId[] {
  const open = inProgress(application)
  const wanted = kind === 'application' ? open : products.filter((id) => open.includes(id))
  if (wanted.length === 0) throw new Refusal('launch.nothing')
  return wanted
}

export async function withdraw(ctx: Ctx, applicationId: string) {
  await getOwn(ctx, applicationId)
  await ctx.tx(async (tx) => {
    const application = await lockOwn(tx, applicationId)
    const request = await getOpen(tx, applicationId)
    const change = { ...turnTo(tx, request, 'withdrawn'), settled_by: actorName(tx) }
    if (!(await store.moveRequest(tx, request, change))) throw new Refusal('launch.not_open')
    await record(tx, { action: 'launch.withdraw', object: application, before: { request: request.id } })
  })
  return get(ctx, applicationId)
}

async function getOpen(tx: TxCtx, applicationId: string): Promise<store.LaunchRequest> {
  const request = await store.findOpenRequest(tx, applicationId)
  if (!request) throw new Refusal('launch.not_open')
  return request
}

const instant = (at: number | null) => (at === null ? null : new Date(at).toISOString())

// ── for the operator console ─────────────────────────────────────────────────────────────────────────────────────────────

/** `at`: since when it is in review or waits for the partner, or when it was launched; UTC milliseconds, null for `none`. */
export type LaunchStanding = { state: 'none' | 'in_review' | 'waiting_for_partner' | 'launched'; at: number | null }

/**
 * How the launch of many applications stands, in two queries. Of a launched one that asks for more products it is the open request that is
 * told. The caller has made sure that the applications may be seen: staff see all.
 */
export async function launchStandings(
  ctx: Ctx,
  applicationIds: readonly string[],
): Promise<Map<string, LaunchStanding>> {
  const launched = await store.listLaunched(ctx, applicationIds)
  const requests = await store.listRequests(ctx, applicationIds)
  return new Map(
    applicationIds.map((id): [string, LaunchStanding] => {
      const open = requests.find(
        ({ application_id, state }) =>
          application_id === id && (state === 'in_review' || state === 'waiting_for_partner'),
      )
      if (open) return [id, { state: open.state as 'in_review' | 'waiting_for_partner', at: open.state_since }] // just looked for
      const done = launched.find((row) => row.id === id)
      return [id, done ? { state: 'launched', at: done.launched_at } : { state: 'none', at: null }]
    }),
  )
}
