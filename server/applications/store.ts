/** SQL of applications. What belongs to another partner is not found: every query carries the partner of the actor. */
import type { ApplicationStatus } from '../../rules/application.ts'
import type { PartnerApi, PartnerType, ProductId } from '../../rules/products.ts'
import { type Ctx, memberOf, type TxCtx } from '../context.ts'
import type { Row } from '../db/schema.ts'

const nameKey = (name: string) => name.normalize('NFKC').toLowerCase()

export type Application = {
  id: string
  name: string
  partnerType: PartnerType
  description: string
  status: ApplicationStatus
  createdAt: number
  createdBy: string
  products: { id: ProductId; status: ApplicationStatus }[]
}

function selectOwn(ctx: Ctx | TxCtx) {
  return ctx.db
    .selectFrom('applications')
    .selectAll()
    .where('partner_id', '=', memberOf(ctx).partnerId)
    .where('deleted_at', 'is', null)
}

export async function list(ctx: Ctx | TxCtx): Promise<Application[]> {
  return withProducts(ctx, await selectOwn(ctx).orderBy('id').execute())
}

export async function find(ctx: Ctx | TxCtx, applicationId: string): Promise<Application | undefined> {
  const rows = await selectOwn(ctx).where('id', '=', applicationId).execute()
  return (await withProducts(ctx, rows))[0]
}

async function withProducts(ctx: Ctx | TxCtx, rows: Row<'applications'>[]): Promise<Application[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const products = await ctx.db
    .selectFrom('application_products')
    .selectAll()
    .where('application_id', 'in', ids)
    .orderBy('added_at')
    .orderBy('product')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    partnerType: row.partner_type as PartnerType, // written by us, like the casts below
    description: row.description,
    status: row.status as ApplicationStatus,
    createdAt: row.created_at,
    createdBy: row.created_by,
    products: products
      .filter(({ application_id }) => application_id === row.id)
      .map(({ product, status }) => ({ id: product as ProductId, status: status as ApplicationStatus })),
  }))
}

export async function count(ctx: Ctx | TxCtx): Promise<number> {
  const { n } = await ctx.db
    .selectFrom('applications')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('partner_id', '=', memberOf(ctx).partnerId)
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(n)
}

/** Holds the partner's row until the end of the transaction, so that its applications are counted one after the other. */
export async function lockPartner(tx: TxCtx): Promise<void> {
  await tx.db
    .updateTable('partners')
    .set((eb) => ({ id: eb.ref('id') }))
    .where('id', '=', memberOf(tx).partnerId)
    .execute()
}

export async function findPartnerTypes(ctx: Ctx | TxCtx): Promise<PartnerType[]> {
  const { partner_types } = await ctx.db
    .selectFrom('partners')
    .select('partner_types')
    .where('id', '=', memberOf(ctx).partnerId)
    .executeTakeFirstOrThrow()
  return JSON.parse(partner_types) as PartnerType[] // written by us
}

export async function insert(
  tx: TxCtx,
  application: Omit<Row<'applications'>, 'partner_id' | 'name_key' | 'deleted_at' | 'launched_at'>,
): Promise<void> {
  await tx.db
    .insertInto('applications')
    .values({ ...application, partner_id: memberOf(tx).partnerId, name_key: nameKey(application.name) })
    .execute()
}

export async function update(tx: TxCtx, id: string, change: { name: string; description: string }): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('applications')
    .set({ ...change, name_key: nameKey(change.name) })
    .where('id', '=', id)
    .where('partner_id', '=', memberOf(tx).partnerId)
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** Marks it as deleted, if it has not been launched meanwhile. */
export async function markDeleted(tx: TxCtx, id: string): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('applications')
    .set({ deleted_at: tx.clock.now() })
    .where('id', '=', id)
    .where('partner_id', '=', memberOf(tx).partnerId)
    .where('status', '=', 'in_progress')
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** Deleted ones that can still be restored: those deleted after `after`. */
function selectDeleted(ctx: Ctx | TxCtx, after: number) {
  return ctx.db
    .selectFrom('applications')
    .selectAll()
    .where('partner_id', '=', memberOf(ctx).partnerId)
    .where('deleted_at', '>', after)
}

