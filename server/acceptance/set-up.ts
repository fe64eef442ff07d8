/** The pre-flight: what has to be right before a case can be judged at all. */
import { setUpChecks, type SetUpCheck, SUITES } from '../../rules/acceptance.ts'
import { BY_HAND } from '../../rules/limits.ts'
import { ensureQuota } from '../accounts/counters.ts'
import type { Ctx } from '../context.ts'
import type { Outgoing } from '../outgoing/client.ts'
import { isInboxUrl, isRelayUrl } from '../outgoing/wall.ts'
import { isListening } from '../relays/presence.ts'
import * as store from './store.ts'

export type Check = { check: SetUpCheck; isRight: boolean; detail: string | null }

/** What the database knows. Whether the URL answers is left out. */
export async function factsOf(ctx: Ctx, applicationId: string): Promise<Check[]> {
  const { version, proved_at, url } = await store.getSetUp(ctx, applicationId)
  const products = await store.listProducts(ctx, [applicationId])
  const judged = SUITES.filter(({ cases }) => cases.length > 0)
  const right: Partial<Record<SetUpCheck, boolean>> = {
    key: version !== null,
    key_proved: proved_at !== null,
    notification_url: url !== null,
    product: products.some(({ product }) => judged.some((suite) => suite.product === product)),
  }
  return setUpChecks.flatMap((check) => {
    const isRight = right[check]
    return isRight === undefined ? [] : [{ check, isRight, detail: check === 'notification_url' ? url : null }]
  })
}

/** The same, and a HEAD to the notification URL now: any answer will do, since a server may well refuse a HEAD. */
export async function checkNow(ctx: Ctx, outgoing: Outgoing, applicationId: string): Promise<{ setUp: Check[] }> {
  const facts = await factsOf(ctx, applicationId)
  const { url } = await store.getSetUp(ctx, applicationId)
  if (url === null) return { setUp: facts }
  await ctx.tx((tx) => ensureQuota(tx, `looks ${applicationId}`, BY_HAND.looks, BY_HAND.hourSeconds))
  const reached = isInboxUrl(url)
    ? NOBODY
    : isRelayUrl(url)
      ? await relayReached(ctx, applicationId)
      : await urlReached(ctx, outgoing, url)
  const at = facts.findIndex(({ check }) => check === 'notification_url') + 1
  return { setUp: [...facts.slice(0, at), { check: 'reachable', ...reached }, ...facts.slice(at)] }
}

/** The inbox keeps what comes, and acknowledges nothing: no case can be passed by it. */
const NOBODY = { isRight: false, detail: null }

async function relayReached(ctx: Ctx, applicationId: string) {
  return { isRight: await isListening(ctx, applicationId), detail: null }
}

function urlReached(ctx: Ctx, outgoing: Outgoing, url: string) {
  return outgoing.probe(url).then(
    (status) => ({ isRight: true, detail: `HTTP ${status}` }),
    (error: unknown) => {
      // What exactly the network said would tell a partner about addresses that are not his.
      ctx.log.info({ reason: error instanceof Error ? error.message : String(error) }, 'a pre-flight got no answer')
      return { isRight: false, detail: null }
    },
  )
}
