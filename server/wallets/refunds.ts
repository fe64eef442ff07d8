/** A refund of a payment with the wallet of a partner: the network has granted it, and tells the wallet until it takes it. */
import { WALLET_REFUND } from '../../rules/limits.ts'
import { NOTIFICATION_LADDER_SECONDS, waitAfter } from '../../rules/notification.ts'
import type { Ctx, TxCtx } from '../context.ts'
import type { Row } from '../db/schema.ts'
import { amountOf, payerOf } from '../gateway/facts.ts'
import type { Partners } from '../gateway/partner-calls.ts'
import { findRefundById } from '../gateway/refund-store.ts'
import * as payments from '../gateway/store.ts'
import { addWork, type Handler, type Outcome } from '../outbox/outbox.ts'
import { laneOf } from './paying.ts'

export async function tellOfRefund(tx: TxCtx, payment: payments.Payment, refund: Row<'refunds'>): Promise<void> {
  const payload = `${refund.application_id} ${refund.refund_id}`
  await addWork(tx, { topic: 'wallet_refund', payload, lane: laneOf(payment) })
}

export function walletRefundHandler(partners: Partners): Handler {
  return async (ctx, work) => {
    try {
      return { outcome: await tellOnce(ctx, partners, work) }
    } catch (error) {
      ctx.log.error({ err: error }, 'a refund could not be told to the wallet')
      return { outcome: { retryInMs: 60_000, error: 'a fault of ours', isNoAttempt: true } }
    }
  }
}

async function tellOnce(ctx: Ctx, partners: Partners, work: Parameters<Handler>[1]): Promise<Outcome> {
  const [applicationId = '', refundId = ''] = work.payload.split(' ')
  const refund = await findRefundById(ctx, applicationId, refundId)
  if (!refund) return { done: true }
  const payment = await payments.findPayment(ctx, applicationId, { paymentRequestId: refund.payment_request_id })
  // What was cancelled goes back as a whole: the refund is a part of that.
  if (!payment?.wallet_application_id || payment.state === 'CANCELLED') return { done: true }
  const { participant_id } = await payments.getClientOfApplication(ctx, applicationId)
  const ids = { paymentRequestId: payment.payment_id, refundRequestId: refund.refund_id }
  const reply = await partners.ask(ctx, {
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
  if (reply.resultStatus === 'S') return { done: true }
  if (ctx.clock.now() - work.created_at > WALLET_REFUND.forSeconds * 1000) {
    return { giveUp: true, error: reply.resultCode }
  }
  const wasSent = reply.fault !== 'busy' && reply.fault !== 'no_address'
  const wait = waitAfter(NOTIFICATION_LADDER_SECONDS, work.attempts + 1, ctx.config.clockFactor) ?? lastWait(ctx)
  return { retryInMs: wait, error: reply.resultCode, ...(wasSent ? {} : { isNoAttempt: true }) }
}

/** The ladder has ended: its last step, again and again. */
const lastWait = (ctx: Ctx) => Math.round(((NOTIFICATION_LADDER_SECONDS.at(-1) ?? 0) * 1000) / ctx.config.clockFactor)
