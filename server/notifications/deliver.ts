/** Delivery of notifications: signed, sent, and acknowledged only by a signed answer with HTTP 200 and status S. */
import { attemptsOf, type Manner } from '../../rules/inotify.ts'
import { FAMILIES, type Family } from '../../rules/interfaces.ts'
import { ACCEPTANCE } from '../../rules/limits.ts'
import { NOTIFICATION_LADDER_SECONDS, type AcknowledgementFault, waitAfter } from '../../rules/notification.ts'
import { parseSignatureHeader } from '../../rules/signature.ts'
import { newId } from '../clock.ts'
import type { Ctx, TxCtx } from '../context.ts'
import type { Row } from '../db/schema.ts'
import type { Client, Clients } from '../gateway/clients.ts'
import { signMessage, verifyMessage } from '../gateway/signing.ts'
import { addWork, type Handler, isWaiting, type Outcome } from '../outbox/outbox.ts'
import { keepCall } from '../inbox/keep.ts'
import { type Answer, EndpointBusy, NobodyListens, type Outgoing } from '../outgoing/client.ts'
import { isInboxUrl } from '../outgoing/wall.ts'
import * as endpoints from './endpoints.ts'
import { testWork } from './notifications.ts'
import { noteDone } from './resends.ts'
import * as store from './store.ts'

/** A partner's answer may hold anything; the log keeps this much of it. */
export const KEPT_ANSWER = 8192

/** No connection was free, and enough others wait for one: looked at again after this. */
const BUSY_RETRY_MS = 1000

/** A notification that was signed wrongly on purpose comes again soon, and right. */
const FORGED_RETRY_MS = 1000

type Verdict = { fault: AcknowledgementFault | null; signatureVerified: boolean | null }

type Gone = { outcome: Outcome; record: (tx: TxCtx) => Promise<void> }

/** The scheduled attempts. The waits are counted by the work itself, so that a resend does not use them up. */
export function notificationHandler(clients: Clients, outgoing: Outgoing): Handler {
  return async (ctx, work) => {
    const found = await findReceiver(ctx, clients, work.payload)
    if ('outcome' in found) return found
    const { notification, client } = found
    // A resend was acknowledged meanwhile: there is nothing left to tell.
    if (notification.state === 'acknowledged') return { outcome: { done: true } }
    if (notification.paused_at !== null) return endpoints.hold(notification)
    const isForged = notification.misbehaviour === 'wrong_notification' && work.attempts === 0
    const lane = endpoints.laneOf(notification)
    const sent = await send(ctx, outgoing, { client, notification, lane, isForged, isAskedFor: false })
    if (sent === 'busy') return BUSY
    if (sent instanceof NobodyListens) return endpoints.holdForListener(notification, sent)
    if (sent.kept) return keptAs(notification, sent, isForged ? FORGED_RETRY_MS : null)
    const retryInMs =
      sent.fault === null
        ? undefined
        : isForged
          ? FORGED_RETRY_MS
          : waitAfter(NOTIFICATION_LADDER_SECONDS, work.attempts + 1, ctx.config.clockFactor)
    return {
      outcome: outcomeOf(sent.fault, retryInMs),
      record: async (tx) => {
        const number = await store.recordAttempt(tx, notification.id, sent.row, {
          state: sent.fault === null ? 'acknowledged' : retryInMs === undefined ? 'failed' : 'waiting',
          next_attempt_at: retryInMs === undefined ? null : tx.clock.now() + retryInMs,
        })
        await repeatIfAsked(tx, notification, sent.fault, number)
        if (sent.fault === null) await endpoints.noteAcknowledged(tx, notification)
        else if (retryInMs === undefined) await endpoints.noteUsedUp(tx, notification, sent.fault)
      },
    }
  }
}

/** One attempt beside the schedule, asked for by a person; also where the endpoint is paused, to see whether it is in order. */
export function resendHandler(clients: Clients, outgoing: Outgoing): Handler {
  return async (ctx, work) => {
    const [id = '', resendId] = work.payload.split(' ')
    const found = await findReceiver(ctx, clients, id)
    if ('outcome' in found) return found
    const { notification, client } = found
    const lane = endpoints.laneOf(notification)
    const sent = await send(ctx, outgoing, { client, notification, lane, isForged: false, isAskedFor: true })
    if (sent === 'busy' || sent instanceof NobodyListens) return BUSY
    if (sent.kept)
      return keptAs(notification, sent, null, async (tx) => {
        if (resendId !== undefined) await noteDone(tx, resendId, false, notification.application_id)
      })
    return {
      outcome: { done: true },
      record: async (tx) => {
        const isScheduled = await isWaiting(tx, notification.id)
        const number = await store.recordAttempt(
          tx,
          notification.id,
          sent.row,
          afterResend(sent.fault, notification.state, isScheduled),
        )
        await repeatIfAsked(tx, notification, sent.fault, number)
        if (sent.fault === null) await endpoints.noteAcknowledged(tx, notification)
        if (resendId !== undefined) await noteDone(tx, resendId, sent.fault === null, notification.application_id)
      },
    }
  }
}

