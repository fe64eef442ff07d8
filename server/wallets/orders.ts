/** A payer reads a code with the app of a wallet partner: the wallet asks what is to be paid, and tells how that went. */
import type { PaymentResultRequest, ReadOrderRequest } from '../../contract/gateway-wallets.ts'
import { sameMoney } from '../../rules/money.ts'
import { isDecided } from '../../rules/payment.ts'
import { resultOf } from '../../rules/results.ts'
import { declineOf } from '../../rules/wallet.ts'
import type { Ctx, TxCtx } from '../context.ts'
import type { Client } from '../gateway/clients.ts'
import { isWebPage, orderKeyIn } from '../gateway/code-text.ts'
import { amountOf, isoTime, isPaid, outcomeOf, type WalletPayer } from '../gateway/facts.ts'
import { type Answered, findSame, type How, type Prepared, settle } from '../gateway/payments.ts'
import { GatewayRefusal, illegal, noPayment } from '../gateway/refusal.ts'
import * as payments from '../gateway/store.ts'
import { payByPrivateCode } from '../gateway/private-codes.ts'
import { findJoinedWallet, listJoinedAcquirers } from './pairs-store.ts'
import { expiryAtWallet, lookAfter, takeWord } from './paying.ts'

/** A little after its time is over, an order that was read and not paid is looked at once more. */
const AFTER_END_MS = 1000

// ── userInitiatedPay ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** The first wallet that reads an order keeps it; the Test Wallet leaves it alone from then on. */
export async function readOrder(ctx: Ctx, client: Client, request: ReadOrderRequest, how: How): Promise<Prepared> {
  const found = await orderOf(ctx, client, request, how)
  if ('page' in found) return justSaying({ codeType: 'STORE_CODE', paymentRedirectUrl: found.page })
  const { payment, wallet } = found
  const { participant_id } = await payments.getClientOfApplication(ctx, payment.application_id)
  const expected = answered(payment, {
    acquirerId: participant_id,
    codeType: 'ORDER_CODE',
    ...orderFacts(payment, ctx.config.origin),
    paymentExpiryTime: isoTime(await expiryAtWallet(ctx, payment, client.applicationId)),
  })
  const payer: WalletPayer = { ...wallet, customerId: request.customerId ?? '' }
  return {
    expected,
    async apply(tx) {
      await bind(tx, payment, client.applicationId, payer)
      return expected
    },
  }
}

type Order = { payment: payments.Payment; wallet: { pspId: string; name: string } }

async function orderOf(
  ctx: Ctx,
  client: Client,
  request: ReadOrderRequest,
  how: How,
): Promise<Order | { page: string }> {
  const { codeValue } = request
  const key = orderKeyIn(codeValue, ctx.config.origin)
  if (!key && isWebPage(codeValue, ctx.config.origin)) return { page: new URL(codeValue).href }
  // An address is nobody's private code; one of ours may hold a secret.
  if (!key && URL.canParse(codeValue)) throw new GatewayRefusal('order.is_an_address')
  const read = key
    ? { payment: await payments.findPaymentBySecret(ctx, key) }
    : await readPrivate(ctx, client, request, how)
  if ('page' in read) return read
  const { payment } = read
  const wallet = payment && (await findJoinedWallet(ctx, payment.application_id, client.applicationId))
  // An order of a stranger is none: not even that it is there is told.
  if (!payment || !wallet) throw new GatewayRefusal('order.unknown')
  return { payment, wallet: { pspId: wallet.pspId, name: wallet.name } }
}

/** Whose code it is, the wallet knows by the rules of its network; with a single acquirer there is nothing to be known. */
async function readPrivate(ctx: Ctx, client: Client, request: ReadOrderRequest, how: How) {
  const joined = await listJoinedAcquirers(ctx, client.applicationId)
  const named = joined.filter(({ participantId }) => participantId === (request.acquirerId ?? participantId))
  if (named.length === 0) throw new GatewayRefusal('order.no_acquirer')
  if (named.length > 1) {
    throw illegal('order.acquirer_needed', 'acquirerId', 'is needed: you are joined with more than one acquirer')
  }
  const acquirer = await how.partners.clientOf(ctx, named[0]?.applicationId ?? '')
  if (!acquirer) throw new GatewayRefusal('order.acquirer_gone')
  const payer = { pspId: client.participantId, customerId: request.customerId }
  return payByPrivateCode(ctx, { ...how, acquirer, codeValue: request.codeValue, payer })
}

