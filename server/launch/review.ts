/** The network's side of a launch: the queue, and a solution architect who returns a request or confirms it. */
import type { LaunchState } from '../../rules/launch.ts'
import { Refusal } from '../../rules/refusals.ts'
import { record } from '../audit/audit.ts'
import { newId } from '../clock.ts'
import { actorName, type Ctx, type TxCtx } from '../context.ts'
import type { Outgoing } from '../outgoing/client.ts'
import { ensureReady, type Facts, factsOf, inProgress } from './facts.ts'
import { getLaunchable, goLive, look, requestViews, turnTo } from './launch.ts'
import { mailReturned } from './letters.ts'
import * as store from './store.ts'

type Query = { state: LaunchState; cursor?: string | undefined; limit: number }

export async function list(ctx: Ctx, query: Query) {
  const rows = await store.listQueued(ctx, query)
  const page = rows.slice(0, query.limit)
  const counts = await store.countByState(ctx)
  return {
    items: await queuedViews(ctx, page),
    nextCursor: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null,
    counts: { in_review: 0, waiting_for_partner: 0, confirmed: 0, withdrawn: 0, ...counts },
  }
}

async function queuedViews(ctx: Ctx | TxCtx, rows: readonly store.Queued[]) {
  const views = await requestViews(ctx, rows)
  return rows.flatMap((row, index) => {
    const view = views[index]
    if (!view) return []
    return [
      {
        ...view,
        applicationId: row.application_id,
        applicationName: row.application_name,
        partnerId: row.partner_id,
        partnerName: row.partner_name,
      },
    ]
  })
}

/** With everything as it is now, not as it was when the request was filed. */
export async function get(ctx: Ctx, requestId: string) {
  const queued = await getQueued(ctx, requestId)
  const application = await getLaunchable(ctx, queued.application_id)
  const [request] = await queuedViews(ctx, [queued])
  if (!request) throw new Refusal('thing.not_found')
  const { gate, difference, seen } = await factsOf(ctx, application, present(application, queued))
  return {
    request,
    partnerType: application.partnerType,
    description: application.description,
    gate,
    difference,
    seen,
  }
}

async function getQueued(ctx: Ctx | TxCtx, requestId: string): Promise<store.Queued> {
  const queued = await store.findQueued(ctx, requestId)
  if (!queued) throw new Refusal('thing.not_found')
  return queued
}

/** Those of the request that the application still has. */
const present = ({ products }: store.Launchable, request: store.LaunchRequest) =>
  request.products.filter((id) => products.some((one) => one.id === id))

/** It is the partner's turn: the clock of the network stops. */
export async function returnToPartner(
  ctx: Ctx,
  requestId: string,
  remarks: readonly { item: Facts['gate'][number]['item']; text: string }[],
) {
  await ctx.tx(async (tx) => {
    await store.lockApplication(tx, (await getQueued(tx, requestId)).application_id)
    const request = await getForDecision(tx, requestId)
    const application = await getLaunchable(tx, request.application_id)
    const change = turnTo(tx, request, 'waiting_for_partner')
    if (!(await store.moveRequest(tx, request, change))) throw new Refusal('launch.wrong_turn')
    const rounds = (await store.listRemarks(tx, [requestId])).map(({ round }) => round)
    await store.insertRemarks(
      tx,
      remarks.map(({ item, text }) => ({
        id: newId('lrm'),
        request_id: requestId,
        round: Math.max(0, ...rounds) + 1,
        item,
        text,
        at: tx.clock.now(),
        made_by: actorName(tx),
      })),
    )
    await mailReturned(tx, application, remarks)
    await record(tx, {
      action: 'launch.return',
      object: application,
      after: { request: requestId, remarks },
      partnerId: application.partnerId,
    })
  })
  return get(ctx, requestId)
}

/** The checklist is computed once more inside: what was agreed to is what goes live, or nothing. */
export async function confirm(ctx: Ctx, outgoing: Outgoing, requestId: string, seen: string) {
  const { application_id } = await getQueued(ctx, requestId)
  await look(ctx, outgoing, application_id)
  await ctx.tx(async (tx) => {
    await store.lockApplication(tx, application_id)
    const request = await getForDecision(tx, requestId)
    const application = await getLaunchable(tx, application_id)
    const facts = await factsOf(tx, application, present(application, request))
    if (facts.seen !== seen) throw new Refusal('launch.changed')
    const products = present(application, request).filter((id) => inProgress(application).includes(id))
    if (products.length === 0) throw new Refusal('launch.nothing')
    ensureReady(facts)
    const change = { ...turnTo(tx, request, 'confirmed'), settled_by: actorName(tx) }
    if (!(await store.moveRequest(tx, request, change))) throw new Refusal('launch.not_open')
    await goLive(tx, application, { kind: request.kind, products, clientId: facts.clientId })
    await record(tx, {
      action: 'launch.confirm',
      object: application,
      before: { status: application.status },
      after: { request: requestId, status: 'launched', products },
      partnerId: application.partnerId,
    })
  })
  return get(ctx, requestId)
}

async function getForDecision(tx: TxCtx, requestId: string): Promise<store.Queued> {
  const request = await getQueued(tx, requestId)
  if (request.state === 'waiting_for_partner') throw new Refusal('launch.wrong_turn')
  if (request.state !== 'in_review') throw new Refusal('launch.not_open')
  return request
}
