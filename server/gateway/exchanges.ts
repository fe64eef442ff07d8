/** Evidence: every exchange with a partner, refused ones included, with the exact bytes of both sides. */
import { sql } from 'kysely'
import type { Misbehaviour } from '../../rules/acceptance/evidence.ts'
import type { Cause } from '../../rules/causes.ts'
import { parseSignatureHeader, textBeforeBody } from '../../rules/signature.ts'
import { Refusal } from '../../rules/refusals.ts'
import { wordsOf } from '../../rules/words.ts'
import { firstIdAt, newId } from '../clock.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { compiledInsert } from '../db/compiled.ts'
import type { Row } from '../db/schema.ts'
import { listOfPayment } from '../notifications/notifications.ts'
import { type Direction, SUMMARY, type SignatureState, summaryOf } from './summary.ts'
import * as payments from './views.ts'

export type HeaderPairs = [name: string, value: string][]

export type Exchange = {
  applicationId: string
  startedAt: number
  durationUs: number
  method: string
  uri: string
  api: string | null
  /** As it stands in the answer: of ours one of the catalogue, of a partner's whatever he says. */
  resultCode: string
  resultStatus: 'S' | 'F' | 'U'
  direction: Direction
  signature: SignatureState
  keyVersion: number | null
  warning: string | null
  paymentRequestId: string | null
  paymentId: string | null
  refundRequestId: string | null
  sourceAddress: string
  requestHeaders: HeaderPairs
  requestBody: Buffer
  responseHeaders: HeaderPairs
  responseBody: string
  misbehaviour: Misbehaviour | null
  /** Why the sandbox refused it: rules/causes.ts. */
  cause: Cause | null
  /** iMock answered it. */
  isMocked: boolean
  /** The Test Merchant made it. */
  byTestMerchant: boolean
}

const insertExchange = compiledInsert('exchanges')
const insertWords = compiledInsert('exchange_words')

/** Returns its id. */
export async function recordExchange(tx: TxCtx, exchange: Exchange): Promise<string> {
  const id = newId('exc')
  const row = {
    id,
    application_id: exchange.applicationId,
    at: exchange.startedAt,
    duration_us: exchange.durationUs,
    method: exchange.method,
    uri: exchange.uri,
    api: exchange.api,
    result_code: exchange.resultCode,
    result_status: exchange.resultStatus,
    signature: exchange.signature,
    key_version: exchange.keyVersion,
    warning: exchange.warning,
    payment_request_id: exchange.paymentRequestId,
    payment_id: exchange.paymentId,
    refund_request_id: exchange.refundRequestId,
    source_address: exchange.sourceAddress,
    request_headers: JSON.stringify(exchange.requestHeaders),
    request_body: exchange.requestBody,
    response_headers: JSON.stringify(exchange.responseHeaders),
    response_body: exchange.responseBody,
    misbehaviour: exchange.misbehaviour,
    direction: exchange.direction,
    cause: exchange.cause,
    is_mocked: exchange.isMocked ? 1 : null,
    by_test_merchant: exchange.byTestMerchant ? 1 : null,
  }
  await insertExchange(tx.db, row)
  await insertWords(tx.db, { application_id: exchange.applicationId, id, words: wordsOfExchange(id, exchange) })
  return id
}

function wordsOfExchange(id: string, exchange: Exchange): string {
  const { uri, resultCode, paymentRequestId, paymentId, refundRequestId, requestBody, responseBody } = exchange
  const texts = [id, paymentRequestId, paymentId, refundRequestId, resultCode, uri]
  return wordsOf(texts, [requestBody.toString('utf8'), responseBody])
}

export async function getExchange(ctx: Ctx, applicationId: string, exchangeId: string) {
  const row = await ctx.db
    .selectFrom('exchanges')
    .selectAll()
    .where('application_id', '=', applicationId)
    .where('id', '=', exchangeId)
    .executeTakeFirst()
  if (!row) throw new Refusal('thing.not_found')
  const body = Buffer.from(row.request_body)
  const text = body.toString('utf8')
  const headers = JSON.parse(row.request_headers) as HeaderPairs // written by us
  return {
    ...summaryOf(row),
    sourceAddress: row.source_address,
    keyVersion: row.key_version,
    warning: row.warning,
    request: { headers: named(headers), body: text, bodyIsText: Buffer.from(text, 'utf8').equals(body) },
    response: { headers: named(JSON.parse(row.response_headers) as HeaderPairs), body: row.response_body }, // written by us
    signedText: signedTextOf(row, headers, text),
    related: await relatedOf(ctx, row),
  }
}

