/** SQL of production settings. Everything is found by an application that was found to be the actor's, or by its production client. */
import type { PartnerApi } from '../../rules/products.ts'
import type { Ctx, TxCtx } from '../context.ts'
import type { Row } from '../db/schema.ts'

const ENVIRONMENT = 'production'

export function findClient(ctx: Ctx | TxCtx, applicationId: string) {
  return ctx.db
    .selectFrom('clients')
    .select(['client_id', 'application_id'])
    .where('application_id', '=', applicationId)
    .where('environment', '=', ENVIRONMENT)
    .executeTakeFirst()
}

/** Of two at once the first one's stays. */
export async function insertClient(tx: TxCtx, applicationId: string, clientId: string): Promise<void> {
  await tx.db
    .insertInto('clients')
    .values({
      client_id: clientId,
      application_id: applicationId,
      environment: ENVIRONMENT,
      // Given by the contract, not by this center.
      participant_id: '',
      customer_id: '',
      clock_offset_ms: 0,
      changed_at: tx.clock.now(),
    })
    .onConflict((conflict) => conflict.columns(['application_id', 'environment']).doNothing())
    .execute()
}

/** What the registry serves is not what it was. */
export async function touchClient(tx: TxCtx, clientId: string): Promise<void> {
  await tx.db
    .updateTable('clients')
    .set({ changed_at: tx.clock.now() })
    .where('client_id', '=', clientId)
    .where('environment', '=', ENVIRONMENT)
    .execute()
}

/** Holds the application until the end of the transaction: keys, URLs and launches of it are changed one after the other. */
export async function lock(tx: TxCtx, applicationId: string): Promise<void> {
  await tx.db
    .updateTable('applications')
    .set((eb) => ({ id: eb.ref('id') }))
    .where('id', '=', applicationId)
    .execute()
}

// ── keys ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

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

// ── URLs ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

export function listUrls(ctx: Ctx | TxCtx, clientId: string): Promise<Row<'notification_urls'>[]> {
  return ctx.db.selectFrom('notification_urls').selectAll().where('client_id', '=', clientId).execute()
}

export async function setUrl(tx: TxCtx, clientId: string, api: PartnerApi, url: string | null): Promise<void> {
  await tx.db.deleteFrom('notification_urls').where('client_id', '=', clientId).where('api', '=', api).execute()
  if (url !== null) await tx.db.insertInto('notification_urls').values({ client_id: clientId, api, url }).execute()
}

export function listLooks(ctx: Ctx | TxCtx, clientId: string): Promise<Row<'url_looks'>[]> {
  return ctx.db.selectFrom('url_looks').selectAll().where('client_id', '=', clientId).execute()
}

export async function putLook(tx: TxCtx, look: Row<'url_looks'>): Promise<void> {
  const { client_id: _client, api: _api, ...changes } = look
  await tx.db
    .insertInto('url_looks')
    .values(look)
    .onConflict((conflict) => conflict.columns(['client_id', 'api']).doUpdateSet(changes))
    .execute()
}

// ── UAT checklist ────────────────────────────────────────────────────────────────────────────────────────────────────────

export function listTicks(ctx: Ctx | TxCtx, applicationId: string): Promise<Row<'uat_ticks'>[]> {
  return ctx.db.selectFrom('uat_ticks').selectAll().where('application_id', '=', applicationId).execute()
}

/** False where it was ticked already. */
export async function insertTick(tx: TxCtx, tick: Row<'uat_ticks'>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('uat_ticks')
    .values(tick)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export async function deleteTick(tx: TxCtx, applicationId: string, item: string): Promise<boolean> {
  const { numDeletedRows } = await tx.db
    .deleteFrom('uat_ticks')
    .where('application_id', '=', applicationId)
    .where('item', '=', item)
    .executeTakeFirstOrThrow()
  return numDeletedRows === 1n
}

/** Other people of the organisation who manage it: they hear of changes to keys. */
export function listAdmins(ctx: Ctx | TxCtx, partnerId: string) {
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
