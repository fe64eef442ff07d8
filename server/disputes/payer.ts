/** Disputes as the payer of the Test Wallet opens and sees them. */
import { type DisputeKind, DISPUTES, type RefundType } from '../../rules/dispute.ts'
import { Refusal } from '../../rules/refusals.ts'
import type { Ctx } from '../context.ts'
import { isoTime } from '../gateway/facts.ts'
import { GatewayRefusal } from '../gateway/refusal.ts'
import type { Payment } from '../gateway/store.ts'
import { open } from './disputes.ts'
import * as store from './store.ts'

/** What the rules do not allow is told beside the choice. */
export async function openByPayer(ctx: Ctx, payment: Payment, kind: DisputeKind, reason: string): Promise<void> {
  if (payment.wallet_application_id !== null) throw new Refusal('order.elsewhere')
  try {
    await ctx.tx((tx) => open(tx, payment, { kind, reason, wallet: null }))
  } catch (error) {
    if (!(error instanceof GatewayRefusal)) throw error
    throw new Refusal('dispute.not_possible', { fields: [{ path: 'kind', message: error.message }] })
  }
}

type Words = { refundType?: RefundType; refundAmount?: { currency: string; value: string }; responseMessage?: string }

/** Of one payment, the oldest first, with what the acquirer has answered. */
export async function listDisputes(ctx: Ctx, { application_id, payment_request_id }: Payment) {
  const rows = await store.listOfPayment(ctx, application_id, payment_request_id)
  return rows.map((row) => {
    const words: Words = row.answer === null ? {} : JSON.parse(row.answer) // written by us
    return {
      kind: row.kind as DisputeKind, // written by us, like the state
      state: row.state as 'open' | 'answered',
      openedAt: isoTime(row.created_at),
      refundType: words.refundType ?? null,
      refundAmount: words.refundAmount ?? null,
      message: words.responseMessage ?? null,
    }
  })
}

/** Whether the acquirer has said where he is told of disputes. */
export async function takesDisputes(ctx: Ctx, applicationId: string): Promise<boolean> {
  const urls = await Promise.all(
    Object.values(DISPUTES).map(({ initiate }) => store.findReceiver(ctx, applicationId, initiate)),
  )
  return urls.every((receiver) => receiver?.url != null)
}
