/**
 * What the Test Merchant asks a partner's own merchant API, and what it makes of the answer. The call is signed as a notification is,
 * and stands in the request log; nothing in the center rests on what is answered. Stated in docs/guide/test-merchant.md.
 */
import * as z from 'zod'
import { TEST_MERCHANT } from '../../rules/limits.ts'
import type { ProductId, Scenario } from '../../rules/products.ts'
import { Refusal } from '../../rules/refusals.ts'
import {
  MERCHANT_API,
  MERCHANT_FAULTS,
  type MerchantAction,
  type MerchantFault,
  transactionWords,
  type WireAmount,
} from '../../rules/test-merchant.ts'
import { ensureQuota } from '../accounts/counters.ts'
import { newToken } from '../clock.ts'
import type { Ctx } from '../context.ts'
import type { Client } from '../gateway/clients.ts'
import { recordExchange } from '../gateway/exchanges.ts'
import { type Partners, signatureOf, signedHeaders } from '../gateway/partner-calls.ts'
import { type Answer, EndpointBusy, NobodyListens, type Outgoing } from '../outgoing/client.ts'
import { originOf } from '../outgoing/wall.ts'
import * as store from './store.ts'
import { getAcquirer } from './test-merchant.ts'

export type Wish = {
  action: MerchantAction
  product: ProductId | null
  scenario: Scenario | null
  title: string | null
  amount: WireAmount | null
  code: string | null
  paymentRequestId: string | null
  paymentId: string | null
}

/** What each action needs of the wish, and nothing else is sent with it. */
const NEEDS: Record<MerchantAction, readonly (keyof Wish)[]> = {
  order: ['product', 'title', 'amount'],
  authorize: [],
  query: ['paymentRequestId'],
  cancel: ['paymentRequestId'],
  refund: ['paymentRequestId', 'amount'],
}
const TAKES: Record<MerchantAction, readonly (keyof Wish)[]> = {
  ...NEEDS,
  order: [...NEEDS.order, 'scenario', 'code'],
  query: [...NEEDS.query, 'paymentId'],
  cancel: [...NEEDS.cancel, 'paymentId'],
  refund: [...NEEDS.refund, 'paymentId'],
}

type Tools = { outgoing: Outgoing; partners: Partners }

export async function callMerchant(ctx: Ctx, { outgoing, partners }: Tools, applicationId: string, wish: Wish) {
  await getAcquirer(ctx, applicationId)
  ensureComplete(wish)
  const server = await store.findServer(ctx, applicationId)
  if (!server) throw new Refusal('test_merchant.no_url')
  const client = await partners.clientOf(ctx, applicationId)
  if (!client?.networkKey || client.keys.length === 0) throw new Refusal('test_merchant.no_key')
  await ctx.tx((tx) =>
    ensureQuota(tx, `test merchant ${applicationId}`, TEST_MERCHANT.callsPerHour, TEST_MERCHANT.hourSeconds),
  )
  return send(ctx, outgoing, client, new URL(server.url), wish)
}

function ensureComplete(wish: Wish): void {
  const missing = NEEDS[wish.action].filter((name) => wish[name] === null)
  if (wish.action === 'order' && wish.product === 'user_presented' && wish.code === null) missing.push('code')
  if (missing.length === 0) return
  const fields = missing.map((name) => ({ path: `body.${name}`, message: `is needed to ${wish.action}` }))
  throw new Refusal('test_merchant.incomplete', { fields })
}

/** Only what belongs to the action. `requestId` is new for each: a partner's server may log it. */
function bodyOf(wish: Wish): Buffer {
  const given = TAKES[wish.action].filter((name) => wish[name] !== null).map((name) => [name, wish[name]])
  return Buffer.from(
    JSON.stringify({ requestId: `TM-${newToken().slice(0, 20)}`, action: wish.action, ...Object.fromEntries(given) }),
  )
}

/** Waits for no turn: somebody sits in front of it. */
const TURN_MS = 1000

