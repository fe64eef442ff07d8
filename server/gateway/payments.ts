/** Payments: started by a partner's `pay`, decided by the payer, closed by the clock. Every move goes through rules/payment.ts. */
import type { InquiryRequest, PayRequest } from '../../contract/gateway.ts'
import { CASHIER_EXPIRY_SECONDS } from '../../rules/limits.ts'
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
export function pay(ctx: Ctx, client: Client, request: PayRequest, wall: Wall): Prepared {
  ensureCashier(client, request)
  const payment = newPayment(ctx, client, request, wall)
  return {
    expected: answerOf(payment),
    async apply(tx) {
      if (await store.insertPayment(tx, payment)) return answerOf(payment)
      const before = await store.findPayment(tx, client.applicationId, { paymentRequestId: request.paymentRequestId })
      if (!before) throw new Error('A payment was there at the insert and gone at the read.')
      if (!sameKeyFields(before, payment)) {
        throw new GatewayRefusal('REPEAT_REQ_INCONSISTENT', whatDiffers(before, payment))
      }
      return answerOf(await closeIfExpired(tx, before))
    },
  }
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

/** Closes what the clock has closed, so that its notification goes out though nobody asks. Returns how many. */
export async function closeAllExpired(ctx: Ctx): Promise<number> {
  const expired = await store.listExpired(ctx, 50)
  for (const payment of expired) await closeExpired(ctx, payment)
  return expired.length
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

const KEY_FIELDS = {
  paymentAmount: (p: store.Payment) => `${p.amount_minor} ${p.currency}`,
  'order.orderAmount': (p: store.Payment) => `${p.order_amount_minor} ${p.order_currency}`,
  'paymentMethod.paymentMethodType': (p: store.Payment) => p.method_type,
}

function sameKeyFields(a: store.Payment, b: store.Payment): boolean {
  return Object.values(KEY_FIELDS).every((field) => field(a) === field(b))
}

function whatDiffers(a: store.Payment, b: store.Payment): string {
  const names = Object.entries(KEY_FIELDS).flatMap(([name, field]) => (field(a) === field(b) ? [] : [name]))
  return `This paymentRequestId was used with another ${names.join(', ')}.`
}

/** The moment in UTC and fifteen digits of chance: ids of one time lie side by side in the index, and cannot be guessed. */
function newPaymentId(now: number): string {
  const moment = new Date(now).toISOString().replace(/\D/g, '')
  return `${moment}${(freshBytes(8).readBigUInt64BE() % 10n ** 15n).toString().padStart(15, '0')}`
}

function illegal(path: string, message: string): GatewayRefusal {
  return new GatewayRefusal('PARAM_ILLEGAL', `${path} ${message}.`)
}
