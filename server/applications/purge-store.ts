/**
 * SQL that deletes an application for good, with everything under it. Each batch deletes at most `limit` rows and returns how many it
 * found. What refers to something goes before it, so that a run that is cut off leaves nothing that points nowhere.
 */
import type { Ctx, TxCtx } from '../context.ts'

type Batch = (tx: TxCtx, applicationId: string, limit: number) => Promise<number>

export async function listDeletedBefore(ctx: Ctx, before: number): Promise<string[]> {
  const rows = await ctx.db.selectFrom('applications').select('id').where('deleted_at', '<', before).execute()
  return rows.map(({ id }) => id)
}

/** With their attempts. */
const deleteNotifications: Batch = async (tx, applicationId, limit) => {
  const rows = await tx.db
    .selectFrom('notifications')
    .select('id')
    .where('application_id', '=', applicationId)
    .limit(limit)
    .execute()
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return 0
  await tx.db.deleteFrom('notification_attempts').where('notification_id', 'in', ids).execute()
  await tx.db.deleteFrom('notifications').where('id', 'in', ids).execute()
  return ids.length
}

/** With the log-ins of their wallets. */
const deleteMerchants: Batch = async (tx, applicationId, limit) => {
  const rows = await tx.db
    .selectFrom('merchants')
    .select('id')
    .where('application_id', '=', applicationId)
    .limit(limit)
    .execute()
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return 0
  await tx.db.deleteFrom('wallet_sessions').where('merchant_id', 'in', ids).execute()
  await tx.db.deleteFrom('merchants').where('id', 'in', ids).execute()
  return ids.length
}

/** Out of sight; their pieces, which are large, go with the other drafts. */
const deleteReports: Batch = async (tx, applicationId, limit) => {
  const rows = await tx.db
    .selectFrom('report_files')
    .select('id')
    .where('application_id', '=', applicationId)
    .limit(limit)
    .execute()
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return 0
  await tx.db
    .insertInto('report_drafts')
    .values(ids.map((id) => ({ file_id: id, begun_at: 0 })))
    .execute()
  await tx.db.deleteFrom('report_files').where('id', 'in', ids).execute()
  return ids.length
}

/** What belongs to the application alone, by the column that names a row within it. */
type Owned = {
  exchange_words: 'id'
  exchanges: 'id'
  refunds: 'refund_id'
  payment_codes: 'code'
  payments: 'payment_id'
  agreements: 'id'
}

function deleteFrom<T extends keyof Owned>(table: T, column: Owned[T]): Batch {
  // One of these, each with its own column: to the builder they all look like the first.
  const [from, named] = [table as 'exchanges', column as 'id']
  return async (tx, applicationId, limit) => {
    const rows = await tx.db
      .selectFrom(from)
      .select(`${named} as key`)
      .where('application_id', '=', applicationId)
      .limit(limit)
      .execute()
    const keys = rows.map(({ key }) => key)
    if (keys.length === 0) return 0
    await tx.db.deleteFrom(from).where('application_id', '=', applicationId).where(named, 'in', keys).execute()
    return keys.length
  }
}

export const BATCHES: readonly Batch[] = [
  deleteNotifications,
  deleteMerchants,
  deleteReports,
  deleteFrom('exchange_words', 'id'),
  deleteFrom('exchanges', 'id'),
  deleteFrom('refunds', 'refund_id'),
  deleteFrom('payment_codes', 'code'),
  deleteFrom('payments', 'payment_id'),
  deleteFrom('agreements', 'id'),
]

/** The application itself with its settings: a few rows. Asked again, because it may have been restored since. */
export async function deleteApplication(tx: TxCtx, applicationId: string, before: number): Promise<void> {
  const { numDeletedRows } = await tx.db
    .deleteFrom('applications')
    .where('id', '=', applicationId)
    .where('deleted_at', '<', before)
    .executeTakeFirstOrThrow()
  if (numDeletedRows === 0n) return
  const clients = tx.db.selectFrom('clients').select('client_id').where('application_id', '=', applicationId)
  await tx.db.deleteFrom('client_keys').where('client_id', 'in', clients).execute()
  await tx.db.deleteFrom('misbehaviours').where('client_id', 'in', clients).execute()
  await tx.db.deleteFrom('acceptance_marks').where('application_id', '=', applicationId).execute()
  await tx.db.deleteFrom('acceptance_runs').where('application_id', '=', applicationId).execute()
  await tx.db.deleteFrom('acceptance_verdicts').where('application_id', '=', applicationId).execute()
  await tx.db.deleteFrom('acceptance_evidence').where('application_id', '=', applicationId).execute()
  await tx.db.deleteFrom('notification_endpoints').where('application_id', '=', applicationId).execute()
  await tx.db.deleteFrom('notification_resends').where('application_id', '=', applicationId).execute()
  await tx.db.deleteFrom('notification_urls').where('client_id', 'in', clients).execute()
  await tx.db.deleteFrom('key_challenges').where('client_id', 'in', clients).execute()
  await tx.db.deleteFrom('url_looks').where('client_id', 'in', clients).execute()
  const requests = tx.db.selectFrom('launch_requests').select('id').where('application_id', '=', applicationId)
  await tx.db.deleteFrom('launch_remarks').where('request_id', 'in', requests).execute()
  await tx.db.deleteFrom('launch_requests').where('application_id', '=', applicationId).execute()
  await tx.db.deleteFrom('uat_ticks').where('application_id', '=', applicationId).execute()
  await tx.db.deleteFrom('disputes').where('application_id', '=', applicationId).execute()
  await tx.db.deleteFrom('registrations').where('application_id', '=', applicationId).execute()
  await tx.db.deleteFrom('pairing_codes').where('application_id', '=', applicationId).execute()
  await tx.db.deleteFrom('pairs').where('acquirer_application_id', '=', applicationId).execute()
  await tx.db.deleteFrom('pairs').where('wallet_application_id', '=', applicationId).execute()
  await tx.db.deleteFrom('report_sums').where('application_id', '=', applicationId).execute()
  await tx.db.deleteFrom('report_runs').where('application_id', '=', applicationId).execute()
  await tx.db.deleteFrom('report_marks').where('application_id', '=', applicationId).execute()
  await tx.db.deleteFrom('sftp_accounts').where('application_id', '=', applicationId).execute()
  await tx.db.deleteFrom('mocks').where('application_id', '=', applicationId).execute()
  await tx.db.deleteFrom('test_merchants').where('application_id', '=', applicationId).execute()
  await tx.db.deleteFrom('throw_away_keys').where('application_id', '=', applicationId).execute()
  await tx.db.deleteFrom('relays').where('application_id', '=', applicationId).execute()
  await tx.db.deleteFrom('inbox_calls').where('application_id', '=', applicationId).execute()
  await tx.db.deleteFrom('relay_calls').where('application_id', '=', applicationId).execute()
  await tx.db.deleteFrom('clients').where('application_id', '=', applicationId).execute()
  await tx.db.deleteFrom('invitation_preferences').where('application_id', '=', applicationId).execute()
  await tx.db.deleteFrom('application_products').where('application_id', '=', applicationId).execute()
}
