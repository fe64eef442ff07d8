/**
 * Why the sandbox refused a call: cause → result code, what was wrong, what would be right. A result code is the network's word and
 * covers many faults; a cause is ours and names one. It stands in the request log and, as a link, in `resultMessage`. What was wrong
 * is the message of the answer unless the place that refuses can say it more exactly.
 */
import type { ResultCode } from './results.ts'

export const CAUSES = {
  // ── the call itself ───────────────────────────────────────────────────────────────────────────────────────────────────
  'call.unreadable': [
    'PARAM_ILLEGAL',
    'The request could not be read.',
    'Send as many bytes as Content-Length says, and no more.',
  ],
  'call.too_large': ['PARAM_ILLEGAL', 'The body is too large.', 'Send at most what the limits of the gateway allow.'],
  'call.not_post': ['METHOD_NOT_SUPPORTED', 'The method must be POST.', 'Use POST.'],
  'call.interface_unknown': [
    'NO_INTERFACE_DEF',
    'There is no such interface.',
    'Check the path against the Gateway API; the family is part of it.',
  ],
  'call.interface_for_wallets': [
    'ACCESS_DENIED',
    'This interface is for applications of mobile payment partners.',
    'Call the interfaces of acquirers, or use an application of the type Mobile Payment Partner.',
  ],
  'call.interface_for_acquirers': [
    'ACCESS_DENIED',
    'This interface is for applications of acquirers.',
    'Call the interfaces of wallets, or use an application of the type Acquiring Partner.',
  ],
  'call.media_type': [
    'MEDIA_TYPE_NOT_ACCEPTABLE',
    'The Content-Type must be application/json.',
    'Send Content-Type: application/json; charset=UTF-8.',
  ],
  'call.agent_token': [
    'OAUTH_FAILED',
    'The Agent-Token is not valid.',
    'Leave the header Agent-Token out: nobody acts for somebody else here.',
  ],
  'call.private_key': [
    'PARAM_ILLEGAL',
    'The call holds a private key; it was not kept.',
    'Replace this pair now: a private key is never sent. Sign with it, and send the signature.',
  ],
  'call.ration': [
    'REQUEST_TRAFFIC_EXCEED_LIMIT',
    'Too many requests; repeat later.',
    'Wait a second, then repeat the same call with the same id.',
  ],
  'call.ration_of_refused': [
    'REQUEST_TRAFFIC_EXCEED_LIMIT',
    'Too many refused requests; repeat later.',
    'Find out in the request log why the calls before were refused; refused calls have a ration of their own.',
  ],
  'call.our_fault': [
    'UNKNOWN_EXCEPTION',
    'An error on our side; send the same request again.',
    'Repeat the same call with the same id, or inquire; when you give up, cancel.',
  ],
  'call.our_fault_before_start': ['SYSTEM_ERROR', 'An error on our side; nothing was begun.', 'Call again.'],
  'call.our_fault_in_reading': [
    'UNKNOWN_EXCEPTION',
    'An error on our side while the request was read; send it again.',
    'Repeat the same call with the same id.',
  ],

  // ── who calls ─────────────────────────────────────────────────────────────────────────────────────────────────────────
  'client.missing': [
    'PARAM_ILLEGAL',
    'The header Client-Id is missing.',
    'Send the Client ID of the sandbox settings in the header Client-Id.',
  ],
  'client.too_long': [
    'UNKNOWN_CLIENT',
    'The header Client-Id is longer than any Client ID.',
    'Send the header Client-Id once, with the Client ID of the sandbox settings.',
  ],
  'client.unknown': [
    'UNKNOWN_CLIENT',
    'The client is unknown.',
    'Copy the Client ID from the sandbox settings; one of production, or of a deleted application, is unknown here.',
  ],
  'client.trial_over': [
    'INVALID_CLIENT_STATUS',
    'The trial of this organisation is over.',
    'Write to your solution architects.',
  ],
  'time.missing': [
    'PARAM_ILLEGAL',
    'The header Request-Time is missing.',
    'Send the time of the call in the header Request-Time, the same text that you sign.',
  ],
  'time.too_long': [
    'PARAM_ILLEGAL',
    'The header Request-Time is longer than 64 characters.',
    'Send the header once, as a time in ISO 8601 or in milliseconds.',
  ],
  'signature.missing': [
    'PARAM_ILLEGAL',
    'The header Signature is missing.',
    'Send Signature: algorithm=RSA256,keyVersion=1,signature=…',
  ],
  'signature.no_signature': [
    'PARAM_ILLEGAL',
    'The header Signature has no part "signature".',
    'Put the signature behind signature=, as the last part of the header.',
  ],
  'signature.wrong_algorithm': [
    'PARAM_ILLEGAL',
    'The algorithm of the header Signature must be RSA256.',
    'Write algorithm=RSA256, and sign with RSA and SHA-256.',
  ],
  'signature.wrong_key_version': [
    'PARAM_ILLEGAL',
    'The keyVersion of the header Signature must be a whole number.',
    'Write the version that the sandbox settings show for your key.',
  ],
  'signature.wrong_encoding': [
    'PARAM_ILLEGAL',
    'The signature in the header Signature must be percent-encoded base64.',
    'Encode the signature as base64, and then percent-encode + / and =.',
  ],
  'signature.does_not_verify': [
    'INVALID_SIGNATURE',
    'The signature does not verify.',
    'Ask the Signature Doctor in the request log: path, query, time, the raw body, or the key is another one.',
  ],
  'key.none': [
    'KEY_NOT_FOUND',
    'No public key is set for this client.',
    'Set your public key in the sandbox settings.',
  ],
  'key.not_proved': [
    'INVALID_SIGNATURE',
    'The key that this signature verifies with is not proved yet.',
    'Sign its text on the sandbox settings; until then sign calls with the key before it.',
  ],
  'key.version_unknown': [
    'KEY_NOT_FOUND',
    'No key of this version is registered for this client.',
    'Write the keyVersion that the sandbox settings show, or leave it out.',
  ],

  // ── the body ──────────────────────────────────────────────────────────────────────────────────────────────────────────
  'body.not_json': [
    'PARAM_ILLEGAL',
    'The body is not well-formed JSON in UTF-8.',
    'Send one JSON object, encoded as UTF-8.',
  ],
  'field.missing': ['PARAM_ILLEGAL', 'A required field is missing.', 'Send the field that the message names.'],
  'field.wrong_type': [
    'PARAM_ILLEGAL',
    'A field has a value of another type.',
    'Send the type that the Gateway API names; amounts are texts of digits.',
  ],
  'field.wrong_size': [
    'PARAM_ILLEGAL',
    'A field is too long, too short, too large or too small.',
    'Keep to the limits that the Gateway API names.',
  ],
  'field.wrong_form': [
    'PARAM_ILLEGAL',
    'A field has a value of another form.',
    'Send one of the values, or the form, that the Gateway API names.',
  ],
  'url.not_callable': [
    'PARAM_ILLEGAL',
    'A URL in the body is none that we may call.',
    'Give an https address that is open to the public; http is for loopback only.',
  ],
  'url.not_openable': [
    'PARAM_ILLEGAL',
    'A URL in the body is none that a payer could open.',
    'Give the address of a web page or of an app.',
  ],

  // ── pay ───────────────────────────────────────────────────────────────────────────────────────────────────────────────
  'product.not_added': [
    'ACCESS_DENIED',
    'The application does not have the product that this call needs.',
    'Add the product on the page of the application.',
  ],
  'pay.no_product': [
    'PARAM_ILLEGAL',
    'paymentFactor says for no product what this payment is.',
    'Set isCashierPayment, isInStorePayment or isAgreementPayment to true.',
  ],
  'pay.scenario': [
    'PARAM_ILLEGAL',
    'paymentFactor.inStorePaymentScenario is none that we know.',
    'Send PaymentCode, OrderCode or EntryCode.',
  ],
  'pay.terminal_type': [
    'PARAM_ILLEGAL',
    'The terminalType is missing or unknown.',
    'Send WEB, APP, WAP or MINI_APP: what the payer has in hand.',
  ],
  'pay.os_type': [
    'PARAM_ILLEGAL',
    'The osType is missing or unknown.',
    'Send IOS or ANDROID when terminalType is APP or WAP.',
  ],
  'pay.store_missing': [
    'PARAM_ILLEGAL',
    'The store is missing.',
    'Send order.merchant.store with a payment in a shop.',
  ],
  'pay.code_missing': [
    'PARAM_ILLEGAL',
    'The payment code is missing.',
    'Send the digits that the payer shows in paymentMethod.paymentMethodId.',
  ],
  'pay.user_agent_missing': [
    'PARAM_ILLEGAL',
    'The userAgent is missing.',
    'Send the User-Agent of the page that the payer opened with the entry code.',
  ],
  'pay.token_missing': [
    'PARAM_ILLEGAL',
    'The access token is missing.',
    'Send the accessToken of applyToken in paymentMethod.paymentMethodId.',
  ],
  'pay.auth_client_missing': [
    'PARAM_ILLEGAL',
    'The authClientId is missing.',
    'Send the client that the token was given to in paymentMethod.paymentMethodMetaData.authClientId.',
  ],
  'pay.evaluation_elsewhere': [
    'PARAM_ILLEGAL',
    'Only a payment of Auto Debit can be evaluated.',
    'Leave paymentFactor.isPaymentEvaluation out.',
  ],
  'pay.expiry_past': [
    'PARAM_ILLEGAL',
    'The paymentExpiryTime has passed.',
    'Give a moment in the future, by the clock of the sandbox.',
  ],
  'pay.repeated_otherwise': [
    'REPEAT_REQ_INCONSISTENT',
    'This paymentRequestId was used with other values.',
    'Use a new paymentRequestId for a new payment; repeat an old one unchanged.',
  ],
  'pay.currency': [
    'CURRENCY_NOT_SUPPORT',
    'The currency is not served here.',
    'Pay and settle in a currency that the docs list.',
  ],
  'pay.settlement_too_large': [
    'PAYMENT_AMOUNT_EXCEED_LIMIT',
    'In the currency of the settlement the amount is too large.',
    'Pay less, or settle in another currency.',
  ],
  'payment_code.unknown': [
    'INVALID_CODE',
    'The payment code is not valid.',
    'Read the code anew; codes of another sandbox are unknown here.',
  ],
  'payment_code.foreign': [
    'INVALID_CODE',
    'This payment code is of a wallet that the application is not joined with.',
    'Use a code of the Test Wallet of this application, or join the wallet in the sandbox settings.',
  ],
  'payment_code.used': [
    'INVALID_CODE',
    'This payment code was used before.',
    'Ask the payer to show a new code, and pay with a new paymentRequestId.',
  ],
  'payment_code.expired': [
    'EXPIRED_CODE',
    'The payment code has expired.',
    'Ask the payer to show a new code; one lives for a minute.',
  ],
  'consult.not_a_cashier': [
    'BUSINESS_NOT_SUPPORT',
    'Wallets are shown by a cashier only.',
    'Consult with paymentFactor.isCashierPayment.',
  ],

  // ── afterwards ────────────────────────────────────────────────────────────────────────────────────────────────────────
  'payment.unknown': [
    'ORDER_NOT_EXIST',
    'No payment of this application has this id.',
    'Check the id. After a pay without an answer: inquire again, then cancel.',
  ],
  'cancel.window_over': [
    'CANCEL_WINDOW_EXCEED',
    'The payment cannot be cancelled any more.',
    'Refund it: the window ends at 00:15 UTC+8 of the day after the payment.',
  ],
  'refund.unknown': ['ORDER_NOT_EXIST', 'No refund of this application has this id.', 'Check the id of the refund.'],
  'refund.repeated_otherwise': [
    'REPEAT_REQ_INCONSISTENT',
    'This refundRequestId was used with other values.',
    'Use a new refundRequestId for a new refund; repeat an old one unchanged.',
  ],
  'refund.not_paid': [
    'REFUND_AMOUNT_EXCEED',
    'The payment is not paid: there is nothing to give back.',
    'Cancel what is not paid.',
  ],
  'refund.too_much': [
    'REFUND_AMOUNT_EXCEED',
    'The refund is more than what is left of the payment.',
    'Inquire, and refund at most what is left.',
  ],
  'refund.too_many': [
    'PROCESS_FAIL',
    'The payment has been given back in as many parts as it can be.',
    'Give money back in fewer and larger parts; the number stands in the docs under Limits.',
  ],
  'refund.currency': [
    'PARAM_ILLEGAL',
    'The refund is in another currency than the payment.',
    'Refund in the currency that was paid.',
  ],
  'refund.window_over': [
    'REFUND_WINDOW_EXCEED',
    'The payment cannot be refunded any more.',
    'Give the money back in another way: the window is one calendar year.',
  ],

  // ── agreements ────────────────────────────────────────────────────────────────────────────────────────────────────────
  'agreement.repeated_otherwise': [
    'REPEAT_REQ_INCONSISTENT',
    'This referenceAgreementId was used with other values.',
    'Use a new referenceAgreementId for a new agreement; repeat an old one unchanged.',
  ],
  'agreement.code_not_valid': [
    'INVALID_CODE',
    'The authCode was never given, was used before, or belongs to another client.',
    'Use the authCode of the last redirect once, with the same authClientId.',
  ],
  'agreement.code_expired': [
    'EXPIRED_CODE',
    'The authCode has expired: let the payer agree anew.',
    'Ask for the token as soon as the payer is back.',
  ],
  'agreement.token_not_valid': [
    'INVALID_TOKEN',
    'The access token is not valid.',
    'Refresh it, or let the payer agree anew: it was never given, is over, was cancelled, or belongs to another client.',
  ],

  // ── merchants ─────────────────────────────────────────────────────────────────────────────────────────────────────────
  'registration.product_not_added': [
    'ACCESS_DENIED',
    'The application does not have a product that a productCode stands for.',
    'Add the product on the page of the application, or leave the productCode out.',
  ],
  'registration.too_soon': [
    'PROCESS_FAIL',
    'This merchant was registered less than 30 minutes ago: update it later.',
    'Wait until half an hour after the last registration of the same merchant.',
  ],
  'registration.unknown': [
    'RECORD_NOT_FOUND',
    'No merchant of this application was registered with this id.',
    'Check the id; register the merchant first.',
  ],

  // ── the simulator ─────────────────────────────────────────────────────────────────────────────────────────────────────
  'simulator.unknown': [
    'UNKNOWN_EXCEPTION',
    'An agreed input asks for an unknown result.',
    'Do what you would do in production: repeat with the same id, inquire, or cancel.',
  ],
  'simulator.lost': [
    'UNKNOWN_EXCEPTION',
    'An agreed input asks for a call that is lost: nothing was started.',
    'Do what you would do in production: inquire, then cancel.',
  ],
  'simulator.merchant_not_registered': [
    'MERCHANT_NOT_REGISTERED',
    'An agreed input asks for a merchant that is not registered.',
    'Use another amount for a payment that is to succeed.',
  ],
  'simulator.currency_not_support': [
    'CURRENCY_NOT_SUPPORT',
    'An agreed input asks for a currency that is not supported.',
    'Use another amount for a payment that is to succeed.',
  ],
  'simulator.payment_amount_exceed_limit': [
    'PAYMENT_AMOUNT_EXCEED_LIMIT',
    'An agreed input asks for an amount above the limit of one payment.',
    'Use another amount for a payment that is to succeed.',
  ],
  'simulator.payment_count_exceed_limit': [
    'PAYMENT_COUNT_EXCEED_LIMIT',
    'An agreed input asks for too many payments.',
    'Use another amount for a payment that is to succeed.',
  ],
  'simulator.regulation_restriction': [
    'REGULATION_RESTRICTION',
    'An agreed input asks for a payment that regulation forbids.',
    'Use another amount for a payment that is to succeed.',
  ],
  'simulator.unavailable_payment_method': [
    'UNAVAILABLE_PAYMENT_METHOD',
    'An agreed input asks for a wallet that cannot be used.',
    'Use another amount for a payment that is to succeed.',
  ],
  'simulator.invalid_contract': [
    'INVALID_CONTRACT',
    'An agreed input asks for a contract that does not cover the payment.',
    'Use another amount for a payment that is to succeed.',
  ],

  // ── wallets of partners ───────────────────────────────────────────────────────────────────────────────────────────────
  'order.is_an_address': [
    'INVALID_CODE',
    'The code is an address that leads to no order and to no shop.',
    'Read the code anew; it is one of another center, or cut short.',
  ],
  'order.unknown': [
    'INVALID_CODE',
    'The code stands for no order of an acquirer that the wallet is joined with.',
    'Join the acquirer in the sandbox settings, and read a code of his.',
  ],
  'order.closed_before': [
    'ORDER_IS_CLOSED',
    'The order was paid, closed or cancelled before it was read.',
    'Let the merchant show the code of a new order.',
  ],
  'order.read_by_another': [
    'INVALID_CODE',
    'Another wallet has read this order.',
    'Let the merchant show the code of a new order.',
  ],
  'order.no_acquirer': [
    'INVALID_CODE',
    'The wallet is joined with no acquirer of this acquirerId.',
    'Join the acquirer in the sandbox settings, or leave acquirerId out.',
  ],
  'order.acquirer_needed': [
    'PARAM_ILLEGAL',
    'The wallet is joined with several acquirers, and acquirerId is missing.',
    'Send the participant id of the acquirer whose code it is.',
  ],
  'order.acquirer_gone': [
    'INVALID_CODE',
    'The application of the acquirer is gone.',
    'Join the acquirer anew in the sandbox settings.',
  ],
  'private_code.not_served': [
    'INVALID_CODE',
    'The acquirer does not have Merchant-presented Mode Payment.',
    'Let the acquirer add the product to his application.',
  ],
  'private_code.ration': [
    'REQUEST_TRAFFIC_EXCEED_LIMIT',
    'The acquirer was asked for too many codes; repeat later.',
    'Wait a second, then read the code again.',
  ],
  'private_code.refused': [
    'INVALID_CODE',
    'The acquirer knows nothing of this code, or has set no URL for userInitiatedPay.',
    'Read a code of this acquirer; he sets the URL in the sandbox settings.',
  ],
  'private_code.unclear': [
    'UNKNOWN_EXCEPTION',
    'The acquirer did not say what the code stands for.',
    'Read the code again; the request log of the acquirer shows his answer.',
  ],
  'private_code.page': [
    'INVALID_CODE',
    'The acquirer named a page that is none of the web.',
    'Let the acquirer answer with an https address.',
  ],
  'private_code.not_payable': [
    'INVALID_CODE',
    'What the acquirer said of this code cannot be paid.',
    'Let the acquirer correct the order in his answer.',
  ],
  'outcome.amount': [
    'PARAM_ILLEGAL',
    'The amount is not that of the order.',
    'Tell the outcome with the amount of userInitiatedPay.',
  ],
  'outcome.too_late': [
    'ORDER_IS_CLOSED',
    'The order was closed or cancelled before its outcome was told.',
    'Give the payer his money back.',
  ],
  'outcome.told_otherwise': [
    'REPEAT_REQ_INCONSISTENT',
    'The outcome of this payment was told otherwise before.',
    'Tell an outcome once, and repeat it unchanged.',
  ],

  // ── disputes ──────────────────────────────────────────────────────────────────────────────────────────────────────────
  'dispute.repeated_otherwise': [
    'REPEAT_REQ_INCONSISTENT',
    'This disputeRequestId was used for another dispute.',
    'Use a new disputeRequestId for a new dispute.',
  ],
  'dispute.no_url': [
    'PROCESS_FAIL',
    'The acquirer has set no URL to be told of disputes.',
    'Let the acquirer set it in the sandbox settings.',
  ],
  'dispute.not_paid': ['PROCESS_FAIL', 'Only what was paid can be disputed.', 'Dispute a payment that succeeded.'],
  'dispute.not_now': [
    'PROCESS_FAIL',
    'This dispute cannot be opened now.',
    'The message says what has to come before, or which time is over.',
  ],
  'dispute.currency': [
    'PARAM_ILLEGAL',
    'The disputed amount is in another currency than the payment.',
    'Dispute in the currency that was paid.',
  ],
  'dispute.too_much': [
    'PROCESS_FAIL',
    'This is more than what is left of the payment.',
    'Dispute at most what was not refunded.',
  ],
  'dispute.unknown': [
    'RECORD_NOT_FOUND',
    'No such dispute was opened.',
    'Answer with the disputeRequestId of the call.',
  ],
  'dispute.answered_otherwise': [
    'REPEAT_REQ_INCONSISTENT',
    'This dispute was answered otherwise before.',
    'Answer a dispute once, and repeat the answer unchanged.',
  ],
  'dispute.refund_unwanted': [
    'PARAM_ILLEGAL',
    'An amount was given, and nothing is to be refunded.',
    'Leave refundAmount out with NO_REFUND.',
  ],
  'dispute.refund_currency': [
    'PARAM_ILLEGAL',
    'The refund is in another currency than the dispute.',
    'Refund in the currency of the dispute.',
  ],
  'dispute.refund_not_whole': [
    'PARAM_ILLEGAL',
    'A full refund must be the disputed amount.',
    'Give the whole disputed amount, or leave refundAmount out.',
  ],
  'dispute.refund_too_much': [
    'PARAM_ILLEGAL',
    'The refund is more than what is disputed.',
    'Give at most the disputed amount.',
  ],
} as const satisfies Record<string, readonly [code: ResultCode, wrong: string, right: string]>

export type Cause = keyof typeof CAUSES
export const causes = Object.keys(CAUSES) as [Cause, ...Cause[]] // keys of a constant

/** Causes that the Signature Doctor can look into: there is a signature, and no key took it. */
export const DOCTOR_CAUSES: readonly (Cause | null)[] = [
  'signature.does_not_verify',
  'signature.wrong_encoding',
  'key.none',
  'key.not_proved',
  'key.version_unknown',
]

/** A cause that was stored by us; one that a later release has dropped is none any more. */
export function asCause(text: string | null): Cause | undefined {
  return text !== null && Object.hasOwn(CAUSES, text) ? (text as Cause) : undefined // just found there
}

/** The cause of an agreed input that refuses `pay` with this code. */
export function causeOfAgreed(code: ResultCode): Cause {
  const cause = asCause(`simulator.${code.toLowerCase()}`)
  if (!cause) throw new Error(`The simulator refuses with ${code}, which has no cause.`)
  return cause
}
