/** How notifications fare: endpoints that are paused, and many notifications sent again at once. */
import * as z from 'zod'
import { RESEND, SEARCH_MAX, URL_MAX } from '../rules/limits.ts'
import { notificationStates } from '../rules/notification.ts'
import { ApplicationId } from './applications.ts'
import { endpoint } from './endpoint.ts'
import { Id, Instant, Line } from './wire.ts'

const Endpoint = z.object({
  /** Scheme, name and port of the URLs. */
  origin: z.string(),
  /** Notifications in a row that used up all their attempts. */
  failedInRow: z.number(),
  failingSince: Instant,
  /** Why the last attempt did not count. */
  lastFault: z.string(),
  lastFaultText: z.string().nullable(),
  /** Null while notifications are sent. */
  pausedAt: Instant.nullable(),
  /** Notifications that have attempts left. */
  waiting: z.number(),
})
const Endpoints = z.object({ items: z.array(Endpoint) })

export const listFailingEndpoints = endpoint({
  summary: 'Endpoints that acknowledged nothing since a notification used up all its attempts; paused ones first.',
  method: 'GET',
  path: '/applications/:applicationId/notification-endpoints',
  needs: 'sandbox.develop',
  params: ApplicationId,
  returns: Endpoints,
})

export const resumeEndpoint = endpoint({
  summary: 'Resumes a paused endpoint: what waits for it is sent at once, the oldest first.',
  method: 'POST',
  path: '/applications/:applicationId/notification-endpoints/resume',
  needs: 'sandbox.develop',
  params: ApplicationId,
  body: z.strictObject({ origin: Line(1, URL_MAX) }),
  returns: Endpoints,
  refusals: ['endpoint.not_paused'],
})

/** As in the notification log. */
const Filter = {
  state: z.enum(notificationStates).optional(),
  /** A notification id, paymentRequestId or paymentId as a whole. */
  search: Line(0, SEARCH_MAX).optional(),
}

const Resend = z.object({
  id: Id('rsd'),
  total: z.number(),
  /** Attempts that have ended. */
  done: z.number(),
  acknowledged: z.number(),
  isOver: z.boolean(),
  startedAt: Instant,
  startedBy: z.string(),
})

export const countResend = endpoint({
  summary: 'How many notifications match a filter, and how many of them one resend takes at most.',
  method: 'GET',
  path: '/applications/:applicationId/notification-resends/matching',
  needs: 'sandbox.develop',
  params: ApplicationId,
  query: z.strictObject(Filter),
  returns: z.object({ count: z.number(), most: z.number() }),
})

export const lastResend = endpoint({
  summary: 'The last resend of many, with its progress; null where there was none.',
  method: 'GET',
  path: '/applications/:applicationId/notification-resends/last',
  needs: 'sandbox.develop',
  params: ApplicationId,
  returns: z.object({ resend: Resend.nullable() }),
})

export const resendMatching = endpoint({
  summary:
    'Sends all notifications that match a filter again, the oldest first. The same `key` again is the same resend; one is under way at a time.',
  method: 'POST',
  path: '/applications/:applicationId/notification-resends',
  needs: 'sandbox.develop',
  params: ApplicationId,
  body: z.strictObject({ ...Filter, key: Line(RESEND.keyMin, RESEND.keyMax) }),
  returns: Resend,
  unrecorded: 'The same key again changes nothing; the first time it leaves an entry.',
  refusals: ['resend.nothing_matches', 'resend.under_way'],
})
