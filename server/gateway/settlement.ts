/**
 * In which currency a payment is settled, at what price, what it is charged, and what its refunds take back of that: rules/exchange.ts
 * and rules/fees.ts.
 */
import { convert, fitsWire, isCurrency, priceOf, type Quote, quoteAt } from '../../rules/exchange.ts'
import { type ContractFees, feeOf, ratesOf, shareOf } from '../../rules/fees.ts'
import type { Money } from '../../rules/money.ts'
import type { ProductId } from '../../rules/products.ts'
import type { Row } from '../db/schema.ts'
import { GatewayRefusal } from './refusal.ts'

type Settlement = Pick<Row<'payments'>, 'settlement_currency' | 'settlement_minor' | 'quote_price'>

const AS_PAID: Settlement = { settlement_currency: null, settlement_minor: null, quote_price: null }

/** What is stored with a payment: nothing where it is settled as it is paid. */
export function settlementFor({ currency, amountMinor }: Money, wished: string | undefined): Settlement {
  ensureCurrency('paymentAmount.currency', currency)
  if (!wished || wished === currency) return AS_PAID
  ensureCurrency('settlementStrategy.settlementCurrency', wished)
  const price = priceOf(currency, wished)
  const minor = convert(amountMinor, currency, wished, price)
  if (!fitsWire(minor)) {
    throw new GatewayRefusal('pay.settlement_too_large', `In ${wished} the amount is too large to be settled.`)
  }
  return { settlement_currency: wished, settlement_minor: Number(minor), quote_price: price }
}

type Charged = Pick<Row<'payments'>, 'interchange_basis_points' | 'service_basis_points'>

/** The fees of the contract at this moment, to be stored with the payment. */
export function chargedAt(fees: ContractFees, product: ProductId): Charged {
  const { interchangeBasisPoints, serviceBasisPoints } = ratesOf(fees, product)
  return { interchange_basis_points: interchangeBasisPoints, service_basis_points: serviceBasisPoints }
}

function ensureCurrency(field: string, code: string): void {
  if (!isCurrency(code)) throw new GatewayRefusal('pay.currency', `${field}: ${code} is not served here.`)
}

type Exchanged = Settlement & Pick<Row<'payments'>, 'currency' | 'created_at'>

/** The quote under which a payment was made; null where it is settled as it is paid. */
export function quoteOf({ currency, settlement_currency, quote_price, created_at }: Exchanged): Quote | null {
  if (settlement_currency === null || quote_price === null) return null
  return quoteAt(created_at, currency, settlement_currency, quote_price)
}

/**
 * What a refund moves: of the settlement at the payment's own price, and of the interchange at its own rate. `before` was refunded
 * already. All refunds together move what the payment did, to the last unit.
 */
export function refundShares(
  payment: Exchanged & Pick<Charged, 'interchange_basis_points'>,
  before: number,
  amount: number,
): { settlement_minor: number; interchange_minor: number } {
  const { currency, settlement_currency, quote_price, interchange_basis_points } = payment
  const settled = (sum: bigint) =>
    settlement_currency === null || quote_price === null
      ? sum
      : convert(sum, currency, settlement_currency, quote_price)
  const interchange = (sum: bigint) => feeOf(settled(sum), interchange_basis_points)
  const share = (of: (sum: bigint) => bigint) => Number(shareOf(BigInt(before), BigInt(before + amount), of))
  return { settlement_minor: share(settled), interchange_minor: share(interchange) }
}
