/** Disputes: opened by a payer's wallet, told to the acquirer, answered by him, and told to the wallet. */
import type { DisputeRequest, DisputeResponse } from '../../contract/gateway-disputes.ts'
import { DISPUTE_DAYS, DISPUTES, type DisputeKind, disputeFault } from '../../rules/dispute.ts'
import { type Money, sameMoney } from '../../rules/money.ts'
import type { NotificationApi } from '../../rules/products.ts'
import { resultOf } from '../../rules/results.ts'
import type { Ctx, TxCtx } from '../context.ts'
import type { Client } from '../gateway/clients.ts'
import { amountOf, isoTime, isPaid, payerOf } from '../gateway/facts.ts'
import { newPaymentId } from '../gateway/pay.ts'
import type { Answered, Prepared } from '../gateway/payments.ts'
import { GatewayRefusal, illegal, noPayment } from '../gateway/refusal.ts'
import * as payments from '../gateway/store.ts'
import { addNotification } from '../notifications/notifications.ts'
import * as store from './store.ts'

const DAY_MS = 24 * 60 * 60 * 1000

const answered = (payment: { payment_id: string } | null, facts: Record<string, unknown> = {}): Answered => ({
  body: JSON.stringify({ result: resultOf('SUCCESS'), ...facts }),
  paymentRequestId: payment?.payment_id ?? null,
  paymentId: payment?.payment_id ?? null,
})

// ── opening ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** By a wallet partner: the id is his for ever, and with another payment it is REPEAT_REQ_INCONSISTENT. */
export const initiate =
  (kind: DisputeKind) =>
  async (ctx: Ctx, client: Client, request: DisputeRequest): Promise<Prepared> => {
    const payment = await payments.findPaymentById(ctx, request.paymentRequestId)
    if (payment?.wallet_application_id !== client.applicationId) throw noPayment()
    const { applicationId } = client
    const expected = answered(payment)
    return {
      expected,
      async apply(tx) {
        await open(tx, payment, {
          kind,
          reason: request.disputeReason ?? '',
          amount: request.disputeAmount,
          wallet: { applicationId, disputeRequestId: request.disputeRequestId },
        })
        return expected
      },
    }
  }

/** True: this very dispute was opened before. */
async function isRepeated(tx: TxCtx, payment: payments.Payment, { kind, wallet }: Opening): Promise<boolean> {
  const before = wallet && (await store.findOfWallet(tx, wallet.applicationId, wallet.disputeRequestId))
  if (!before) return false
  const isSame =
    before.kind === kind &&
    before.application_id === payment.application_id &&
    before.payment_request_id === payment.payment_request_id
  if (isSame) return true
  throw usedBefore()
}

const usedBefore = () => new GatewayRefusal('dispute.repeated_otherwise')

export type Opening = {
  kind: DisputeKind
  reason: string
  /** The whole payment, where it is left out. */
  amount?: Money | undefined
  /** Null: the payer of the Test Wallet. */
  wallet: { applicationId: string; disputeRequestId: string } | null
}

/** Of many at once one after the other is looked at. Refuses what the rules do not allow. */
export async function open(tx: TxCtx, { application_id, payment_request_id }: payments.Payment, opening: Opening) {
  await store.holdPayment(tx, application_id, payment_request_id)
  const payment = await payments.findPayment(tx, application_id, { paymentRequestId: payment_request_id })
  const api = DISPUTES[opening.kind].initiate
  const acquirer = await store.findReceiver(tx, application_id, api)
  if (!payment || !acquirer) throw noPayment()
  if (await isRepeated(tx, payment, opening)) return
  const { url } = acquirer
  if (url === null) throw new GatewayRefusal('dispute.no_url', `The acquirer has set no URL for ${api}.`)
  const now = tx.clock.now() + acquirer.clock_offset_ms
  const amount = await disputedAmount(tx, payment, opening, now)
  const dispute: store.Dispute = {
    id: newPaymentId(now),
    application_id,
    payment_request_id,
    kind: opening.kind,
    reason: opening.reason,
    amount_minor: Number(amount.amountMinor),
    currency: amount.currency,
    wallet_application_id: opening.wallet?.applicationId ?? null,
    wallet_dispute_id: opening.wallet?.disputeRequestId ?? null,
    state: 'open',
    created_at: now,
    answer: null,
    answered_at: null,
  }
  // At the same moment, about another payment: only one of them is there.
  if (!(await store.insert(tx, dispute))) throw usedBefore()
  await tell(tx, payment, dispute, { applicationId: application_id, clientId: acquirer.client_id, api, url })
}

async function disputedAmount(
  tx: TxCtx,
  payment: payments.Payment,
  { kind, amount }: Opening,
  now: number,
): Promise<Money> {
  if (!isPaid(payment)) throw new GatewayRefusal('dispute.not_paid')
  const before = await store.listOfPayment(tx, payment.application_id, payment.payment_request_id)
  const known = before.map((dispute) => ({ ...dispute, answeredAt: dispute.answered_at }))
  const fault = disputeFault(kind, payment.final_at ?? payment.created_at, known, now)
  if (fault) throw new GatewayRefusal('dispute.not_now', fault)
  const left = { currency: payment.currency, amountMinor: BigInt(payment.amount_minor - payment.refunded_minor) }
  const wanted = amount ?? left
  if (wanted.currency !== left.currency)
    throw illegal('dispute.currency', 'disputeAmount.currency', `must be ${left.currency}`)
  if (kind === 'escalation' && (wanted.amountMinor > left.amountMinor || left.amountMinor === 0n)) {
    throw new GatewayRefusal('dispute.too_much')
  }
  return wanted
}

