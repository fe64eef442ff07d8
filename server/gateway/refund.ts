/** `refund`: in one or several parts, never more than was paid, for one calendar year. */
import type { RefundRequest } from '../../contract/gateway.ts'
import type { InquiryRefundRequest } from '../../contract/gateway-ams.ts'
import type { Family } from '../../rules/interfaces.ts'
import { REFUND as REFUND_LIMIT } from '../../rules/limits.ts'
import { sameMoney } from '../../rules/money.ts'
import { nextState, type PaymentState, REFUNDABLE } from '../../rules/payment.ts'
import { agreedBy } from '../../rules/simulator.ts'
import { refundWindowEnd } from '../../rules/windows.ts'
import type { Ctx, TxCtx } from '../context.ts'
import type { Row } from '../db/schema.ts'
import { addNotification } from '../notifications/notifications.ts'
import { tellOfRefund } from '../wallets/refunds.ts'
import { ANSWERS } from './answers.ts'
import { amsRefundInquiry, amsRefundNotification } from './answers-ams.ts'
import type { Client } from './clients.ts'
import { isTombstone, unknownOnPurpose } from './facts.ts'
import { newPaymentId, notifyUrlOf } from './pay.ts'
import { type Answered, dueEvent, findSame, type How, type Prepared, settleNow } from './payments.ts'
import { GatewayRefusal, illegal, noPayment } from './refusal.ts'
import * as refunds from './refund-store.ts'
import { refundShares } from './settlement.ts'
import * as store from './store.ts'

/** What a refund makes of a payment, by the machine: the same from every state in which one is possible. */
const REFUND: refunds.Refundable = {
  from: REFUNDABLE,
  part: nextState('SUCCESS', 'refundPart') as PaymentState, // drawn
  rest: nextState('SUCCESS', 'refundRest') as PaymentState, // drawn
}

/** The id is the partner's for ever; the row decides which of many copies is the first. A refused refund leaves its id free. */
export async function refund(ctx: Ctx, client: Client, request: RefundRequest, how: How): Promise<Prepared> {
  let payment = await store.findPayment(ctx, client.applicationId, request)
  // What is due by the clock has happened, though nobody has looked yet.
  if (payment && dueEvent(payment, ctx.clock.now() + client.clockOffsetMs)) payment = await settleNow(ctx, payment)
  const found = payment
  const before = await refunds.findRefund(ctx, client.applicationId, request.refundRequestId)
  const asker = { family: how.family, participantId: client.participantId }
  if (before) return { expected: answerOf(before), apply: async () => repeat(before, found, request, asker) }
  if (!found || isTombstone(found)) throw noPayment()
  const notifyUrl = notifyUrlOf('refundNotifyUrl', request.refundNotifyUrl, how.wall)
  const planned = await newRefund(ctx, client, found, request, how)
  const unknown = agreedBy(found.agreed).refund === 'unknown'
  const firstOf = (made: Row<'refunds'>) =>
    unknown ? { ...answerOf(made), ...unknownOnPurpose(how.family, ctx.config.origin) } : answerOf(made)
  return {
    expected: firstOf(planned),
    async apply(tx) {
      if (!(await refunds.insertRefund(tx, planned))) {
        const other = await refunds.findRefund(tx, client.applicationId, request.refundRequestId)
        if (!other) throw new Error('A refund was there at the insert and gone at the read.')
        return repeat(other, found, request, asker)
      }
      const refunded = await refunds.takeRefund(tx, found, planned.amount_minor, REFUND)
      if (refunded === undefined) return refuse(tx, found)
      const number = await refunds.countRefunds(tx, found)
      if (number > REFUND_LIMIT.perPayment) throw new GatewayRefusal('refund.too_many')
      const made = await settleShares(tx, client, found, planned, refunded - planned.amount_minor)
      if (found.wallet_application_id !== null) await tellOfRefund(tx, found, made)
      if (notifyUrl !== null) await notifyRefund(tx, client, found, made, { url: notifyUrl, number })
      return firstOf(made)
    },
  }
}

/** The plan counted on what was refunded when it was looked at; `before` is what really was. */
async function settleShares(
  tx: TxCtx,
  client: Client,
  payment: store.Payment,
  planned: Row<'refunds'>,
  before: number,
): Promise<Row<'refunds'>> {
  if (before === payment.refunded_minor) return planned
  const row = { ...planned, ...refundShares(payment, before, planned.amount_minor) }
  const family = planned.family as Family // written by us
  const made = { ...row, answer: ANSWERS[family].refund(row, payment, client.participantId) }
  await refunds.changeShares(tx, made)
  return made
}

