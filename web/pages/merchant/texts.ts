import type { AmountFault } from '../../../rules/money.ts'
import type { PayKind } from '../../../rules/samples.ts'
import type { TransactionWord } from '../../../rules/test-merchant.ts'
import { inLanguage } from '../../language.ts'
import { zh } from './texts.zh.ts'

const en = {
  title: 'Test Merchant',
  guide: 'How it works',
  forAcquirers: 'A wallet takes no orders. Join it with an acquirer in the sandbox, and make the order there.',
  noAccess: 'The Test Merchant cannot be opened',

  order: 'New order',
  product: 'Order',
  kinds: {
    cashier: 'Cashier Payment',
    user_presented: 'Payment code of the payer',
    order_code: 'Order code',
    entry_code: 'Entry code of the store',
    auto_debit: 'Auto Debit',
  } satisfies Record<PayKind, string>,
  goods: 'Title',
  aGood: 'Paper boat',
  goodsNeeded: 'Say what is sold.',
  amount: 'Amount',
  currency: 'Currency',
  currencyFault: 'Three capital letters, such as USD.',
  amountFaults: {
    not_a_number: (_currency: string, decimals: number) =>
      `Write digits, such as ${decimals === 0 ? '1000' : '10.00'}.`,
    decimals: (currency: string, decimals: number) =>
      decimals === 0
        ? `${currency} has no decimals: write 1000.`
        : `${currency} has ${decimals} decimals, and no more.`,
    not_more_than_0: () => 'It must be more than 0.',
    too_large: () => 'It is too large: 15 digits of the smallest unit at most.',
  } satisfies Record<AmountFault, (currency: string, decimals: number) => string>,
  family: 'Interfaces',
  make: 'Make the order',
  charge: 'Charge',

  code: 'Payment code',
  codeHint: 'The payer shows it in the Test Wallet. It lasts a minute.',
  codeNeeded: 'Read or type the code that the payer shows.',
  toWallet: 'Open the Test Wallet',
  camera: 'Read with the camera',

  storeCode: 'The payer reads this code with his wallet; the page behind it makes the order. It stays the same.',
  storeImage: 'The entry code of the store as a QR code',
  storePage: 'Open its page here',
  store: 'Store',
  storeLead: 'You have read the code of the store. Say what you pay.',
  storePay: 'Go on',

  askAgreement: 'Ask the payer to agree',
  agreementLead: 'The payer agrees once. Afterwards his token pays, and he is not asked.',
  agreed: 'The payer has agreed',
  agreedLead: 'His code is worth a token, once.',
  notAgreed: 'The payer has not agreed.',
  getToken: 'Get the access token',
  token: 'Access token',
  tokenHint: 'Of an agreement. The request log has it as well.',
  tokenNeeded: 'Ask the payer to agree first, or paste a token.',
  ownTokens: 'Your server charges by the token that it holds.',

  way: 'Who calls the gateway',
  ways: { key: 'This page', server: 'Your server' },
  wayKey:
    'Each call is signed here, with a key that is made for this page, works in this sandbox only, and is thrown away.',
  wayServer: 'The center asks your server, and your server calls the gateway with your own key.',
  keyImpossible: 'This browser offers keys to secure pages only: open the page over https, or on this machine.',
  url: 'URL of your merchant API',
  urlHint: 'https, or relay: and a path. The guide says what it is asked.',
  urlNeeded: 'Enter the URL.',
  save: 'Save',
  remove: 'Remove',
  saved: 'The URL is saved.',
  serverNeeded: 'Set the URL of your merchant API first.',

  done: 'Answer',
  payImage: 'The payment page as a QR code',
  pay: 'Open the payment page',
  agreeImage: 'The page of the agreement as a QR code',
  agree: 'Open the page of the agreement',
  orderCode: 'The payer reads this code with his wallet.',
  orderCodeImage: 'The order code as a QR code',
  verified: 'The signature of the answer verifies.',
  unverified: 'The signature of the answer does not verify.',
  unsigned: 'The answer carries no signature: the gateway does not know who called.',
  yourServer: 'Your server says',
  serverFault: 'The answer of your server cannot be used',
  httpStatus: 'HTTP status',
  whatCame: 'What came',
  unreachable: 'No answer came. Look at the connection, and try again.',
  inLog: 'The call in the log',

  transactions: 'Transactions',
  all: 'All',
  words: {
    PROCESSING: 'PROCESSING',
    SUCCESS: 'SUCCESS',
    CANCELLED: 'CANCELLED',
    REFUND: 'REFUND',
  } satisfies Record<TransactionWord, string>,
  states: { FAILED: 'declined', CLOSED: 'not paid in time', PARTIALLY_REFUNDED: 'a part', REFUNDED: 'all of it' },
  none: 'Nothing yet. Make an order.',
  noneOf: (word: string) => `No transaction is ${word}.`,
  payNow: 'Pay',
  query: 'Query',
  cancel: 'Cancel',
  refund: 'Refund',
  refundAmount: (currency: string) => `Give back, ${currency}`,
  refunded: (amount: string) => `${amount} given back`,
  refundTooLarge: (left: string) => `Only ${left} is left.`,
  calls: 'The calls behind it',
  noCalls: 'The log has none any more.',
  direction: { in: 'to the gateway', out: 'to your server' },
  signatures: { verified: 'verified', refused: 'signature refused', absent: 'not signed' },
}

export const texts = inLanguage({ en, zh })
