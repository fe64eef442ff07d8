/** `cancelPayment`: the whole payment, in any state, until its window ends. Decision 0014 says what a cancel without a payment does. */
import type { InquiryRequest } from '../../contract/gateway.ts'
import { isDecided, nextState } from '../../rules/payment.ts'
import { agreedBy } from '../../rules/simulator.ts'
import { cancelWindowEnd } from '../../rules/windows.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { ANSWERS, answersFor } from './answers.ts'
import type { Client } from './clients.ts'
import { unknownOnPurpose } from './facts.ts'
import { lookAfter } from '../wallets/paying.ts'
import { newPaymentId } from './pay.ts'
import { type Answered, findSame, type How, type Prepared, settle } from './payments.ts'
import { GatewayRefusal, noPayment } from './refusal.ts'
import * as store from './store.ts'

export async function cancel(ctx: Ctx, client: Client, request: InquiryRequest, how: How): Promise<Prepared> {
  const { applicationId, participantId } = client
  const found = await findEither(ctx, applicationId, request)
  const requestId = found?.payment_request_id ?? request.paymentRequestId
  if (!requestId) throw noPayment()
  const at = ctx.clock.now() + client.clockOffsetMs
  const tombstone = newTombstone(client, requestId, at, how, ctx.config.origin)
  const answer = (payment: store.Payment): Answered => ({
    body: ANSWERS[how.family].cancel(payment, participantId),
    paymentRequestId: requestId,
    paymentId: found?.payment_id ?? null,
  })
  const isFirst = found !== undefined && nextState(found.state, 'cancel') !== undefined
  const isUnknown = isFirst && agreedBy(found.agreed).cancel === 'unknown'
  const unknown = (answered: Answered) => ({ ...answered, ...unknownOnPurpose(how.family, ctx.config.origin) })
  const expected = answer(found ? { ...found, cancelled_at: found.cancelled_at ?? at } : tombstone)
  return {
    expected: isUnknown ? unknown(expected) : expected,
    async apply(tx) {
      const { payment, wasFirst } = await cancelNow(tx, client, tombstone)
      return wasFirst && isUnknown ? unknown(answer(payment)) : answer(payment)
    },
  }
}

/** The network's id is the stronger one; where it is unknown the partner's own may still be known. */
async function findEither(ctx: Ctx, applicationId: string, { paymentId, paymentRequestId }: InquiryRequest) {
  const byId = paymentId ? await store.findPayment(ctx, applicationId, { paymentId }) : undefined
  if (byId || !paymentRequestId) return byId
  return store.findPayment(ctx, applicationId, { paymentRequestId })
}

type Cancelled = { payment: store.Payment; wasFirst: boolean }

/** The moment is that of the tombstone, unless the clock of the sandbox was moved meanwhile. */
async function cancelNow(tx: TxCtx, client: Client, tombstone: store.Payment): Promise<Cancelled> {
  const { clock_offset_ms } = await store.getClientOfApplication(tx, client.applicationId)
  const now = tx.clock.now() + clock_offset_ms
  const found = await findSame(tx, tombstone)
  if (!found) {
    if (await store.insertPayment(tx, tombstone)) return { payment: tombstone, wasFirst: true }
    return cancelNow(tx, client, tombstone)
  }
  // What is due by the clock has happened, and is told, though nobody has looked yet.
  const payment = await settle(tx, found)
  const state = nextState(payment.state, 'cancel')
  if (state === undefined) return { payment, wasFirst: false }
  const since = isDecided(payment.state) ? (payment.final_at ?? payment.created_at) : payment.created_at
  if (now > cancelWindowEnd(since)) throw new GatewayRefusal('cancel.window_over')
  const cancelled_at = clock_offset_ms === client.clockOffsetMs ? tombstone.created_at : now
  const cancelled = { state, cancelled_at, wake_at: null }
  const after = { ...payment, ...cancelled }
  const pay_answer = answersFor(payment).pay(after, client.participantId, tx.config.origin)
  if (await store.cancelPayment(tx, payment, { ...cancelled, pay_answer })) {
    if (payment.wallet_application_id !== null) await lookAfter(tx, payment, tx.clock.now())
    return { payment: after, wasFirst: true }
  }
  return { payment: (await findSame(tx, tombstone)) ?? after, wasFirst: false }
}

/** Holds the id of a payment that never arrived, without an amount. */
function newTombstone(
  client: Client,
  paymentRequestId: string,
  now: number,
  { family }: How,
  origin: string,
): store.Payment {
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
    by_test_merchant: null,
    settlement_currency: null,
    settlement_minor: null,
    quote_price: null,
    interchange_basis_points: 0,
    service_basis_points: 0,
    agreed: null,
    payer_account: null,
    family,
    method_id_hash: null,
    scenario: null,
    wallet_application_id: null,
    wallet_payer: null,
  }
  return { ...row, pay_answer: ANSWERS[family].pay(row, client.participantId, origin) }
}
