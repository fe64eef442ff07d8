/** Payments: started by a partner's `pay`, decided by the payer, closed by the clock. Every move goes through rules/payment.ts. */
import type { InquiryRequest, PayRequest } from '../../contract/gateway.ts'
import { CASHIER_EXPIRY_SECONDS } from '../../rules/limits.ts'
import { type Money, sameMoney } from '../../rules/money.ts'
import { isFinal, nextState, type PaymentEvent } from '../../rules/payment.ts'
import type { ProductId } from '../../rules/products.ts'
import { freshBytes } from '../clock.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { addNotification } from '../notifications/notifications.ts'
import { parseTarget, type Wall } from '../outgoing/wall.ts'
import { inquiryAnswer, notificationBody, payAnswer } from './answers.ts'
import type { Client } from './clients.ts'
import { GatewayRefusal } from './refusal.ts'
import * as store from './store.ts'

export type Answered = { body: string; paymentRequestId: string; paymentId: string | null }

/**
 * A call in two halves. `expected` is what a first call will be answered, known before anything is written, so that it can be signed
 * meanwhile; `apply` writes, and says what the answer really is.
 */
export type Prepared = { expected: Answered; apply(tx: TxCtx): Promise<Answered> }

/**
 * `pay`. The id is the partner's for ever: the same id with the same key fields gets the stored answer byte for byte, with others
 * REPEAT_REQ_INCONSISTENT. The row itself decides which of many copies is the first.
 */
export async function pay(ctx: Ctx, client: Client, request: PayRequest, wall: Wall): Promise<Prepared> {
  const planned = plan(ctx, client, request, wall)
  if (planned instanceof GatewayRefusal) return repeatOrRefuse(ctx, client, request, planned)
  return {
    expected: answerOf(planned),
    async apply(tx) {
      if (await store.insertPayment(tx, planned)) return answerOf(planned)
      const before = await store.findPayment(tx, client.applicationId, { paymentRequestId: request.paymentRequestId })
      if (!before) throw new Error('A payment was there at the insert and gone at the read.')
      return repeat(tx, before, request)
    },
  }
}

/** The payment that this request would start now, or why it cannot be started now. */
function plan(ctx: Ctx, client: Client, request: PayRequest, wall: Wall): store.Payment | GatewayRefusal {
  try {
    ensureCashier(client, request)
    return newPayment(ctx, client, request, wall)
  } catch (error) {
    if (error instanceof GatewayRefusal) return error
    throw error
  }
}

/**
 * What could not be started now may have been started before: its time was still to come, the product was still there. Then this is
 * a repeat, and a repeat is answered as the first call was.
 */
async function repeatOrRefuse(
  ctx: Ctx,
  client: Client,
  request: PayRequest,
  refusal: GatewayRefusal,
): Promise<Prepared> {
  const before = await store.findPayment(ctx, client.applicationId, { paymentRequestId: request.paymentRequestId })
  if (!before) throw refusal
  return {
    expected: answerOf(before),
    apply: async (tx) =>
      repeat(
        tx,
        (await store.findPayment(tx, client.applicationId, { paymentRequestId: before.payment_request_id })) ?? before,
        request,
      ),
  }
}

async function repeat(tx: TxCtx, before: store.Payment, request: PayRequest): Promise<Answered> {
  const different = whatDiffers(before, request)
  if (different.length > 0) {
    throw new GatewayRefusal(
      'REPEAT_REQ_INCONSISTENT',
      `This paymentRequestId was used with another ${different.join(', ')}.`,
    )
  }
  return answerOf(await closeIfExpired(tx, before))
}

function answerOf({ pay_answer, payment_request_id, payment_id }: store.Payment): Answered {
  return { body: pay_answer, paymentRequestId: payment_request_id, paymentId: payment_id }
}

export async function inquire(ctx: Ctx, client: Client, request: InquiryRequest): Promise<Prepared> {
  let payment = await store.findPayment(ctx, client.applicationId, request)
  if (!payment) throw new GatewayRefusal('ORDER_NOT_EXIST')
  if (isExpired(ctx, payment)) payment = await closeExpired(ctx, payment)
  const expected = { ...answerOf(payment), body: inquiryAnswer(payment, client.participantId) }
  return { expected, apply: async () => expected }
}

/** Moves a payment by an event. Returns it as it stands afterwards: where somebody else was faster, as they left it. */
export async function move(tx: TxCtx, payment: store.Payment, event: PaymentEvent): Promise<store.Payment> {
  const state = nextState(payment.state, event)
  if (state === undefined) return payment
  const client = await store.getClientOfApplication(tx, payment.application_id)
  const moved = { ...payment, state, final_at: tx.clock.now() }
  const change = {
    state,
    final_at: moved.final_at,
    pay_answer: payAnswer(moved, client.participant_id, tx.config.origin),
  }
  if (!(await store.movePayment(tx, payment, change))) {
    const now = await store.findPayment(tx, payment.application_id, { paymentRequestId: payment.payment_request_id })
    return now ?? payment
  }
  const url = payment.notify_url ?? client.url
  if (isFinal(state) && url !== null) {
    await addNotification(tx, {
      applicationId: payment.application_id,
      clientId: client.client_id,
      paymentRequestId: payment.payment_request_id,
      paymentId: payment.payment_id,
      url,
      body: notificationBody(moved, client.participant_id),
    })
  }
  return { ...moved, ...change }
}

export function isExpired(ctx: Ctx | TxCtx, payment: store.Payment): boolean {
  return payment.state === 'PAYING' && payment.expires_at <= ctx.clock.now()
}

