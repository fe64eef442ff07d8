/**
 * SQL of launching. The partner's side asks only for applications that were found to be its own; the network's side reads them all, and
 * is open to staff only.
 */
import type { ApplicationStatus } from '../../rules/application.ts'
import type { LaunchKind, LaunchState } from '../../rules/launch.ts'
import { contractProductsOf, type PartnerType, type ProductId } from '../../rules/products.ts'
import type { Ctx, TxCtx } from '../context.ts'
import type { Row } from '../db/schema.ts'

/** An application with what the gate asks of it and of its partner. */
export async function findApplication(ctx: Ctx | TxCtx, applicationId: string) {
  const row = await ctx.db
    .selectFrom('applications as a')
    .innerJoin('partners as p', 'p.id', 'a.partner_id')
    .select(['a.id', 'a.name', 'a.description', 'a.partner_type', 'a.status', 'a.launched_at', 'a.partner_id'])
    .select(['p.name as partner_name', 'p.standing', 'p.partner_types', 'p.products as contract_products'])
    .where('a.id', '=', applicationId)
    .where('a.deleted_at', 'is', null)
    .executeTakeFirst()
  if (!row) return undefined
  const products = await ctx.db
    .selectFrom('application_products')
    .select(['product', 'status', 'launched_at'])
    .where('application_id', '=', applicationId)
    .orderBy('added_at')
    .orderBy('product')
    .execute()
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    partnerType: row.partner_type as PartnerType, // written by us, like the casts below
    status: row.status as ApplicationStatus,
    launchedAt: row.launched_at,
    partnerId: row.partner_id,
    partnerName: row.partner_name,
    isOnTrial: row.standing === 'trial',
    contractedTypes: JSON.parse(row.partner_types) as PartnerType[],
    contractedProducts: contractProductsOf(row.contract_products),
    products: products.map((one) => ({
      id: one.product as ProductId,
      status: one.status as ApplicationStatus,
      launchedAt: one.launched_at,
    })),
  }
}
export type Launchable = NonNullable<Awaited<ReturnType<typeof findApplication>>>

/** The client ids of both environments with their keys, and the notification URLs. */
export async function findConfiguration(ctx: Ctx | TxCtx, applicationId: string) {
  const clients = await ctx.db
    .selectFrom('clients')
    .select(['client_id', 'environment'])
    .where('application_id', '=', applicationId)
    .execute()
  const ids = clients.map(({ client_id }) => client_id)
  const keys = await ctx.db
    .selectFrom('client_keys')
    .select(['client_id', 'version', 'state', 'fingerprint'])
    .where('client_id', 'in', ids)
    .orderBy('version', 'desc')
    .execute()
  const urls = await ctx.db.selectFrom('notification_urls').selectAll().where('client_id', 'in', ids).execute()
  const side = (environment: 'sandbox' | 'production') => {
    const clientId = clients.find((one) => one.environment === environment)?.client_id
    return {
      clientId: clientId ?? null,
      keys: keys.filter((key) => key.client_id === clientId),
      urls: urls.filter((url) => url.client_id === clientId),
    }
  }
  return { sandbox: side('sandbox'), production: side('production') }
}

// ── requests ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

export type LaunchRequest = Omit<Row<'launch_requests'>, 'kind' | 'state' | 'products'> & {
  kind: LaunchKind
  state: LaunchState
  products: ProductId[]
}

const parsed = <T extends Row<'launch_requests'>>(row: T) => ({
  ...row,
  kind: row.kind as LaunchKind, // written by us, like the two below
  state: row.state as LaunchState,
  products: JSON.parse(row.products) as ProductId[],
})

const OPEN: LaunchState[] = ['in_review', 'waiting_for_partner']

