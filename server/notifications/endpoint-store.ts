/** SQL of endpoints: the host of an application's notification URLs. There is a row from the first failure to the next acknowledgement. */
import { sql } from 'kysely'
import type { Ctx, TxCtx } from '../context.ts'
import type { Row } from '../db/schema.ts'

export type Endpoint = Row<'notification_endpoints'>
export type EndpointKey = Pick<Endpoint, 'client_id' | 'origin'>

/** Paused ones first, then those that failed last. */
export function list(ctx: Ctx | TxCtx, applicationId: string, limit: number): Promise<Endpoint[]> {
  return ctx.db
    .selectFrom('notification_endpoints')
    .selectAll()
    .where('application_id', '=', applicationId)
    .orderBy(sql`case when paused_at is null then 1 else 0 end`)
    .orderBy('failing_since', 'desc')
    .orderBy('origin')
    .limit(limit)
    .execute()
}

export async function listPausedOrigins(ctx: Ctx, applicationId: string): Promise<Set<string>> {
  const rows = await ctx.db
    .selectFrom('notification_endpoints')
    .select('origin')
    .where('application_id', '=', applicationId)
    .where('paused_at', 'is not', null)
    .execute()
  return new Set(rows.map(({ origin }) => origin))
}

/** Counts a notification that used up all its attempts. Returns the endpoint as it is then. */
export function addFailure(
  tx: TxCtx,
  failure: EndpointKey & { application_id: string; last_fault: string },
): Promise<Endpoint> {
  return tx.db
    .insertInto('notification_endpoints')
    .values({ ...failure, failed_in_row: 1, failing_since: tx.clock.now(), paused_at: null })
    .onConflict((conflict) =>
      conflict.columns(['client_id', 'origin']).doUpdateSet({
        failed_in_row: sql<number>`notification_endpoints.failed_in_row + 1`,
        last_fault: failure.last_fault,
      }),
    )
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Holds the row of a paused endpoint until the end of the transaction. False: it is not paused. */
export async function holdPaused(tx: TxCtx, { client_id, origin }: EndpointKey): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('notification_endpoints')
    .set((eb) => ({ failed_in_row: eb.ref('failed_in_row') }))
    .where('client_id', '=', client_id)
    .where('origin', '=', origin)
    .where('paused_at', 'is not', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** False: it was paused already. */
export async function pause(tx: TxCtx, { client_id, origin }: EndpointKey): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('notification_endpoints')
    .set({ paused_at: tx.clock.now() })
    .where('client_id', '=', client_id)
    .where('origin', '=', origin)
    .where('paused_at', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** It acknowledged something, so what failed before does not count any more. Paused it stays until somebody resumes it. */
export async function forgetFailures(tx: TxCtx, { client_id, origin }: EndpointKey): Promise<void> {
  await tx.db
    .deleteFrom('notification_endpoints')
    .where('client_id', '=', client_id)
    .where('origin', '=', origin)
    .where('paused_at', 'is', null)
    .execute()
}

/** Undefined: no endpoint of the application with this origin is paused. */
export function resume(tx: TxCtx, applicationId: string, origin: string): Promise<Endpoint | undefined> {
  return tx.db
    .deleteFrom('notification_endpoints')
    .where('application_id', '=', applicationId)
    .where('origin', '=', origin)
    .where('paused_at', 'is not', null)
    .returningAll()
    .executeTakeFirst()
}

/** The application with its partner, and whoever of the partner can be written to. */
export async function findReaders(tx: TxCtx, applicationId: string) {
  const application = await tx.db
    .selectFrom('applications as a')
    .innerJoin('partners as p', 'p.id', 'a.partner_id')
    .select(['a.id', 'a.name', 'p.id as partnerId', 'p.name as partnerName'])
    .where('a.id', '=', applicationId)
    .where('a.deleted_at', 'is', null)
    .executeTakeFirst()
  if (!application) return undefined
  const members = await tx.db
    .selectFrom('members as m')
    .innerJoin('people as p', 'p.id', 'm.person_id')
    .select(['p.name', 'p.email', 'm.roles'])
    .where('m.partner_id', '=', application.partnerId)
    .where('m.disabled_at', 'is', null)
    .where('p.disabled_at', 'is', null)
    .where('p.password_hash', 'is not', null)
    .orderBy('p.id')
    .execute()
  return { application, members }
}
export type Readers = NonNullable<Awaited<ReturnType<typeof findReaders>>>
