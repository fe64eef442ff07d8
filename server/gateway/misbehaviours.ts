/**
 * What the gateway does wrong on purpose while an acceptance case runs: once, to one client. Asked for by the case, taken by whoever does
 * it. Decision 0018 says why it is a row and not a mode.
 */
import type { Misbehaviour } from '../../rules/acceptance/evidence.ts'
import type { ProductId } from '../../rules/products.ts'
import type { TxCtx } from '../context.ts'
import * as store from './misbehaviour-store.ts'
import { getClientOfApplication } from './store.ts'

/** False where another run of this application has asked for something already. */
export async function askMisbehaviour(
  tx: TxCtx,
  { applicationId, ...wanted }: { applicationId: string; runId: string; kind: Misbehaviour; product: ProductId },
): Promise<boolean> {
  const { client_id, clock_offset_ms } = await getClientOfApplication(tx, applicationId)
  const { runId: run_id, kind, product } = wanted
  return store.insert(tx, { client_id, kind, product, run_id, since: tx.clock.now() + clock_offset_ms })
}

export const forgetMisbehaviour = store.removeOfRun

/**
 * Takes it if it is asked for, for a payment of that product made at `madeAt` by the clock of its sandbox: one of before the start has
 * nothing to do with the case.
 */
export const takeMisbehaviour = store.take
