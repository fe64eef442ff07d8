/**
 * Reading the audit log. A text is searched for stretch by stretch, each a bounded query, so that a log of a million entries holds up
 * nobody else; a page that has looked far enough back without filling up says where to go on.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { AUDIT_ACTIONS, type AuditAction, REFUSED_ACTIONS } from '../../rules/audit.ts'
import { csvLine } from '../../rules/cells.ts'
import { AUDIT } from '../../rules/limits.ts'
import { Refusal } from '../../rules/refusals.ts'
import type { FileAnswer } from '../../contract/wire.ts'
import { takeOfQuota } from '../accounts/counters.ts'
import type { Ctx } from '../context.ts'
import { CENTER_CHAIN, record } from './audit.ts'
import { COVERED } from './chain.ts'
import * as store from './store.ts'
import { verifyAll, verifyOne } from './verify.ts'

/** `chain` is the tenant: only staff may leave it out. */
type Wish = {
  chain?: string | undefined
  actor?: string | undefined
  action?: AuditAction | undefined
  object?: string | undefined
  from?: string | undefined
  to?: string | undefined
  refusals?: 'true' | undefined
}

type PageWish = Wish & { cursor?: string | undefined; limit: number }

export async function list(ctx: Ctx, { cursor, limit, ...wish }: PageWish) {
  const found: store.Found[] = []
  let stretches = 0
  for await (const stretch of scan(ctx, wish, cursor, { length: AUDIT.windowRows, rows: limit + 1 })) {
    found.push(...stretch.entries.slice(0, limit + 1 - found.length))
    if (found.length > limit) break
    if (++stretches === AUDIT.windowsPerPage) return { items: found.map(view), nextCursor: stretch.lastId }
  }
  const items = found.slice(0, limit)
  return { items: items.map(view), nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null }
}

function filterOf({ actor, action, object, from, to, refusals }: Wish): store.Filter {
  const moment = (text: string | undefined) => (text === undefined ? undefined : Date.parse(text))
  const actions = refusals === undefined ? undefined : REFUSED_ACTIONS
  return { actor, action, object, from: moment(from), to: moment(to), actions }
}

/** `lastId`: everything from the newest entry down to this one has been looked at; null at the end. */
type Stretch = { entries: store.Found[]; lastId: string | null }

/** So many entries are looked at in one query, and at most so many of those found are read. */
type Size = { length: number; rows: number }

/** Entries older than the cursor, the newest first, stretch by stretch. The event loop turns between two of them. */
function scan(ctx: Ctx, wish: Wish, cursor: string | undefined, size: Size): AsyncGenerator<Stretch> {
  const filter = filterOf(wish)
  return wish.chain === undefined
    ? scanAll(ctx, filter, cursor, size)
    : scanChain(ctx, wish.chain, filter, cursor, size)
}

async function* scanChain(
  ctx: Ctx,
  chain: string,
  filter: store.Filter,
  cursor: string | undefined,
  { length, rows }: Size,
): AsyncGenerator<Stretch> {
  const head = await store.findHead(ctx, chain)
  if (!head) return
  let end = head.number + 1
  if (cursor !== undefined) {
    const place = await store.findPlace(ctx, chain, cursor)
    if (!place) throw new Refusal('thing.not_found')
    end = place.number
  }
  const bounds = { low: head.first_number, high: head.number + 1 }
  if (filter.to !== undefined) end = Math.min(end, await firstNumberAt(ctx, chain, filter.to + SKEW_MS, bounds))
  const first = filter.from === undefined ? bounds.low : await firstNumberAt(ctx, chain, filter.from - SKEW_MS, bounds)
  while (end > first) {
    const begin = Math.max(first, end - length)
    const entries = await store.listStretch(ctx, { chain, from: begin, to: end }, filter, rows)
    const last = begin > first ? await store.findByNumber(ctx, chain, begin) : undefined
    yield { entries, lastId: last?.id ?? null }
    end = begin
    await nextTurn()
  }
}

/** Nodes whose clocks differ may write entries in another order than that of their times, but not by more than this. */
const SKEW_MS = 600_000

/** The first entry of that moment or later, by halving: the times of a chain rise with its numbers. */
async function firstNumberAt(ctx: Ctx, chain: string, at: number, { low, high }: { low: number; high: number }) {
  let [from, to] = [low, high]
  while (from < to) {
    const middle = Math.floor((from + to) / 2)
    const entry = await store.findByNumber(ctx, chain, middle)
    if ((entry?.at ?? 0) < at) from = middle + 1
    else to = middle
  }
  return from
}

async function* scanAll(
  ctx: Ctx,
  filter: store.Filter,
  cursor: string | undefined,
  { length, rows }: Size,
): AsyncGenerator<Stretch> {
  let end = cursor
  for (;;) {
    const begin = await store.findBack(ctx, end, length)
    const stretch = { from: begin?.id ?? '', ...(end === undefined ? {} : { to: end }) }
    const entries = await store.listStretch(ctx, stretch, filter, rows)
    const isEnd = begin === undefined || (filter.from !== undefined && begin.at < filter.from - SKEW_MS)
    yield { entries, lastId: isEnd ? null : begin.id }
    if (isEnd) return
    end = begin.id
    await nextTurn()
  }
}

