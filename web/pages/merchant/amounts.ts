/** Amounts as they are typed, and as they are sent. */
import { amountIn, amountText, decimalsOf, moneyText } from '../../../rules/money.ts'
import type { WireAmount } from '../../../rules/test-merchant.ts'
import { texts } from './texts.ts'

/** What is wrong with a typed amount; null where it is right. */
export function amountFault(text: string, currency: string): string | null {
  const amount = amountIn(text, currency)
  return typeof amount === 'bigint' ? null : texts.amountFaults[amount](currency, decimalsOf(currency))
}

/** Of a text that has been found right. */
export const wireAmount = (text: string, currency: string): WireAmount => ({
  currency,
  value: String(amountIn(text, currency)),
})

const money = ({ currency, value }: WireAmount) => ({ currency, amountMinor: BigInt(value) })
export const shown = (amount: WireAmount): string => moneyText(money(amount))
export const typed = (amount: WireAmount): string => amountText(money(amount))
