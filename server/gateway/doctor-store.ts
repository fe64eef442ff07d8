/** SQL of the Signature Doctor: every key and every Client ID that a partner could have taken for the right one. */
import { type Ctx, memberOf } from '../context.ts'
import type { Row } from '../db/schema.ts'

/** The call with the exact bytes of both sides. The application has been found to be the actor's. */
export function findExchange(ctx: Ctx, applicationId: string, id: string): Promise<Row<'exchanges'> | undefined> {
  return ctx.db
    .selectFrom('exchanges')
    .selectAll()
    .where('application_id', '=', applicationId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** The clients of all applications of the actor's partner, in both environments. */
export function listClients(ctx: Ctx) {
  return ctx.db
    .selectFrom('clients as c')
    .innerJoin('applications as a', 'a.id', 'c.application_id')
    .select(['c.client_id', 'c.application_id', 'c.environment', 'c.network_public_key', 'a.name'])
    .where('a.partner_id', '=', memberOf(ctx).partnerId)
    .where('a.deleted_at', 'is', null)
    .orderBy('c.client_id')
    .execute()
}

/** Newest first. */
export async function listKeys(ctx: Ctx, clientIds: readonly string[]): Promise<Row<'client_keys'>[]> {
  if (clientIds.length === 0) return []
  return ctx.db
    .selectFrom('client_keys')
    .selectAll()
    .where('client_id', 'in', clientIds)
    .orderBy('set_at', 'desc')
    .orderBy('client_id')
    .execute()
}
