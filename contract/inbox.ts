/**
 * The inbox: calls of the network that were made at an `inbox:` URL, for partners who have no server yet. Each is kept byte for byte as
 * it would have gone out; nobody acknowledged it. Stated in docs/guide/notifications.md#inbox.
 */
import * as z from 'zod'
import { families } from '../rules/interfaces.ts'
import { SEARCH_MAX, URL_MAX } from '../rules/limits.ts'
import { notificationStates } from '../rules/notification.ts'
import { partnerApis } from '../rules/products.ts'
import { ApplicationId, SANDBOX_URL_REFUSALS, URL_REFUSALS } from './applications.ts'
import { endpoint } from './endpoint.ts'
import { NotificationView } from './log.ts'
import { Id, Instant, Line, PageQuery, pageOf } from './wire.ts'

export const InboxCall = z.object({
  id: Id('inb'),
  at: Instant,
  /** The notification, or the question of the network. */
  api: z.enum(partnerApis),
  /** In whose words the body is. */
  family: z.enum(families),
  method: z.string(),
  /** Path and query, as they were signed. */
  uri: z.string(),
  /** Of the body. */
  bytes: z.number(),
  /** The notification that it carried; null where it was a question. */
  notificationId: Id('ntf').nullable(),
  /** Empty where it is about no payment, like the next. */
  paymentRequestId: z.string(),
  paymentId: z.string(),
})

export const InboxCallView = InboxCall.extend({
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  body: z.string(),
  /** How the notification stands now; null for a question, and where the log keeps it no longer. */
  notificationState: z.enum(notificationStates).nullable(),
})
export type InboxCallView = z.infer<typeof InboxCallView>

const path = '/applications/:applicationId/inbox'
const OneCall = z.strictObject({ applicationId: Id('app'), callId: Id('inb') })

export const listInbox = endpoint({
  summary: 'The calls that were kept in the inbox, newest first. The oldest make room when it is full.',
  method: 'GET',
  path,
  needs: 'sandbox.develop',
  params: ApplicationId,
  query: z.strictObject({
    ...PageQuery,
    api: z.enum(partnerApis).optional(),
    /** An id of the call, its notification or its payment, or a paymentRequestId, as a whole. */
    search: Line(0, SEARCH_MAX).optional(),
  }),
  returns: pageOf(InboxCall),
})

export const getInboxCall = endpoint({
  summary: 'One call of the inbox, with the headers and the body as they would have gone out.',
  method: 'GET',
  path: `${path}/:callId`,
  needs: 'sandbox.develop',
  params: OneCall,
  returns: InboxCallView,
})

export const sendInboxCall = endpoint({
  summary:
    'Sends the notification of a call to a server, with the same body, and a new time and signature: one attempt now, whose acknowledgement counts. From then on this notification goes to that URL.',
  method: 'POST',
  path: `${path}/:callId/send`,
  needs: 'sandbox.develop',
  params: OneCall,
  /** Null: the URL that is set for this notification. */
  body: z.strictObject({ url: z.string().trim().min(1).max(URL_MAX).nullable() }),
  returns: NotificationView,
  refusals: [...URL_REFUSALS, ...SANDBOX_URL_REFUSALS, 'inbox.own_url', 'inbox.no_url', 'inbox.not_sendable'],
})
