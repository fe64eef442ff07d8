/** SQL of disputes. */
import type { Ctx, TxCtx } from '../context.ts'
import type { Row } from '../db/schema.ts'

export type Dispute = Row<'disputes'>

/** Inserts it unless the wallet has used its id before. */
export async function insert(tx: TxCtx, dispute: Dispute): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('disputes')
    .values(dispute)
    .onConflict((conflict) => conflict.columns(['wallet_application_id', 'wallet_dispute_id']).doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export function find(ctx: Ctx | TxCtx, applicationId: string, id: string) {
  return ctx.db
    .selectFrom('disputes')
    .selectAll()
    .where('application_id', '=', applicationId)
    .where('id', '=', id)
    .executeTakeFirst()
}

export function findOfWallet(ctx: Ctx | TxCtx, walletId: string, walletDisputeId: string) {
  return ctx.db
    .selectFrom('disputes')
    .selectAll()
    .where('wallet_application_id', '=', walletId)
    .where('wallet_dispute_id', '=', walletDisputeId)
    .executeTakeFirst()
}

/** Of one payment, the oldest first. */
export function listOfPayment(ctx: Ctx | TxCtx, applicationId: string, paymentRequestId: string) {
  return ctx.db
    .selectFrom('disputes')
    .selectAll()
    .where('application_id', '=', applicationId)
    .where('payment_request_id', '=', paymentRequestId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
}

/** Answers it, once. */
export async function answer(tx: TxCtx, id: string, change: Pick<Dispute, 'answer' | 'answered_at'>): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('disputes')
    .set({ ...change, state: 'answered' })
    .where('id', '=', id)
    .where('state', '=', 'open')
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** Holds the row of the payment, so that of two disputes at once one is looked at after the other. */
export async function holdPayment(tx: TxCtx, applicationId: string, paymentRequestId: string): Promise<void> {
  await tx.db
    .updateTable('payments')
    .set((eb) => ({ refunded_minor: eb.ref('refunded_minor') }))
    .where('application_id', '=', applicationId)
    .where('payment_request_id', '=', paymentRequestId)
    .execute()
}

/** Where a partner is told of it, and by which clock. */
export function findReceiver(ctx: Ctx | TxCtx, applicationId: string, api: string) {
  return ctx.db
    .selectFrom('clients as c')
    .innerJoin('applications as a', 'a.id', 'c.application_id')
    .leftJoin('notification_urls as u', (join) => join.onRef('u.client_id', '=', 'c.client_id').on('u.api', '=', api))
    .select(['c.client_id', 'c.participant_id', 'c.clock_offset_ms', 'u.url'])
    .where('c.application_id', '=', applicationId)
    .where('c.environment', '=', 'sandbox')
    .where('a.deleted_at', 'is', null)
    .executeTakeFirst()
}
