/**
 * Agreed inputs: amounts that make the sandbox behave in a certain way, so that every outcome can be tried on purpose. Matched on
 * `payToAmount.value` of `pay` when it is there, otherwise on `paymentAmount.value`, in any currency. Every other amount succeeds.
 * The first four are the network's own, the others are ours. The words of `cashier` and `userPresented` are printed in the docs.
 */
import type { Money } from './money.ts'
import type { ResultCode } from './results.ts'

export type AgreedInput = {
  value: string
  title: string
  cashier: string
  userPresented: string
  /** `pay` is refused with this code, and nothing is started. */
  refused?: ResultCode
  /** The wallet answers with this code when it is asked to pay. */
  walletSays?: ResultCode
  /** The wallet answers only after so many seconds of the sandbox's clock. */
  walletSeconds?: number
  /** The payer has to confirm in the wallet, though he showed a code. */
  payerConfirms?: true
  /** `lost`: nothing arrives, and no answer comes in time. `late`: done, but the answer comes too late. `unknown`: UNKNOWN_EXCEPTION. */
  pay?: 'lost' | 'late' | 'unknown'
  inquiry?: 'late' | 'unknown'
  /** Done, but the first answer is UNKNOWN_EXCEPTION. */
  refund?: 'unknown'
  cancel?: 'unknown'
  /** The first attempt to notify comes so many seconds late. */
  notifySeconds?: number
}

/** How long the wallet takes where it takes its time, by the clock of the sandbox. */
const SLOW_WALLET_SECONDS = 5
const LATE_NOTIFICATION_SECONDS = 60

const refusedBoth = (value: string, refused: ResultCode, title: string): AgreedInput => ({
  value,
  title,
  refused,
  cashier: `\`pay\` is refused with \`${refused}\`; nothing is started.`,
  userPresented: 'The same.',
})

const walletRefuses = (value: string, walletSays: ResultCode, title: string): AgreedInput => ({
  value,
  title,
  walletSays,
  cashier: `When the payer presses Pay Now, the payment fails with \`${walletSays}\`.`,
  userPresented: `\`pay\` answers \`${walletSays}\` at once.`,
})

