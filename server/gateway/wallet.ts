/** The Test Wallet: the payer shows a code, looks at the order, and pays or declines. */
import { PAYMENT_CODE, WALLET_WAITING } from '../../rules/limits.ts'
import { OUTCOME } from '../../rules/payment.ts'
import type { ProductId } from '../../rules/products.ts'
import { Refusal } from '../../rules/refusals.ts'
import { agreedBy } from '../../rules/simulator.ts'
import { TEST_WALLET } from '../../rules/wallet.ts'
import type { DisputeKind } from '../../rules/dispute.ts'
import { takeOfQuota } from '../accounts/accounts.ts'
import { endAgreement as endAgreementOf, listAgreements } from '../agreements/payer.ts'
import { freshBytes } from '../clock.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { listDisputes, openByPayer, takesDisputes } from '../disputes/payer.ts'
import { findPayer, getPayer, type Payer } from '../merchants/wallet-accounts.ts'
import { tokenHash } from '../seal.ts'
import { type Asking, readCode as readCodeFor } from './codes.ts'
import { amountOf, isoTime, isPaid, outcomeOf, payerOf } from './facts.ts'
import { dueEvent, findSame, move, settle, settleNow } from './payments.ts'
import * as store from './store.ts'
import * as wallets from './wallet-store.ts'

const LAST_PAYMENTS = 10

// ── one order ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** `cookie`: of the merchant who is logged in to the Test Wallet in this browser, if any is. */
export async function getOrder(ctx: Ctx, key: store.WalletKey, cookie: string | undefined) {
  const payment = await store.findPaymentBySecret(ctx, key)
  if (!payment) throw new Refusal('thing.not_found')
  const { clock_offset_ms } = await store.getClientOfApplication(ctx, payment.application_id)
  const isDue = dueEvent(payment, ctx.clock.now() + clock_offset_ms) !== undefined
  return orderView(ctx, isDue ? await settleNow(ctx, payment) : payment, await findPayer(ctx, cookie))
}

export async function decide(ctx: Ctx, key: store.WalletKey, decision: 'pay' | 'decline', cookie: string | undefined) {
  const payer = await findPayer(ctx, cookie)
  const wanted = await ctx.tx(async (tx) => {
    const found = await store.findPaymentBySecret(tx, key)
    if (!found) throw new Refusal('thing.not_found')
    return decideOpen(tx, await settle(tx, found), decision, payer)
  })
  if (!wanted.isDone) throw new Refusal('order.closed')
  return orderView(ctx, wanted.payment, payer)
}

/** Only who has paid asks; what he asks is told to the acquirer. */
export async function dispute(ctx: Ctx, key: store.WalletKey, { kind, reason }: { kind: DisputeKind; reason: string }) {
  const payment = await store.findPaymentBySecret(ctx, key)
  if (!payment) throw new Refusal('thing.not_found')
  await openByPayer(ctx, payment, kind, reason)
  return orderView(ctx, payment, undefined)
}

/** `isDone`: the order is, or will be, what the payer wished. So deciding twice the same way is harmless. */
async function decideOpen(tx: TxCtx, payment: store.Payment, decision: 'pay' | 'decline', payer: Payer | undefined) {
  if (payment.wallet_application_id !== null) throw new Refusal('order.elsewhere')
  const agreed = agreedBy(payment.agreed)
  const code = decision === 'decline' ? OUTCOME.FAILED : (agreed.walletSays ?? OUTCOME.SUCCESS)
  const after = await takeDecision(tx, await withPayer(tx, payment, payer), decision, code)
  const isDone = after.state === 'PAYING' ? after.decides_as === code : after.result_code === code
  return { payment: after, isDone: isDone && after.state !== 'CANCELLED' }
}

