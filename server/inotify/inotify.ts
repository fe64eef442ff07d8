/** iNotify: a notification that somebody made up, in the manner that he asks for. The manners are stated in rules/inotify.ts. */
import type { Manner } from '../../rules/inotify.ts'
import type { Family } from '../../rules/interfaces.ts'
import { INOTIFY } from '../../rules/limits.ts'
import type { NotificationApi } from '../../rules/products.ts'
import { Refusal } from '../../rules/refusals.ts'
import { ensureQuota } from '../accounts/counters.ts'
import { getOwn } from '../applications/applications.ts'
import * as sandbox from '../applications/sandbox.ts'
import { record } from '../audit/audit.ts'
import type { Ctx } from '../context.ts'
import * as notifications from '../notifications/notifications.ts'
import { ensureTarget, type Wall } from '../outgoing/wall.ts'

type Wanted = {
  api: NotificationApi
  family: Family
  url: string | null
  manner: Manner
  delaySeconds: number
  body: string
  earlier: string | null
}

export async function send(ctx: Ctx, wall: Wall, applicationId: string, wanted: Wanted) {
  const { clientId, networkPublicKey, notificationUrls } = await sandbox.get(ctx, applicationId)
  if (networkPublicKey === null) throw new Refusal('inotify.no_key')
  const set = notificationUrls.find(({ api }) => api === wanted.api)?.url ?? null
  const url = wanted.url === null ? set : (await ensureTarget(wanted.url, wall)).href
  if (url === null) throw new Refusal('inotify.no_url')
  ensureObject('body', wanted.body)
  const earlier = earlierOf(wanted)
  const ids = await ctx.tx(async (tx) => {
    const application = await getOwn(tx, applicationId)
    await ensureQuota(tx, `inotify ${applicationId}`, INOTIFY.perHour, INOTIFY.hourSeconds)
    const { api, family, manner } = wanted
    await record(tx, { action: 'notification.test', object: application, after: { api, family, manner, url } })
    const add = (body: string, sequence: number, test: Partial<Test>) =>
      notifications.addNotification(tx, {
        ...{ applicationId, clientId, api, family, url, body, sequence, misbehaviour: null, ...idsIn(body) },
        delaySeconds: manner === 'late' ? wanted.delaySeconds : 0,
        test: { manner, ...test },
      })
    if (earlier === null) return [await add(wanted.body, 1, {})]
    const second = await add(earlier, 1, { isHeld: true })
    return [await add(wanted.body, 2, { followedBy: second }), second]
  })
  return { items: await Promise.all(ids.map((id) => notifications.get(ctx, id))) }
}

type Test = NonNullable<Parameters<typeof notifications.addNotification>[1]['test']>

/** What happened before, and is sent when the other has been; null where the order is not broken. */
function earlierOf({ manner, earlier }: Wanted): string | null {
  if (manner !== 'out_of_order') return null
  if (earlier === null) throw new Refusal('inotify.no_earlier')
  ensureObject('earlier', earlier)
  return earlier
}

function ensureObject(field: 'body' | 'earlier', text: string): void {
  const value = parsed(text)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return
  throw new Refusal('inotify.not_json', { fields: [{ path: `body.${field}`, message: 'is not a JSON object' }] })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What the log finds it by. */
function idsIn(body: string): { paymentRequestId: string; paymentId: string } {
  const { paymentRequestId, paymentId } = JSON.parse(body) as Record<string, unknown> // an object, as was seen before
  const text = (id: unknown) => (typeof id === 'string' && /^[^\p{Cc}]{1,64}$/u.test(id) ? id : '')
  return { paymentRequestId: text(paymentRequestId), paymentId: text(paymentId) }
}