const RELATED_MAX = 50

/** What belongs to the same payment. */
async function relatedOf(ctx: Ctx, row: Row<'exchanges'>) {
  const { application_id, payment_request_id, payment_id } = row
  const requestId =
    payment_request_id ??
    (payment_id === null ? undefined : await payments.findRequestId(ctx, application_id, payment_id))
  if (!requestId) return { payment: null, exchanges: [], notifications: [] }
  const others = await ctx.db
    .selectFrom('exchanges')
    .select(SUMMARY)
    .where('application_id', '=', row.application_id)
    .where('payment_request_id', '=', requestId)
    .where('id', '!=', row.id)
    .orderBy('id', 'desc')
    .limit(RELATED_MAX)
    .execute()
  return {
    payment: await payments.findView(ctx, row.application_id, requestId),
    exchanges: others.map(summaryOf),
    notifications: await listOfPayment(ctx, row.application_id, requestId, RELATED_MAX),
  }
}

/**
 * The string that the signature was checked against: of the caller's request, or of the answer to our own call. It follows from what is
 * stored, so it is not stored itself.
 */
function signedTextOf(row: Row<'exchanges'>, requestHeaders: HeaderPairs, requestBody: string): string | null {
  const isOurs = row.direction === 'out'
  const signed = isOurs ? (JSON.parse(row.response_headers) as HeaderPairs) : requestHeaders // written by us
  const clientId = headerIn(requestHeaders, 'client-id')
  const time = headerIn(signed, isOurs ? 'response-time' : 'request-time')
  if (clientId === undefined || time === undefined) return null
  if ('fault' in parseSignatureHeader(headerIn(signed, 'signature'))) return null
  const { method, uri } = row
  return `${textBeforeBody({ method, uri, clientId, time })}${isOurs ? row.response_body : requestBody}`
}

/** Sent twice, a header counts as both joined: so it was when the signature was checked. */
export function headerIn(headers: HeaderPairs, name: string): string | undefined {
  const values = headers.filter(([known]) => known.toLowerCase() === name).map(([, value]) => value)
  return values.length === 0 ? undefined : values.join(', ')
}

/** Calls since a moment, by application. */
export async function countCallsSince(
  ctx: Ctx,
  applicationIds: readonly string[],
  since: number,
): Promise<Map<string, number>> {
  const rows = await ctx.db
    .selectFrom('exchanges')
    .select((eb) => ['application_id', eb.fn.countAll<number>().as('n')])
    .where('application_id', 'in', applicationIds)
    .where('direction', '=', 'in')
    // The id begins with the time, and the key is sorted by it: only the rows of that time are read.
    .where('id', '>=', firstIdAt('exc', since))
    .groupBy('application_id')
    .execute()
  return new Map(rows.map(({ application_id, n }) => [application_id, Number(n)]))
}

/** Calls of the last hour, day and week that verified, by the version of the key: one look at the log for all three. */
export async function countVerified(ctx: Ctx, applicationId: string) {
  const hoursAgo = (hours: number) => firstIdAt('exc', ctx.clock.now() - hours * 3_600_000)
  const since = (hours: number) => sql<number>`sum(case when id >= ${hoursAgo(hours)} then 1 else 0 end)`
  const rows = await ctx.db
    .selectFrom('exchanges')
    .select((eb) => [
      'key_version as version',
      since(1).as('last_hour'),
      since(24).as('last_day'),
      eb.fn.countAll<number>().as('last_week'),
      eb.fn.max('at').as('last_at'),
    ])
    .where('application_id', '=', applicationId)
    .where('direction', '=', 'in')
    .where('signature', '=', 'verified')
    .where('id', '>=', hoursAgo(7 * 24))
    .groupBy('key_version')
    .execute()
  return new Map(rows.map((row) => [row.version, row]))
}

function named(headers: HeaderPairs) {
  return headers.map(([name, value]) => ({ name, value }))
}
