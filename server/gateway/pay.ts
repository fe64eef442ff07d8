/** `pay`: what the request would start, and what a repeat of it is answered. */
import type { PayRequest } from '../../contract/gateway.ts'
import { causeOfAgreed } from '../../rules/causes.ts'
import { FAMILIES, type Family } from '../../rules/interfaces.ts'
import { HELD_ANSWER, ORDER_EXPIRY } from '../../rules/limits.ts'
import { type Money, sameMoney } from '../../rules/money.ts'
import { isDecided, nextState, OUTCOME, type PaymentState } from '../../rules/payment.ts'
import { asResultCode } from '../../rules/results.ts'
import { type AgreedInput, agreedBy, agreedFor } from '../../rules/simulator.ts'
import { type Agreement, agreementOf, holdAgreement, invalidToken } from '../agreements/agreements.ts'
import { freshBytes } from '../clock.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { parseTarget, type Wall } from '../outgoing/wall.ts'
import { tokenHash } from '../seal.ts'
import { findJoinedWallet } from '../wallets/pairs-store.ts'
import { lookAfterCall, payAtWallet } from '../wallets/paying.ts'
import { ANSWERS, answersFor } from './answers.ts'
import type { Client } from './clients.ts'
import { isTombstone, resultAnswer, UNKNOWN_ON_PURPOSE, unknownOnPurpose, type WalletPayer } from './facts.ts'
import { type Answered, dueEvent, findSame, type How, notify, type Prepared, settle } from './payments.ts'
import { ensureProduct, type Wanted, wantedBy } from './products.ts'
import { redirectUrlOf } from './redirect.ts'
import { GatewayRefusal, HeldRefusal, illegal } from './refusal.ts'
import { chargedAt, settlementFor } from './settlement.ts'
import * as store from './store.ts'
import { findCode, takeCode } from './wallet-store.ts'

/** What a request would start. `code` is the payment code that it takes, `agreement` what it is debited by. */
type Plan = { payment: store.Payment; code: string | null; agreement: Agreement | null }

/**
 * The id is the partner's for ever: the same id with the same key fields gets the stored answer byte for byte, with others
 * REPEAT_REQ_INCONSISTENT. The row itself decides which of many copies is the first.
 */
export async function pay(ctx: Ctx, client: Client, request: PayRequest, how: How): Promise<Prepared> {
  if (request.paymentFactor?.isPaymentEvaluation) return evaluate(ctx, client, request, how)
  const planned = await plan(ctx, client, request, how)
  if (planned instanceof GatewayRefusal) return repeatOrRefuse(ctx, client, request, how, planned)
  const expected = firstAnswer(planned.payment)
  return {
    expected,
    async apply(tx) {
      if (await store.insertPayment(tx, planned.payment)) {
        await finishStart(tx, planned)
        return isWithPartner(planned) ? { ...expected, followUp: askingWallet(planned, how) } : expected
      }
      const before = await findSame(tx, planned.payment)
      if (!before) throw new Error('A payment was there at the insert and gone at the read.')
      return repeat(tx, client, before, request, how)
    },
  }
}

/** The code was shown by the app of a wallet partner. */
type WithPartner = Plan & { code: string }
const isWithPartner = (plan: Plan): plan is WithPartner =>
  plan.code !== null && plan.payment.wallet_application_id !== null

/** The wallet is asked once while the caller waits; whatever comes of it, the payment is looked after. */
const askingWallet =
  ({ payment, code }: WithPartner, { partners }: How) =>
  async (ctx: Ctx) =>
    answerOf(await payAtWallet(ctx, partners, payment, code))

/** Auto Debit: whether it would be paid. Nothing is started, and the id stays free. */
async function evaluate(ctx: Ctx, client: Client, request: PayRequest, how: How): Promise<Prepared> {
  const wanted = wantedBy(request)
  if (wanted.product !== 'auto_debit')
    throw illegal('pay.evaluation_elsewhere', 'paymentFactor.isPaymentEvaluation', 'is for Auto Debit only')
  const planned = await plan(ctx, client, request, how)
  if (planned instanceof GatewayRefusal) throw planned
  const { result_code, payment_request_id: paymentRequestId } = planned.payment
  const code = asResultCode(result_code) ?? 'SUCCESS'
  const expected = { body: resultAnswer(how.family, code), paymentRequestId, paymentId: null }
  return { expected, apply: async () => expected }
}