export async function listDeleted(ctx: Ctx, after: number): Promise<(Application & { deletedAt: number })[]> {
  const rows = await selectDeleted(ctx, after).orderBy('deleted_at', 'desc').orderBy('id', 'desc').execute()
  const applications = await withProducts(ctx, rows)
  return applications.map((application, index) => ({ ...application, deletedAt: rows[index]?.deleted_at ?? 0 })) // one for each row
}

/** Takes the mark back, if it is still there. */
export async function unmarkDeleted(tx: TxCtx, id: string, after: number): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('applications')
    .set({ deleted_at: null })
    .where('id', '=', id)
    .where('partner_id', '=', memberOf(tx).partnerId)
    .where('deleted_at', '>', after)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

export async function insertProducts(tx: TxCtx, applicationId: string, products: readonly ProductId[]): Promise<void> {
  await tx.db
    .insertInto('application_products')
    .values(
      products.map((product) => ({
        application_id: applicationId,
        product,
        status: 'in_progress',
        added_at: tx.clock.now(),
      })),
    )
    .execute()
}

export async function deleteProduct(tx: TxCtx, applicationId: string, product: ProductId): Promise<void> {
  await tx.db
    .deleteFrom('application_products')
    .where('application_id', '=', applicationId)
    .where('product', '=', product)
    .execute()
}

/** Holds the application's row until the end of the transaction, so that two changes of its products queue up. */
export async function lock(tx: TxCtx, applicationId: string): Promise<void> {
  await tx.db
    .updateTable('applications')
    .set((eb) => ({ id: eb.ref('id') }))
    .where('id', '=', applicationId)
    .execute()
}

// ── the sandbox of an application ────────────────────────────────────────────────────────────────────────────────────────

export async function insertClient(
  tx: TxCtx,
  client: Omit<Row<'clients'>, `network_${string}` | 'verified_at' | 'clock_offset_ms' | 'changed_at'>,
): Promise<void> {
  await tx.db
    .insertInto('clients')
    .values({ ...client, clock_offset_ms: 0 })
    .execute()
}

/** The sandbox client of an application that has been found to be the actor's. */
export function getClient(ctx: Ctx | TxCtx, applicationId: string): Promise<Row<'clients'>> {
  return ctx.db
    .selectFrom('clients')
    .selectAll()
    .where('application_id', '=', applicationId)
    .where('environment', '=', 'sandbox')
    .executeTakeFirstOrThrow()
}

export async function setWalletSecret(
  tx: TxCtx,
  clientId: string,
  wallet: Pick<Row<'clients'>, 'wallet_hash' | 'wallet_secret'>,
): Promise<void> {
  await tx.db
    .updateTable('clients')
    .set(wallet)
    .where('client_id', '=', clientId)
    .where('wallet_secret', 'is', null)
    .execute()
}

/** One statement, so that two moves at once add up and still end at the limit. */
export async function forwardClock(tx: TxCtx, clientId: string, byMs: number, mostMs: number): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('clients')
    .set((eb) => ({ clock_offset_ms: eb('clock_offset_ms', '+', byMs) }))
    .where('client_id', '=', clientId)
    .where('clock_offset_ms', '<=', mostMs - byMs)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

export function listKeys(ctx: Ctx | TxCtx, clientId: string): Promise<Row<'client_keys'>[]> {
  return ctx.db
    .selectFrom('client_keys')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('version', 'desc')
    .execute()
}

/** A key with this fingerprint, of the sandbox or the production of the application. */
export function findOwnKey(ctx: Ctx | TxCtx, applicationId: string, fingerprint: string) {
  return ctx.db
    .selectFrom('client_keys as k')
    .innerJoin('clients as c', 'c.client_id', 'k.client_id')
    .select(['k.version', 'c.environment'])
    .where('c.application_id', '=', applicationId)
    .where('k.fingerprint', '=', fingerprint)
    .executeTakeFirst()
}

