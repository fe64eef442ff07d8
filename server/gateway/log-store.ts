/** The request log as a list: filtered by indexes, searched by text, newest first. */
import { setImmediate } from 'node:timers/promises'
import { sql } from 'kysely'
import { LOG_SEARCH } from '../../rules/limits.ts'
import { firstIdAt, timeOfId } from '../clock.ts'
import type { Ctx } from '../context.ts'
import { findWhole, type Range, searchSlice } from './search-store.ts'
import { SUMMARY, type SignatureState, type Summary, summaryOf } from './summary.ts'

type Filter = {
  cursor?: string | undefined
  limit: number
  result?: 'S' | 'F' | 'U' | undefined
  resultCode?: string | undefined
  cause?: string | undefined
  api?: string | undefined
  signature?: SignatureState | undefined
  from?: string | undefined
  to?: string | undefined
  search?: string | undefined
}

/** Newest first. The application has been found to be the actor's. */
export async function listExchanges(ctx: Ctx, applicationId: string, filter: Filter) {
  const search = filter.search || undefined
  if (search === undefined) return pageOf(await filtered(ctx, applicationId, filter), filter.limit)
  const whole = await findWhole(ctx, applicationId, search)
  if (whole) return pageOf(await filtered(ctx, applicationId, filter, whole), filter.limit)
  return findText(ctx, applicationId, filter, search)
}

/** One more than a page, so that it is known whether there is a next one. */
async function filtered(
  ctx: Ctx,
  applicationId: string,
  filter: Filter,
  among?: readonly string[],
): Promise<Summary[]> {
  const { before, from } = rangeOf(filter)
  let query = ctx.db.selectFrom('exchanges').select(SUMMARY).where('application_id', '=', applicationId)
  if (among) query = query.where('id', 'in', among)
  if (filter.result) query = query.where('result_status', '=', filter.result)
  if (filter.resultCode) query = query.where('result_code', '=', filter.resultCode)
  if (filter.cause) query = query.where('cause', '=', filter.cause)
  if (filter.api) query = query.where('api', '=', filter.api)
  if (filter.signature) query = query.where('signature', '=', filter.signature)
  // Few are not verified; said so, the index of those few is used.
  if (filter.signature && filter.signature !== 'verified') query = query.where('signature', '!=', sql.lit('verified'))
  return query
    .where('id', '>=', from)
    .where('id', '<', before)
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .execute()
}

/** After every id. */
const END = 'exc_~'

/** The id begins with the time, and the key is sorted by it. */
function rangeOf({ cursor, from, to }: Filter): Range {
  const ends = [cursor, to && firstIdAt('exc', Date.parse(to)), END].filter((end) => end !== undefined && end !== '')
  return { before: ends.sort()[0] ?? END, from: from ? firstIdAt('exc', Date.parse(from)) : '' }
}

/** Slice by slice from the newest on, until a page is full or the time is up; then the next page goes on where this one stopped. */
async function findText(ctx: Ctx, applicationId: string, filter: Filter, text: string) {
  const range = rangeOf(filter)
  const until = performance.now() + LOG_SEARCH.ms
  const found: Summary[] = []
  for (;;) {
    const { ids, next } = await searchSlice(ctx, applicationId, range, text)
    if (ids.length > 0) found.push(...(await filtered(ctx, applicationId, filter, ids)))
    if (next === undefined || found.length > filter.limit) return pageOf(found, filter.limit)
    range.before = next
    if (performance.now() > until)
      return { items: found.map(summaryOf), nextCursor: next, searchedTo: new Date(timeOfId(next)).toISOString() }
    await setImmediate() // others first
  }
}

function pageOf(rows: readonly Summary[], limit: number) {
  const items = rows.slice(0, limit).map(summaryOf)
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null, searchedTo: null }
}
