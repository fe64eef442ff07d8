/** The Test Wallet: the payer shows a code, looks at the order, and pays or declines. */
import { PAYMENT_CODE } from '../../rules/limits.ts'
import { OUTCOME, type ServedProduct } from '../../rules/payment.ts'
import { Refusal } from '../../rules/refusals.ts'
import { agreedBy } from '../../rules/simulator.ts'
import { TEST_WALLET } from '../../rules/wallet.ts'
import { freshBytes } from '../clock.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { tokenHash } from '../seal.ts'
import { amountOf, isoTime, outcomeOf } from './answers.ts'
import { dueEvent, findSame, move, settle, settleNow } from './payments.ts'
import * as store from './store.ts'
import * as wallets from './wallet-store.ts'

const LAST_PAYMENTS = 10

// ── one order ────────────────────────────────────────────────────────────────────────────────────────────────────────────

export async function getOrder(ctx: Ctx, key: store.WalletKey) {
  const payment = await store.findPaymentBySecret(ctx, key)
  if (!payment) throw new Refusal('thing.not_found')
  const { clock_offset_ms } = await store.getClientOfApplication(ctx, payment.application_id)
  const isDue = dueEvent(payment, ctx.clock.now() + clock_offset_ms) !== undefined
  return orderView(isDue ? await settleNow(ctx, payment) : payment)
}

export async function decide(ctx: Ctx, key: store.WalletKey, decision: 'pay' | 'decline') {
  const wanted = await ctx.tx(async (tx) => {
    const found = await store.findPaymentBySecret(tx, key)
    if (!found) throw new Refusal('thing.not_found')
    return decideOpen(tx, await settle(tx, found), decision)
  })
  if (!wanted.isDone) throw new Refusal('order.closed')
  return orderView(wanted.payment)
}

/** `isDone`: the order is, or will be, what the payer wished. So deciding twice the same way is harmless. */
async function decideOpen(tx: TxCtx, payment: store.Payment, decision: 'pay' | 'decline') {
  const agreed = agreedBy(payment.agreed)
  const code = decision === 'decline' ? OUTCOME.FAILED : (agreed.walletSays ?? OUTCOME.SUCCESS)
  const after = await takeDecision(tx, payment, decision, code)
  const isDone = after.state === 'PAYING' ? after.decides_as === code : after.result_code === code
  return { payment: after, isDone: isDone && after.state !== 'CANCELLED' }
}

async function takeDecision(
  tx: TxCtx,
  payment: store.Payment,
  decision: 'pay' | 'decline',
  code: ReturnType<typeof outcomeOf>,
): Promise<store.Payment> {
  if (payment.state !== 'PAYING' || payment.decides_at !== null) return payment
  const { walletSeconds } = agreedBy(payment.agreed)
  if (decision === 'decline' || walletSeconds === undefined) {
    return move(tx, payment, { event: code === OUTCOME.SUCCESS ? 'confirm' : 'decline', code })
  }
  const { clock_offset_ms } = await store.getClientOfApplication(tx, payment.application_id)
  const wakeAt = tx.clock.now() + walletSeconds * 1000
  await store.scheduleDecision(tx, payment, {
    decides_at: wakeAt + clock_offset_ms,
    decides_as: code,
    wake_at: wakeAt,
  })
  return (await findSame(tx, payment)) ?? payment
}

function orderView(payment: store.Payment) {
  return {
    merchantName: payment.merchant_name,
    orderDescription: payment.order_description,
    amount: amountOf(payment),
    walletName: TEST_WALLET.name,
    state: payment.state,
    isProcessing: payment.state === 'PAYING' && payment.decides_at !== null,
    failure: payment.state === 'FAILED' ? outcomeOf(payment) : null,
    expiresAt: isoTime(payment.expires_at),
    redirectUrl: payment.redirect_url,
  }
}

// ── the wallet of an application ─────────────────────────────────────────────────────────────────────────────────────────

export async function getWallet(ctx: Ctx, secret: string) {
  const { application_id, name, clock_offset_ms } = await getClient(ctx, secret)
  const now = ctx.clock.now() + clock_offset_ms
  const codes = await wallets.listCodes(ctx, application_id, now - 20 * 60_000, 50)
  const [newest] = codes
  const asked = codes.flatMap(({ used_by }) => (used_by === null ? [] : [used_by]))
  const waiting = (await wallets.listPayments(ctx, application_id, asked)).filter(
    (payment) => payment.state === 'PAYING' && payment.expires_at > now && agreedBy(payment.agreed).payerConfirms,
  )
  const payments = await wallets.listDecided(ctx, application_id, LAST_PAYMENTS)
  return {
    walletName: TEST_WALLET.name,
    applicationName: name,
    showsCodes: await wallets.hasProduct(ctx, application_id, 'user_presented'),
    now: isoTime(now),
    code:
      newest && newest.used_by === null && newest.expires_at > now
        ? { value: newest.code, expiresAt: isoTime(newest.expires_at) }
        : null,
    waiting: waiting.map(paymentView),
    payments: payments.map(paymentView),
  }
}

/** A new code beside the older ones, which stay good for their minute: a merchant may be reading one just now. */
export async function newPaymentCode(ctx: Ctx, secret: string) {
  await ctx.tx(async (tx) => {
    const { application_id, clock_offset_ms } = await getClient(tx, secret)
    if (!(await wallets.hasProduct(tx, application_id, 'user_presented'))) throw new Refusal('wallet.no_codes')
    const now = tx.clock.now() + clock_offset_ms
    const recent = await wallets.listCodes(tx, application_id, now - 60_000, PAYMENT_CODE.perMinute)
    if (recent.length >= PAYMENT_CODE.perMinute) throw new Refusal('wallet.too_many_codes', { retryAfterSeconds: 60 })
    await wallets.insertCode(tx, {
      code: freshCode(),
      application_id,
      // Two codes of one moment keep their order.
      created_at: Math.max(now, (recent[0]?.created_at ?? 0) + 1),
      expires_at: now + PAYMENT_CODE.seconds * 1000,
      used_by: null,
    })
  })
  return getWallet(ctx, secret)
}

/** The main format of the network: six digits of the issuer, two of the business, sixteen of the payer. */
function freshCode(): string {
  const digits = (freshBytes(8).readBigUInt64BE() % 10n ** 16n).toString().padStart(16, '0')
  return `${TEST_WALLET.issuerIndex}${TEST_WALLET.businessType}${digits}`
}

async function getClient(ctx: Ctx | TxCtx, secret: string) {
  const client = await wallets.findClientByWallet(ctx, tokenHash(secret))
  if (!client) throw new Refusal('thing.not_found')
  return client
}

function paymentView(payment: store.Payment) {
  return {
    paymentId: payment.payment_id,
    secret: payment.wallet_secret,
    product: payment.product as ServedProduct, // written by us
    merchantName: payment.merchant_name,
    orderDescription: payment.order_description,
    amount: amountOf(payment),
    refunded: amountOf({ ...payment, amount_minor: payment.refunded_minor }),
    state: payment.state,
    at: isoTime(payment.final_at ?? payment.created_at),
    expiresAt: isoTime(payment.expires_at),
  }
}