async function send(ctx: Ctx, outgoing: Outgoing, client: Client, url: URL, wish: Wish) {
  const [startedAt, begun] = [ctx.clock.now(), performance.now()]
  const uri = `${url.pathname}${url.search}`
  const body = bodyOf(wish)
  const headers = await signedHeaders(client, uri, body, startedAt)
  const came = await outgoing
    // Connections of its own: the partner's notifications do not wait for it, nor it for them.
    .post(url.href, headers, body, `merchant ${client.clientId} ${originOf(url.href)}`, TURN_MS)
    .catch((error: unknown) => faultOf(ctx, error))
  const read = typeof came === 'string' ? { fault: came } : readAnswer(client, uri, came, wish.action)
  const answer = typeof came === 'string' ? undefined : came
  const durationUs = Math.round((performance.now() - begun) * 1000)
  // PostgreSQL's text cannot hold NUL.
  const raw = answer?.body.toString('utf8').replaceAll('\0', '\uFFFD')
  const { fault = null, faultField = null, content } = read
  const isSent = fault !== 'busy' && fault !== 'nobody_listens'
  const evidence = {
    direction: 'out',
    applicationId: client.applicationId,
    startedAt,
    durationUs,
    method: 'POST',
    uri,
    api: MERCHANT_API,
    resultCode: content?.status ?? 'UNKNOWN_EXCEPTION',
    resultStatus: content === undefined ? 'U' : 'S',
    signature: answer ? signatureOf(client, uri, answer) : 'absent',
    keyVersion: null,
    warning: fault && wordsOf(fault, faultField),
    paymentRequestId: content?.paymentRequestId ?? wish.paymentRequestId,
    paymentId: content?.paymentId ?? wish.paymentId,
    refundRequestId: null,
    sourceAddress: url.host || originOf(url.href),
    requestHeaders: Object.entries(headers),
    requestBody: body,
    responseHeaders: Object.entries(answer?.headers ?? {}),
    responseBody: raw ?? '',
    misbehaviour: null,
    cause: null,
    isMocked: false,
    byTestMerchant: true,
  } as const
  return {
    fault,
    faultField,
    httpStatus: answer?.status ?? null,
    durationMs: durationUs / 1000,
    answer: content ?? null,
    raw: raw?.slice(0, TEST_MERCHANT.rawChars) ?? null,
    exchangeId: isSent ? await ctx.tx((tx) => recordExchange(tx, evidence)) : null,
  }
}

function faultOf(ctx: Ctx, error: unknown): MerchantFault {
  if (error instanceof EndpointBusy) return 'busy'
  if (error instanceof NobodyListens) return 'nobody_listens'
  ctx.log.info({ reason: String(error) }, 'the merchant API of a partner gave no answer')
  return 'no_answer'
}

function wordsOf(fault: MerchantFault, field: Read['faultField']): string {
  return field ? `${MERCHANT_FAULTS[fault]} ${field.path} ${field.message}.` : MERCHANT_FAULTS[fault]
}

// ── the answer ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Left out, null and empty are the same; unknown fields are left alone. */
const text = (max: number) =>
  z
    .string('must be a string')
    .max(max, `must have at most ${max} characters`)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must not hold control characters')
    .nullish()
    .transform((value) => value || null)
const URL_FAULT = 'must be a complete URL that begins with https:// or http://'
const Content = z.object({
  status: z.enum(transactionWords, `must be one of ${transactionWords.join(', ')}`),
  paymentRequestId: text(TEST_MERCHANT.idMax),
  paymentId: text(TEST_MERCHANT.idMax),
  normalUrl: text(TEST_MERCHANT.orderCodeMax).refine((url) => url === null || isWebUrl(url), URL_FAULT),
  code: text(TEST_MERCHANT.orderCodeMax),
  message: text(TEST_MERCHANT.messageMax),
})

const isWebUrl = (url: string) => URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol)

type Read = {
  fault?: MerchantFault
  faultField?: { path: string; message: string } | null
  content?: z.output<typeof Content>
}

/** Looked at in the order of MERCHANT_FAULTS. */
function readAnswer(client: Client, uri: string, answer: Answer, action: MerchantAction): Read {
  if (answer.status !== 200) return { fault: 'wrong_status' }
  const object = objectIn(answer.body)
  if (object === undefined) return { fault: 'not_json' }
  const { data, error } = Content.safeParse(object)
  const issue = error?.issues[0]
  if (issue || !data) return wrongField(issue?.path.join('.') ?? '', issue?.message ?? '')
  const needed = action === 'authorize' ? 'normalUrl' : 'paymentRequestId'
  // What came to nothing has neither.
  if (data[needed] === null && data.status !== 'CANCELLED')
    return wrongField(needed, `is needed in the answer to ${action}`)
  if (signatureOf(client, uri, answer) === 'refused') return { fault: 'wrong_signature' }
  return { content: data }
}

const wrongField = (path: string, message: string): Read => ({ fault: 'wrong_field', faultField: { path, message } })

function objectIn(body: Buffer): object | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}
