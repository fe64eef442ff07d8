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

/** Everything that is due now, of all applications. */
export async function bringAboutDue(ctx: Ctx): Promise<void> {
  const BATCH = 50
  for (;;) {
    const due = await store.listDue(ctx, BATCH)
    const settled = await Promise.all(due.map((payment) => ctx.tx((tx) => settle(tx, payment))))
    const isStuck = settled.every((payment, i) => payment === due[i])
    if (due.length < BATCH || isStuck) return
  }
}
