/** iNotify: notifications that somebody makes up. Stated in docs/guide/tools.md. */
import * as z from 'zod'
import { manners } from '../rules/inotify.ts'
import { families } from '../rules/interfaces.ts'
import { INOTIFY, URL_MAX } from '../rules/limits.ts'
import { notificationApis } from '../rules/products.ts'
import { ApplicationId, SANDBOX_URL_REFUSALS, URL_REFUSALS } from './applications.ts'
import { endpoint } from './endpoint.ts'
import { NotificationView } from './log.ts'

/** It is sent byte for byte. */
const Body = z.string().min(2).max(INOTIFY.bodyMax)

export const sendTestNotification = endpoint({
  summary:
    'Sends a notification that somebody made up, really signed, in one of five manners. Each is one attempt, or two where it is sent twice; the reply is judged as any other, and no acceptance case counts it.',
  method: 'POST',
  path: '/applications/:applicationId/test-notifications',
  needs: 'sandbox.develop',
  params: ApplicationId,
  body: z.strictObject({
    api: z.enum(notificationApis),
    /** In whose words the body is: AMS takes an answer that is not signed. */
    family: z.enum(families),
    /** Null: the one that is set for this notification. */
    url: z.string().trim().min(1).max(URL_MAX).nullable(),
    manner: z.enum(manners),
    /** How late, where it is late. Seconds of the clock on the wall. */
    delaySeconds: z.int().min(INOTIFY.delayMin).max(INOTIFY.delayMax),
    body: Body,
    /** What happened before, and comes second, where the order is broken; null otherwise. */
    earlier: Body.nullable(),
  }),
  returns: z.object({ items: z.array(NotificationView) }),
  refusals: [
    ...URL_REFUSALS,
    ...SANDBOX_URL_REFUSALS,
    'inotify.no_url',
    'inotify.no_key',
    'inotify.not_json',
    'inotify.no_earlier',
  ],
})
