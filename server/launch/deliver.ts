/** Sends launch events in the form of Standard Webhooks, signed with the center's own Ed25519 key. */
import { EVENT_LADDER_SECONDS, waitAfter } from '../../rules/notification.ts'
import { publicCenterKey, signWithCenterKey } from '../center-keys/center-keys.ts'
import type { Ctx } from '../context.ts'
import type { Handler, Outcome } from '../outbox/outbox.ts'
import type { Outgoing } from '../outgoing/client.ts'

/** `outgoing` leads inside the network too: the address is the operator's own. */
export function eventHandler(outgoing: Outgoing): Handler {
  return async (ctx, { id, payload, attempts }) => {
    const { launchEventUrl: url } = ctx.config
    if (url === '') return { outcome: { giveUp: true, error: 'SLIPWAY_LAUNCH_EVENT_URL is not set any more' } }
    const fault = await send(ctx, outgoing, { url, id, payload })
    return { outcome: fault === undefined ? { done: true } : outcomeOf(fault, attempts) }
  }
}

/** Undefined: it was taken. Any 2xx takes it. */
async function send(
  ctx: Ctx,
  outgoing: Outgoing,
  { url, id, payload }: { url: string; id: string; payload: string },
): Promise<string | undefined> {
  const timestamp = Math.floor(ctx.clock.now() / 1000)
  const signature = await signWithCenterKey(ctx, 'events', `${id}.${timestamp}.${payload}`)
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': `v1a,${signature}`,
  }
  try {
    const { status } = await outgoing.post(url, headers, Buffer.from(payload))
    return status >= 200 && status < 300 ? undefined : `HTTP ${status}`
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function outcomeOf(error: string, attempts: number): Outcome {
  const retryInMs = waitAfter(EVENT_LADDER_SECONDS, attempts + 1)
  return retryInMs === undefined ? { giveUp: true, error } : { retryInMs, error }
}

/** The public half as Standard Webhooks writes it: the 32 bytes behind the fixed head of a SubjectPublicKeyInfo. */
export async function eventKey(ctx: Ctx) {
  const { algorithm, publicKey, fingerprint } = await publicCenterKey(ctx, 'events')
  const raw = Buffer.from(publicKey, 'base64').subarray(-32)
  return { algorithm, publicKey: `whpk_${raw.toString('base64')}`, fingerprint }
}
