/** The way back: the network takes a launched application off line (decisions/0025). */
import { Refusal } from '../../rules/refusals.ts'
import { record } from '../audit/audit.ts'
import { actorName, type Ctx } from '../context.ts'
import { addEvent } from './events.ts'
import { getLaunchable, turnTo } from './launch.ts'
import { mailOffLine } from './letters.ts'
import * as store from './store.ts'

/** From the commit on the registry does not find it. Of two at once the second finds nothing live any more. */
export async function takeOffLine(ctx: Ctx, applicationId: string, reason: string): Promise<void> {
  await ctx.tx(async (tx) => {
    await store.lockApplication(tx, applicationId)
    const application = await getLaunchable(tx, applicationId)
    if (application.status !== 'launched') throw new Refusal('launch.not_live')
    const products = application.products.filter(({ status }) => status === 'launched').map(({ id }) => id)
    const request = await store.findOpenRequest(tx, applicationId)
    if (request) {
      const change = { ...turnTo(tx, request, 'withdrawn'), settled_by: actorName(tx) }
      if (!(await store.moveRequest(tx, request, change))) throw new Refusal('launch.wrong_turn')
    }
    const { production } = await store.findConfiguration(tx, applicationId)
    await store.markOffLine(tx, applicationId)
    const event = { applicationId, clientId: production.clientId ?? '', data: { products } }
    await addEvent(tx, { type: 'application.off_line', ...event })
    await mailOffLine(tx, application, { reason, isRequestWithdrawn: request !== undefined })
    await record(tx, {
      action: 'launch.off_line',
      object: application,
      before: { status: 'launched', products, ...(request ? { request: request.id } : {}) },
      after: { status: 'in_progress', reason },
      partnerId: application.partnerId,
    })
  })
}
