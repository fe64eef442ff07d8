/** `cancelPayment`: the whole payment, in any state, until its window ends. Decision 0014 says what a cancel without a payment does. */
import type { InquiryRequest } from '../../contract/gateway.ts'
import { isDecided, nextState } from '../../rules/payment.ts'
import { agreedBy } from '../../rules/simulator.ts'
import { cancelWindowEnd } from '../../rules/windows.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { cancelAnswer, payAnswer, refusedAnswer } from './answers.ts'
import type { Client } from './clients.ts'
import { newPaymentId } from './pay.ts'
import { type Answered, findSame, type Prepared, settle } from './payments.ts'
import { GatewayRefusal } from './refusal.ts'
import * as store from './store.ts'

export async function cancel(ctx: Ctx, client: Client, request: InquiryRequest): Promise<Prepared> {
  const { applicationId, participantId } = client
  const found = await findEither(ctx, applicationId, request)
  const requestId = found?.payment_request_id ?? request.paymentRequestId
  if (!requestId) throw new GatewayRefusal('ORDER_NOT_EXIST')
  const expected: Answered = {
    body: cancelAnswer(participantId),
    paymentRequestId: requestId,
    paymentId: found?.payment_id ?? null,
  }
  const isFirst = found !== undefined && nextState(found.state, 'cancel') !== undefined
  const isUnknown = isFirst && agreedBy(found.agreed).cancel === 'unknown'
  const first = isUnknown ? { ...expected, body: refusedAnswer('UNKNOWN_EXCEPTION') } : expected
  return {
    expected: first,
    apply: async (tx) => ((await cancelNow(tx, client, requestId)) ? first : expected),
  }
}

/** The network's id is the stronger one; where it is unknown the partner's own may still be known. */
async function findEither(ctx: Ctx, applicationId: string, { paymentId, paymentRequestId }: InquiryRequest) {
  const byId = paymentId ? await store.findPayment(ctx, applicationId, { paymentId }) : undefined
  if (byId || !paymentRequestId) return byId
  return store.findPayment(ctx, applicationId, { paymentRequestId })
}

/** True where this call cancelled it, false where it was cancelled before. */
async function cancelNow(tx: TxCtx, client: Client, paymentRequestId: string): Promise<boolean> {
  const { clock_offset_ms } = await store.getClientOfApplication(tx, client.applicationId)
  const now = tx.clock.now() + clock_offset_ms
  const tombstone = newTombstone(client, paymentRequestId, now, tx.config.origin)
  const found = await findSame(tx, tombstone)
  if (!found) {
    if (await store.insertPayment(tx, tombstone)) return true
    return cancelNow(tx, client, paymentRequestId)
  }
  // What is due by the clock has happened, and is told, though nobody has looked yet.
  const payment = await settle(tx, found)
  const state = nextState(payment.state, 'cancel')
  if (state === undefined) return false
  const since = isDecided(payment.state) ? (payment.final_at ?? payment.created_at) : payment.created_at
  if (now > cancelWindowEnd(since)) throw new GatewayRefusal('CANCEL_WINDOW_EXCEED')
  const cancelled = { state, cancelled_at: now, wake_at: null }
  const pay_answer = payAnswer({ ...payment, ...cancelled }, client.participantId, tx.config.origin)
  return store.cancelPayment(tx, payment, { ...cancelled, pay_answer })
}

/** Holds the id of a payment that never arrived, without an amount. */
function newTombstone(client: Client, paymentRequestId: string, now: number, origin: string): store.Payment {
  const row = {
    application_id: client.applicationId,
    payment_request_id: paymentRequestId,
    payment_id: newPaymentId(now),
    wallet_secret: '',
    state: 'CANCELLED' as const,
    amount_minor: 0,
    currency: '',
    order_amount_minor: 0,
    order_currency: '',
    method_type: '',
    order_description: '',
    merchant_name: '',
    notify_url: null,
    redirect_url: null,
    created_at: now,
    expires_at: now,
    final_at: null,
    product: 'cashier',
    refunded_minor: 0,
    result_code: null,
    decides_at: null,
    decides_as: null,
    cancelled_at: now,
    wake_at: null,
    agreed: null,
    payer_account: null,
  }
  return { ...row, pay_answer: payAnswer(row, client.participantId, origin) }
}
