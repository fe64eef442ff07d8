/** The Test Wallet, as it appears in answers and notifications: the payer's side of the sandbox. */
export const TEST_WALLET = {
  name: 'TEST_WALLET',
  pspId: '1020000000000000001',
  customerId: '1020000000000000001_TEST_PAYER',
} as const
