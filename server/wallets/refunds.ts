/** A refund of a payment with the wallet of a partner: the network has granted it, and tells the wallet until it takes it. */
import { NOTIFICATION_LADDER_SECONDS, waitAfter } from '../../rules/notification.ts'
import type { TxCtx } from '../context.ts'
import type { Row } from '../db/schema.ts'
import { amountOf, payerOf } from '../gateway/facts.ts'
import type { Partners } from '../gateway/partner-calls.ts'
import { findRefundById } from '../gateway/refund-store.ts'
import * as payments from '../gateway/store.ts'
import { addWork, type Handler } from '../outbox/outbox.ts'
import { laneOf } from './paying.ts'

export async function tellOfRefund(tx: TxCtx, payment: payments.Payment, refund: Row<'refunds'>): Promise<void> {
  const payload = `${refund.application_id} ${refund.refund_id}`
  await addWork(tx, { topic: 'wallet_refund', payload, lane: laneOf(payment) })
}

export function walletRefundHandler(partners: Partners): Handler {
  return async (ctx, { payload, attempts }) => {
    const [applicationId = '', refundId = ''] = payload.split(' ')
    const refund = await findRefundById(ctx, applicationId, refundId)
    if (!refund) return { outcome: { done: true } }
    const payment = await payments.findPayment(ctx, applicationId, { paymentRequestId: refund.payment_request_id })
    if (!payment?.wallet_application_id) return { outcome: { done: true } }
    const { participant_id } = await payments.getClientOfApplication(ctx, applicationId)
    const ids = { paymentRequestId: payment.payment_id, refundRequestId: refund.refund_id }
    const { resultStatus, resultCode } = await partners.ask(ctx, {
      applicationId: payment.wallet_application_id,
      api: 'refund',
      body: {
        acquirerId: participant_id,
        pspId: payerOf(payment).pspId,
        ...ids,
        refundAmount: amountOf(refund),
        refundFromAmount: amountOf(refund),
      },
      ids: { ...ids, paymentId: payment.payment_id },
    })
    if (resultStatus === 'S') return { outcome: { done: true } }
    const retryInMs = waitAfter(NOTIFICATION_LADDER_SECONDS, attempts + 1, ctx.config.clockFactor)
    return { outcome: retryInMs === undefined ? { giveUp: true, error: resultCode } : { retryInMs, error: resultCode } }
  }
}
