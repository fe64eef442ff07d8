/** Payments as the console shows them. */
import type { ProductId } from '../../rules/products.ts'
import type { Ctx } from '../context.ts'
import { amountOf, isoTime, isTombstone, outcomeOf, payerPage, settlementAmount } from './facts.ts'
import { findRefundById } from './refund-store.ts'
import * as store from './store.ts'

/** The paymentRequestId of the payment that has this paymentId. */
export async function findRequestId(ctx: Ctx, applicationId: string, paymentId: string): Promise<string | undefined> {
  return (await store.findPayment(ctx, applicationId, { paymentId }))?.payment_request_id
}

/** The refundRequestId of the refund that has this refundId. */
export async function findRefundRequestId(ctx: Ctx, applicationId: string, refundId: string) {
  return (await findRefundById(ctx, applicationId, refundId))?.refund_request_id
}

/** Null where the payment never arrived. */
export async function findView(ctx: Ctx, applicationId: string, paymentRequestId: string) {
  const payment = await store.findPayment(ctx, applicationId, { paymentRequestId })
  if (!payment || isTombstone(payment)) return null
  return viewOf(payment)
}

export function viewOf(payment: store.Payment) {
  return {
    paymentRequestId: payment.payment_request_id,
    paymentId: payment.payment_id,
    product: payment.product as ProductId, // written by us
    state: payment.state,
    resultCode: outcomeOf(payment),
    amount: amountOf(payment),
    refunded: amountOf({ ...payment, amount_minor: payment.refunded_minor }),
    settlement: settlementOf(payment),
    merchantName: payment.merchant_name,
    createdAt: isoTime(payment.created_at),
    expiresAt: isoTime(payment.expires_at),
    decidedAt: payment.final_at === null ? null : isoTime(payment.final_at),
    cancelledAt: payment.cancelled_at === null ? null : isoTime(payment.cancelled_at),
  }
}

function settlementOf(payment: store.Payment) {
  const amount = settlementAmount(payment, payment.settlement_minor)
  return amount === undefined ? null : { ...amount, quotePrice: payment.quote_price ?? '' }
}

/** Where the Test Wallet pays it; null unless it waits for a payer with that wallet. */
export function payUrlOf(payment: store.Payment, origin: string): string | null {
  const isOpen = payment.state === 'PAYING' && payment.decides_at === null && payment.wallet_application_id === null
  return isOpen ? payerPage(payment, origin) : null
}
