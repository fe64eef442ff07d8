/** What the gateway recorded: every exchange with a partner, and every attempt to notify one. */
import * as z from 'zod'
import { causes } from '../rules/causes.ts'
import { manners } from '../rules/inotify.ts'
import { ATTEMPTS_SHOWN, SEARCH_MAX } from '../rules/limits.ts'
import { notificationStates } from '../rules/notification.ts'
import { paymentStates } from '../rules/payment.ts'
import { notificationApis, productIds } from '../rules/products.ts'
import { resultCodes } from '../rules/results.ts'
import { ApplicationId } from './applications.ts'
import { endpoint } from './endpoint.ts'
import { Id, Instant, Line, PageQuery, pageOf } from './wire.ts'

const Header = z.object({ name: z.string(), value: z.string() })

export const ExchangeSummary = z.object({
  id: Id('exc'),
  at: Instant,
  method: z.string(),
  uri: z.string(),
  /** The interface, such as `payments/pay`; null where the path names none. */
  api: z.string().nullable(),
  resultCode: z.string(),
  resultStatus: z.enum(['S', 'F', 'U']),
  /** Why the sandbox refused the call, as the docs list them; null where it did not, or does not know any more. */
  cause: z.string().nullable(),
  /** `verified`, or why the caller could not be authenticated. */
  signature: z.enum(['verified', 'refused', 'absent']),
  durationMs: z.number(),
  paymentRequestId: z.string().nullable(),
  paymentId: z.string().nullable(),
  refundRequestId: z.string().nullable(),
  /** `in`: the partner called. `out`: the network called the partner, and the result and signature are those of his answer. */
  direction: z.enum(['in', 'out']),
  /** iMock answered it: nothing was done, and no acceptance case counts it. */
  isMocked: z.boolean(),
  /** The Test Merchant made it, with a throw-away key or to the partner's server: no acceptance case counts it. */
  byTestMerchant: z.boolean(),
})

const WireAmount = z.object({ currency: z.string(), value: z.string() })

/** The payment that an exchange is about, as it stands now. Its times are those of the sandbox's clock. */
export const PaymentView = z.object({
  paymentRequestId: z.string(),
  paymentId: z.string(),
  product: z.enum(productIds),
  state: z.enum(paymentStates),
  /** Why it is in this state, as a result code. */
  resultCode: z.enum(resultCodes),
  amount: WireAmount,
  refunded: WireAmount,
  /** What it is settled with, and at which price; null where that is the currency that is paid. */
  settlement: WireAmount.extend({ quotePrice: z.string() }).nullable(),
  merchantName: z.string(),
  createdAt: Instant,
  expiresAt: Instant,
  /** Null while it is open. */
  decidedAt: Instant.nullable(),
  cancelledAt: Instant.nullable(),
})

const RelatedNotification = z.object({
  id: Id('ntf'),
  api: z.enum(notificationApis),
  state: z.enum(notificationStates),
  createdAt: Instant,
  attempts: z.number(),
})

const Related = z.object({
  payment: PaymentView.nullable(),
  /** Other exchanges of the same payment, newest first, at most fifty. */
  exchanges: z.array(ExchangeSummary),
  /** Newest first, at most fifty. */
  notifications: z.array(RelatedNotification),
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
  related: Related,
})

export const listExchanges = endpoint({
  summary:
    'The request log, newest first. `search` finds an exchange id, the `tracerid` of an answer, a paymentRequestId, paymentId, refundRequestId or refundId as a whole, and else any part of an id, of the result code, of the URI and of the values in both bodies. A search for a part that takes too long stops; `searchedTo` says how far it came, and `nextCursor` goes on from there.',
  method: 'GET',
  path: '/applications/:applicationId/exchanges',
  needs: 'sandbox.develop',
  params: ApplicationId,
  query: z.strictObject({
    ...PageQuery,
    result: z.enum(['S', 'F', 'U']).optional(),
    resultCode: z.enum(resultCodes).optional(),
    cause: z.enum(causes).optional(),
    /** The interface, such as `payments/pay`. */
    api: Line(0, 100).optional(),
    signature: z.enum(['verified', 'refused', 'absent']).optional(),
    /** From this moment on. */
    from: Instant.optional(),
    /** Before this moment. */
    to: Instant.optional(),
    search: Line(0, SEARCH_MAX).optional(),
  }),
  returns: pageOf(ExchangeSummary).extend({
    /** The search stopped here; null where it came to its end, or the page is full. */
    searchedTo: Instant.nullable(),
  }),
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
  state: z.enum(notificationStates),
  /** Counts what is told of one payment: 1 is its outcome, n + 1 its n-th refund. */
  sequence: z.number(),
  /** When what it tells of happened, by the clock of the sandbox. */
  eventAt: Instant,
  createdAt: Instant,
  nextAttemptAt: Instant.nullable(),
  /** Made up with iNotify, in this manner; null for what the network has to tell. */
  manner: z.enum(manners).nullable(),
  /** It waits because its endpoint is paused. */
  isHeld: z.boolean(),
  /** It waits because nobody listens at the relay. */
  awaitsListener: z.boolean(),
  /** All that there were. */
  attemptCount: z.number(),
  /** The newest of them, the oldest of these first. */
  attempts: z.array(Attempt),
})

export const listNotifications = endpoint({
  summary: `The notification log, newest first, each with its newest attempts: up to ${ATTEMPTS_SHOWN.perNotification}, and fewer where a page would have more than ${ATTEMPTS_SHOWN.perPage}. \`attemptCount\` says how many there were; a search for the id alone shows most.`,
  method: 'GET',
  path: '/applications/:applicationId/notifications',
  needs: 'sandbox.develop',
  params: ApplicationId,
  query: z.strictObject({
    ...PageQuery,
    state: z.enum(notificationStates).optional(),
    /** A notification id, paymentRequestId or paymentId as a whole. */
    search: Line(0, SEARCH_MAX).optional(),
  }),
  returns: pageOf(NotificationView),
})

export const resendNotification = endpoint({
  summary:
    'Sends a notification again at once, whatever its state. It is one more attempt; the schedule of the others does not change.',
  method: 'POST',
  path: '/applications/:applicationId/notifications/:notificationId/resend',
  needs: 'sandbox.develop',
  params: z.strictObject({ applicationId: Id('app'), notificationId: Id('ntf') }),
  returns: NotificationView,
})
