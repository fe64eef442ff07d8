/**
 * Money is a whole number of the currency's smallest unit (`bigint`) and an ISO 4217 code. On the wire the value is a string of
 * digits: 1000 JPY is "1000", 10.00 USD is "1000".
 */
export type Money = { currency: string; amountMinor: bigint }

/** Fifteen digits hold any payment and fit every engine's integer exactly. */
export const AMOUNT_DIGITS_MAX = 15

const DECIMALS: Record<string, number> = {
  BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0, RWF: 0, UGX: 0, VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0,
  BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3,
} // biome-ignore format: one line per group

/** Decimals of a currency: 2 unless the ISO 4217 list says otherwise. */
export function decimalsOf(currency: string): number {
  return DECIMALS[currency] ?? 2
}

/** For people: `10.00 USD`, `1,000 JPY`. */
export function moneyText({ currency, amountMinor }: Money): string {
  const decimals = decimalsOf(currency)
  const digits = amountMinor.toString().padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals).replace(/\B(?=(\d{3})+$)/g, ',')
  return decimals === 0 ? `${whole} ${currency}` : `${whole}.${digits.slice(-decimals)} ${currency}`
}

export function sameMoney(a: Money, b: Money): boolean {
  return a.currency === b.currency && a.amountMinor === b.amountMinor
}

/** Why a text is no amount of a currency: `decimals`, more of them than it has. */
export type AmountFault = 'not_a_number' | 'decimals' | 'not_more_than_0' | 'too_large'

/** What a person has typed, such as `10`, `10.5` or `10.00`, in the smallest unit of the currency. */
export function amountIn(text: string, currency: string): bigint | AmountFault {
  const [, whole = '', decimals = ''] = /^(\d{1,40})(?:\.(\d{1,40}))?$/.exec(text.trim()) ?? []
  if (whole === '') return 'not_a_number'
  const places = decimalsOf(currency)
  if (decimals.length > places) return 'decimals'
  const amount = BigInt(whole + decimals.padEnd(places, '0'))
  if (amount === 0n) return 'not_more_than_0'
  return amount.toString().length > AMOUNT_DIGITS_MAX ? 'too_large' : amount
}

/** As it is typed: without the currency, and without commas. */
export function amountText({ currency, amountMinor }: Money): string {
  return moneyText({ currency, amountMinor }).replace(` ${currency}`, '').replaceAll(',', '')
}
