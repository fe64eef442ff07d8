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
