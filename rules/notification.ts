/**
 * How often a notification is sent: the waits before each of up to eight sends, within 24 h 22 min. A clock factor shortens them
 * in the sandbox, so that nobody waits hours to see the fourth attempt.
 */
const MINUTE = 60
const HOUR = 60 * MINUTE
export const NOTIFICATION_LADDER_SECONDS = [
  0,
  2 * MINUTE,
  10 * MINUTE,
  10 * MINUTE,
  HOUR,
  2 * HOUR,
  6 * HOUR,
  15 * HOUR,
] as const

/** Mail is tried for three days: often at first, then every few hours. */
export const MAIL_LADDER_SECONDS = [
  0,
  5,
  30,
  2 * MINUTE,
  10 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  24 * HOUR,
  24 * HOUR,
] as const

/** Launch events to the network's own systems, for three days. */
export const EVENT_LADDER_SECONDS = [
  0,
  5,
  MINUTE,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  6 * HOUR,
  12 * HOUR,
  24 * HOUR,
  24 * HOUR,
] as const

/** Work that fails by a mistake of ours, not by what the other side answers: within two days. */
export const FAILED_WORK_LADDER_SECONDS = [
  0,
  MINUTE,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  6 * HOUR,
  12 * HOUR,
  24 * HOUR,
] as const

/**
 * What became of a notification. `kept`: the center has it in the inbox of the application, and nobody was told; `failed`: all that was
 * to be tried was tried, and nobody acknowledged it.
 */
export const notificationStates = ['waiting', 'acknowledged', 'kept', 'failed'] as const
export type NotificationState = (typeof notificationStates)[number]

/** Milliseconds to wait after `attempts` sends, or undefined when the ladder has ended. */
export function waitAfter(ladder: readonly number[], attempts: number, clockFactor = 1): number | undefined {
  const seconds = ladder[attempts]
  return seconds === undefined ? undefined : Math.round((seconds * 1000) / clockFactor)
}

/** Why an answer did not acknowledge a notification, in the order in which it is checked. */
export const ACKNOWLEDGEMENT_FAULTS = {
  no_answer: 'No answer came.',
  wrong_status: 'The HTTP status was not 200.',
  not_json: 'The body was not a JSON object with a result.',
  not_success: 'The result status was not S.',
  no_signature: 'The answer carried no signature.',
  wrong_signature: 'The signature of the answer does not verify.',
} as const

export type AcknowledgementFault = keyof typeof ACKNOWLEDGEMENT_FAULTS

/** Why the answer to a question of the network counts for nothing, in the order in which it is checked. */
export const CALL_FAULTS = {
  no_address: 'No URL is set for this call.',
  kept: 'The URL is one of the inbox: the call is kept there, and nobody was asked. The outcome counts as unknown.',
  busy: 'Too many calls to this URL were waiting: this one was not sent.',
  no_answer: 'No complete answer came in time.',
  wrong_status: 'The HTTP status of the answer was not 200: the outcome counts as unknown.',
  not_json: 'The answer was not a JSON object with a result: the outcome counts as unknown.',
  no_signature: 'The answer carried no signature: the outcome counts as unknown.',
  wrong_signature: 'The signature of the answer does not verify: the outcome counts as unknown.',
} as const

export type CallFault = keyof typeof CALL_FAULTS
