/** Notifications as the acceptance tests judge them. */
import { notificationInAps } from '../../rules/acceptance/families.ts'
import type { Family } from '../../rules/interfaces.ts'
import type { Misbehaviour, Notification } from '../../rules/acceptance/evidence.ts'
import type { Ctx } from '../context.ts'
import type { Row } from '../db/schema.ts'
import * as store from './store.ts'

/** Those of payments, or those that a verdict names; with their attempts, in the order of time. */
export async function listJudged(
  ctx: Ctx,
  applicationId: string,
  by: { paymentRequestIds: readonly string[] } | store.Named,
): Promise<Notification[]> {
  const rows = await store.listJudged(ctx, applicationId, by)
  const ids = rows.map(({ id }) => id)
  const attempts =
    'ids' in by
      ? await store.listNamedAttempts(ctx, { ids, attemptIds: by.attemptIds })
      : await store.listJudgedAttempts(ctx, ids)
  return rows.map((row) => ({
    id: row.id,
    at: row.created_at,
    paymentRequestId: row.payment_request_id,
    body: notificationInAps(row.family as Family, JSON.parse(row.body)), // both written by us
    misbehaviour: row.misbehaviour as Misbehaviour | null, // written by us, like the next
    attempts: attempts
      .filter(({ notification_id }) => notification_id === row.id)
      .map(({ id, at, fault, misbehaviour }) => ({ id, at, fault, misbehaviour: misbehaviour as Misbehaviour | null })),
  }))
}

export type WholeNotification = Row<'notifications'> & { tries: Row<'notification_attempts'>[] }

/** Whole rows, with the attempts that are named, for the evidence package. */
export async function listWholeNotifications(
  ctx: Ctx,
  applicationId: string,
  { ids, attemptIds }: store.Named,
): Promise<WholeNotification[]> {
  const rows = await store.listWhole(ctx, applicationId, ids)
  const attempts = await store.listWholeAttempts(ctx, { ids: rows.map(({ id }) => id), attemptIds })
  return rows.map((row) => ({ ...row, tries: attempts.filter(({ notification_id }) => notification_id === row.id) }))
}