/** Newest first. */
export async function listRequests(ctx: Ctx | TxCtx, applicationIds: readonly string[]): Promise<LaunchRequest[]> {
  if (applicationIds.length === 0) return []
  const rows = await ctx.db
    .selectFrom('launch_requests')
    .selectAll()
    .where('application_id', 'in', applicationIds)
    .orderBy('id', 'desc')
    .execute()
  return rows.map(parsed)
}

export async function findOpenRequest(ctx: Ctx | TxCtx, applicationId: string): Promise<LaunchRequest | undefined> {
  const row = await ctx.db
    .selectFrom('launch_requests')
    .selectAll()
    .where('application_id', '=', applicationId)
    .where('state', 'in', OPEN)
    .executeTakeFirst()
  return row && parsed(row)
}

/** False where one is open already. */
export async function insertRequest(tx: TxCtx, request: LaunchRequest): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('launch_requests')
    .values({ ...request, products: JSON.stringify(request.products) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

/** Of two who decide on the same state at once, one does. */
export async function moveRequest(
  tx: TxCtx,
  { id, state }: Pick<LaunchRequest, 'id' | 'state'>,
  change: Partial<
    Pick<LaunchRequest, 'state' | 'state_since' | 'center_ms' | 'partner_ms' | 'settled_by' | 'products'>
  >,
): Promise<boolean> {
  const { products, ...others } = change
  const { numUpdatedRows } = await tx.db
    .updateTable('launch_requests')
    .set({ ...others, ...(products ? { products: JSON.stringify(products) } : {}) })
    .where('id', '=', id)
    .where('state', '=', state)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** The requests in review as they stand in the queue, of all partners: only their places are told to anybody. */
export async function listPlaces(ctx: Ctx | TxCtx): Promise<Map<string, number>> {
  const rows = await ctx.db
    .selectFrom('launch_requests as r')
    .innerJoin('applications as a', 'a.id', 'r.application_id')
    .select('r.id')
    .where('r.state', '=', 'in_review' satisfies LaunchState)
    .where('a.deleted_at', 'is', null)
    .orderBy('r.id')
    .execute()
  return new Map(rows.map(({ id }, index) => [id, index + 1]))
}

// ── the network's side ───────────────────────────────────────────────────────────────────────────────────────────────────

/** Requests of applications that are not deleted, with whose they are. */
function selectQueued(ctx: Ctx | TxCtx) {
  return ctx.db
    .selectFrom('launch_requests as r')
    .innerJoin('applications as a', 'a.id', 'r.application_id')
    .innerJoin('partners as p', 'p.id', 'a.partner_id')
    .selectAll('r')
    .select(['a.name as application_name', 'p.id as partner_id', 'p.name as partner_name'])
    .where('a.deleted_at', 'is', null)
}

export async function findQueued(ctx: Ctx | TxCtx, requestId: string) {
  const row = await selectQueued(ctx).where('r.id', '=', requestId).executeTakeFirst()
  return row && parsed(row)
}
export type Queued = NonNullable<Awaited<ReturnType<typeof findQueued>>>

/** One more than asked for, to know whether there is a next page. Open ones as a queue, settled ones from the newest. */
export async function listQueued(
  ctx: Ctx,
  { state, cursor, limit }: { state: LaunchState; cursor?: string | undefined; limit: number },
) {
  const isQueue = OPEN.includes(state)
  let query = selectQueued(ctx).where('r.state', '=', state)
  if (cursor !== undefined) query = query.where('r.id', isQueue ? '>' : '<', cursor)
  const rows = await query
    .orderBy('r.id', isQueue ? 'asc' : 'desc')
    .limit(limit + 1)
    .execute()
  return rows.map(parsed)
}

export async function countByState(ctx: Ctx): Promise<Partial<Record<LaunchState, number>>> {
  const rows = await ctx.db
    .selectFrom('launch_requests as r')
    .innerJoin('applications as a', 'a.id', 'r.application_id')
    .select((eb) => ['r.state', eb.fn.countAll<number>().as('n')])
    .where('a.deleted_at', 'is', null)
    .groupBy('r.state')
    .execute()
  return Object.fromEntries(rows.map(({ state, n }) => [state, Number(n)])) // states are written by us
}

// ── remarks ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

export async function listRemarks(ctx: Ctx | TxCtx, requestIds: readonly string[]): Promise<Row<'launch_remarks'>[]> {
  if (requestIds.length === 0) return []
  return ctx.db.selectFrom('launch_remarks').selectAll().where('request_id', 'in', requestIds).orderBy('id').execute()
}

export async function insertRemarks(tx: TxCtx, remarks: Row<'launch_remarks'>[]): Promise<void> {
  await tx.db.insertInto('launch_remarks').values(remarks).execute()
}

// ── the launch ───────────────────────────────────────────────────────────────────────────────────────────────────────────

export async function lockApplication(tx: TxCtx, applicationId: string): Promise<void> {
  await tx.db
    .updateTable('applications')
    .set((eb) => ({ id: eb.ref('id') }))
    .where('id', '=', applicationId)
    .execute()
}

/** Application and products read Launched from here on; what was launched before keeps its time. */
export async function markLaunched(tx: TxCtx, applicationId: string, products: readonly ProductId[]): Promise<void> {
  const launched = { status: 'launched' satisfies ApplicationStatus, launched_at: tx.clock.now() }
  await tx.db
    .updateTable('applications')
    .set(launched)
    .where('id', '=', applicationId)
    .where('status', '=', 'in_progress')
    .execute()
  await tx.db
    .updateTable('application_products')
    .set(launched)
    .where('application_id', '=', applicationId)
    .where('product', 'in', products)
    .where('status', '=', 'in_progress')
    .execute()
  await touchProduction(tx, applicationId)
}

/** Application and products read In Progress again, as if they had never been live. */
export async function markOffLine(tx: TxCtx, applicationId: string): Promise<void> {
  const inProgress = { status: 'in_progress' satisfies ApplicationStatus, launched_at: null }
  await tx.db.updateTable('applications').set(inProgress).where('id', '=', applicationId).execute()
  await tx.db
    .updateTable('application_products')
    .set(inProgress)
    .where('application_id', '=', applicationId)
    .where('status', '=', 'launched')
    .execute()
  await touchProduction(tx, applicationId)
}

/** What the registry says of it has changed. */
async function touchProduction(tx: TxCtx, applicationId: string): Promise<void> {
  await tx.db
    .updateTable('clients')
    .set({ changed_at: tx.clock.now() })
    .where('application_id', '=', applicationId)
    .where('environment', '=', 'production')
    .execute()
}

/** When these applications were launched; those that were not are left out. */
export function listLaunched(ctx: Ctx | TxCtx, applicationIds: readonly string[]) {
  if (applicationIds.length === 0) return []
  return ctx.db
    .selectFrom('applications')
    .select(['id', 'launched_at'])
    .where('id', 'in', applicationIds)
    .where('status', '=', 'launched' satisfies ApplicationStatus)
    .execute()
}

// ── whom to write to ─────────────────────────────────────────────────────────────────────────────────────────────────────

export function listMembers(ctx: Ctx | TxCtx, partnerId: string) {
  return ctx.db
    .selectFrom('members as m')
    .innerJoin('people as p', 'p.id', 'm.person_id')
    .select(['p.id', 'p.name', 'p.email', 'm.roles'])
    .where('m.partner_id', '=', partnerId)
    .where('m.disabled_at', 'is', null)
    .where('p.disabled_at', 'is', null)
    .where('p.password_hash', 'is not', null)
    .orderBy('p.id')
    .execute()
}

export function listArchitects(ctx: Ctx | TxCtx) {
  return ctx.db
    .selectFrom('people')
    .select(['id', 'name', 'email'])
    .where('staff_role', '=', 'solution_architect')
    .where('disabled_at', 'is', null)
    .where('password_hash', 'is not', null)
    .orderBy('id')
    .execute()
}