function closeIfExpired(tx: TxCtx, payment: store.Payment): Promise<store.Payment> | store.Payment {
  return isExpired(tx, payment) ? move(tx, payment, 'expire') : payment
}

export function closeExpired(ctx: Ctx, payment: store.Payment): Promise<store.Payment> {
  return ctx.tx((tx) => move(tx, payment, 'expire'))
}

/** Closes what the clock has closed, so that its notification goes out though nobody asks. */
export async function closeAllExpired(ctx: Ctx): Promise<void> {
  const BATCH = 50
  for (;;) {
    const expired = await store.listExpired(ctx, BATCH)
    await Promise.all(expired.map((payment) => ctx.tx((tx) => move(tx, payment, 'expire'))))
    if (expired.length < BATCH) return
  }
}

/** The product that the request is for, by its paymentFactor. This release serves Cashier Payment. */
function ensureCashier(client: Client, { paymentFactor, order }: PayRequest): void {
  if (paymentFactor?.isInStorePayment || paymentFactor?.isAgreementPayment)
    throw new GatewayRefusal('BUSINESS_NOT_SUPPORT')
  if (!paymentFactor?.isCashierPayment)
    throw illegal('paymentFactor.isCashierPayment', 'must be true for Cashier Payment')
  const product: ProductId = 'cashier'
  if (!client.products.includes(product)) throw new GatewayRefusal('ACCESS_DENIED')
  const terminal = order.env?.terminalType
  if (!['WEB', 'APP', 'WAP', 'MINI_APP'].includes(terminal ?? '')) {
    throw illegal('order.env.terminalType', 'must be WEB, APP, WAP or MINI_APP')
  }
  if ((terminal === 'APP' || terminal === 'WAP') && !['IOS', 'ANDROID'].includes(order.env?.osType ?? '')) {
    throw illegal('order.env.osType', 'must be IOS or ANDROID when terminalType is APP or WAP')
  }
}

function newPayment(ctx: Ctx, client: Client, request: PayRequest, wall: Wall): store.Payment {
  const now = ctx.clock.now()
  const latest = now + CASHIER_EXPIRY_SECONDS * 1000
  if (request.paymentExpiryTime !== undefined && request.paymentExpiryTime <= now) {
    throw illegal('paymentExpiryTime', 'must lie in the future')
  }
  const { merchant } = request.order
  const payment = {
    application_id: client.applicationId,
    payment_request_id: request.paymentRequestId,
    payment_id: newPaymentId(now),
    wallet_secret: freshBytes(16).toString('base64url'),
    state: 'PAYING' as const,
    amount_minor: Number(request.paymentAmount.amountMinor),
    currency: request.paymentAmount.currency,
    order_amount_minor: Number(request.order.orderAmount.amountMinor),
    order_currency: request.order.orderAmount.currency,
    method_type: request.paymentMethod.paymentMethodType,
    order_description: request.order.orderDescription,
    merchant_name: merchant?.merchantDisplayName || merchant?.merchantName || 'Merchant',
    notify_url: notifyUrlOf(request.paymentNotifyUrl, wall),
    redirect_url: redirectUrlOf(request.paymentRedirectUrl),
    created_at: now,
    expires_at: Math.min(latest, request.paymentExpiryTime ?? latest),
    final_at: null,
  }
  return { ...payment, pay_answer: payAnswer(payment, client.participantId, ctx.config.origin) }
}

/** Only what the text shows is judged here; the address behind the name is judged at each send. */
function notifyUrlOf(url: string | undefined, wall: Wall): string | null {
  if (!url) return null
  try {
    return parseTarget(url, wall).href
  } catch (error) {
    throw illegal('paymentNotifyUrl', error instanceof Error ? error.message : 'is not allowed')
  }
}

/** The payer is sent there by a click: a web page or an app, never a script. */
function redirectUrlOf(url: string | undefined): string | null {
  if (!url) return null
  if (!URL.canParse(url) || /^(javascript|data|vbscript|file|blob|about):$/.test(new URL(url).protocol)) {
    throw illegal('paymentRedirectUrl', 'must be the address of a web page or of an app')
  }
  return url
}

/** The fields that make a repeat a repeat: as they were stored, and as they are asked now. */
function whatDiffers(before: store.Payment, request: PayRequest): string[] {
  const { paymentAmount, order, paymentMethod } = request
  const same = {
    paymentAmount: sameMoney(paymentAmount, moneyOf(before.amount_minor, before.currency)),
    'order.orderAmount': sameMoney(order.orderAmount, moneyOf(before.order_amount_minor, before.order_currency)),
    'paymentMethod.paymentMethodType': paymentMethod.paymentMethodType === before.method_type,
  }
  return Object.entries(same).flatMap(([name, isSame]) => (isSame ? [] : [name]))
}

function moneyOf(amountMinor: number, currency: string): Money {
  return { currency, amountMinor: BigInt(amountMinor) }
}

/** The moment in UTC and fifteen digits of chance: ids of one time lie side by side in the index, and cannot be guessed. */
function newPaymentId(now: number): string {
  const moment = new Date(now).toISOString().replace(/\D/g, '')
  return `${moment}${(freshBytes(8).readBigUInt64BE() % 10n ** 15n).toString().padStart(15, '0')}`
}

function illegal(path: string, message: string): GatewayRefusal {
  return new GatewayRefusal('PARAM_ILLEGAL', `${path} ${message}.`)
}
