/** SQL of registrations. */
import type { Ctx, TxCtx } from '../context.ts'
import { lockUntilCommit } from '../db/dialects.ts'
import type { Row } from '../db/schema.ts'

export type Registration = Row<'registrations'>

/** Inserts it unless its request id is taken. */
export async function insert(tx: TxCtx, registration: Registration): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('registrations')
    .values(registration)
    .onConflict((conflict) => conflict.columns(['application_id', 'registration_request_id']).doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export function find(ctx: Ctx | TxCtx, applicationId: string, requestId: string) {
  return ctx.db
    .selectFrom('registrations')
    .selectAll()
    .where('application_id', '=', applicationId)
    .where('registration_request_id', '=', requestId)
    .executeTakeFirst()
}

/** The newest of a merchant; of a store of it, where one is named. */
export function findNewest(ctx: Ctx | TxCtx, applicationId: string, merchantId: string, storeId: string | null) {
  let query = ctx.db
    .selectFrom('registrations')
    .selectAll()
    .where('application_id', '=', applicationId)
    .where('merchant_id', '=', merchantId)
  if (storeId !== null) query = query.where('store_id', '=', storeId)
  return query.orderBy('created_at', 'desc').orderBy('registration_request_id').limit(1).executeTakeFirst()
}

/** Holds a merchant, or a store of it: two registrations at once would each find that nothing came before. */
export function holdPlace(tx: TxCtx, { application_id, merchant_id, store_id }: Registration): Promise<void> {
  const place = JSON.stringify(['registration', application_id, merchant_id, store_id])
  return lockUntilCommit(tx.db, tx.config.database.engine, place)
}

/** The newest of exactly this pair: without a store, of the merchant alone. */
export function findSamePlace(tx: TxCtx, { application_id, merchant_id, store_id }: Registration) {
  return tx.db
    .selectFrom('registrations')
    .selectAll()
    .where('application_id', '=', application_id)
    .where('merchant_id', '=', merchant_id)
    .where('store_id', store_id === null ? 'is' : '=', store_id)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Where the partner is told, and by which clock. */
export function findClient(ctx: Ctx | TxCtx, applicationId: string) {
  return ctx.db
    .selectFrom('clients as c')
    .innerJoin('applications as a', 'a.id', 'c.application_id')
    .leftJoin('notification_urls as u', (join) =>
      join.onRef('u.client_id', '=', 'c.client_id').on('u.api', '=', 'notifyRegistrationStatus'),
    )
    .select(['c.client_id', 'c.clock_offset_ms', 'u.url'])
    .where('c.application_id', '=', applicationId)
    .where('c.environment', '=', 'sandbox')
    .where('a.deleted_at', 'is', null)
    .executeTakeFirst()
}