/** Only AMS asks for it: in APS a refund is an answer, and nothing else. */
async function notifyRefund(
  tx: TxCtx,
  client: Client,
  payment: store.Payment,
  refund: Row<'refunds'>,
  { url, number }: { url: string; number: number },
): Promise<void> {
  await addNotification(tx, {
    applicationId: client.applicationId,
    clientId: client.clientId,
    api: 'notifyRefund',
    paymentRequestId: payment.payment_request_id,
    paymentId: payment.payment_id,
    url,
    family: 'ams',
    body: amsRefundNotification(refund, payment),
    // The payment's own outcome is the first, whether or not it was told.
    sequence: 1 + number,
    eventAt: refund.created_at,
    delaySeconds: 0,
    misbehaviour: null,
  })
}

/** AMS: how a refund went. The network's id is the stronger one. */
export async function inquireRefund(
  ctx: Ctx,
  client: Client,
  { refundRequestId, refundId }: InquiryRefundRequest,
): Promise<Prepared> {
  const { applicationId } = client
  const found = refundId
    ? await refunds.findRefundById(ctx, applicationId, refundId)
    : await refunds.findRefund(ctx, applicationId, refundRequestId ?? '')
  if (!found) throw new GatewayRefusal('refund.unknown')
  const payment = await store.findPayment(ctx, applicationId, { paymentRequestId: found.payment_request_id })
  if (!payment) throw new Error('A refund has no payment.')
  const expected = {
    body: amsRefundInquiry(found, payment),
    paymentRequestId: payment.payment_request_id,
    paymentId: payment.payment_id,
    refundRequestId: found.refund_request_id,
  }
  return { expected, apply: async () => expected }
}

/** The transaction is undone by the refusal, the inserted row with it. */
async function refuse(tx: TxCtx, payment: store.Payment): Promise<never> {
  const now = (await findSame(tx, payment)) ?? payment
  if (!REFUNDABLE.includes(now.state) && now.state !== 'REFUNDED') {
    throw new GatewayRefusal('refund.not_paid')
  }
  const left = now.amount_minor - now.refunded_minor
  throw new GatewayRefusal('refund.too_much', `Of this payment ${left} ${now.currency} (smallest unit) are left.`)
}

/** The payment is found by the id that the request names; the other one may be missing or the same. */
async function newRefund(
  ctx: Ctx,
  client: Client,
  payment: store.Payment,
  { refundRequestId, refundAmount }: RefundRequest,
  { family }: How,
): Promise<Row<'refunds'>> {
  if (refundAmount.currency !== payment.currency) {
    throw illegal(
      'refund.currency',
      'refundAmount.currency',
      `must be ${payment.currency}, the currency of the payment`,
    )
  }
  const { clock_offset_ms } = await store.getClientOfApplication(ctx, client.applicationId)
  const now = ctx.clock.now() + clock_offset_ms
  if (now > refundWindowEnd(payment.final_at ?? payment.created_at)) throw new GatewayRefusal('refund.window_over')
  const row = {
    application_id: client.applicationId,
    refund_request_id: refundRequestId,
    refund_id: newPaymentId(now),
    payment_request_id: payment.payment_request_id,
    amount_minor: Number(refundAmount.amountMinor),
    currency: refundAmount.currency,
    created_at: now,
    family,
    ...refundShares(payment, payment.refunded_minor, Number(refundAmount.amountMinor)),
  }
  return { ...row, answer: ANSWERS[family].refund(row, payment, client.participantId) }
}

function repeat(
  before: Row<'refunds'>,
  payment: store.Payment | undefined,
  request: RefundRequest,
  { family, participantId }: { family: Family; participantId: string },
): Answered {
  const isSameAmount = sameMoney(request.refundAmount, {
    currency: before.currency,
    amountMinor: BigInt(before.amount_minor),
  })
  const different = [
    ...(isSameAmount ? [] : ['refundAmount']),
    ...(payment?.payment_request_id === before.payment_request_id ? [] : ['payment']),
  ]
  if (different.length > 0) {
    throw new GatewayRefusal(
      'refund.repeated_otherwise',
      `This refundRequestId was used with another ${different.join(', ')}.`,
    )
  }
  // The same words byte for byte; in the other family there are none yet.
  if (before.family === family || payment === undefined) return answerOf(before)
  return { ...answerOf(before), body: ANSWERS[family].refund(before, payment, participantId) }
}

function answerOf(refund: Row<'refunds'>): Answered {
  return {
    body: refund.answer,
    paymentRequestId: refund.payment_request_id,
    paymentId: null,
    refundRequestId: refund.refund_request_id,
  }
}