/** What belongs to the start beside the row: nothing for a cashier order, whose payer has yet to come. */
async function finishStart(tx: TxCtx, { payment, code, agreement }: Plan): Promise<void> {
  if (code !== null && !(await takeCode(tx, code, payment.payment_request_id))) {
    throw usedCode()
  }
  // It may have been ended since it was looked at: then nothing is debited by it.
  if (agreement !== null && !(await holdAgreement(tx, agreement))) throw invalidToken()
  if (payment.wallet_application_id !== null) await lookAfterCall(tx, payment)
  if (!isDecided(payment.state)) return
  await notify(tx, payment, await store.getClientOfApplication(tx, payment.application_id))
}

async function plan(ctx: Ctx, client: Client, request: PayRequest, how: How): Promise<Plan | GatewayRefusal> {
  try {
    const wanted = wantedBy(request)
    ensureProduct(client, wanted, request, how.family)
    const shown = wanted.product === 'user_presented' ? await usableCode(ctx, client, request) : null
    // A wallet of flesh and blood says for itself what becomes of an amount.
    const agreed = shown?.wallet ? undefined : agreedFor(request.payToAmount ?? request.paymentAmount)
    const agreement = wanted.product === 'auto_debit' ? await agreementOf(ctx, client, request) : null
    if (agreed?.refused) throw new GatewayRefusal(causeOfAgreed(agreed.refused))
    if (agreed?.pay === 'lost') throw new HeldRefusal('simulator.lost', HELD_ANSWER.writeSeconds)
    const payment = newPayment({
      ctx,
      client,
      request,
      how,
      wanted,
      agreed,
      payerAccount: (shown ?? agreement)?.payerAccount ?? null,
      wallet: shown?.wallet ?? null,
    })
    return { payment, code: shown?.code ?? null, agreement }
  } catch (error) {
    if (error instanceof GatewayRefusal) return error
    throw error
  }
}

const usedCode = () => new GatewayRefusal('payment_code.used')

/** The code that the merchant read: one of this application's or of a wallet that it is joined with, fresh and unused. */
async function usableCode(ctx: Ctx, client: Client, request: PayRequest) {
  const code = request.paymentMethod.paymentMethodId ?? ''
  const found = /^\d{17,32}$/.test(code) ? await findCode(ctx, code) : undefined
  if (!found) throw new GatewayRefusal('payment_code.unknown')
  const isOwn = found.application_id === client.applicationId
  const wallet = isOwn ? undefined : await findJoinedWallet(ctx, client.applicationId, found.application_id)
  // A code of a stranger is none: not even its age is told.
  if (!isOwn && !wallet) throw new GatewayRefusal('payment_code.foreign')
  if (found.used_by !== null) throw usedCode()
  if (found.expires_at <= ctx.clock.now() + found.clock_offset_ms) throw new GatewayRefusal('payment_code.expired')
  const customerId = found.customer_id ?? ''
  return { code, payerAccount: found.payer_account, wallet: wallet ? { ...wallet, customerId } : null }
}

/**
 * What could not be started now may have been started before: its time was still to come, the product was still there. Then this is
 * a repeat, and a repeat is answered as the first call was.
 */
async function repeatOrRefuse(
  ctx: Ctx,
  client: Client,
  request: PayRequest,
  how: How,
  refusal: GatewayRefusal,
): Promise<Prepared> {
  const before = await store.findPayment(ctx, client.applicationId, { paymentRequestId: request.paymentRequestId })
  if (!before) throw refusal
  return {
    expected: answerOf(before),
    apply: async (tx) => repeat(tx, client, (await findSame(tx, before)) ?? before, request, how),
  }
}

