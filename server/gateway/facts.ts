/** What a payment is, read off its row: the same facts for every family of answers. */
import { causePage } from '../../rules/cause-page.ts'
import { CAUSES, type Cause } from '../../rules/causes.ts'
import { codeIn, type Family } from '../../rules/interfaces.ts'
import { OUTCOME } from '../../rules/payment.ts'
import { asResultCode, type ResultCode, resultOf } from '../../rules/results.ts'
import { TEST_WALLET } from '../../rules/wallet.ts'
import type { Row } from '../db/schema.ts'
import { quoteOf } from './settlement.ts'
import type { Payment } from './store.ts'

export type Facts = Omit<Payment, 'pay_answer'>
export type Refunded = Omit<Row<'refunds'>, 'answer'>

/** What a family has words for. */
export type Answers = {
  /** The answer of `pay`, as it is stored and repeated. */
  pay(payment: Facts, participantId: string, origin: string): string
  /** The call worked; how the payment went stands in a part of its own. */
  inquiry(payment: Facts, refunds: readonly Row<'refunds'>[], participantId: string): string
  cancel(payment: Facts, participantId: string): string
  /** The answer of `refund`, as it is stored and repeated. */
  refund(refund: Refunded, payment: Facts, participantId: string): string
  /** The body of a notification of a payment: only ever about a final outcome. */
  notification(payment: Facts, participantId: string): string
}

/** Who a payer is on the wire: his wallet, and what that calls him. Stored as JSON with a payment of a wallet partner. */
export type WalletPayer = { pspId: string; name: string; customerId: string }

const TEST_PAYER: WalletPayer = { pspId: TEST_WALLET.pspId, name: TEST_WALLET.name, customerId: TEST_WALLET.customerId }

export function payerOf({ wallet_payer }: Pick<Facts, 'wallet_payer'>): WalletPayer {
  return wallet_payer === null ? TEST_PAYER : (JSON.parse(wallet_payer) as WalletPayer) // written by us
}

/** The payment's own outcome, as a result code. */
export function outcomeOf(payment: Pick<Facts, 'state' | 'result_code'>): ResultCode {
  const decided = payment.state === 'FAILED' ? asResultCode(payment.result_code) : undefined
  return decided ?? OUTCOME[payment.state]
}

/** A cancel that came before its payment: it holds the id, so that the payment can never start. */
export function isTombstone(payment: Pick<Facts, 'amount_minor'>): boolean {
  return payment.amount_minor === 0
}

/** How the payment itself went when it was decided; giving the money back later does not change that. Null: it never was. */
export function decisionOf(payment: Facts): ResultCode | null {
  return payment.state === 'CANCELLED' ? (asResultCode(payment.result_code) ?? null) : outcomeOf(payment)
}

/** Paid, whatever came of the money afterwards. */
export function isPaid({ state }: Pick<Facts, 'state'>): boolean {
  return OUTCOME[state] === 'SUCCESS'
}

/** Where the payer decides: a page of the Test Wallet. As a QR code it is an order code. */
export function payerPage({ payment_id, wallet_secret }: Facts, origin: string): string {
  return `${origin}/wallet/pay/${payment_id}/${wallet_secret}`
}

/** How the payer of an open payment gets there: sent by the merchant, or by reading the code of the order. */
export function wayToPayer(payment: Facts): 'page' | 'code' | undefined {
  if (payment.state !== 'PAYING' || payment.product === 'user_presented' || payment.product === 'auto_debit')
    return undefined
  return payment.scenario === 'OrderCode' ? 'code' : 'page'
}

/** The code of an order, for the merchant to show. */
export function orderCodeForm(payment: Facts, origin: string) {
  return {
    paymentMethodType: payment.method_type,
    expireTime: isoTime(payment.expires_at),
    codeDetails: [{ codeValueType: 'QRCODE', displayType: 'TEXT', codeValue: payerPage(payment, origin) }],
  }
}

/** An answer that is a result and nothing else. */
export function resultAnswer(family: Family, code: ResultCode): string {
  return JSON.stringify({ result: resultOf(codeIn(family, code)) })
}

/** A refusal says why, and which page of the docs of this center says more. */
export function refusedAnswer(family: Family, { code, reason, message }: Refused, origin: string): string {
  return JSON.stringify({ result: resultOf(codeIn(family, code), message, causePage(origin, reason)) })
}

type Refused = { code: ResultCode; reason: Cause; message: string }

/** What an agreed input is refused for that asks for an unknown result. */
export const UNKNOWN_ON_PURPOSE: Cause = 'simulator.unknown'

/** It was done, and the answer says that nobody knows. */
export function unknownOnPurpose(family: Family, origin: string): { body: string; cause: Cause } {
  const [code, message] = CAUSES[UNKNOWN_ON_PURPOSE]
  return {
    body: refusedAnswer(family, { code, reason: UNKNOWN_ON_PURPOSE, message }, origin),
    cause: UNKNOWN_ON_PURPOSE,
  }
}

export function amountOf({ currency, amount_minor }: { currency: string; amount_minor: number }) {
  return { currency, value: String(amount_minor) }
}

export function isoTime(at: number): string {
  return new Date(at).toISOString()
}

/** The quote as both families write it, where there is one; the price is a JSON number. `own`: what the family adds. */
export function settlementQuote(payment: Facts, own: Record<string, unknown>) {
  const quote = quoteOf(payment)
  if (quote === null) return undefined
  return {
    quoteId: quote.id,
    quoteCurrencyPair: quote.pair,
    quotePrice: Number(quote.price),
    quoteStartTime: isoTime(quote.startsAt),
    quoteExpiryTime: isoTime(quote.expiresAt),
    ...own,
  }
}

/** What a payment, or a refund of it, is worth in the currency of its settlement; undefined where that is the one it is paid in. */
export function settlementAmount({ settlement_currency }: Facts, minor: number | null) {
  if (settlement_currency === null || minor === null) return undefined
  return amountOf({ currency: settlement_currency, amount_minor: minor })
}
