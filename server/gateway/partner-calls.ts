/**
 * Questions of the network to a partner: signed as notifications are, answered with a signed `result`, and both written down in the
 * partner's request log. What cannot be trusted is no answer: then the outcome is unknown. Stated in docs/guide/wallets.md.
 */
import { PRIVATE_CODES } from '../../rules/limits.ts'
import { CALL_FAULTS, type CallFault } from '../../rules/notification.ts'
import type { PartnerApi } from '../../rules/products.ts'
import { parseSignatureHeader } from '../../rules/signature.ts'
import type { App, Ctx } from '../context.ts'
import { newRations } from '../http/rations.ts'
import { keepCall } from '../inbox/keep.ts'
import { type Answer, EndpointBusy, type Outgoing } from '../outgoing/client.ts'
import { isInboxUrl, originOf } from '../outgoing/wall.ts'
import type { Client, Clients } from './clients.ts'
import { recordExchange } from './exchanges.ts'
import { signMessage, verifyMessage } from './signing.ts'
import * as store from './store.ts'

type Json = Record<string, unknown>

/** `fault`: why the answer counts for nothing; then it is `U`, and the body is empty. */
export type Reply = { resultStatus: 'S' | 'F' | 'U'; resultCode: string; body: Json; fault: CallFault | null }

type Ids = { paymentRequestId: string; paymentId: string; refundRequestId?: string }
type Question = {
  applicationId: string
  api: PartnerApi
  body: Json
  ids?: Ids
  /** Nothing is sent unless its turn comes by then; a second without it. */
  turnWithinMs?: number
}

const TURN_MS = 1000
const NOT_SENT = Symbol('not sent')

export type Partners = {
  ask(ctx: Ctx, question: Question): Promise<Reply>
  /** Whether one more question about a private code may be asked for this reader now. */
  mayAsk(acquirerApplicationId: string, pspId: string): boolean
  /** The client of an application's sandbox. */
  clientOf(ctx: Ctx, applicationId: string): Promise<Client | undefined>
}

export function newPartners(app: App, clients: Clients, outgoing: Outgoing): Partners {
  const { perSecond, burst } = PRIVATE_CODES
  const rations = newRations(app.clock, perSecond * app.config.rateFactor, burst * app.config.rateFactor)
  return {
    mayAsk: (acquirer, pspId) => rations.take(`${acquirer} ${pspId}`),
    async ask(ctx, question) {
      const address = await store.findPartnerUrl(ctx, question.applicationId, question.api)
      const client = address && (await clients.find(address.client_id))
      if (!address?.url || !client?.networkKey) return unknown('no_address')
      return ask(ctx, outgoing, client, new URL(address.url), question)
    },
    async clientOf(ctx, applicationId) {
      const { client_id } = await store.getClientOfApplication(ctx, applicationId)
      return clients.find(client_id)
    },
  }
}

const unknown = (fault: CallFault): Reply => ({ resultStatus: 'U', resultCode: 'UNKNOWN_EXCEPTION', body: {}, fault })

async function ask(ctx: Ctx, outgoing: Outgoing, client: Client, url: URL, question: Question): Promise<Reply> {
  const [startedAt, begun] = [ctx.clock.now(), performance.now()]
  const uri = `${url.pathname}${url.search}`
  const bytes = Buffer.from(JSON.stringify(question.body))
  const headers = await signedHeaders(client, uri, bytes, startedAt)
  const isKept = isInboxUrl(url.href)
  const sent = isKept ? undefined : await post(ctx, outgoing, client, { url, headers, bytes, question })
  // What was not sent is no exchange.
  if (sent === NOT_SENT) return unknown('busy')
  const answer = sent
  const { reply, signature }: Read = isKept
    ? { reply: unknown('kept'), signature: 'absent' }
    : read(client, uri, answer)
  const evidence = {
    direction: 'out',
    applicationId: question.applicationId,
    startedAt,
    durationUs: Math.round((performance.now() - begun) * 1000),
    method: 'POST',
    uri,
    api: question.api,
    resultCode: reply.resultCode,
    resultStatus: reply.resultStatus,
    signature,
    keyVersion: null,
    warning: reply.fault && CALL_FAULTS[reply.fault],
    paymentRequestId: question.ids?.paymentRequestId ?? null,
    paymentId: question.ids?.paymentId ?? null,
    refundRequestId: question.ids?.refundRequestId ?? null,
    sourceAddress: url.host || originOf(url.href),
    requestHeaders: Object.entries(headers),
    requestBody: bytes,
    responseHeaders: Object.entries(answer?.headers ?? {}),
    // PostgreSQL's text cannot hold NUL.
    responseBody: (answer?.body.toString('utf8') ?? '').replaceAll('\0', '\uFFFD'),
    misbehaviour: null,
    cause: null,
    isMocked: false,
    byTestMerchant: false,
  } as const
  await ctx.tx(async (tx) => {
    await recordExchange(tx, evidence)
    if (!isKept) return
    const { applicationId, api, ids } = question
    await keepCall(tx, {
      ...{ applicationId, api, family: 'aps', at: startedAt, uri, headers, body: bytes.toString('utf8') },
      notificationId: null,
      paymentRequestId: ids?.paymentRequestId ?? '',
      paymentId: ids?.paymentId ?? '',
    })
  })
  return reply
}

