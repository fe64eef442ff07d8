/**
 * Exchange in the sandbox. A payment that is settled in another currency carries a quote, and its settlement amount is exact: the amount
 * times the quote's price, half a smallest unit upwards.
 *
 * The prices are fixed and no market's, because a sandbox must answer the same tomorrow: the table says how many units of a currency one
 * US dollar buys. The price of a pair is the ratio of two lines, rounded once to eight significant digits, and that rounded price is
 * what is quoted, stored and multiplied with: whoever has the quote can compute the same amount.
 */
import { clearingDayOf, dayText, startOfClearingDay } from './clearing.ts'
import { AMOUNT_DIGITS_MAX, decimalsOf } from './money.ts'

// biome-ignore format: read as a table
const UNITS_PER_USD: Record<string, string> = {
  AED: '3.67', AUD: '1.5', BDT: '120', BHD: '0.376', BIF: '2880', BRL: '5.6', CAD: '1.4', CHF: '0.88', CLP: '950', CNY: '7.2',
  COP: '4200', CZK: '23', DJF: '178', DKK: '6.9', EGP: '48', EUR: '0.92', GBP: '0.78', GNF: '8600', HKD: '7.8', HUF: '370',
  IDR: '16000', ILS: '3.7', INR: '84', IQD: '1310', ISK: '138', JOD: '0.709', JPY: '150', KES: '129', KHR: '4100', KMF: '453',
  KRW: '1200', KWD: '0.307', KZT: '490', LAK: '22000', LKR: '300', LYD: '4.8', MMK: '2100', MNT: '3400', MOP: '8.03', MXN: '18',
  MYR: '4.4', NGN: '1500', NOK: '10.8', NPR: '134', NZD: '1.65', OMR: '0.385', PEN: '3.75', PHP: '57.5', PKR: '278', PLN: '4',
  PYG: '7500', QAR: '3.64', RON: '4.6', RWF: '1300', SAR: '3.75', SEK: '10.5', SGD: '1.35', THB: '35', TND: '3.1', TRY: '32',
  TWD: '32', TZS: '2600', UAH: '41', UGX: '3700', USD: '1', UYU: '40', VND: '25000', VUV: '119', XAF: '605', XOF: '605', XPF: '110',
  ZAR: '18',
}

/** The currencies that the sandbox pays and settles in, by their ISO 4217 codes. */
export const currencies = Object.keys(UNITS_PER_USD)

export function unitsPerUsd(currency: string): string {
  return UNITS_PER_USD[currency] ?? '1'
}

export function isCurrency(code: string): boolean {
  return Object.hasOwn(UNITS_PER_USD, code)
}

/** Significant digits of a price: a double holds fifteen, so JSON carries them unchanged. */
const PRICE_DIGITS = 8

/** What one unit of `base` costs in units of `quote`, as a decimal. Both must be currencies of the table. */
export function priceOf(base: string, quote: string): string {
  const [from, to] = [decimal(unitsPerUsd(base)), decimal(unitsPerUsd(quote))]
  const above = to.digits * tenTo(from.scale)
  const below = from.digits * tenTo(to.scale)
  let scale = 0
  while ((above * tenTo(scale)) / below < tenTo(PRICE_DIGITS - 1)) scale++
  return decimalText(halfUp(above * tenTo(scale), below), scale)
}

/** An amount in the smallest unit of `quote`, for one in the smallest unit of `base`. Neither is negative. */
export function convert(amountMinor: bigint, base: string, quote: string, price: string): bigint {
  const { digits, scale } = decimal(price)
  return halfUp(amountMinor * digits * tenTo(decimalsOf(quote)), tenTo(decimalsOf(base) + scale))
}

/** Whether an amount has no more digits than any amount on the wire. */
export function fitsWire(amountMinor: bigint): boolean {
  return amountMinor < tenTo(AMOUNT_DIGITS_MAX)
}

/** `pair`: base and quote, such as `KRW/USD`. Times are UTC milliseconds by the clock of the sandbox. */
export type Quote = { id: string; pair: string; base: string; price: string; startsAt: number; expiresAt: number }

/** The quote of a pair at that moment: one for each clearing day. */
export function quoteAt(at: number, base: string, quote: string, price: string): Quote {
  const day = clearingDayOf(at)
  return {
    id: `${dayText(day)}${base}${quote}`,
    pair: `${base}/${quote}`,
    base,
    price,
    startsAt: startOfClearingDay(day),
    expiresAt: startOfClearingDay(day + 1),
  }
}

/** `above` by `below`, to the nearest whole number, a half upwards. Neither is negative. */
export function halfUp(above: bigint, below: bigint): bigint {
  return (2n * above + below) / (2n * below)
}

const tenTo = (power: number) => 10n ** BigInt(power)

/** `0.25` is 25 with a scale of 2. */
function decimal(text: string): { digits: bigint; scale: number } {
  const [whole = '0', part = ''] = text.split('.')
  return { digits: BigInt(whole + part), scale: part.length }
}

function decimalText(digits: bigint, scale: number): string {
  if (scale === 0) return digits.toString()
  const text = digits.toString().padStart(scale + 1, '0')
  return `${text.slice(0, -scale)}.${text.slice(-scale)}`.replace(/\.?0+$/, '')
}
