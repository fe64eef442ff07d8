/**
 * A payment with the wallet of a partner: the wallet is asked to pay, inquired until it says how that went, and told to cancel what was
 * given up meanwhile. The acquirer sees one payment all the while. Stated in docs/guide/wallets.md; why it is so, in decision 0028.
 */
import { InquiredResult } from '../../contract/gateway-wallets.ts'
import { OUTGOING, WALLET_CANCEL, WALLET_INQUIRY_SECONDS } from '../../rules/limits.ts'
import { isDecided } from '../../rules/payment.ts'
import type { ResultCode } from '../../rules/results.ts'
import { declineOf } from '../../rules/wallet.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { amountOf, isoTime, payerOf } from '../gateway/facts.ts'
import type { Partners, Reply } from '../gateway/partner-calls.ts'
import { dueEvent, findSame, move, settle } from '../gateway/payments.ts'
import * as payments from '../gateway/store.ts'
import { addWork, bringForward, type Handler, type Outcome } from '../outbox/outbox.ts'

/** What a wallet says of a payment; null where it has not said anything final. */
export type Said = { event: 'confirm' | 'decline'; code: ResultCode; customerId?: string } | null

const DONE: Outcome = { done: true }

/** Somebody will look after this payment from `dueAt` on. */
export async function lookAfter(tx: TxCtx, payment: payments.Payment, dueAt: number): Promise<void> {
  await addWork(tx, { topic: 'wallet_payment', payload: payment.payment_id, dueAt, lane: laneOf(payment) })
}

/** A wallet that is slow holds up what is to be asked of it, and nothing else. */
export const laneOf = ({ wallet_application_id }: payments.Payment) => `wallet ${wallet_application_id ?? ''}`

/** Whatever becomes of the call that is made next: by then it has an answer, or never will. */
export async function lookAfterCall(tx: TxCtx, payment: payments.Payment): Promise<void> {
  const { payment_id: payload } = payment
  const dueAt = tx.clock.now() + PAY_ENDS_MS + 1000
  await addWork(tx, { topic: 'wallet_payment', payload, dueAt, id: firstLook(payload), lane: laneOf(payment) })
}

/** A `pay` gets its turn within one attempt, or is never sent; and then it takes an attempt at most. */
const PAY_ENDS_MS = 2 * OUTGOING.attemptMs

const firstLook = (paymentId: string) => `job_${paymentId}`

// ── asking the wallet to pay ─────────────────────────────────────────────────────────────────────────────────────────────

/** The payment as it stands after the wallet was asked once; open still, where it did not say. */
export async function payAtWallet(ctx: Ctx, partners: Partners, payment: payments.Payment, code: string) {
  const asked = ask(ctx, partners, payment, 'pay', {
    order: {
      referenceOrderId: payment.payment_id,
      orderDescription: payment.order_description,
      orderAmount: orderAmountOf(payment),
      merchant: { merchantName: payment.merchant_name },
    },
    paymentAmount: amountOf(payment),
    payToAmount: amountOf(payment),
    paymentMethod: {
      paymentMethodType: 'CONNECT_WALLET',
      paymentMethodId: code,
      customerId: payerOf(payment).customerId,
    },
    paymentFactor: { isInStorePayment: true, inStorePaymentScenario: payment.scenario },
    paymentExpiryTime: isoTime(await expiryAtWallet(ctx, payment)),
    paymentNotifyUrl: `${ctx.config.origin}/aps/api/v1/payments/notifyPayment`,
  })
  const reply = await withinAttempt(ctx, asked)
  return ctx.tx(async (tx) => {
    const after = await takeWord(tx, payment, reply && saidBy(reply))
    const soon = tx.clock.now() + waitOf(ctx, 0)
    // A call that is still under way is not overtaken by an inquiry.
    if (reply !== null && !isDecided(after.state)) await bringForward(tx, firstLook(payment.payment_id), soon)
    return after
  })
}

