/** The Test Wallet: the payer looks at the order and pays or declines. */
import { Refusal } from '../../rules/refusals.ts'
import { TEST_WALLET } from '../../rules/wallet.ts'
import type { Ctx } from '../context.ts'
import { isoTime } from './answers.ts'
import { closeExpired, isExpired, move } from './payments.ts'
import * as store from './store.ts'

export async function getOrder(ctx: Ctx, key: store.WalletKey) {
  const payment = await store.findPaymentBySecret(ctx, key)
  if (!payment) throw new Refusal('thing.not_found')
  return viewOf(isExpired(ctx, payment) ? await closeExpired(ctx, payment) : payment)
}

export async function decide(ctx: Ctx, key: store.WalletKey, decision: 'pay' | 'decline') {
  const moved = await ctx.tx(async (tx) => {
    const payment = await store.findPaymentBySecret(tx, key)
    if (!payment) throw new Refusal('thing.not_found')
    if (isExpired(tx, payment)) return move(tx, payment, 'expire')
    return move(tx, payment, decision === 'pay' ? 'confirm' : 'decline')
  })
  if (moved.state !== (decision === 'pay' ? 'SUCCESS' : 'FAILED')) throw new Refusal('order.closed')
  return viewOf(moved)
}

function viewOf(payment: store.Payment) {
  return {
    merchantName: payment.merchant_name,
    orderDescription: payment.order_description,
    amount: { currency: payment.currency, value: String(payment.amount_minor) },
    walletName: TEST_WALLET.name,
    state: payment.state,
    expiresAt: isoTime(payment.expires_at),
    redirectUrl: payment.redirect_url,
  }
}
