/** The UAT checklist of an application: ticked by people, with when and by whom. */
import { UAT_ITEMS, type UatItem, uatItems } from '../../rules/uat.ts'
import { getOwn } from '../applications/applications.ts'
import { record } from '../audit/audit.ts'
import { actorName, type Ctx } from '../context.ts'
import * as store from './store.ts'

export async function get(ctx: Ctx, applicationId: string) {
  await getOwn(ctx, applicationId)
  const ticks = await store.listTicks(ctx, applicationId)
  return {
    items: uatItems.map((item) => {
      const tick = ticks.find((row) => row.item === item)
      return {
        item,
        phase: UAT_ITEMS[item][0],
        ticked: tick ? { at: new Date(tick.ticked_at).toISOString(), by: tick.ticked_by } : null,
      }
    }),
  }
}

/** Two who tick at once: the first stays. */
export async function tick(ctx: Ctx, applicationId: string, item: UatItem, isTicked: boolean) {
  await getOwn(ctx, applicationId)
  await ctx.tx(async (tx) => {
    const application = await getOwn(tx, applicationId)
    const row = { application_id: applicationId, item, ticked_at: tx.clock.now(), ticked_by: actorName(tx) }
    const isChanged = isTicked ? await store.insertTick(tx, row) : await store.deleteTick(tx, applicationId, item)
    if (!isChanged) return
    await record(tx, { action: isTicked ? 'uat.tick' : 'uat.untick', object: application, after: { item } })
  })
  return get(ctx, applicationId)
}