/** A payment is a merchant's when its account decides it. One of another application has no wallet here. */
async function withPayer(tx: TxCtx, payment: store.Payment, payer: Payer | undefined): Promise<store.Payment> {
  const isOpen = payment.state === 'PAYING' && payment.decides_at === null && payment.payer_account === null
  if (!isOpen || payer?.application_id !== payment.application_id) return payment
  await wallets.setPayer(tx, payment, payer.id)
  return { ...payment, payer_account: payer.id }
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

async function orderView(ctx: Ctx, payment: store.Payment, payer: Payer | undefined) {
  const isOwn = payer?.application_id === payment.application_id && payment.state === 'PAYING'
  const payerId = payment.payer_account ?? (isOwn ? payer.id : null)
  return {
    merchantName: payment.merchant_name,
    orderDescription: payment.order_description,
    amount: amountOf(payment),
    walletName: payerOf(payment).name,
    payerName: payerId === null ? null : await wallets.findPayerName(ctx, payerId),
    state: payment.state,
    isProcessing: payment.state === 'PAYING' && payment.decides_at !== null,
    failure: payment.state === 'FAILED' ? outcomeOf(payment) : null,
    expiresAt: isoTime(payment.expires_at),
    redirectUrl: payment.redirect_url,
    ...(await disputesOf(ctx, payment)),
  }
}

async function disputesOf(ctx: Ctx, payment: store.Payment) {
  if (!isPaid(payment) || payment.wallet_application_id !== null) return { takesDisputes: false, disputes: [] }
  return {
    takesDisputes: await takesDisputes(ctx, payment.application_id),
    disputes: await listDisputes(ctx, payment),
  }
}

// ── the wallet of an application, and of a merchant ──────────────────────────────────────────────────────────────────────

export async function getWallet(ctx: Ctx, secret: string) {
  const { application_id } = await getClient(ctx, secret)
  return walletView(ctx, { applicationId: application_id, payerAccount: null })
}

export async function getMerchantWallet(ctx: Ctx, cookie: string | undefined) {
  const payer = await getPayer(ctx, cookie)
  return {
    ...(await walletView(ctx, walletOf(payer))),
    merchant: { name: payer.name, mid: payer.mid, account: payer.account },
  }
}

const walletOf = ({ id, application_id }: Payer) => ({ applicationId: application_id, payerAccount: id })

async function walletView(ctx: Ctx, wallet: wallets.Wallet) {
  const { applicationId } = wallet
  const { name, clock_offset_ms } = await wallets.getClock(ctx, applicationId)
  const now = ctx.clock.now() + clock_offset_ms
  const newest = await wallets.findNewestCode(ctx, wallet, now - PAYMENT_CODE.seconds * 1000)
  const waiting = (await wallets.listWaiting(ctx, wallet, WALLET_WAITING)).filter(
    (payment) => payment.expires_at > now && agreedBy(payment.agreed).payerConfirms,
  )
  const payments = await wallets.listDecided(ctx, wallet, LAST_PAYMENTS)
  return {
    walletName: TEST_WALLET.name,
    applicationName: name,
    showsCodes: await wallets.hasProduct(ctx, applicationId, 'user_presented'),
    readsCodes: await wallets.hasProduct(ctx, applicationId, 'merchant_presented'),
    now: isoTime(now),
    agreements: await listAgreements(ctx, applicationId, wallet.payerAccount),
    code:
      newest && newest.used_by === null && newest.expires_at > now
        ? { value: newest.code, expiresAt: isoTime(newest.expires_at) }
        : null,
    waiting: waiting.map(paymentView),
    payments: payments.map(paymentView),
  }
}

export async function readCode(ctx: Ctx, asking: Asking, secret: string, code: string) {
  const { application_id } = await getClient(ctx, secret)
  return readCodeFor(ctx, asking, application_id, code)
}

export async function readMerchantCode(ctx: Ctx, asking: Asking, cookie: string | undefined, code: string) {
  const { application_id } = await getPayer(ctx, cookie)
  return readCodeFor(ctx, asking, application_id, code)
}

export async function endAgreement(ctx: Ctx, { partners }: Asking, secret: string, id: string) {
  const { application_id: applicationId } = await getClient(ctx, secret)
  await endAgreementOf(ctx, partners, { applicationId, payerAccount: null, id })
  return getWallet(ctx, secret)
}

export async function endMerchantAgreement(ctx: Ctx, { partners }: Asking, cookie: string | undefined, id: string) {
  const { application_id: applicationId, id: payerAccount } = await getPayer(ctx, cookie)
  await endAgreementOf(ctx, partners, { applicationId, payerAccount, id })
  return getMerchantWallet(ctx, cookie)
}

export async function newPaymentCode(ctx: Ctx, secret: string) {
  const { application_id } = await getClient(ctx, secret)
  await addCode(ctx, { applicationId: application_id, payerAccount: null })
  return getWallet(ctx, secret)
}

export async function newMerchantPaymentCode(ctx: Ctx, cookie: string | undefined) {
  await addCode(ctx, walletOf(await getPayer(ctx, cookie)))
  return getMerchantWallet(ctx, cookie)
}

/** A new code beside the older ones, which stay good for their minute: a merchant may be reading one just now. */
async function addCode(ctx: Ctx, wallet: wallets.Wallet): Promise<void> {
  const { applicationId, payerAccount } = wallet
  await ctx.tx(async (tx) => {
    if (!(await wallets.hasProduct(tx, applicationId, 'user_presented'))) throw new Refusal('wallet.no_codes')
    // Holds the row of the count: of many at once one after the other makes its code.
    const key = `payment-codes:${payerAccount ?? applicationId}`
    if (!(await takeOfQuota(tx, key, PAYMENT_CODE.perMinute, 60)))
      throw new Refusal('wallet.too_many_codes', { retryAfterSeconds: 60 })
    const { clock_offset_ms } = await wallets.getClock(tx, applicationId)
    const now = tx.clock.now() + clock_offset_ms
    const newest = await wallets.findNewestCode(tx, wallet, now - PAYMENT_CODE.seconds * 1000)
    await wallets.insertCode(tx, {
      code: freshCode(),
      application_id: applicationId,
      // Two codes of one moment keep their order.
      created_at: Math.max(now, (newest?.created_at ?? 0) + 1),
      expires_at: now + PAYMENT_CODE.seconds * 1000,
      used_by: null,
      payer_account: payerAccount,
      customer_id: null,
    })
  })
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
    product: payment.product as ProductId, // written by us
    merchantName: payment.merchant_name,
    orderDescription: payment.order_description,
    amount: amountOf(payment),
    refunded: amountOf({ ...payment, amount_minor: payment.refunded_minor }),
    state: payment.state,
    at: isoTime(payment.final_at ?? payment.created_at),
    expiresAt: isoTime(payment.expires_at),
  }
}