function view(entry: store.Found) {
  return {
    id: entry.id,
    at: new Date(entry.at).toISOString(),
    chain: entry.chain as 'center', // a partner's id or this word, written by us
    partnerName: entry.partner_name,
    number: entry.number,
    hash: entry.hash,
    actor: { kind: entry.actor_kind as 'member', name: entry.actor_name, email: entry.actor_email }, // written by us
    action: entry.action as AuditAction, // written by us
    object: { id: entry.object_id, name: entry.object_name },
    changes: changesOf(entry),
    address: entry.address,
    requestId: entry.request_id,
  }
}

type Values = Record<string, unknown>

function changesOf(entry: store.Found) {
  const before = JSON.parse(entry.before ?? '{}') as Values // written by us
  const after = JSON.parse(entry.after ?? '{}') as Values // written by us
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return fields.map((field) => ({ field, before: textOf(before[field]), after: textOf(after[field]) }))
}

function textOf(value: unknown): string | null {
  if (value === undefined || value === null) return null
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) return value.join(', ')
  return typeof value === 'string' ? value : JSON.stringify(value)
}

// ── export ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

type ExportWish = Wish & { format: 'csv' | 'json' }

/** Read and sent stretch by stretch, as fast as it is taken. What is written after its own entry does not stand in it. */
export async function exportFile(ctx: Ctx, { format, ...wish }: ExportWish): Promise<FileAnswer> {
  const partner = wish.chain === undefined ? undefined : await store.findPartnerName(ctx, wish.chain)
  if (wish.chain !== undefined && wish.chain !== CENTER_CHAIN && !partner) throw new Refusal('thing.not_found')
  const own = await ctx.tx(async (tx) => {
    await ration(tx, 'export', AUDIT.exportsPerHour)
    const object = { id: wish.chain ?? 'all', name: partner?.name ?? wish.chain ?? 'all' }
    const { chain: _, ...filter } = wish
    const after = { format, ...filter }
    return record(tx, { action: 'audit.export', object, after, ...(partner ? { partnerId: wish.chain ?? null } : {}) })
  })
  const name = `audit-log-${new Date(ctx.clock.now()).toISOString().slice(0, 10)}.${format}`
  const rows = scan(ctx, wish, own, { length: AUDIT.exportRows, rows: AUDIT.exportRows })
  return format === 'csv'
    ? { name, type: 'text/csv; charset=utf-8', content: csvOf(rows) }
    : { name, type: 'application/json; charset=utf-8', content: jsonOf(rows) }
}

const COLUMNS = [
  'time',
  'partner',
  ...COVERED.filter((field) => field !== 'previous_hash'),
  'in_words',
  'previous_hash',
  'hash',
]

async function* csvOf(stretches: AsyncIterable<Stretch>): AsyncGenerator<string> {
  yield csvLine(COLUMNS)
  for await (const { entries } of stretches) {
    const text = entries.map((entry) => csvLine(COLUMNS.map((column) => cellOf(entry, column)))).join('')
    if (text !== '') yield text
  }
}

function cellOf(entry: store.Found, column: string): string {
  if (column === 'time') return new Date(entry.at).toISOString()
  if (column === 'partner') return entry.partner_name ?? ''
  if (column === 'in_words') return AUDIT_ACTIONS[entry.action as AuditAction] // written by us
  return String(entry[column as keyof store.Found] ?? '') // the other columns are fields
}

/** The fields as they are stored, so that whoever has the file can compute the hashes again. */
async function* jsonOf(stretches: AsyncIterable<Stretch>): AsyncGenerator<string> {
  yield '['
  let separator = '\n'
  for await (const { entries } of stretches) {
    if (entries.length === 0) continue
    const texts = entries.map(({ partner_name: _, ...entry }) => JSON.stringify(entry))
    yield separator + texts.join(',\n')
    separator = ',\n'
  }
  yield '\n]\n'
}

// ── verification ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export async function verify(ctx: Ctx, chain: string | undefined) {
  await ctx.tx((tx) => ration(tx, 'verify', AUDIT.verificationsPerHour))
  const verified = chain === undefined ? await verifyAll(ctx) : await verifyOne(ctx, chain)
  const faults = verified.flatMap(({ fault }) => (fault ? [fault] : [])).slice(0, AUDIT.faultsTold)
  const names = await store.listPartnerNames(
    ctx,
    faults.map((fault) => fault.chain),
  )
  return {
    chains: verified.length,
    entries: verified.reduce((sum, { entries }) => sum + entries, 0),
    faults: faults.map((fault) => ({
      ...fault,
      chain: fault.chain as 'center', // a partner's id or this word, written by us
      partnerName: names.get(fault.chain) ?? null,
    })),
  }
}

async function ration(tx: Parameters<typeof takeOfQuota>[0], what: string, limit: number): Promise<void> {
  const who = tx.actor.kind === 'member' || tx.actor.kind === 'staff' ? tx.actor.personId : tx.actor.kind
  if (await takeOfQuota(tx, `audit ${what} ${who}`, limit, AUDIT.hourSeconds)) return
  throw new Refusal('audit.too_many', { retryAfterSeconds: AUDIT.hourSeconds })
}
