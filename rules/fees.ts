/**
 * What the network takes off a settlement: interchange for the wallet, and a service fee for itself, as parts of the settlement amount.
 * The values here are the sandbox's own; a contract may agree on others, product by product. A payment keeps the rates that it was made
 * with. A refund gives interchange back, and the service fee not.
 */
import { halfUp } from './exchange.ts'
import type { ProductId } from './products.ts'

export const FEES = {
  INTERCHANGE_FEE: { basisPoints: 80, title: 'Interchange, to the wallet' },
  SERVICE_FEE: { basisPoints: 40, title: 'Service fee, to the network' },
} as const

export type FeeType = keyof typeof FEES
export const feeTypes = Object.keys(FEES) as [FeeType, ...FeeType[]] // keys of a constant

/** So many basis points are the whole amount: more than that nobody can take. */
export const WHOLE_BASIS_POINTS = 10_000

export type Rates = { interchangeBasisPoints: number; serviceBasisPoints: number }

export const DEFAULT_RATES: Rates = {
  interchangeBasisPoints: FEES.INTERCHANGE_FEE.basisPoints,
  serviceBasisPoints: FEES.SERVICE_FEE.basisPoints,
}

/** What a contract has agreed; a product that is not in it has the default. */
export type ContractFees = { readonly [P in ProductId]?: Rates }

/** As they are stored with the partner; a contract that says nothing of fees has none. */
export function contractFeesOf(stored: string | null): ContractFees {
  return stored === null ? {} : (JSON.parse(stored) as ContractFees) // written by us
}

export function ratesOf(fees: ContractFees, product: ProductId): Rates {
  return fees[product] ?? DEFAULT_RATES
}

/** What each of the products is charged, and whether the contract says so. */
export function chargedFor(fees: ContractFees, products: readonly ProductId[]) {
  return products.map((product) => ({ product, ...ratesOf(fees, product), agreed: fees[product] !== undefined }))
}

/** Both together would take more than was paid. */
export function takesTooMuch({ interchangeBasisPoints, serviceBasisPoints }: Rates): boolean {
  return interchangeBasisPoints + serviceBasisPoints > WHOLE_BASIS_POINTS
}

/** The fee on an amount, in the same smallest unit, half a unit upwards. */
export function feeOf(amountMinor: bigint, basisPoints: number): bigint {
  return halfUp(amountMinor * BigInt(basisPoints), BigInt(WHOLE_BASIS_POINTS))
}

/**
 * What a part of a payment makes of an amount that is computed of the whole: its value after the part, less that before. So parts add up
 * to the whole to the last unit, and never to more.
 */
export function shareOf(before: bigint, after: bigint, of: (sum: bigint) => bigint): bigint {
  return of(after) - of(before)
}
