/** What the clock of a sandbox brings about, though nobody asks: orders expire, slow wallets answer. */
import type { Ctx, TxCtx } from '../context.ts'
import { addWork, type Handler } from '../outbox/outbox.ts'
import { settle } from './payments.ts'
import * as store from './store.ts'

/** Longer than any node goes on knowing a client as it was. */
const STALE_MS = 2000

/**
 * The clock of an application was moved: what is open is due earlier. A payment that is being started at this moment by a node that
 * does not know yet is caught a little later.
 */
export async function wakeByClock(tx: TxCtx, applicationId: string): Promise<void> {
  await store.rewake(tx, applicationId)
  await addWork(tx, { topic: 'sandbox_clock', payload: applicationId, dueAt: tx.clock.now() + STALE_MS })
}

export const clockHandler: Handler = async (_ctx, { payload }) => ({
  outcome: { done: true },
  record: (tx) => store.rewake(tx, payload),
})

const BATCH = 50

/** Everything that is due now, of all applications. One that cannot be settled holds nobody else up. */
export async function bringAboutDue(ctx: Ctx): Promise<void> {
  for (;;) {
    const due = await store.listDue(ctx, BATCH)
    if (!(await settleEach(ctx, due)) || due.length < BATCH) return
  }
}

/** What the moved clock of one application makes due at once: a first batch. The worker does the rest. */
export async function bringAboutFirst(ctx: Ctx, applicationId: string): Promise<void> {
  await settleEach(ctx, await store.listDue(ctx, BATCH, applicationId))
  ctx.nudge()
}

/** Whether the clock of an application's sandbox still has something to bring about. */
export async function hasDue(ctx: Ctx, applicationId: string): Promise<boolean> {
  return (await store.listDue(ctx, 1, applicationId)).length > 0
}

/** Says whether anything has moved. */
async function settleEach(ctx: Ctx, due: readonly store.Payment[]): Promise<boolean> {
  const settled = await Promise.allSettled(due.map((payment) => ctx.tx((tx) => settle(tx, payment))))
  for (const outcome of settled) {
    if (outcome.status === 'rejected') ctx.log.error({ err: outcome.reason }, 'a payment could not be settled')
  }
  return settled.some((outcome, i) => outcome.status === 'fulfilled' && outcome.value !== due[i])
}