async function repeat(
  tx: TxCtx,
  client: Client,
  before: store.Payment,
  request: PayRequest,
  { family }: How,
): Promise<Answered> {
  const different = isTombstone(before) ? [] : whatDiffers(before, request, family)
  if (different.length > 0) {
    throw new GatewayRefusal(
      'pay.repeated_otherwise',
      `This paymentRequestId was used with another ${different.join(', ')}.`,
    )
  }
  if (isTombstone(before) && before.family !== family) {
    return { ...answerOf(before), body: ANSWERS[family].pay(before, client.participantId, tx.config.origin) }
  }
  const isDue = dueEvent(before, tx.clock.now() + client.clockOffsetMs) !== undefined
  return answerOf(isDue ? await settle(tx, before) : before)
}

function answerOf({ pay_answer, payment_request_id, payment_id, state, agreed }: store.Payment): Answered {
  const isUnknown = state === 'PAYING' && agreedBy(agreed).pay === 'unknown'
  return {
    body: pay_answer,
    paymentRequestId: payment_request_id,
    paymentId: payment_id,
    cause: isUnknown ? UNKNOWN_ON_PURPOSE : undefined,
  }
}

function firstAnswer(payment: store.Payment): Answered {
  if (payment.agreed === null) return answerOf(payment)
  const agreed = agreedBy(payment.agreed)
  return {
    ...answerOf(payment),
    holdSeconds: agreed.pay === 'late' ? HELD_ANSWER.writeSeconds : undefined,
    note: `Agreed input ${agreed.value}: ${agreed.title}.`,
  }
}

type Asked = {
  ctx: Ctx
  client: Client
  request: PayRequest
  how: How
  wanted: Wanted
  agreed: AgreedInput | undefined
  /** The merchant in whose wallet the code was shown. */
  payerAccount: string | null
  /** Of a partner, which is asked to pay. */
  wallet: (WalletPayer & { applicationId: string }) | null
}

function newPayment({ ctx, client, request, how, wanted, agreed, payerAccount, wallet }: Asked): store.Payment {
  const now = ctx.clock.now() + client.clockOffsetMs
  if (request.paymentExpiryTime !== undefined && request.paymentExpiryTime <= now) {
    throw illegal('pay.expiry_past', 'paymentExpiryTime', 'must lie in the future')
  }
  const { merchant } = request.order
  const expiresAt = endOf(now, request.paymentExpiryTime, how.family)
  const payment = {
    application_id: client.applicationId,
    payment_request_id: request.paymentRequestId,
    payment_id: newPaymentId(now),
    wallet_secret: freshBytes(16).toString('base64url'),
    amount_minor: Number(request.paymentAmount.amountMinor),
    currency: request.paymentAmount.currency,
    order_amount_minor: Number(request.order.orderAmount.amountMinor),
    order_currency: request.order.orderAmount.currency,
    method_type: request.paymentMethod.paymentMethodType,
    order_description: request.order.orderDescription,
    merchant_name: merchant?.merchantDisplayName || merchant?.merchantName || 'Merchant',
    notify_url: notifyUrlOf('paymentNotifyUrl', request.paymentNotifyUrl, how.wall),
    redirect_url: redirectUrlOf('paymentRedirectUrl', request.paymentRedirectUrl),
    created_at: now,
    expires_at: expiresAt,
    product: wanted.product,
    scenario: wanted.scenario,
    refunded_minor: 0,
    cancelled_at: null,
    agreed: agreed?.value ?? null,
    payer_account: payerAccount,
    family: how.family,
    method_id_hash: methodHash(request),
    wallet_application_id: wallet?.applicationId ?? null,
    wallet_payer: wallet && walletPayer(wallet),
    by_test_merchant: how.byTestMerchant ? 1 : null,
    ...settlementFor(request.paymentAmount, request.settlementStrategy?.settlementCurrency),
    ...chargedAt(client.fees, wanted.product),
    ...(wallet === null && (wanted.product === 'user_presented' || wanted.product === 'auto_debit')
      ? presented(client, now, expiresAt, agreed)
      : open(expiresAt - client.clockOffsetMs)),
  }
  const pay_answer =
    agreed?.pay === 'unknown'
      ? unknownOnPurpose(how.family, ctx.config.origin).body
      : answersFor(payment).pay(payment, client.participantId, ctx.config.origin)
  return { ...payment, pay_answer }
}

