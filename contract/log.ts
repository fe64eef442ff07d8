/** What the gateway recorded: every exchange with a partner, and every attempt to notify one. */
import * as z from 'zod'
import { notificationApis } from '../rules/products.ts'
import { ApplicationId } from './applications.ts'
import { endpoint } from './endpoint.ts'
import { Id, Instant, Line, PageQuery, pageOf } from './wire.ts'

const Header = z.object({ name: z.string(), value: z.string() })

const ExchangeSummary = z.object({
  id: Id('exc'),
  at: Instant,
  method: z.string(),
  uri: z.string(),
  /** The interface, such as `payments/pay`; null where the path names none. */
  api: z.string().nullable(),
  resultCode: z.string(),
  resultStatus: z.enum(['S', 'F', 'U']),
  /** `verified`, or why the caller could not be authenticated. */
  signature: z.enum(['verified', 'refused', 'absent']),
  durationMs: z.number(),
  paymentRequestId: z.string().nullable(),
  paymentId: z.string().nullable(),
})

export const ExchangeView = ExchangeSummary.extend({
  sourceAddress: z.string(),
  keyVersion: z.number().nullable(),
  /** Something that the partner should know though the call went through. */
  warning: z.string().nullable(),
  request: z.object({ headers: z.array(Header), body: z.string(), bodyIsText: z.boolean() }),
  response: z.object({ headers: z.array(Header), body: z.string() }),
  /** The string that we verified the signature against; null where the call did not get that far. */
  signedText: z.string().nullable(),
})

export const listExchanges = endpoint({
  summary: 'The request log, newest first. `search` finds any part of a request id, payment id or result code.',
  method: 'GET',
  path: '/applications/:applicationId/exchanges',
  needs: 'sandbox.develop',
  params: ApplicationId,
  query: z.strictObject({
    ...PageQuery,
    result: z.enum(['S', 'F', 'U']).optional(),
    search: Line(0, 100).optional(),
  }),
  returns: pageOf(ExchangeSummary),
})

export const getExchange = endpoint({
  summary: 'One exchange: request, response, and what was signed.',
  method: 'GET',
  path: '/applications/:applicationId/exchanges/:exchangeId',
  needs: 'sandbox.develop',
  params: z.strictObject({ applicationId: Id('app'), exchangeId: Id('exc') }),
  returns: ExchangeView,
})

const Attempt = z.object({
  id: Id('att'),
  number: z.number(),
  at: Instant,
  durationMs: z.number(),
  /** The HTTP status of the answer; null when none came. */
  status: z.number().nullable(),
  /** Null when the answer acknowledged the notification; otherwise why it did not. */
  fault: z.string().nullable(),
  faultText: z.string().nullable(),
  /** Whether the signature of the answer verified; null when there was none to check. */
  signatureVerified: z.boolean().nullable(),
  requestHeaders: z.array(Header),
  responseHeaders: z.array(Header),
  responseBody: z.string(),
})

export const NotificationView = z.object({
  id: Id('ntf'),
  api: z.enum(notificationApis),
  url: z.string(),
  paymentRequestId: z.string(),
  paymentId: z.string(),
  body: z.string(),
  state: z.enum(['waiting', 'acknowledged', 'failed']),
  createdAt: Instant,
  nextAttemptAt: Instant.nullable(),
  attempts: z.array(Attempt),
})

export const listNotifications = endpoint({
  summary: 'The notification log, newest first, each with all its attempts.',
  method: 'GET',
  path: '/applications/:applicationId/notifications',
  needs: 'sandbox.develop',
  params: ApplicationId,
  query: z.strictObject({ ...PageQuery, state: z.enum(['waiting', 'acknowledged', 'failed']).optional() }),
  returns: pageOf(NotificationView),
})
