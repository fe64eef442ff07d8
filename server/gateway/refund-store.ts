/** SQL of refunds. */
import type { PaymentState } from '../../rules/payment.ts'
import type { Ctx, TxCtx } from '../context.ts'
import type { Row } from '../db/schema.ts'
import { type Payment, updatePayment } from './store.ts'

type Key = Pick<Payment, 'application_id' | 'payment_request_id'>

/** Inserts the refund unless its request id is taken. */
export async function insertRefund(tx: TxCtx, refund: Row<'refunds'>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('refunds')
    .values(refund)
    .onConflict((conflict) => conflict.columns(['application_id', 'refund_request_id']).doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export function findRefund(ctx: Ctx | TxCtx, applicationId: string, refundRequestId: string) {
  return ctx.db
    .selectFrom('refunds')
    .selectAll()
    .where('application_id', '=', applicationId)
    .where('refund_request_id', '=', refundRequestId)
    .executeTakeFirst()
}

/** By the network's id for it. */
export function findRefundById(ctx: Ctx, applicationId: string, refundId: string) {
  return ctx.db
    .selectFrom('refunds')
    .selectAll()
    .where('application_id', '=', applicationId)
    .where('refund_id', '=', refundId)
    .executeTakeFirst()
}

export function listRefunds(ctx: Ctx | TxCtx, payment: Key) {
  return ctx.db
    .selectFrom('refunds')
    .selectAll()
    .where('application_id', '=', payment.application_id)
    .where('payment_request_id', '=', payment.payment_request_id)
    .orderBy('created_at')
    .orderBy('refund_id')
    .execute()
}

/** Held still by whoever has the payment's row. */
export async function countRefunds(tx: TxCtx, payment: Key): Promise<number> {
  const { n } = await tx.db
    .selectFrom('refunds')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('application_id', '=', payment.application_id)
    .where('payment_request_id', '=', payment.payment_request_id)
    .executeTakeFirstOrThrow()
  return Number(n)
}

export type Refundable = { from: readonly PaymentState[]; part: PaymentState; rest: PaymentState }

/**
 * Takes the amount off the payment, in one statement, so that no number of refunds at once exceeds it. Returns what is refunded by
 * then; undefined where that much was not left.
 */
export async function takeRefund(
  tx: TxCtx,
  payment: Key,
  amountMinor: number,
  { from, part, rest }: Refundable,
): Promise<number | undefined> {
  const row = await updatePayment(tx, payment)
    .set((eb) => ({
      refunded_minor: eb('refunded_minor', '+', amountMinor),
      state: eb
        .case()
        .when(eb(eb('refunded_minor', '+', amountMinor), '=', eb.ref('amount_minor')))
        .then(rest)
        .else(part)
        .end(),
    }))
    .where('state', 'in', from)
    .where((eb) => eb(eb('refunded_minor', '+', amountMinor), '<=', eb.ref('amount_minor')))
    .returning('refunded_minor')
    .executeTakeFirst()
  return row?.refunded_minor
}

/** Another refund of the payment came between: this one moves other parts of the settlement than was planned. */
export async function changeShares(tx: TxCtx, refund: Row<'refunds'>): Promise<void> {
  const { settlement_minor, interchange_minor, answer } = refund
  await tx.db
    .updateTable('refunds')
    .set({ settlement_minor, interchange_minor, answer })
    .where('application_id', '=', refund.application_id)
    .where('refund_request_id', '=', refund.refund_request_id)
    .execute()
}
