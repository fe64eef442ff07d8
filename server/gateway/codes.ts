/** Codes that a merchant shows and a payer reads. */
import { Refusal } from '../../rules/refusals.ts'
import { TEST_WALLET } from '../../rules/wallet.ts'
import type { Ctx } from '../context.ts'
import type { Wall } from '../outgoing/wall.ts'
import { isWebPage, orderKeyIn } from './code-text.ts'
import type { Partners } from './partner-calls.ts'
import { payByPrivateCode } from './private-codes.ts'
import { GatewayRefusal } from './refusal.ts'
import * as store from './store.ts'

/** One of the two. */
export type Reading = { order: store.WalletKey | null; page: string | null }

/** How a wallet gets to know of a code that only its acquirer understands. */
export type Asking = { partners: Partners; wall: Wall }

/**
 * What the wallet of an application makes of a code. The code of an order is the address of its page; any other address on the web is
 * the page of a shop, where the payer goes on; and of what is no address at all the acquirer is asked.
 */
export async function readCode(ctx: Ctx, asking: Asking, applicationId: string, code: string): Promise<Reading> {
  const key = orderKeyIn(code, ctx.config.origin)
  if (key === undefined) {
    // As the browser would read it, so that what was judged is what is opened.
    if (isWebPage(code, ctx.config.origin)) return { order: null, page: new URL(code).href }
    if (URL.canParse(code)) throw new Refusal('code.unknown')
    return readPrivate(ctx, asking, applicationId, code)
  }
  const payment = await store.findPaymentBySecret(ctx, key)
  // A wallet pays in its own sandbox only: another application's order is none here.
  if (payment?.application_id !== applicationId) throw new Refusal('code.unknown')
  return { order: key, page: null }
}

async function readPrivate(ctx: Ctx, asking: Asking, applicationId: string, codeValue: string): Promise<Reading> {
  const acquirer = await asking.partners.clientOf(ctx, applicationId)
  if (!acquirer) throw new Refusal('code.unknown')
  const payer = { pspId: TEST_WALLET.pspId, customerId: TEST_WALLET.customerId }
  const read = await payByPrivateCode(ctx, {
    ...asking,
    ...{ family: 'aps', byTestMerchant: false, acquirer, codeValue, payer },
  }).catch((error) => {
    if (!(error instanceof GatewayRefusal)) throw error
    if (error.code === 'REQUEST_TRAFFIC_EXCEED_LIMIT') throw new Refusal('request.too_many', { retryAfterSeconds: 1 })
    throw new Refusal(error.code === 'UNKNOWN_EXCEPTION' ? 'code.no_answer' : 'code.unknown')
  })
  if ('page' in read) return { order: null, page: read.page }
  return { order: { paymentId: read.payment.payment_id, secret: read.payment.wallet_secret }, page: null }
}