const walletPayer = ({ pspId, name, customerId }: WalletPayer) => JSON.stringify({ pspId, name, customerId })

/** The families differ where nothing is wished. */
function endOf(now: number, wish: number | undefined, family: Family): number {
  const { apsSeconds, amsSeconds, wishSeconds } = ORDER_EXPIRY
  if (wish === undefined) return now + (family === 'ams' ? amsSeconds : apsSeconds) * 1000
  return Math.min(now + wishSeconds * 1000, wish)
}

type Start = Pick<store.Payment, 'state' | 'result_code' | 'final_at' | 'decides_at' | 'decides_as' | 'wake_at'>

/** Nobody has decided yet; it ends when its time is over, in real time `wakeAt`. */
function open(wakeAt: number): Start {
  return { state: 'PAYING', result_code: null, final_at: null, decides_at: null, decides_as: null, wake_at: wakeAt }
}

/** The payer showed his code or agreed before, which is his consent: the wallet answers at once, unless something else is agreed. */
function presented(client: Client, now: number, expiresAt: number, agreed: AgreedInput | undefined): Start {
  const says = agreed?.walletSays ?? 'SUCCESS'
  if (agreed?.walletSeconds !== undefined) {
    const decidesAt = now + agreed.walletSeconds * 1000
    return { ...open(decidesAt - client.clockOffsetMs), decides_at: decidesAt, decides_as: says }
  }
  if (agreed?.payerConfirms || agreed?.pay === 'unknown') return open(expiresAt - client.clockOffsetMs)
  const state = nextState('PAYING', says === OUTCOME.SUCCESS ? 'confirm' : 'decline') as PaymentState // both are drawn
  return { state, result_code: says, final_at: now, decides_at: null, decides_as: null, wake_at: null }
}

/** Only what the text shows is judged here; the address behind the name is judged at each send. */
export function notifyUrlOf(field: string, url: string | undefined, wall: Wall): string | null {
  if (!url) return null
  try {
    return parseTarget(url, wall).href
  } catch (error) {
    throw illegal('url.not_callable', field, error instanceof Error ? error.message : 'is not allowed')
  }
}

/** The fields that make a repeat a repeat, by family: as they were stored, and as they are asked now. */
function whatDiffers(before: store.Payment, request: PayRequest, family: Family): string[] {
  if (before.family !== family) return [`family (${FAMILIES[before.family as Family].title})`] // written by us
  const { paymentAmount, order, paymentMethod } = request
  const amount = { paymentAmount: sameMoney(paymentAmount, moneyOf(before.amount_minor, before.currency)) }
  const same =
    family === 'ams'
      ? { ...amount, 'paymentMethod.paymentMethodId': methodHash(request) === before.method_id_hash }
      : {
          ...amount,
          'order.orderAmount': sameMoney(order.orderAmount, moneyOf(before.order_amount_minor, before.order_currency)),
          'paymentMethod.paymentMethodType': paymentMethod.paymentMethodType === before.method_type,
        }
  return Object.entries(same).flatMap(([name, isSame]) => (isSame ? [] : [name]))
}

/** A payment code or a token is compared, and not kept. */
function methodHash({ paymentMethod: { paymentMethodId } }: PayRequest): string | null {
  return paymentMethodId ? tokenHash(paymentMethodId) : null
}

function moneyOf(amountMinor: number, currency: string): Money {
  return { currency, amountMinor: BigInt(amountMinor) }
}

/** The moment in UTC and fifteen digits of chance: ids of one time lie side by side in the index, and cannot be guessed. */
export function newPaymentId(now: number): string {
  const moment = new Date(now).toISOString().replace(/\D/g, '')
  return `${moment}${(freshBytes(8).readBigUInt64BE() % 10n ** 15n).toString().padStart(15, '0')}`
}
