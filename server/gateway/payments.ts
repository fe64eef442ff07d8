/** Payments as they stand: found, settled by the clock of their sandbox, moved by events. Every move goes through rules/payment.ts. */
import type { InquiryRequest } from '../../contract/gateway.ts'
import type { Misbehaviour } from '../../rules/acceptance/evidence.ts'
import type { Cause } from '../../rules/causes.ts'
import type { Family } from '../../rules/interfaces.ts'
import { ACCEPTANCE, HELD_ANSWER } from '../../rules/limits.ts'
import { isDecided, nextState, OUTCOME, type PaymentEvent } from '../../rules/payment.ts'
import type { ProductId } from '../../rules/products.ts'
import { asResultCode, type ResultCode } from '../../rules/results.ts'
import { agreedBy } from '../../rules/simulator.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { addNotification } from '../notifications/notifications.ts'
import type { Wall } from '../outgoing/wall.ts'
import { ANSWERS, answersFor } from './answers.ts'
import type { Client } from './clients.ts'
import { UNKNOWN_ON_PURPOSE } from './facts.ts'
import { takeMisbehaviour } from './misbehaviours.ts'
import type { Partners } from './partner-calls.ts'
import { GatewayRefusal, noPayment } from './refusal.ts'
import { listRefunds } from './refund-store.ts'
import * as store from './store.ts'

export type Answered = {
  body: string
  paymentRequestId: string | null
  paymentId: string | null
  refundRequestId?: string
  /** An agreed input: the answer is held back for so long. */
  holdSeconds?: number | undefined
  /** What the log should say beside the call. */
  note?: string | undefined
  /** Why the answer is a refusal, where one is given on purpose. */
  cause?: Cause | undefined
  /** What is done after the commit and before the answer, which it may change: somebody else is asked. */
  followUp?: ((ctx: Ctx) => Promise<Answered>) | undefined
}

/**
 * A call in two halves. `expected` is what a first call will be answered, known before anything is written, so that it can be signed
 * meanwhile; `apply` writes, and says what the answer really is.
 */
export type Prepared = { expected: Answered; apply(tx: TxCtx): Promise<Answered> }

/** In whose words the call was made, whether the Test Merchant made it, where it may make us call, and how partners are asked. */
export type How = { family: Family; byTestMerchant: boolean; wall: Wall; partners: Partners }

export async function inquire(ctx: Ctx, client: Client, request: InquiryRequest, { family }: How): Promise<Prepared> {
  let payment = await store.findPayment(ctx, client.applicationId, request)
  if (!payment) throw noPayment()
  const agreed = agreedBy(payment.agreed)
  if (agreed.inquiry === 'unknown') throw new GatewayRefusal(UNKNOWN_ON_PURPOSE)
  if (dueEvent(payment, ctx.clock.now() + client.clockOffsetMs)) payment = await settleNow(ctx, payment)
  const refunds = payment.refunded_minor > 0 ? await listRefunds(ctx, payment) : []
  const expected = {
    body: ANSWERS[family].inquiry(payment, refunds, client.participantId),
    paymentRequestId: payment.payment_request_id,
    paymentId: payment.payment_id,
    holdSeconds: agreed.inquiry === 'late' ? HELD_ANSWER.inquirySeconds : undefined,
  }
  return { expected, apply: async () => expected }
}

/** What the clock of the sandbox has to say about an open payment: the wallet's answer, or its end. */
export function dueEvent(
  payment: store.Payment,
  now: number,
): { event: PaymentEvent; code: ResultCode; at: number } | undefined {
  if (isDecided(payment.state)) return undefined
  if (payment.decides_at === null) {
    return payment.expires_at <= now ? { event: 'expire', code: OUTCOME.CLOSED, at: payment.expires_at } : undefined
  }
  if (payment.decides_at > now) return undefined
  const code = asResultCode(payment.decides_as) ?? OUTCOME.SUCCESS
  return { event: code === 'SUCCESS' ? 'confirm' : 'decline', code, at: payment.decides_at }
}

/** The payment after what is due by now has happened to it; the same object where nothing is due. */
export async function settle(tx: TxCtx, payment: store.Payment): Promise<store.Payment> {
  const client = await store.getClientOfApplication(tx, payment.application_id)
  const due = dueEvent(payment, tx.clock.now() + client.clock_offset_ms)
  return due ? move(tx, payment, due) : payment
}

export function settleNow(ctx: Ctx, payment: store.Payment): Promise<store.Payment> {
  return ctx.tx((tx) => settle(tx, payment))
}

type Move = { event: PaymentEvent; code?: ResultCode; at?: number }

/**
 * Decides a payment by an event. Returns it as it stands afterwards: where somebody else was faster, as they left it. `at` is the
 * sandbox's time of the event, now where it is left out.
 */
export async function move(tx: TxCtx, payment: store.Payment, { event, code, at }: Move): Promise<store.Payment> {
  const state = nextState(payment.state, event)
  if (state === undefined) return payment
  const client = await store.getClientOfApplication(tx, payment.application_id)
  const decided = {
    state,
    result_code: code ?? OUTCOME[state],
    final_at: at ?? tx.clock.now() + client.clock_offset_ms,
    wake_at: null,
  }
  const moved = { ...payment, ...decided }
  const change = { ...decided, pay_answer: answersFor(moved).pay(moved, client.participant_id, tx.config.origin) }
  if (!(await store.movePayment(tx, payment, change))) {
    return (await findSame(tx, payment)) ?? payment
  }
  await notify(tx, moved, client)
  return { ...moved, ...change }
}

/** Tells the partner how a payment was decided, if there is an address to tell it to. */
export async function notify(
  tx: TxCtx,
  payment: store.Payment,
  client: Awaited<ReturnType<typeof store.getClientOfApplication>>,
): Promise<void> {
  const url = payment.notify_url ?? client.url
  if (url === null) return
  const misbehaviour = await misbehaviourFor(tx, payment, client)
  await addNotification(tx, {
    applicationId: payment.application_id,
    clientId: client.client_id,
    api: 'notifyPayment',
    paymentRequestId: payment.payment_request_id,
    paymentId: payment.payment_id,
    url,
    family: payment.family as Family, // written by us
    body: answersFor(payment).notification(payment, client.participant_id),
    eventAt: payment.final_at ?? tx.clock.now() + client.clock_offset_ms,
    delaySeconds:
      misbehaviour === 'late_notification'
        ? ACCEPTANCE.lateNotificationSeconds
        : (agreedBy(payment.agreed).notifySeconds ?? 0),
    misbehaviour,
  })
}

/** An acceptance case that runs: one notification is held back, or first sent with a wrong signature. */
async function misbehaviourFor(
  tx: TxCtx,
  payment: store.Payment,
  { client_id, misbehaviour }: Awaited<ReturnType<typeof store.getClientOfApplication>>,
): Promise<Misbehaviour | null> {
  if (misbehaviour !== 'late_notification' && misbehaviour !== 'wrong_notification') return null
  // Which is no payment of the partner's.
  if (payment.by_test_merchant !== null) return null
  const { product, created_at: madeAt } = payment
  const wanted = { clientId: client_id, kind: misbehaviour, product: product as ProductId, madeAt } as const // written by us
  return (await takeMisbehaviour(tx, wanted)) ? misbehaviour : null
}

export function findSame(tx: TxCtx, payment: store.Payment): Promise<store.Payment | undefined> {
  return store.findPayment(tx, payment.application_id, { paymentRequestId: payment.payment_request_id })
}