function orderFacts(payment: payments.Payment, origin: string) {
  const { order_amount_minor, order_currency } = payment
  return {
    paymentRequestId: payment.payment_id,
    order: {
      referenceOrderId: payment.payment_id,
      orderDescription: payment.order_description,
      orderAmount: amountOf({ amount_minor: order_amount_minor, currency: order_currency }),
      merchant: { merchantName: payment.merchant_name },
    },
    paymentAmount: amountOf(payment),
    paymentFactor: payment.scenario === null ? { isCashierPayment: true } : inStore(payment.scenario),
    paymentNotifyUrl: `${origin}/aps/api/v1/payments/notifyPayment`,
    ...(payment.redirect_url === null ? {} : { paymentRedirectUrl: payment.redirect_url }),
  }
}

const inStore = (inStorePaymentScenario: string) => ({ isInStorePayment: true, inStorePaymentScenario })

async function bind(tx: TxCtx, payment: payments.Payment, walletId: string, payer: WalletPayer): Promise<void> {
  const now = await settle(tx, (await findSame(tx, payment)) ?? payment)
  if (isDecided(now.state) || now.decides_at !== null) throw new GatewayRefusal('order.closed_before')
  const { numUpdatedRows } = await payments
    .updatePayment(tx, now)
    .set({ wallet_application_id: walletId, wallet_payer: JSON.stringify(payer) })
    .where((eb) => eb.or([eb('wallet_application_id', 'is', null), eb('wallet_application_id', '=', walletId)]))
    .where('state', '=', 'PAYING')
    .where('decides_at', 'is', null)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows !== 1n) throw new GatewayRefusal('order.read_by_another')
  const bound = { ...now, wallet_application_id: walletId }
  if (now.wallet_application_id === null) await lookAfter(tx, bound, (now.wake_at ?? tx.clock.now()) + AFTER_END_MS)
}

// ── notifyPayment ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The same outcome again is acknowledged again; another one is refused, and changes nothing. */
export async function takeResult(ctx: Ctx, client: Client, request: PaymentResultRequest): Promise<Prepared> {
  const payment = await payments.findPaymentById(ctx, request.paymentRequestId)
  if (payment?.wallet_application_id !== client.applicationId) throw noPayment()
  const amount = { currency: payment.currency, amountMinor: BigInt(payment.amount_minor) }
  if (request.paymentAmount && !sameMoney(request.paymentAmount, amount)) {
    throw illegal(
      'outcome.amount',
      'paymentAmount',
      `must be ${payment.amount_minor} ${payment.currency}, as the order says`,
    )
  }
  const { paymentResult, customerId } = request
  const said =
    paymentResult.resultStatus === 'S'
      ? { event: 'confirm' as const, code: 'SUCCESS' as const, ...(customerId ? { customerId } : {}) }
      : { event: 'decline' as const, code: declineOf(paymentResult.resultCode) }
  const expected = answered(payment, {})
  return {
    expected,
    async apply(tx) {
      const after = await takeWord(tx, payment, said)
      if (said.event === 'confirm' ? isPaid(after) : after.state === 'FAILED' && outcomeOf(after) === said.code) {
        return expected
      }
      if (after.state === 'CANCELLED' || after.state === 'CLOSED') throw new GatewayRefusal('outcome.too_late')
      throw new GatewayRefusal('outcome.told_otherwise')
    },
  }
}

function answered(payment: payments.Payment, facts: Record<string, unknown>): Answered {
  const body = JSON.stringify({ result: resultOf('SUCCESS'), ...facts })
  // In the wallet's own log it goes by the id that the network gave.
  return { body, paymentRequestId: payment.payment_id, paymentId: payment.payment_id }
}

function justSaying(facts: Record<string, unknown>): Prepared {
  const body = JSON.stringify({ result: resultOf('SUCCESS'), ...facts })
  const expected: Answered = { body, paymentRequestId: null, paymentId: null }
  return { expected, apply: async () => expected }
}
