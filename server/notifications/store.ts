/** SQL of notifications and their attempts. */
import type { Ctx, TxCtx } from '../context.ts'
import type { Row } from '../db/schema.ts'

export async function insert(tx: TxCtx, notification: Row<'notifications'>): Promise<void> {
  await tx.db.insertInto('notifications').values(notification).execute()
}

export function find(ctx: Ctx | TxCtx, id: string): Promise<Row<'notifications'> | undefined> {
  return ctx.db.selectFrom('notifications').selectAll().where('id', '=', id).executeTakeFirst()
}

/** One more row than asked for, to know whether there is a next page. */
export function list(
  ctx: Ctx,
  applicationId: string,
  filter: { cursor?: string | undefined; limit: number; state?: string | undefined },
): Promise<Row<'notifications'>[]> {
  let query = ctx.db.selectFrom('notifications').selectAll().where('application_id', '=', applicationId)
  if (filter.cursor) query = query.where('id', '<', filter.cursor)
  if (filter.state) query = query.where('state', '=', filter.state)
  return query
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .execute()
}

export async function listAttempts(
  ctx: Ctx,
  notificationIds: readonly string[],
): Promise<Row<'notification_attempts'>[]> {
  if (notificationIds.length === 0) return []
  return ctx.db
    .selectFrom('notification_attempts')
    .selectAll()
    .where('notification_id', 'in', notificationIds)
    .orderBy('number')
    .execute()
}

export async function recordAttempt(
  tx: TxCtx,
  attempt: Row<'notification_attempts'>,
  state: Pick<Row<'notifications'>, 'state' | 'next_attempt_at'>,
): Promise<void> {
  await tx.db.insertInto('notification_attempts').values(attempt).execute()
  await tx.db
    .updateTable('notifications')
    .set({ ...state, attempts: attempt.number })
    .where('id', '=', attempt.notification_id)
    .execute()
}
