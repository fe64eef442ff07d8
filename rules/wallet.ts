/** Wallets: the Test Wallet, and what counts of what wallet partners say. Stated in docs/guide/wallets.md. */
import type { ResultCode } from './results.ts'

/** The Test Wallet, as it appears in answers and notifications: the payer's side of the sandbox. */
export const TEST_WALLET = {
  name: 'TEST_WALLET',
  /** Where it is at home, for those who ask which wallets they may show. */
  region: 'SG',
  pspId: '1020000000000000001',
  customerId: '1020000000000000001_TEST_PAYER',
  /** The first eight digits of its payment codes: issuer, and the kind of business. */
  issuerIndex: '251001',
  businessType: '02',
} as const

/**
 * What a wallet partner may decline a payment with. Whatever else he says (that our own call was wrong, for example) is nobody's business
 * but ours and his: the acquirer learns PROCESS_FAIL.
 */
const DECLINES: readonly ResultCode[] = [
  'EXPIRED_CODE',
  'INVALID_CODE',
  'ORDER_IS_CLOSED',
  'PAYMENT_AMOUNT_EXCEED_LIMIT',
  'PAYMENT_COUNT_EXCEED_LIMIT',
  'PROCESS_FAIL',
  'REGULATION_RESTRICTION',
  'RISK_REJECT',
  'USER_AMOUNT_EXCEED_LIMIT',
  'USER_BALANCE_NOT_ENOUGH',
  'USER_KYC_NOT_QUALIFIED',
  'USER_NOT_EXIST',
  'USER_PAYMENT_VERIFICATION_FAILED',
  'USER_STATUS_ABNORMAL',
]

export function declineOf(code: string): ResultCode {
  return DECLINES.find((known) => known === code) ?? 'PROCESS_FAIL'
}

/** The first eight digits of the payment codes of a wallet partner: an issuer index of the sandbox, and the kind of business. */
export function codePrefixOf(participantId: string): string {
  return `26${participantId.slice(-4)}${TEST_WALLET.businessType}`
}