type Receiver = { applicationId: string; clientId: string; api: NotificationApi; url: string }

/** The acquirer, in his own words: his paymentRequestId, and the network's id of the dispute. */
async function tell(tx: TxCtx, payment: payments.Payment, dispute: store.Dispute, receiver: Receiver): Promise<void> {
  const body = {
    disputeRequestId: dispute.id,
    pspId: payerOf(payment).pspId,
    paymentRequestId: payment.payment_request_id,
    paymentId: payment.payment_id,
    disputeOccurTime: isoTime(dispute.created_at),
    responseDueTime: isoTime(dispute.created_at + DISPUTE_DAYS.respond * DAY_MS),
    ...(dispute.reason === '' ? {} : { disputeReason: dispute.reason }),
    disputeAmount: amountOf(dispute),
  }
  await addNotification(tx, { ...notificationOf(payment, receiver, dispute.created_at), body: JSON.stringify(body) })
}

const notificationOf = (payment: payments.Payment, receiver: Receiver, eventAt: number) => ({
  ...receiver,
  eventAt,
  paymentRequestId: payment.payment_request_id,
  paymentId: payment.payment_id,
  family: 'aps' as const,
  delaySeconds: 0,
  misbehaviour: null,
})

// ── answering ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** By the acquirer, once: the same answer again is taken again, another one is REPEAT_REQ_INCONSISTENT. */
export const respond =
  (kind: DisputeKind) =>
  async (ctx: Ctx, client: Client, request: DisputeResponse): Promise<Prepared> => {
    const found = await store.find(ctx, client.applicationId, request.disputeRequestId)
    if (found?.kind !== kind) throw new GatewayRefusal('dispute.unknown')
    const disputed = { currency: found.currency, amountMinor: BigInt(found.amount_minor) }
    ensureRefund(request, disputed)
    const said = JSON.stringify(wordsOf(request, disputed))
    const expected: Answered = { ...answered(null), paymentRequestId: found.payment_request_id }
    return {
      expected,
      async apply(tx) {
        const answered_at = tx.clock.now() + client.clockOffsetMs
        if (await store.answer(tx, found.id, { answer: said, answered_at })) {
          await tellWallet(tx, found, said, answered_at)
          return expected
        }
        const now = await store.find(tx, client.applicationId, found.id)
        if (now?.answer === said) return expected
        throw new GatewayRefusal('dispute.answered_otherwise')
      },
    }
  }

function ensureRefund({ refundType, refundAmount }: DisputeResponse, disputed: Money): void {
  if (!refundAmount) return
  if (refundType === 'NO_REFUND')
    throw illegal('dispute.refund_unwanted', 'refundAmount', 'must be left out with NO_REFUND')
  if (refundAmount.currency !== disputed.currency)
    throw illegal('dispute.refund_currency', 'refundAmount.currency', `must be ${disputed.currency}`)
  const isWhole = sameMoney(refundAmount, disputed)
  if (refundType === 'FULL_REFUND' && !isWhole)
    throw illegal('dispute.refund_not_whole', 'refundAmount', 'must be the disputed amount')
  if (refundAmount.amountMinor > disputed.amountMinor)
    throw illegal('dispute.refund_too_much', 'refundAmount', 'must be at most the disputed amount')
}

function wordsOf({ refundType, refundAmount, responseMessage }: DisputeResponse, disputed: Money) {
  const amount = refundType === 'FULL_REFUND' ? disputed : refundAmount
  const { currency, amountMinor } = amount ?? disputed
  return {
    ...(refundType === undefined ? {} : { refundType }),
    ...(amount === undefined ? {} : { refundAmount: { currency, value: String(amountMinor) } }),
    ...(responseMessage ? { responseMessage } : {}),
  }
}

/** A wallet partner, by the id that he gave; the Test Wallet shows it by itself. */
async function tellWallet(tx: TxCtx, dispute: store.Dispute, said: string, answeredAt: number): Promise<void> {
  const { wallet_application_id: applicationId, wallet_dispute_id } = dispute
  if (applicationId === null) return
  const api = DISPUTES[dispute.kind as DisputeKind].respond // written by us
  const wallet = await store.findReceiver(tx, applicationId, api)
  const payment = await payments.findPayment(tx, dispute.application_id, {
    paymentRequestId: dispute.payment_request_id,
  })
  if (!wallet?.url || !payment) return
  const receiver = { applicationId, clientId: wallet.client_id, api, url: wallet.url }
  const body = { disputeRequestId: wallet_dispute_id, paymentRequestId: payment.payment_id, ...JSON.parse(said) }
  await addNotification(tx, {
    ...notificationOf(payment, receiver, answeredAt),
    paymentRequestId: payment.payment_id,
    body: JSON.stringify(body),
  })
}