/** Each sandbox has a clock of its own: the wallet is told by its own. */
export async function expiryAtWallet(ctx: Ctx, payment: payments.Payment, walletId = payment.wallet_application_id) {
  const acquirer = await payments.getClientOfApplication(ctx, payment.application_id)
  const wallet = await payments.getClientOfApplication(ctx, walletId ?? payment.application_id)
  return payment.expires_at - acquirer.clock_offset_ms + wallet.clock_offset_ms
}

/** The acquirer waits for one attempt and not for a queue. What comes later is learned by the inquiry. */
async function withinAttempt(ctx: Ctx, asked: Promise<Reply>): Promise<Reply | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), OUTGOING.attemptMs)
  })
  try {
    return await Promise.race([asked, late])
  } finally {
    clearTimeout(timer)
    asked.catch((error: unknown) => ctx.log.error({ err: error }, 'a call to a wallet could not be recorded'))
  }
}

const orderAmountOf = ({ order_amount_minor: amount_minor, order_currency: currency }: payments.Payment) =>
  amountOf({ amount_minor, currency })

function saidBy(reply: Reply): Said {
  if (reply.fault === 'no_address') return { event: 'decline', code: 'UNAVAILABLE_PAYMENT_METHOD' }
  if (reply.resultStatus === 'U') return null
  if (reply.resultStatus === 'F') return { event: 'decline', code: declineOf(reply.resultCode) }
  const { customerId } = reply.body
  return { event: 'confirm', code: 'SUCCESS', ...(isId(customerId) ? { customerId } : {}) }
}

const isId = (value: unknown): value is string => typeof value === 'string' && /^[^\p{Cc}\p{Cs}]{1,64}$/u.test(value)

/** The acquirer is named by his participant, the payment by the network's own id: acquirers' ids may be alike. */
async function ask(
  ctx: Ctx,
  partners: Partners,
  payment: payments.Payment,
  api: 'pay' | 'inquiryPayment' | 'cancelPayment',
  body: Record<string, unknown> = {},
): Promise<Reply> {
  const { participant_id } = await payments.getClientOfApplication(ctx, payment.application_id)
  const paymentRequestId = payment.payment_id
  return partners.ask(ctx, {
    applicationId: payment.wallet_application_id ?? '',
    api,
    body: { acquirerId: participant_id, pspId: payerOf(payment).pspId, paymentRequestId, ...body },
    ...(api === 'pay' ? { turnWithinMs: OUTGOING.attemptMs } : {}),
    ids: { paymentRequestId, paymentId: paymentRequestId },
  })
}

/** What the wallet says decides an open payment. One whose time is over stays over: then the wallet is told to cancel. */
export async function takeWord(tx: TxCtx, payment: payments.Payment, said: Said): Promise<payments.Payment> {
  const now = await settle(tx, (await findSame(tx, payment)) ?? payment)
  if (said === null || isDecided(now.state)) return now
  const wallet_payer =
    said.customerId === undefined ? now.wallet_payer : JSON.stringify({ ...payerOf(now), customerId: said.customerId })
  await payments.updatePayment(tx, now).set({ wallet_payer }).execute()
  return move(tx, { ...now, wallet_payer }, said)
}

// ── looking after it ─────────────────────────────────────────────────────────────────────────────────────────────────────

type Work = Parameters<Handler>[1]

/** One call each time, so that nothing in the lane outlives its lease. A fault of ours is waited for like silence of the wallet. */
export function walletHandler(partners: Partners): Handler {
  return async (ctx, work) => {
    try {
      return { outcome: await lookAt(ctx, partners, work) }
    } catch (error) {
      ctx.log.error({ err: error }, 'a payment of a wallet could not be looked after')
      return { outcome: retry(ctx, WALLET_CANCEL.everySeconds, 'a fault of ours') }
    }
  }
}