/** What was made up with iNotify: one attempt, or the same again a moment later; nothing of it counts for the endpoint. */
export function testHandler(clients: Clients, outgoing: Outgoing): Handler {
  return async (ctx, work) => {
    const [id = '', following] = work.payload.split(' ')
    const found = await findReceiver(ctx, clients, id)
    if ('outcome' in found) return found
    const { notification, client } = found
    const manner = notification.manner as Manner // written by us
    const isForged = manner === 'wrong_signature'
    const lane = endpoints.testLaneOf(notification)
    const sent = await send(ctx, outgoing, { client, notification, lane, isForged, isAskedFor: true })
    if (sent === 'busy' || sent instanceof NobodyListens) return BUSY
    const comesAgain = work.attempts + 1 < attemptsOf(manner)
    if (sent.kept)
      return keptAs(notification, sent, comesAgain ? SECOND_MS : null, (tx) =>
        sendFollowing(tx, notification, following),
      )
    return {
      outcome: comesAgain ? { retryInMs: SECOND_MS, error: 'it comes twice' } : { done: true },
      async record(tx) {
        await store.recordAttempt(tx, notification.id, sent.row, {
          state: sent.fault === null ? 'acknowledged' : comesAgain ? 'waiting' : 'failed',
          next_attempt_at: comesAgain ? tx.clock.now() + SECOND_MS : null,
        })
        await sendFollowing(tx, notification, following)
      },
    }
  }
}

async function sendFollowing(tx: TxCtx, notification: Row<'notifications'>, following: string | undefined) {
  if (following === undefined) return
  const lane = endpoints.testLaneOf(notification)
  await addWork(tx, testWork({ id: following, dueAt: tx.clock.now() + SECOND_MS, lane }))
}

/** Between the two of what comes twice, or in the wrong order. */
const SECOND_MS = 1000

const BUSY: { outcome: Outcome } = {
  outcome: { retryInMs: BUSY_RETRY_MS, error: 'the endpoint is busy', isNoAttempt: true },
}

type Kept = { kept: Record<string, string>; uri: string; at: number }

/**
 * The inbox has it, byte for byte, and nobody was told: that is no attempt, and counts for no endpoint. With `againInMs` the same comes
 * there once more.
 */
function keptAs(
  notification: Row<'notifications'>,
  { kept, uri, at }: Kept,
  againInMs: number | null,
  also: (tx: TxCtx) => Promise<void> = async () => undefined,
): { outcome: Outcome; record: (tx: TxCtx) => Promise<void> } {
  return {
    outcome: againInMs === null ? { done: true } : { retryInMs: againInMs, error: 'it comes twice' },
    async record(tx) {
      await keepCall(tx, {
        applicationId: notification.application_id,
        api: notification.api,
        family: notification.family as Family, // written by us
        ...{ at, uri, headers: kept, body: notification.body },
        notificationId: notification.id,
        paymentRequestId: notification.payment_request_id,
        paymentId: notification.payment_id,
      })
      await store.noteKept(tx, notification.id, againInMs === null ? null : tx.clock.now() + againInMs)
      await also(tx)
    },
  }
}

function afterResend(fault: AcknowledgementFault | null, state: string, isScheduled: boolean) {
  if (fault === null) return { state: 'acknowledged', next_attempt_at: null }
  // Acknowledged once is acknowledged for ever; and while the schedule runs it says what comes next.
  if (state === 'acknowledged') return { next_attempt_at: null }
  return isScheduled ? {} : { state: 'failed', next_attempt_at: null }
}

async function findReceiver(ctx: Ctx, clients: Clients, notificationId: string) {
  const notification = await store.findToSend(ctx, notificationId)
  const client = notification && (await clients.find(notification.client_id))
  if (notification && client?.networkKey) return { notification, client }
  const gone: Gone = {
    outcome: { giveUp: true, error: 'the application is gone' },
    record: (tx) => store.markFailed(tx, notificationId),
  }
  return gone
}

function outcomeOf(fault: AcknowledgementFault | null, retryInMs: number | undefined): Outcome {
  if (fault === null) return { done: true }
  return retryInMs === undefined ? { giveUp: true, error: fault } : { retryInMs, error: fault }
}

