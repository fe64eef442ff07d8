/**
 * What the gateway does wrong on purpose while an acceptance case runs: once, to one client. Asked for by the case, taken by whoever does
 * it. Decision 0018 says why it is a row and not a mode.
 */
import type { Misbehaviour } from '../../rules/acceptance/evidence.ts'
import type { Ctx, TxCtx } from '../context.ts'
import * as store from './misbehaviour-store.ts'
import { getClientOfApplication } from './store.ts'

/** False where another run of this application has asked for something already. */
export async function askMisbehaviour(
  tx: TxCtx,
  { applicationId, runId, kind }: { applicationId: string; runId: string; kind: Misbehaviour },
): Promise<boolean> {
  const { client_id } = await getClientOfApplication(tx, applicationId)
  return store.insert(tx, { client_id, kind, run_id: runId })
}

export const forgetMisbehaviour = store.removeOfRun
export const takeMisbehaviour = store.take

/** Takes it if it is asked for; most clients have none, and then nothing is written. */
export async function takeIfAsked(ctx: Ctx, clientId: string, kind: Misbehaviour): Promise<boolean> {
  if ((await store.find(ctx, clientId)) !== kind) return false
  return ctx.tx((tx) => store.take(tx, clientId, kind))
}
