/**
 * Claiming: due work gets a lease, oldest first, and no lane or tenant more of it than its share. Work that stands in a lane is leased
 * by one node at a time, so that what a lane may have under way holds for all nodes together.
 */
import { sql } from 'kysely'
import { OUTBOX } from '../../rules/limits.ts'
import type { App, Ctx, TxCtx } from '../context.ts'
import { newContext } from '../context.ts'
import { lockUntilCommit } from '../db/dialects.ts'
import type { Row } from '../db/schema.ts'

export type Claim = {
  rows: Row<'outbox'>[]
  /** There may be more that is due and had to wait for the end of what is under way here. */
  isMore: boolean
}

/** `atOnce`: of what stands in no lane. */
type Wanted = { owner: string; topic: string; places: number; atOnce: number }
type Candidate = Pick<Row<'outbox'>, 'id' | 'due_at' | 'lane' | 'tenant'>

const PAGE = 200

export async function claim(app: App, { owner, topic, places, atOnce }: Wanted): Promise<Claim> {
  const ctx = newContext(app, { kind: 'system' })
  if (places <= 0) return { rows: [], isMore: true }
  if (!(await isAnyDue(ctx, topic))) return { rows: [], isMore: false }
  return ctx.tx(async (tx) => {
    // What is leased is counted, and then added to: two nodes at once would both see room.
    await lockUntilCommit(tx.db, app.database.engine, 'outbox')
    const shares = newShares(await listLeased(tx), { owner, topic, atOnce })
    const { chosen, isMore } = await choose(tx, topic, places, shares)
    return { rows: await lease(tx, owner, chosen), isMore }
  })
}

async function isAnyDue(ctx: Ctx, topic: string): Promise<boolean> {
  return ((await msToNext(ctx, topic)) ?? 1) <= 0
}

/** How long until the next of a topic that nobody has leased is due, if there is any. */
export async function msToNext(ctx: Ctx, topic: string): Promise<number | undefined> {
  const now = ctx.clock.now()
  const row = await ctx.db
    .selectFrom('outbox')
    .select('due_at')
    .where('topic', '=', topic)
    .where('due_at', 'is not', null)
    .where('lease_until', '<', now)
    .orderBy('due_at')
    .limit(1)
    .executeTakeFirst()
  return row === undefined || row.due_at === null ? undefined : row.due_at - now
}

/** Goes through what is due, a page at a time; lanes that are full by then are not even read. */
async function choose(tx: TxCtx, topic: string, places: number, shares: Shares) {
  const chosen: string[] = []
  let isMore = shares.isShort()
  let after: Candidate | undefined
  for (;;) {
    const page = await listDue(tx, topic, shares, after)
    for (const row of page) {
      if (chosen.length < places && shares.take(row)) chosen.push(row.id)
      else isMore = true
    }
    if (page.length < PAGE || chosen.length >= places) return { chosen, isMore }
    after = page.at(-1)
  }
}

function listDue(tx: TxCtx, topic: string, shares: Shares, after: Candidate | undefined): Promise<Candidate[]> {
  const now = tx.clock.now()
  const { lanes, tenants } = shares.full()
  let query = tx.db
    .selectFrom('outbox')
    .select(['id', 'due_at', 'lane', 'tenant'])
    .where('topic', '=', topic)
    .where('due_at', '<=', now)
    .where('lease_until', '<', now)
  if (lanes.length > 0) query = query.where('lane', 'not in', lanes)
  if (tenants.length > 0) query = query.where('tenant', 'not in', tenants)
  if (after) {
    const { due_at, id } = after
    query = query
      .where('due_at', '>=', due_at)
      .where((eb) => eb.or([eb('due_at', '>', due_at), eb.and([eb('due_at', '=', due_at), eb('id', '>', id)])]))
  }
  return query.orderBy('due_at').orderBy('id').limit(PAGE).execute()
}

async function lease(tx: TxCtx, owner: string, ids: readonly string[]): Promise<Row<'outbox'>[]> {
  if (ids.length === 0) return []
  const now = tx.clock.now()
  const rows = await tx.db
    .updateTable('outbox')
    .set({ lease_owner: owner, lease_until: now + OUTBOX.leaseSeconds * 1000 })
    .where('id', 'in', ids)
    // Asked again: a row may have been changed since it was read.
    .where('due_at', '<=', now)
    .where('lease_until', '<', now)
    .returningAll()
    .execute()
  const order = new Map(ids.map((id, at) => [id, at]))
  return rows.sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0))
}

async function listLeased(tx: TxCtx) {
  const rows = await tx.db
    .selectFrom('outbox')
    .select((eb) => ['topic', 'lane', 'tenant', 'lease_owner', eb.fn.countAll().as('count')])
    // The first of the two is what its index is made for.
    .where(sql<boolean>`lease_until > 0`)
    .where('lease_until', '>=', tx.clock.now())
    .groupBy(['topic', 'lane', 'tenant', 'lease_owner'])
    .execute()
  return rows.map((row) => ({ ...row, count: Number(row.count) }))
}

type Leased = Awaited<ReturnType<typeof listLeased>>
type Shares = ReturnType<typeof newShares>

/** What is leased already, and what may still be. Work in no lane has the share of its topic, on each node. */
function newShares(leased: Leased, { owner, topic, atOnce }: Omit<Wanted, 'places'>) {
  const lanes = new Map<string, number>()
  const tenants = new Map<string, number>()
  const elsewhere = new Set<string>()
  const add = (counts: Map<string, number>, key: string, count: number) =>
    counts.set(key, (counts.get(key) ?? 0) + count)
  for (const row of leased) {
    const isOurs = row.lease_owner === owner
    if (row.lane !== '' && !isOurs) elsewhere.add(row.lane)
    if (!isOurs || (row.lane === '' && row.topic !== topic)) continue
    add(lanes, row.lane, row.count)
    if (row.tenant !== '') add(tenants, row.tenant, row.count)
  }
  const laneIsFull = (lane: string) =>
    elsewhere.has(lane) || (lanes.get(lane) ?? 0) >= (lane === '' ? atOnce : OUTBOX.perLane)
  const tenantIsFull = (tenant: string) => (tenants.get(tenant) ?? 0) >= OUTBOX.perTenant
  return {
    /** False: there is no room for it. */
    take({ lane, tenant }: Candidate): boolean {
      if (laneIsFull(lane) || tenantIsFull(tenant)) return false
      add(lanes, lane, 1)
      if (tenant !== '') add(tenants, tenant, 1)
      return true
    },
    full: () => ({
      lanes: [...elsewhere, ...[...lanes.keys()].filter((lane) => !elsewhere.has(lane) && laneIsFull(lane))],
      tenants: [...tenants.keys()].filter(tenantIsFull),
    }),
    /** Something of ours is full, so that there may be more of it than is seen. */
    isShort: () => [...lanes.keys()].some(laneIsFull) || [...tenants.keys()].some(tenantIsFull),
  }
}