async function lookAt(ctx: Ctx, partners: Partners, work: Work): Promise<Outcome> {
  const payment = await payments.findPaymentById(ctx, work.payload)
  if (payment?.wallet_application_id == null) return DONE
  const { clock_offset_ms } = await payments.getClientOfApplication(ctx, payment.application_id)
  const isOpen = !isDecided(payment.state) && dueEvent(payment, ctx.clock.now() + clock_offset_ms) === undefined
  if (isOpen)
    return work.last_error === LOST ? giveUpLost(ctx, partners, payment) : inquireAt(ctx, partners, payment, work)
  const over = await ctx.tx((tx) => settle(tx, payment))
  return isGivenUp(over) ? cancelAt(ctx, partners, over, work) : DONE
}

/** The network has ended it without the wallet. */
const isGivenUp = ({ state }: payments.Payment) => state === 'CANCELLED' || state === 'CLOSED'

/** What the last look found: where the payer showed a code the wallet must know of the payment, and does not. */
const LOST = 'the wallet has never heard of it'

async function inquireAt(ctx: Ctx, partners: Partners, payment: payments.Payment, work: Work): Promise<Outcome> {
  const reply = await ask(ctx, partners, payment, 'inquiryPayment')
  if (isUnheardOf(reply) && payment.product === 'user_presented') return retry(ctx, 0, LOST)
  const after = await ctx.tx((tx) => takeWord(tx, payment, inquiredIn(reply)))
  if (!isDecided(after.state)) return { retryInMs: waitOf(ctx, work.attempts + 1), error: 'not final' }
  return isGivenUp(after) ? retry(ctx, 0, 'given up') : DONE
}

const isUnheardOf = ({ resultStatus, resultCode }: Reply) => resultStatus === 'F' && resultCode === 'ORDER_NOT_EXIST'

/** It has failed once the wallet has promised not to pay it any more, and not before: the `pay` may be slow, and not lost. */
async function giveUpLost(ctx: Ctx, partners: Partners, payment: payments.Payment): Promise<Outcome> {
  const { resultStatus } = await ask(ctx, partners, payment, 'cancelPayment')
  if (resultStatus !== 'S') return retry(ctx, WALLET_INQUIRY_SECONDS[0], 'not final')
  await ctx.tx((tx) => takeWord(tx, payment, { event: 'decline', code: 'PROCESS_FAIL' }))
  return DONE
}

async function cancelAt(ctx: Ctx, partners: Partners, payment: payments.Payment, work: Work): Promise<Outcome> {
  const reply = await ask(ctx, partners, payment, 'cancelPayment')
  const age = ctx.clock.now() - work.created_at
  // Never heard of it: nothing to be cancelled, once no `pay` can be on its way any more.
  if (reply.resultStatus === 'S' || (isUnheardOf(reply) && age > PAY_ENDS_MS)) return DONE
  if (age > WALLET_CANCEL.forSeconds * 1000) return { giveUp: true, error: 'the wallet did not take the cancel' }
  return retry(ctx, isUnheardOf(reply) ? PAY_ENDS_MS / 1000 : WALLET_CANCEL.everySeconds, reply.resultCode)
}

function retry(ctx: Ctx, seconds: number, error: string): Outcome {
  return { retryInMs: Math.round((seconds * 1000) / ctx.config.clockFactor), error }
}

function waitOf(ctx: Ctx, attempts: number): number {
  const seconds = WALLET_INQUIRY_SECONDS[Math.min(attempts, WALLET_INQUIRY_SECONDS.length - 1)] ?? 0
  return Math.round((seconds * 1000) / ctx.config.clockFactor)
}

function inquiredIn(reply: Reply): Said {
  const parsed = reply.resultStatus === 'S' ? InquiredResult.safeParse(reply.body) : undefined
  if (!parsed?.success || parsed.data.paymentResult.resultStatus === 'U') return null
  const { resultStatus, resultCode } = parsed.data.paymentResult
  if (resultStatus === 'F') return { event: 'decline', code: declineOf(resultCode) }
  const { customerId } = reply.body
  return { event: 'confirm', code: 'SUCCESS', ...(isId(customerId) ? { customerId } : {}) }
}
