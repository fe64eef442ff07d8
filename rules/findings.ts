/**
 * Auto Diagnosis: what was wrong with a call, or will be, as far as the log can tell: pure, from the recorded facts of the call and of its
 * payment. Each finding says what is so and what would be right; the words of a refusal are those of its cause. Stated in
 * docs/guide/tools.md.
 */
import type { PaymentState } from './payment.ts'
import { AGREED_INPUTS } from './simulator.ts'
import { MERCHANT_API } from './test-merchant.ts'

export const FINDINGS = {
  refused: ['The call was refused.', 'Correct what the cause names, and call again.'],
  failed: ['The call was answered with a failure.', 'What the result code means says what to do.'],
  mocked: ['iMock gave the answer: nothing was done.', 'Switch iMock off, or leave its headers out.'],
  answer_refused: [
    'Your answer to the network counted for nothing.',
    'Answer with HTTP 200, a result and a signature of the very bytes that you send.',
  ],
  merchant_answer: [
    'The Test Merchant could not use the answer of your merchant API.',
    'The call says what was wrong with it; answer as the guide of the Test Merchant shows.',
  ],
  other_key_version: [
    'The header names another key version than the one that verifies.',
    'Send the version of the key that you sign with in keyVersion.',
  ],
  clock_off: [
    'Request-Time is far from the time of the call.',
    'Set the clock of your server by NTP, and write the time with its zone: 2026-11-25T08:51:49Z.',
  ],
  agreed_input: [
    'The amount is an agreed input: the sandbox behaves strangely on purpose.',
    'Use another amount where that is not wanted; the docs list all of them.',
  ],
  left_unknown: [
    'The outcome was unknown, and nobody has asked since.',
    'Inquire until it is final, or wait for the notification; when you give up, cancel.',
  ],
  asked_too_often: [
    'The payment was inquired too often.',
    'Inquire after 2, 3, 3 and then every 5 seconds; the notification comes by itself.',
  ],
  closed_unpaid: [
    'The payer did not pay in time: the order is closed.',
    'Show the payer the address at once, and give the order more time with paymentExpiryTime.',
  ],
  nobody_told: [
    'The outcome could be told to nobody: no URL is set.',
    'Set the URL of notifyPayment on the settings, or send paymentNotifyUrl with the call.',
  ],
  not_acknowledged: [
    'The notification of the outcome is not acknowledged.',
    'Answer it with HTTP 200, the status S, and a signature of your answer.',
  ],
} as const satisfies Record<string, readonly [wrong: string, right: string]>

export type FindingCode = keyof typeof FINDINGS
export const findingCodes = Object.keys(FINDINGS) as [FindingCode, ...FindingCode[]] // keys of a constant

/** `detail`: a cause, a result code, a fault, a count or an amount, as the code says; null where there is nothing to add. */
export type Finding = { code: FindingCode; detail: string | null }

export type CallFacts = {
  /** `out`: the network called. */
  direction: 'in' | 'out'
  api: string | null
  /** When it came, UTC milliseconds; all times here are. */
  at: number
  resultCode: string
  resultStatus: 'S' | 'F' | 'U'
  signature: 'verified' | 'refused' | 'absent'
  cause: string | null
  isMocked: boolean
  keyVersion: number | null
  /** As the headers of the request say; undefined where they do not, or not readably. */
  keyVersionNamed: number | undefined
  requestTime: number | undefined
  payment: PaymentFacts | null
  now: number
}

type PaymentFacts = {
  state: PaymentState
  amountValue: string
  /** All calls of the partner about it. */
  calls: readonly { api: string | null; at: number; resultStatus: 'S' | 'F' | 'U' }[]
  /** What the network told of it, each with why its last attempt did not count; undefined before the first. */
  told: readonly { isAcknowledged: boolean; lastFault: string | null | undefined }[]
}

const MINUTE_MS = 60_000
const CLOCK_OFF_MS = 5 * MINUTE_MS
const MANY_INQUIRIES = 20

/** Everything that is to be said of a call, the gravest first; nothing where all is well. */
export function findingsOf(call: CallFacts): Finding[] {
  return [...ofItself(call), ...(call.payment && call.direction === 'in' ? ofPayment(call, call.payment) : [])]
}

const finding = (code: FindingCode, detail: string | null = null): Finding => ({ code, detail })
const when = (holds: boolean, code: FindingCode, detail: string | null = null) => (holds ? [finding(code, detail)] : [])

function ofItself(call: CallFacts): Finding[] {
  const { direction, isMocked, cause, resultStatus, resultCode, requestTime, keyVersion, keyVersionNamed } = call
  // The answer of a partner's own merchant API need not be signed.
  if (call.api === MERCHANT_API) return when(resultStatus === 'U', 'merchant_answer')
  if (direction === 'out') return when(call.signature !== 'verified', 'answer_refused', call.signature)
  const offBy = requestTime === undefined ? 0 : Math.abs(call.at - requestTime)
  const namesAnother = keyVersion !== null && keyVersionNamed !== undefined && keyVersionNamed !== keyVersion
  return [
    ...when(isMocked, 'mocked', resultCode),
    ...when(!isMocked && cause !== null, 'refused', cause),
    ...when(!isMocked && cause === null && resultStatus === 'F', 'failed', resultCode),
    ...when(offBy > CLOCK_OFF_MS, 'clock_off', String(Math.round(offBy / MINUTE_MS))),
    ...when(namesAnother, 'other_key_version', String(keyVersion)),
  ]
}

function ofPayment(call: CallFacts, payment: PaymentFacts): Finding[] {
  const { state, amountValue, calls, told } = payment
  const isAgreed = AGREED_INPUTS.some(({ value }) => value === amountValue)
  const isFinal = state !== 'PAYING'
  const inquiries = calls.filter(({ api, at }) => isInquiry(api) && Math.abs(at - call.at) <= MINUTE_MS).length
  const asked = calls.some(({ api, at }) => at > call.at && (isInquiry(api) || isCancel(api) || api === call.api))
  const isLeft = call.resultStatus === 'U' && !asked && call.now - call.at > MINUTE_MS
  const open = told.find(({ isAcknowledged, lastFault }) => !isAcknowledged && lastFault)
  return [
    ...when(isAgreed, 'agreed_input', amountValue),
    ...when(isLeft && !told.some(({ isAcknowledged }) => isAcknowledged), 'left_unknown'),
    ...when(inquiries > MANY_INQUIRIES, 'asked_too_often', String(inquiries)),
    ...when(state === 'CLOSED', 'closed_unpaid'),
    ...when(isFinal && state !== 'CANCELLED' && told.length === 0, 'nobody_told'),
    ...when(open !== undefined, 'not_acknowledged', open?.lastFault ?? null),
  ]
}

const isInquiry = (api: string | null) => api === 'payments/inquiryPayment'
const isCancel = (api: string | null) => api === 'payments/cancelPayment' || api === 'payments/cancel'
