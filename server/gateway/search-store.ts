/** Looking for a text in the request log: as a whole id by the indexes, else as a part of what a call was about. */
import { type SqlBool, sql } from 'kysely'
import { LOG_SEARCH } from '../../rules/limits.ts'
import { firstIdAt, timeOfRequestId } from '../clock.ts'
import type { Ctx } from '../context.ts'
import * as payments from './views.ts'

/** More exchanges of one payment than this are cut off at the oldest. */
const MOST_OF_ONE = 500

/** The exchanges that a whole id names, by the indexes; undefined where the text is no id that we know. */
export async function findWhole(ctx: Ctx, applicationId: string, text: string): Promise<string[] | undefined> {
  const requestIds = withText(text, await payments.findRequestId(ctx, applicationId, text))
  const refundIds = withText(text, await payments.findRefundRequestId(ctx, applicationId, text))
  const own = () => ctx.db.selectFrom('exchanges').select('id').where('application_id', '=', applicationId)
  const found = await Promise.all([
    own().where('id', '=', text).execute(),
    own().where('payment_request_id', 'in', requestIds).orderBy('id', 'desc').limit(MOST_OF_ONE).execute(),
    own().where('payment_id', '=', text).orderBy('id', 'desc').limit(MOST_OF_ONE).execute(),
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

/** Ids of exchanges: `before` is not among them, `from` is. */
export type Range = { before: string; from: string }

/**
 * The oldest of the next slice of the log, and those in it that hold the text, newest first. There are no more than a page can need, so
 * that the next look begins after the last of them; `next` is where, and undefined at the end of the range.
 */
export async function searchSlice(ctx: Ctx, applicationId: string, { before, from }: Range, text: string) {
  const own = () =>
    ctx.db
      .selectFrom('exchange_words')
      .select('id')
      .where('application_id', '=', applicationId)
      .where('id', '<', before)
      .orderBy('id', 'desc')
  const oldest = await own()
    .where('id', '>=', from)
    .offset(LOG_SEARCH.sliceRows - 1)
    .limit(1)
    .executeTakeFirst()
  const found = await own()
    .where('id', '>=', oldest?.id ?? from)
    .where(holds(text))
    .limit(LOG_SEARCH.matches)
    .execute()
  const ids = found.map(({ id }) => id)
  return { ids, next: ids.length === LOG_SEARCH.matches ? ids.at(-1) : oldest?.id }
}

/** The engines differ in what escapes by default, so it is said. */
function holds(text: string) {
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&').toLowerCase()}%`
  return sql<SqlBool>`words like ${pattern} escape ${'\\'}`
}
