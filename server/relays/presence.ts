/** Whether somebody listens at a relay. */
import type { Ctx } from '../context.ts'
import * as store from './store.ts'

export const isThere = (ctx: Ctx, row: store.Relay | undefined): row is store.Relay =>
  row !== undefined && row.listens_until > ctx.clock.now()

/** For who asks whether a `relay:` URL can be reached. */
export async function isListening(ctx: Ctx, applicationId: string): Promise<boolean> {
  return isThere(ctx, await store.find(ctx, applicationId))
}