/** An acceptance case that runs: what was acknowledged comes again, until it has come often enough. */
async function repeatIfAsked(
  tx: TxCtx,
  notification: Row<'notifications'>,
  fault: AcknowledgementFault | null,
  number: number,
): Promise<void> {
  const { id, misbehaviour } = notification
  if (misbehaviour !== 'late_notification' || fault !== null || number >= ACCEPTANCE.deliveries) return
  await addWork(tx, { topic: 'notification_resend', payload: id, lane: endpoints.laneOf(notification) })
}

/** `lane`: whose connections it takes. Those of the lane it was leased in: what one lane leases, they must get done within its lease. */
type Sending = {
  client: Client
  notification: Row<'notifications'>
  lane: string
  isForged: boolean
  isAskedFor: boolean
}

/** One attempt; `busy` where none was made, or that nobody listens, or what the inbox is to keep. Who asked for it is told that there was no answer. */
async function send(ctx: Ctx, outgoing: Outgoing, { client, notification, lane, isForged, isAskedFor }: Sending) {
  const { url, body, family } = notification
  const at = ctx.clock.now()
  const begun = performance.now()
  const { pathname, search } = new URL(url)
  const uri = `${pathname}${search}`
  const bytes = Buffer.from(body)
  const requestHeaders = await signedHeaders(client, uri, isForged ? Buffer.from(`${body} `) : bytes, at)
  if (isInboxUrl(url)) return { kept: requestHeaders, uri, at }
  const answer = await outgoing.post(url, requestHeaders, bytes, lane).catch((error: unknown) => {
    if (error instanceof EndpointBusy) return 'busy' as const
    if (error instanceof NobodyListens && !isAskedFor) return error
    ctx.log.info({ reason: error instanceof Error ? error.message : String(error) }, 'a notification got no answer')
    return undefined
  })
  if (answer === 'busy' || answer instanceof NobodyListens) return answer
  const verdict: Verdict = answer
    ? judge(client, uri, answer, family as Family)
    : { fault: 'no_answer', signatureVerified: null }
  return {
    fault: verdict.fault,
    row: {
      id: newId('att'),
      at,
      duration_ms: Math.round(performance.now() - begun),
      status: answer?.status ?? null,
      fault: verdict.fault,
      signature_verified: verdict.signatureVerified === null ? null : Number(verdict.signatureVerified),
      request_headers: JSON.stringify(requestHeaders),
      response_headers: JSON.stringify(answer?.headers ?? {}),
      misbehaviour: isForged ? 'wrong_notification' : null,
      url,
      // PostgreSQL's text cannot hold NUL.
      response_body: (answer?.body.subarray(0, KEPT_ANSWER).toString('utf8') ?? '').replaceAll('\0', '\uFFFD'),
    },
  }
}

async function signedHeaders(client: Client, uri: string, body: Buffer, at: number): Promise<Record<string, string>> {
  if (!client.networkKey) throw new Error('A client without a key has nothing to be notified of.')
  const time = new Date(at).toISOString()
  return {
    'Content-Type': 'application/json; charset=UTF-8',
    'Client-Id': client.clientId,
    'Request-Time': time,
    Signature: await signMessage(client.networkKey, { method: 'POST', uri, clientId: client.clientId, time }, body),
  }
}

/** Is this answer an acknowledgement? Checked in the order of rules/notification.ts. */
function judge(client: Client, uri: string, answer: Answer, family: Family): Verdict {
  const verified = verifyAnswer(client, uri, answer)
  const fault = (name: AcknowledgementFault) => ({ fault: name, signatureVerified: verified })
  if (answer.status !== 200) return fault('wrong_status')
  const status = resultStatusOf(answer.body)
  if (status === undefined) return fault('not_json')
  if (status !== 'S') return fault('not_success')
  if (!FAMILIES[family].signsAcknowledgements) return { fault: null, signatureVerified: verified }
  if (verified === null) return fault('no_signature')
  return verified ? { fault: null, signatureVerified: true } : fault('wrong_signature')
}

/** Null: there is nothing to check. */
function verifyAnswer(client: Client, uri: string, { headers, body }: Answer): boolean | null {
  const header = parseSignatureHeader(headers.signature)
  const time = headers['response-time']
  if ('fault' in header && header.fault === 'missing') return null
  if ('fault' in header || time === undefined) return false
  const parts = { method: 'POST', uri, clientId: client.clientId, time }
  return client.keys.some(({ key }) => verifyMessage(key, parts, body, header.signature))
}

function resultStatusOf(body: Buffer): unknown {
  try {
    const parsed = JSON.parse(body.toString('utf8')) as { result?: { resultStatus?: unknown } } | null // checked below
    return parsed?.result?.resultStatus
  } catch {
    return undefined
  }
}