export const AGREED_INPUTS: readonly AgreedInput[] = [
  {
    value: '9901',
    title: 'pay: unknown exception',
    pay: 'unknown',
    cashier:
      '`pay` answers `UNKNOWN_EXCEPTION`, repeats too. The payment is in process and nobody can decide it: it is closed when its time is over. Cancel it.',
    userPresented: 'The same.',
  },
  {
    value: '9902',
    title: 'pay: no answer in time',
    pay: 'lost',
    cashier:
      '`pay` is answered only after 10 seconds, and nothing was started: `inquiryPayment` says `ORDER_NOT_EXIST`. Cancel it, so that it can never be paid.',
    userPresented: 'The same.',
  },
  {
    value: '9903',
    title: 'inquiryPayment: unknown exception',
    inquiry: 'unknown',
    walletSeconds: SLOW_WALLET_SECONDS,
    cashier:
      '`inquiryPayment` of this payment answers `UNKNOWN_EXCEPTION` every time. The payment succeeds 5 seconds after the payer has confirmed.',
    userPresented:
      '`pay` answers `PAYMENT_IN_PROCESS`, and `inquiryPayment` always `UNKNOWN_EXCEPTION`. The payment succeeds after 5 seconds, which only the notification or a repeated `pay` tells.',
  },
  {
    value: '9904',
    title: 'inquiryPayment: no answer in time',
    inquiry: 'late',
    walletSeconds: SLOW_WALLET_SECONDS,
    cashier:
      '`inquiryPayment` of this payment is answered only after 7 seconds. The payment succeeds 5 seconds after the payer has confirmed.',
    userPresented:
      '`pay` answers `PAYMENT_IN_PROCESS`, the payment succeeds after 5 seconds, and `inquiryPayment` takes 7.',
  },
  walletRefuses('9905', 'USER_BALANCE_NOT_ENOUGH', 'Too little balance'),
  walletRefuses('9906', 'USER_PAYMENT_VERIFICATION_FAILED', 'The payer declines, or fails to prove who he is'),
  walletRefuses('9907', 'RISK_REJECT', 'Refused for risk'),
  walletRefuses('9908', 'USER_AMOUNT_EXCEED_LIMIT', "Above the payer's limit"),
  walletRefuses('9909', 'USER_STATUS_ABNORMAL', "The payer's account is blocked"),
  walletRefuses('9910', 'USER_NOT_EXIST', 'The payer is gone'),
  walletRefuses('9911', 'USER_KYC_NOT_QUALIFIED', 'The payer is not identified well enough'),
  walletRefuses('9912', 'PROCESS_FAIL', 'A failure without a reason'),
  {
    value: '9913',
    title: 'Unknown, then success',
    walletSeconds: SLOW_WALLET_SECONDS,
    cashier: 'After Pay Now the payment stays in process for 5 seconds, then it succeeds.',
    userPresented: '`pay` answers `PAYMENT_IN_PROCESS`; 5 seconds later the payment succeeds.',
  },
  {
    value: '9914',
    title: 'Unknown, then failure',
    walletSays: 'PROCESS_FAIL',
    walletSeconds: SLOW_WALLET_SECONDS,
    cashier: 'After Pay Now the payment stays in process for 5 seconds, then it fails with `PROCESS_FAIL`.',
    userPresented: '`pay` answers `PAYMENT_IN_PROCESS`; 5 seconds later the payment fails with `PROCESS_FAIL`.',
  },
  {
    value: '9915',
    title: 'pay: done, answered too late',
    pay: 'late',
    cashier:
      '`pay` is answered only after 10 seconds. The payment is in process, and a repeat gets its `paymentUrl` at once.',
    userPresented:
      '`pay` is answered only after 10 seconds. The payment has succeeded by then; a repeat is answered at once.',
  },
  {
    value: '9916',
    title: 'The payer must confirm',
    payerConfirms: true,
    cashier: 'No difference: the payer always confirms.',
    userPresented:
      '`pay` answers `PAYMENT_IN_PROCESS`; the order waits in the Test Wallet, where the payer pays or declines. Nothing done, it is closed when its time is over.',
  },
  {
    value: '9917',
    title: 'Late notification',
    notifySeconds: LATE_NOTIFICATION_SECONDS,
    cashier: 'The payment succeeds; the first attempt to notify comes a minute later.',
    userPresented: 'The same.',
  },
  {
    value: '9918',
    title: 'refund: unknown exception',
    refund: 'unknown',
    cashier:
      'The payment succeeds. A `refund` of it is done, but its first answer is `UNKNOWN_EXCEPTION`; the repeat with the same `refundRequestId` is answered as it is.',
    userPresented: 'The same.',
  },
  {
    value: '9919',
    title: 'cancelPayment: unknown exception',
    cancel: 'unknown',
    cashier:
      'A `cancelPayment` of it is done, but its first answer is `UNKNOWN_EXCEPTION`; the repeat answers `SUCCESS`.',
    userPresented: 'The same.',
  },
  refusedBoth('9920', 'MERCHANT_NOT_REGISTERED', 'The merchant is not registered'),
  refusedBoth('9921', 'CURRENCY_NOT_SUPPORT', 'The currency is not supported'),
  refusedBoth('9922', 'PAYMENT_AMOUNT_EXCEED_LIMIT', 'Above the limit of one payment'),
  refusedBoth('9923', 'PAYMENT_COUNT_EXCEED_LIMIT', 'Too many payments'),
  refusedBoth('9924', 'REGULATION_RESTRICTION', 'Forbidden by regulation'),
  refusedBoth('9925', 'UNAVAILABLE_PAYMENT_METHOD', 'The wallet cannot be used'),
  refusedBoth('9926', 'INVALID_CONTRACT', 'The contract does not cover it'),
]

const BY_VALUE = new Map(AGREED_INPUTS.map((input) => [input.value, input]))

const ORDINARY: AgreedInput = { value: '', title: 'Success', cashier: '', userPresented: '' }

/** What is agreed for this amount; undefined where nothing is. */
export function agreedFor({ amountMinor }: Pick<Money, 'amountMinor'>): AgreedInput | undefined {
  return BY_VALUE.get(String(amountMinor))
}

/** As it was stored with the payment; an ordinary success where nothing was agreed. */
export function agreedBy(value: string | null): AgreedInput {
  return BY_VALUE.get(value ?? '') ?? ORDINARY
}
