/**
 * Every result code of the gateway: code → status, message. `S` processed, `F` final failure, `U` outcome unknown: inquire or
 * repeat. Codes are the network's, messages are ours.
 */
export const RESULTS = {
  SUCCESS: ['S', 'Success.'],
  PAYMENT_IN_PROCESS: ['U', 'The payment is in process; inquire, or wait for the notification.'],

  // ── before business logic ─────────────────────────────────────────────────────────────────────────────────────────────
  PARAM_ILLEGAL: ['F', 'A required value is missing or malformed.'],
  INVALID_SIGNATURE: ['F', 'The signature does not verify.'],
  KEY_NOT_FOUND: ['F', 'No key is registered for this client and key version.'],
  INVALID_CLIENT: ['F', 'The client is unknown or disabled.'],
  ACCESS_DENIED: ['F', 'The application does not have the product that this call needs.'],
  NO_INTERFACE_DEF: ['F', 'There is no such interface.'],
  METHOD_NOT_SUPPORTED: ['F', 'The method must be POST.'],
  MEDIA_TYPE_NOT_ACCEPTABLE: ['F', 'The Content-Type must be application/json.'],
  OAUTH_FAILED: ['F', 'The Agent-Token is not valid.'],
  REQUEST_TRAFFIC_EXCEED_LIMIT: ['U', 'Too many requests; repeat later.'],
  UNKNOWN_EXCEPTION: ['U', 'An error on our side; send the same request again.'],

  // ── payments ──────────────────────────────────────────────────────────────────────────────────────────────────────────
  BUSINESS_NOT_SUPPORT: ['F', 'This kind of payment is not served here.'],
  REPEAT_REQ_INCONSISTENT: ['F', 'This paymentRequestId was used with other values.'],
  ORDER_NOT_EXIST: ['F', 'There is no such payment.'],
  ORDER_IS_CLOSED: ['F', 'The order is closed.'],
  USER_PAYMENT_VERIFICATION_FAILED: ['F', 'The payer did not confirm the payment.'],
} as const satisfies Record<string, readonly [status: 'S' | 'F' | 'U', message: string]>

export type ResultCode = keyof typeof RESULTS
export const resultCodes = Object.keys(RESULTS) as [ResultCode, ...ResultCode[]] // keys of a constant

export type Result = { resultCode: ResultCode; resultStatus: 'S' | 'F' | 'U'; resultMessage: string }

/** The `result` object of an answer. `detail` replaces the general sentence where we can say more; at most 256 characters. */
export function resultOf(resultCode: ResultCode, detail?: string): Result {
  const [resultStatus, message] = RESULTS[resultCode]
  return { resultCode, resultStatus, resultMessage: (detail ?? message).slice(0, 256) }
}
