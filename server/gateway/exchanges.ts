/** Evidence: every exchange with a partner, refused ones included, with the exact bytes of both sides. */
import { type ResultCode, RESULTS } from '../../rules/results.ts'
import { parseSignatureHeader, textBeforeBody } from '../../rules/signature.ts'
import { Refusal } from '../../rules/refusals.ts'
import { firstIdAt, newId } from '../clock.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { compiledInsert } from '../db/compiled.ts'
import type { Row } from '../db/schema.ts'

export type HeaderPairs = [name: string, value: string][]

export type Exchange = {
  applicationId: string
  startedAt: number
  durationUs: number
  method: string
  uri: string
  api: string | null
  resultCode: ResultCode
  signature: 'verified' | 'refused' | 'absent'
  keyVersion: number | null
  warning: string | null
  paymentRequestId: string | null
  paymentId: string | null
  sourceAddress: string
  requestHeaders: HeaderPairs
  requestBody: Buffer
  responseHeaders: HeaderPairs
  responseBody: string
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
    result_status: RESULTS[exchange.resultCode][0],
    signature: exchange.signature,
    key_version: exchange.keyVersion,
    warning: exchange.warning,
    payment_request_id: exchange.paymentRequestId,
    payment_id: exchange.paymentId,
    source_address: exchange.sourceAddress,
    request_headers: JSON.stringify(exchange.requestHeaders),
    request_body: exchange.requestBody,
    response_headers: JSON.stringify(exchange.responseHeaders),
    response_body: exchange.responseBody,
  }
  await insertExchange(tx.db, row)
}

type Filter = {
  cursor?: string | undefined
  limit: number
  result?: 'S' | 'F' | 'U' | undefined
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
] as const

/** Newest first. The application has been found to be the actor's. */
export async function listExchanges(ctx: Ctx, applicationId: string, filter: Filter) {
  let query = ctx.db.selectFrom('exchanges').select(SUMMARY).where('application_id', '=', applicationId)
  if (filter.cursor) query = query.where('id', '<', filter.cursor)
  if (filter.result) query = query.where('result_status', '=', filter.result)
  if (filter.search) {
    const pattern = `%${filter.search.replace(/[\\%_]/g, '\\$&').toLowerCase()}%`
    query = query.where((eb) =>
      eb.or(
        (['payment_request_id', 'payment_id', 'result_code', 'uri', 'id'] as const).map((column) =>
          eb(eb.fn('lower', [column]), 'like', eb.cast<string>(eb.val(pattern), 'text')),
        ),
      ),
    )
  }
  const rows = await query
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .execute()
  const items = rows.slice(0, filter.limit).map(summaryOf)
  return { items, nextCursor: rows.length > filter.limit ? (items.at(-1)?.id ?? null) : null }
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
  }
}

/** The string that the signature was checked against. It follows from what is stored, so it is not stored itself. */
function signedTextOf(row: Row<'exchanges'>, headers: HeaderPairs, body: string): string | null {
  // Sent twice, a header counts as both joined: so it was when the signature was checked.
  const header = (name: string) => {
    const values = headers.filter(([known]) => known.toLowerCase() === name).map(([, value]) => value)
    return values.length === 0 ? undefined : values.join(', ')
  }
  const clientId = header('client-id')
  const time = header('request-time')
  if (clientId === undefined || time === undefined || 'fault' in parseSignatureHeader(header('signature'))) return null
  return `${textBeforeBody({ method: row.method, uri: row.uri, clientId, time })}${body}`
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
    // The id begins with the time, and the key is sorted by it: only the rows of that time are read.
    .where('id', '>=', firstIdAt('exc', since))
    .groupBy('application_id')
    .execute()
  return new Map(rows.map(({ application_id, n }) => [application_id, Number(n)]))
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
  }
}

function named(headers: HeaderPairs) {
  return headers.map(([name, value]) => ({ name, value }))
}