export async function insertKey(tx: TxCtx, key: Row<'client_keys'>): Promise<void> {
  await tx.db.insertInto('client_keys').values(key).execute()
}

export async function setKeyState(
  tx: TxCtx,
  { client_id, version }: Pick<Row<'client_keys'>, 'client_id' | 'version'>,
  state: 'active' | 'waiting' | 'retired',
): Promise<void> {
  await tx.db
    .updateTable('client_keys')
    .set({ state })
    .where('client_id', '=', client_id)
    .where('version', '=', version)
    .execute()
}

/** Sets the network's pair unless there is one: of two at once, the first stays. */
export async function setNetworkPair(
  tx: TxCtx,
  clientId: string,
  pair: { publicKey: string; sealedPrivateKey: string; fingerprint: string },
): Promise<void> {
  await tx.db
    .updateTable('clients')
    .set({
      network_public_key: pair.publicKey,
      network_private_key: pair.sealedPrivateKey,
      network_fingerprint: pair.fingerprint,
    })
    .where('client_id', '=', clientId)
    .where('network_public_key', 'is', null)
    .execute()
}

/** Is the key one of the network's own, of any client? */
export async function isNetworkKey(ctx: Ctx | TxCtx, fingerprint: string): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('clients')
    .select('client_id')
    .where('network_fingerprint', '=', fingerprint)
    .executeTakeFirst()
  return row !== undefined
}

/** Is it one that the Test Merchant of some application has made? */
export function findThrowAwayKey(ctx: Ctx | TxCtx, fingerprint: string) {
  return ctx.db
    .selectFrom('throw_away_keys')
    .select('application_id')
    .where('fingerprint', '=', fingerprint)
    .executeTakeFirst()
}

export function listUrls(ctx: Ctx | TxCtx, clientId: string): Promise<Row<'notification_urls'>[]> {
  return ctx.db.selectFrom('notification_urls').selectAll().where('client_id', '=', clientId).execute()
}

export async function setUrl(tx: TxCtx, clientId: string, api: PartnerApi, url: string | null): Promise<void> {
  if (url === null) {
    await tx.db.deleteFrom('notification_urls').where('client_id', '=', clientId).where('api', '=', api).execute()
    return
  }
  await tx.db
    .insertInto('notification_urls')
    .values({ client_id: clientId, api, url })
    .onConflict((c) => c.columns(['client_id', 'api']).doUpdateSet({ url }))
    .execute()
}

/** The notifications for which production has a URL. */
export function listProductionUrls(ctx: Ctx | TxCtx, applicationIds: readonly string[]) {
  return ctx.db
    .selectFrom('notification_urls as u')
    .innerJoin('clients as c', 'c.client_id', 'u.client_id')
    .select(['c.application_id', 'u.api'])
    .where('c.application_id', 'in', applicationIds)
    .where('c.environment', '=', 'production')
    .execute()
}

/** Which of these applications have a key, which had a call with a good signature, and which invited a merchant. */
export function listFacts(ctx: Ctx | TxCtx, applicationIds: readonly string[]) {
  return ctx.db
    .selectFrom('clients as c')
    .select(['c.application_id', 'c.verified_at'])
    .select((eb) => [
      eb
        .selectFrom('client_keys as o')
        .select('o.version')
        .whereRef('o.client_id', '=', 'c.client_id')
        .limit(1)
        .as('own_key'),
      eb
        .selectFrom('merchants as m')
        .select('m.invited_at')
        .whereRef('m.application_id', '=', 'c.application_id')
        .where('m.invited_at', 'is not', null)
        .limit(1)
        .as('invited'),
      eb
        .selectFrom('client_keys as k')
        .innerJoin('clients as p', 'p.client_id', 'k.client_id')
        .select('k.proved_at')
        .whereRef('p.application_id', '=', 'c.application_id')
        .where('p.environment', '=', 'production')
        .where('k.state', '=', 'active')
        .limit(1)
        .as('production_key'),
    ])
    .where('c.application_id', 'in', applicationIds)
    .where('c.environment', '=', 'sandbox')
    .execute()
}
