/** Evidence: every exchange with a partner, refused ones included, with the exact bytes of both sides. */
import { type SelectQueryBuilder, type SqlBool, sql } from 'kysely'
import type { Misbehaviour } from '../../rules/acceptance/evidence.ts'
import type { Cause } from '../../rules/causes.ts'
import { SEARCH_DEPTH } from '../../rules/limits.ts'
import { parseSignatureHeader, textBeforeBody } from '../../rules/signature.ts'
import { Refusal } from '../../rules/refusals.ts'
import { firstIdAt, newId, timeOfRequestId } from '../clock.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { compiledInsert } from '../db/compiled.ts'
import type { Row, Tables } from '../db/schema.ts'
import { listOfPayment } from '../notifications/notifications.ts'
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
  /** `out`: the network called, and the partner answered. */
  direction: 'in' | 'out'
  signature: 'verified' | 'refused' | 'absent'
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
}

const insertExchange = compiledInsert('exchanges')

export async function recordExchange(tx: TxCtx, exchange: Exchange): Promise<void> {
  const row = {
    id: newId('exc'),
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
  }
  await insertExchange(tx.db, row)
}

type Filter = {
  cursor?: string | undefined
  limit: number
  result?: 'S' | 'F' | 'U' | undefined
  resultCode?: string | undefined
  cause?: string | undefined
  api?: string | undefined
  signature?: Exchange['signature'] | undefined
  from?: string | undefined
  to?: string | undefined
  search?: string | undefined
}

const SUMMARY = [
  'id',
  'at',
  'method',
  'uri',
  'api',
  'result_code',
  'result_status',
  'signature',
  'duration_us',
  'payment_request_id',
  'payment_id',
  'refund_request_id',
  'direction',
  'cause',
  'is_mocked',
] as const

/** Newest first. The application has been found to be the actor's. */
export async function listExchanges(ctx: Ctx, applicationId: string, filter: Filter) {
  const search = filter.search || undefined
  const whole = search === undefined ? undefined : await findWhole(ctx, applicationId, search)
  let query = ctx.db.selectFrom('exchanges').select(SUMMARY).where('application_id', '=', applicationId)
  if (whole) query = query.where('id', 'in', whole)
  else if (search !== undefined) query = matching(query, await oldestSearched(ctx, applicationId), search)
  if (filter.cursor) query = query.where('id', '<', filter.cursor)
  if (filter.result) query = query.where('result_status', '=', filter.result)
  if (filter.resultCode) query = query.where('result_code', '=', filter.resultCode)
  if (filter.cause) query = query.where('cause', '=', filter.cause)
  if (filter.api) query = query.where('api', '=', filter.api)
  if (filter.signature) query = query.where('signature', '=', filter.signature)
  // The id begins with the time, and the key is sorted by it.
  if (filter.from) query = query.where('id', '>=', firstIdAt('exc', Date.parse(filter.from)))
  if (filter.to) query = query.where('id', '<', firstIdAt('exc', Date.parse(filter.to)))
  const rows = await query
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .execute()
  const items = rows.slice(0, filter.limit).map(summaryOf)
  return { items, nextCursor: rows.length > filter.limit ? (items.at(-1)?.id ?? null) : null }
}

/** More exchanges of one payment than this are cut off at the oldest. */
const MOST_OF_ONE = 500

/** The exchanges that a whole id names, by the indexes; undefined where the text is no id that we know. */
async function findWhole(ctx: Ctx, applicationId: string, text: string): Promise<string[] | undefined> {
  const requestIds = withText(text, await payments.findRequestId(ctx, applicationId, text))
  const refundIds = withText(text, await payments.findRefundRequestId(ctx, applicationId, text))
  const own = () => ctx.db.selectFrom('exchanges').select('id').where('application_id', '=', applicationId)
  const found = await Promise.all([
    own().where('id', '=', text).execute(),
    own().where('payment_request_id', 'in', requestIds).orderBy('id', 'desc').limit(MOST_OF_ONE).execute(),
    own().where('refund_request_id', 'in', refundIds).orderBy('id', 'desc').limit(MOST_OF_ONE).execute(),
    findTraced(ctx, applicationId, text),
  ])
  const ids = [...new Set(found.flat().map(({ id }) => id))]
  return ids.length > 0 ? ids : undefined
}

/** A call is answered, and noted, at most so long after it came. */
const LONGEST_CALL_MS = 60_000

/** By the `tracerid` of an answer: it tells when the call came, and only what was noted soon after is looked through. */
async function findTraced(ctx: Ctx, applicationId: string, text: string): Promise<{ id: string }[]> {
  const at = timeOfRequestId(text)
  if (at === undefined) return []
  return ctx.db
    .selectFrom('exchanges')
    .select('id')
    .where('application_id', '=', applicationId)
    .where('id', '>=', firstIdAt('exc', at))
    .where('id', '<', firstIdAt('exc', at + LONGEST_CALL_MS))
    .where('response_headers', 'like', `%"${text.toLowerCase()}"%`)
    .execute()
}

const withText = (text: string, id: string | undefined) => (id === undefined ? [text] : [text, id])

/** Text is looked for among the newest exchanges only; this is the oldest of them. */
async function oldestSearched(ctx: Ctx, applicationId: string): Promise<string> {
  const row = await ctx.db
    .selectFrom('exchanges')
    .select('id')
    .where('application_id', '=', applicationId)
    .orderBy('id', 'desc')
    .offset(SEARCH_DEPTH)
    .limit(1)
    .executeTakeFirst()
  return row?.id ?? ''
}

function matching<Q extends SelectQueryBuilder<Tables, 'exchanges', unknown>>(
  query: Q,
  after: string,
  text: string,
): Q {
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&').toLowerCase()}%`
  return query.where('id', '>', after).where((eb) =>
    eb.or(
      (['payment_request_id', 'payment_id', 'refund_request_id', 'result_code', 'uri', 'id'] as const).map(
        (column) =>
          // The engines differ in what escapes by default, so it is said.
          sql<SqlBool>`lower(${sql.ref(column)}) like ${pattern} escape ${'\\'}`,
      ),
    ),
  ) as Q // a filtered query of the same kind
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
    notifications: await listOfPayment(ctx, row.application_id, requestId),
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

function summaryOf(row: Pick<Row<'exchanges'>, (typeof SUMMARY)[number]>) {
  return {
    id: row.id,
    at: new Date(row.at).toISOString(),
    method: row.method,
    uri: row.uri,
    api: row.api,
    resultCode: row.result_code,
    resultStatus: row.result_status as 'S' | 'F' | 'U', // written by us, like the next
    signature: row.signature as Exchange['signature'],
    durationMs: row.duration_us / 1000,
    paymentRequestId: row.payment_request_id,
    paymentId: row.payment_id,
    refundRequestId: row.refund_request_id,
    direction: row.direction as Exchange['direction'], // written by us
    cause: row.cause,
    isMocked: row.is_mocked === 1,
  }
}

function named(headers: HeaderPairs) {
  return headers.map(([name, value]) => ({ name, value }))
}