type Post = { url: URL; headers: Record<string, string>; bytes: Buffer; question: Question }

function post(ctx: Ctx, outgoing: Outgoing, client: Client, { url, headers, bytes, question }: Post) {
  return (
    outgoing
      // Connections of its own: neither who shares its host nor its own notifications wait for a question.
      .post(url.href, headers, bytes, `ask ${client.clientId} ${originOf(url.href)}`, question.turnWithinMs ?? TURN_MS)
      .catch((error: unknown) => {
        ctx.log.info({ reason: String(error) }, 'a partner gave no answer')
        return error instanceof EndpointBusy ? NOT_SENT : undefined
      })
  )
}

/** As notifications are signed. */
export async function signedHeaders(
  client: Client,
  uri: string,
  body: Buffer,
  at: number,
): Promise<Record<string, string>> {
  if (!client.networkKey) throw new Error('A client without a key cannot be asked anything.')
  const time = new Date(at).toISOString()
  const parts = { method: 'POST', uri, clientId: client.clientId, time }
  return {
    'Content-Type': 'application/json; charset=UTF-8',
    'Client-Id': client.clientId,
    'Request-Time': time,
    Signature: await signMessage(client.networkKey, parts, body),
  }
}

type Read = { reply: Reply; signature: 'verified' | 'refused' | 'absent' }

/** Checked in the order of CALL_FAULTS. */
function read(client: Client, uri: string, answer: Answer | undefined): Read {
  if (!answer) return { reply: unknown('no_answer'), signature: 'absent' }
  const signature = signatureOf(client, uri, answer)
  const faulty = (fault: CallFault): Read => ({ reply: unknown(fault), signature })
  if (answer.status !== 200) return faulty('wrong_status')
  const body = objectIn(answer.body)
  const result = body?.result as Partial<Record<'resultStatus' | 'resultCode', unknown>> | undefined // checked below
  if (!body || !isStatus(result?.resultStatus) || !isCode(result.resultCode)) return faulty('not_json')
  if (signature !== 'verified') return faulty(signature === 'absent' ? 'no_signature' : 'wrong_signature')
  return { reply: { resultStatus: result.resultStatus, resultCode: result.resultCode, body, fault: null }, signature }
}

const isCode = (value: unknown): value is string => typeof value === 'string' && /^\w{1,64}$/.test(value)
const isStatus = (value: unknown): value is Reply['resultStatus'] => value === 'S' || value === 'F' || value === 'U'

/** Whether an answer to a call of ours is the partner's, by any of his active keys. */
export function signatureOf(client: Client, uri: string, { headers, body }: Answer): Read['signature'] {
  const header = parseSignatureHeader(headers.signature)
  if ('fault' in header) return header.fault === 'missing' ? 'absent' : 'refused'
  const parts = { method: 'POST', uri, clientId: client.clientId, time: headers['response-time'] ?? '' }
  const isGenuine = client.keys.some(({ key }) => verifyMessage(key, parts, body, header.signature))
  return isGenuine ? 'verified' : 'refused'
}

function objectIn(body: Buffer): Json | undefined {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'))
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as Json) : undefined
  } catch {
    return undefined
  }
}
