/**
 * The UAT checklist: what people look after before, during and after the test with real money. It is ticked by hand, with who and when,
 * because no traffic shows it; it closes no gate. An id never changes its meaning.
 */
export const UAT_PHASES = { before: 'Before', during: 'During', after: 'After' } as const
export type UatPhase = keyof typeof UAT_PHASES
export const uatPhases = Object.keys(UAT_PHASES) as [UatPhase, ...UatPhase[]] // keys of a constant

export const UAT_ITEMS = {
  sandbox_cases: ['before', 'Every required acceptance case of the sandbox is passed.'],
  contacts: ['before', 'Both sides have named who can be called during the test, with telephone numbers.'],
  schedule: ['before', 'Day, hours and time zone of the test are agreed.'],
  merchant_live: ['before', 'A real merchant is chosen, registered with the network, and knows of the test.'],
  wallet_ready: ['before', 'Testers have a real wallet with enough balance, in each country that is tested.'],
  limits_set: ['before', 'The amounts are small, and who pays for the test is agreed.'],
  production_key: ['before', 'The production key is proved, and its private half is in production only.'],
  addresses_open: ['before', 'Firewalls let your calls out to the production gateway, and its notifications in.'],
  report_access: [
    'before',
    'The address from which you fetch the files of clearing and settlement is on the list of the network.',
  ],
  authorized: ['before', 'A technical service provider has the authorization of the acquirer for whom it tests.'],
  monitoring: ['before', 'Logs and alarms of the production system are watched.'],
  roll_back: ['before', 'It is known how the payment method is hidden again, and who decides it.'],
  brand: ['before', 'Name and logo of the payment method are shown as the network asks.'],
  pay_success: ['during', 'A payment succeeds, and payer, merchant and back office see the same amount.'],
  pay_terminals: ['during', 'Each way to pay that will be offered was tried: web, app, in store.'],
  pay_decline: ['during', 'A payment that the payer breaks off ends as failed at the merchant.'],
  notified: ['during', 'Notifications arrive, and are acknowledged with a good signature.'],
  inquired: ['during', 'A payment whose outcome was unknown is settled by an inquiry.'],
  cancelled: ['during', 'A payment is cancelled, and the payer has the money back.'],
  refunded: ['during', 'A payment is refunded in part and in full, and the payer sees both.'],
  receipts: ['during', 'Receipts and statements show the names that the payer expects.'],
  currencies: ['during', 'Where currencies differ, the rate that was shown is the rate that was charged.'],
  clearing: ['after', 'The clearing files of the day hold each payment and refund of the test, and nothing else.'],
  settlement: ['after', 'The settled amount is the one of the clearing files, less the fees of the contract.'],
  books: ['after', 'Your own books agree with the files.'],
  test_data: ['after', 'Test merchants and test orders are removed from production.'],
  findings: ['after', 'What was found is mended, or has an owner and a date.'],
  support: ['after', 'Support of both sides knows the payment method and the way to each other.'],
  sign_off: ['after', 'Both sides have agreed in writing that the test is passed.'],
} as const satisfies Record<string, readonly [phase: UatPhase, text: string]>
export type UatItem = keyof typeof UAT_ITEMS
export const uatItems = Object.keys(UAT_ITEMS) as [UatItem, ...UatItem[]] // keys of a constant
