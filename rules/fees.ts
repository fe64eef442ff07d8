/**
 * What the network takes off a settlement: interchange for the wallet, and a service fee for itself, as parts of the settlement amount.
 * The values are the sandbox's own; a contract has others. A refund gives interchange back, and the service fee not.
 */
import { halfUp } from './exchange.ts'

export const FEES = {
  INTERCHANGE_FEE: { basisPoints: 80, title: 'Interchange, to the wallet' },
  SERVICE_FEE: { basisPoints: 40, title: 'Service fee, to the network' },
} as const

export type FeeType = keyof typeof FEES
export const feeTypes = Object.keys(FEES) as [FeeType, ...FeeType[]] // keys of a constant

/** The fee on an amount, in the same smallest unit, half a unit upwards. 10,000 basis points are the whole. */
export function feeOf(amountMinor: bigint, basisPoints: number): bigint {
  return halfUp(amountMinor * BigInt(basisPoints), 10_000n)
}

/**
 * What a part of a payment makes of an amount that is computed of the whole: its value after the part, less that before. So parts add up
 * to the whole to the last unit, and never to more.
 */
export function shareOf(before: bigint, after: bigint, of: (sum: bigint) => bigint): bigint {
  return of(after) - of(before)
}
