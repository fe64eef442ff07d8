/** Notifications as the acceptance tests judge them. */
import { notificationInAps } from '../../rules/acceptance/families.ts'
import type { Family } from '../../rules/interfaces.ts'
import type { Misbehaviour, Notification } from '../../rules/acceptance/evidence.ts'
import type { Ctx } from '../context.ts'
import type { Row } from '../db/schema.ts'
import * as store from './store.ts'

/** With their attempts, in the order of time. */
export async function listJudged(
  ctx: Ctx,
  applicationId: string,
  by: { paymentRequestIds: readonly string[] } | { ids: readonly string[] },
): Promise<Notification[]> {
  const rows = await store.listSome(ctx, applicationId, by)
  const attempts = await store.listAttempts(
    ctx,
    rows.map(({ id }) => id),
  )
  // What is told of refunds is judged by nothing.
  return rows
    .filter(({ api, manner }) => api === 'notifyPayment' && manner === null)
    .map((row) => ({
      id: row.id,
      at: row.created_at,
      paymentRequestId: row.payment_request_id,
      body: notificationInAps(row.family as Family, JSON.parse(row.body)), // both written by us
      misbehaviour: row.misbehaviour as Misbehaviour | null, // written by us, like the next
      attempts: attempts
        .filter(({ notification_id }) => notification_id === row.id)
        .map(({ id, at, fault, misbehaviour }) => ({
          id,
          at,
          fault,
          misbehaviour: misbehaviour as Misbehaviour | null,
        })),
    }))
}

export type WholeNotification = Row<'notifications'> & { tries: Row<'notification_attempts'>[] }

/** Whole rows, for the evidence package. */
export async function listWholeNotifications(
  ctx: Ctx,
  applicationId: string,
  ids: readonly string[],
): Promise<WholeNotification[]> {
  const rows = await store.listSome(ctx, applicationId, { ids })
  const attempts = await store.listAttempts(ctx, ids)
  return rows.map((row) => ({ ...row, tries: attempts.filter(({ notification_id }) => notification_id === row.id) }))
}
