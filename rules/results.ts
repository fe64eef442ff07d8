/**
 * Every result code of the gateway: code → status, message, cause, remedy. `S` processed, `F` final failure, `U` outcome unknown:
 * inquire or repeat. Codes are the network's, words are ours. The message is what the answer says; cause and remedy are for the docs
 * and the console.
 */
export const RESULTS = {
  SUCCESS: ['S', 'Success.', 'The call was processed.', 'Nothing.'],
  PAYMENT_IN_PROCESS: [
    'U',
    'The payment is in process; inquire, or wait for the notification.',
    'The payer or the wallet has not decided yet.',
    'Inquire until it is final, or wait for the notification. When you give up, cancel.',
  ],

  // ── before business logic ─────────────────────────────────────────────────────────────────────────────────────────────
  PARAM_ILLEGAL: [
    'F',
    'A required value is missing or malformed.',
    'A header or a field is missing, too long, or of another form; the message names it.',
    'Correct the value that is named, and call again.',
  ],
  INVALID_SIGNATURE: [
    'F',
    'The signature does not verify.',
    'Other bytes were signed than were sent, or with another key than the one registered.',
    'Compare with the signed text in the request log; check path, query, time, raw body and key.',
  ],
  KEY_NOT_FOUND: [
    'F',
    'No key is registered for this client and key version.',
    'No public key is set, or the version is unknown.',
    'Set the public key in the sandbox settings; check keyVersion.',
  ],
  INVALID_CLIENT: [
    'F',
    'The client is unknown or disabled.',
    'The Client-Id is mistyped, belongs to another environment, its application was deleted, or the trial of its organisation has ended.',
    'Copy the Client ID from the settings of this environment; after a trial, write to your solution architects.',
  ],
  UNKNOWN_CLIENT: [
    'F',
    'The client is unknown.',
    'As INVALID_CLIENT, in AMS: the Client-Id is mistyped, belongs to another environment, or its application was deleted.',
    'Copy the Client ID from the settings of this environment.',
  ],
  INVALID_CLIENT_STATUS: [
    'F',
    'The client is disabled.',
    'As INVALID_CLIENT, in AMS: the trial of its organisation has ended.',
    'Write to your solution architects.',
  ],
  ACCESS_DENIED: [
    'F',
    'The application does not have the product that this call needs.',
    'The product of the payment was not added to the application, or was removed.',
    'Add the product on the page of the application.',
  ],
  NO_INTERFACE_DEF: [
    'F',
    'There is no such interface.',
    'The path is mistyped, or the interface is not served.',
    'Check the path against the Gateway API.',
  ],
  METHOD_NOT_SUPPORTED: ['F', 'The method must be POST.', 'Another HTTP method was used.', 'Use POST.'],
  MEDIA_TYPE_NOT_ACCEPTABLE: [
    'F',
    'The Content-Type must be application/json.',
    'The header Content-Type names something else, or is malformed.',
    'Send Content-Type: application/json; charset=UTF-8.',
  ],
  OAUTH_FAILED: [
    'F',
    'The Agent-Token is not valid.',
    'The header Agent-Token holds a token that was never given or is over.',
    'Leave the header out, unless you act for somebody else.',
  ],
  REQUEST_TRAFFIC_EXCEED_LIMIT: [
    'U',
    'Too many requests; repeat later.',
    'The ration of calls per second is used up.',
    'Wait a second, then repeat the same call with the same id.',
  ],
  SYSTEM_ERROR: [
    'F',
    'An error on our side; nothing was begun.',
    'Something failed in authorizations/consult of AMS.',
    'Call again.',
  ],
  UNKNOWN_EXCEPTION: [
    'U',
    'An error on our side; send the same request again.',
    'Something failed before the outcome was known.',
    'Repeat the same call with the same id, or inquire; when you give up, cancel.',
  ],

  // ── pay: what was asked ───────────────────────────────────────────────────────────────────────────────────────────────
  BUSINESS_NOT_SUPPORT: [
    'F',
    'This kind of payment is not served here.',
    'The interface does not belong to the product that paymentFactor names.',
    'Use the interfaces that the guide of the product names.',
  ],
  REPEAT_REQ_INCONSISTENT: [
    'F',
    'This id was used with other values.',
    'A paymentRequestId or refundRequestId was used again with other key fields.',
    'Use a new id for a new payment or refund; repeat an old one unchanged.',
  ],
  ORDER_IS_CLOSED: [
    'F',
    'The order is closed.',
    'The time of the order is over, or it was cancelled.',
    'Start a new payment with a new paymentRequestId.',
  ],
  INVALID_CODE: [
    'F',
    'The payment code is not valid.',
    'The code was read wrongly, was used before, or belongs to another application.',
    'Ask the payer to show a new code, and pay with a new paymentRequestId.',
  ],
  EXPIRED_CODE: [
    'F',
    'The payment code has expired.',
    'A payment code lives for one minute.',
    'Ask the payer to show a new code, and pay with a new paymentRequestId.',
  ],
  INVALID_TOKEN: [
    'F',
    'The access token is not valid.',
    'The token was never given, is over, was cancelled, or belongs to another authClientId.',
    'Refresh it, or let the payer agree anew.',
  ],
  MERCHANT_NOT_REGISTERED: [
    'F',
    'The merchant is not registered.',
    'The network does not know the merchant of the order.',
    'Register the merchant first.',
  ],
  CURRENCY_NOT_SUPPORT: [
    'F',
    'The currency is not supported.',
    'The payment currency is not in your contract, or the wallet does not take it.',
    'Pay in a currency of your contract.',
  ],
  INVALID_CONTRACT: [
    'F',
    'The contract does not allow this payment.',
    'The contract of partner or merchant does not cover the payment, or is over.',
    'Ask your solution architect.',
  ],
  PAYMENT_AMOUNT_EXCEED_LIMIT: [
    'F',
    'The amount is above the limit of one payment.',
    'The payment is larger than wallet or contract allow.',
    'Pay a smaller amount, or let the payer use another method.',
  ],
  PAYMENT_COUNT_EXCEED_LIMIT: [
    'F',
    'The number of payments is above the limit.',
    'Too many payments within the time that wallet or contract count.',
    'Let the payer try later, or use another method.',
  ],
  REGULATION_RESTRICTION: [
    'F',
    'Regulation forbids this payment.',
    'A rule of the country of payer or merchant forbids it.',
    'Let the payer use another method.',
  ],
  UNAVAILABLE_PAYMENT_METHOD: [
    'F',
    'This payment method cannot be used.',
    'The wallet is out of service, or not open to this merchant.',
    'Offer another method.',
  ],

  // ── pay: what the payer's wallet said ─────────────────────────────────────────────────────────────────────────────────
  USER_PAYMENT_VERIFICATION_FAILED: [
    'F',
    'The payer did not confirm the payment.',
    'The payer declined, or could not prove who he is.',
    'Let the payer try again with a new payment, or use another method.',
  ],
  USER_BALANCE_NOT_ENOUGH: [
    'F',
    "The payer's balance is not enough.",
    'There is less money in the wallet than the payment asks for.',
    'Let the payer top up, or use another method.',
  ],
  USER_AMOUNT_EXCEED_LIMIT: [
    'F',
    "The amount is above the payer's limit.",
    'The wallet limits what this payer may spend.',
    'Pay a smaller amount, or let the payer use another method.',
  ],
  USER_STATUS_ABNORMAL: [
    'F',
    "The payer's account cannot pay.",
    'The account is blocked or closed.',
    'Let the payer ask the wallet, or use another method.',
  ],
  USER_NOT_EXIST: [
    'F',
    'There is no such payer.',
    'The wallet does not know the account.',
    'Let the payer use another method.',
  ],
  USER_KYC_NOT_QUALIFIED: [
    'F',
    'The payer is not identified well enough.',
    'The wallet needs to know more about the payer for this payment.',
    'Let the payer complete the identification in the wallet, or use another method.',
  ],
  RISK_REJECT: [
    'F',
    'The payment was refused for risk.',
    'Wallet or network took the payment for too risky.',
    'Do not repeat it; let the payer use another method.',
  ],
  PROCESS_FAIL: [
    'F',
    'The payment failed.',
    'The wallet failed without giving a reason.',
    'Start a new payment, or let the payer use another method.',
  ],

  // ── after the payment ─────────────────────────────────────────────────────────────────────────────────────────────────
  ORDER_NOT_EXIST: [
    'F',
    'There is no such payment.',
    'No payment of this application has this id.',
    'Check the id. After a pay without an answer: inquire again, then cancel.',
  ],
  RECORD_NOT_FOUND: [
    'F',
    'There is no such registration.',
    'No merchant of this application was registered with this id.',
    'Check the id; register the merchant first.',
  ],
  CANCEL_WINDOW_EXCEED: [
    'F',
    'The payment cannot be cancelled any more.',
    'The window ends at 00:15 UTC+8 of the day after the payment.',
    'Refund it.',
  ],
  REFUND_WINDOW_EXCEED: [
    'F',
    'The payment cannot be refunded any more.',
    'The window is one calendar year.',
    'Give the money back in another way.',
  ],
  REFUND_AMOUNT_EXCEED: [
    'F',
    'The refund is more than what is left of the payment.',
    'With the refunds before it, it would exceed what was paid; a payment that is not paid has nothing to give back.',
    'Inquire, and refund at most what is left.',
  ],
} as const satisfies Record<string, readonly [status: 'S' | 'F' | 'U', message: string, cause: string, remedy: string]>

export type ResultCode = keyof typeof RESULTS
export const resultCodes = Object.keys(RESULTS) as [ResultCode, ...ResultCode[]] // keys of a constant

export type Result = { resultCode: ResultCode; resultStatus: 'S' | 'F' | 'U'; resultMessage: string }

const MESSAGE_MAX = 256

/**
 * The `result` object of an answer. `detail` replaces the general sentence where we can say more, `page` says where more is to be
 * read. At most 256 characters, of which the address is kept whole.
 */
export function resultOf(resultCode: ResultCode, detail?: string, page?: string): Result {
  const [resultStatus, message] = RESULTS[resultCode]
  const end = page === undefined ? '' : ` ${page}`
  return { resultCode, resultStatus, resultMessage: `${(detail ?? message).slice(0, MESSAGE_MAX - end.length)}${end}` }
}

/** A code that was stored by us; anything else is none of ours. */
export function asResultCode(text: string | null): ResultCode | undefined {
  return text !== null && text in RESULTS ? (text as ResultCode) : undefined // just found there
}
