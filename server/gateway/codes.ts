/** Codes that a merchant shows and a payer reads. */
import { Refusal } from '../../rules/refusals.ts'
import type { Ctx } from '../context.ts'
import * as store from './store.ts'

/** One of the two. */
export type Reading = { order: store.WalletKey | null; page: string | null }

/**
 * What the wallet of an application makes of a code. The code of an order is the address of its page; any other address on the web is
 * the page of a shop, where the payer goes on.
 */
export async function readCode(ctx: Ctx, applicationId: string, code: string): Promise<Reading> {
  const key = orderKeyIn(code, ctx.config.origin)
  if (key === undefined) {
    // As the browser would read it, so that what was judged is what is opened.
    if (isWebPage(code, ctx.config.origin)) return { order: null, page: new URL(code).href }
    throw new Refusal('code.unknown')
  }
  const payment = await store.findPaymentBySecret(ctx, key)
  // A wallet pays in its own sandbox only: another application's order is none here.
  if (payment?.application_id !== applicationId) throw new Refusal('code.unknown')
  return { order: key, page: null }
}

function orderKeyIn(code: string, origin: string): store.WalletKey | undefined {
  const [, paymentId, secret] = /^\/wallet\/pay\/(\d{32})\/([A-Za-z0-9_-]{22})$/.exec(pathBelow(code, origin)) ?? []
  return paymentId && secret ? { paymentId, secret } : undefined
}

const pathBelow = (code: string, origin: string) => (code.startsWith(origin) ? code.slice(origin.length) : '')

/** A page of our own is no shop: neither the console nor another wallet is opened by a code. */
function isWebPage(code: string, origin: string): boolean {
  if (!URL.canParse(code)) return false
  const url = new URL(code)
  return /^https?:$/.test(url.protocol) && url.origin !== origin && url.username === '' && url.password === ''
}
