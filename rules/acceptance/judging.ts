/** What several cases look for in a payment. */
import { ACKNOWLEDGEMENT_FAULTS, type AcknowledgementFault } from '../notification.ts'
import { type AgreedInput, agreedBy } from '../simulator.ts'
import { failed, type Finding, open, passed } from './case.ts'
import {
  type Attempt,
  amountIn,
  type Call,
  type Evidence,
  type Notification,
  part,
  type Story,
  text,
} from './evidence.ts'

export type Told = { status: 'S' | 'F'; code: string; at: number; call?: Call; notification?: Notification }

/** The agreed input that the amount of the payment is; an ordinary success where it is none. */
export function agreedIn({ first }: Story): AgreedInput {
  const { payToAmount, paymentAmount } = first.request
  return agreedBy(text(part({ amount: payToAmount ?? paymentAmount }, 'amount').value))
}

/** All that told the partner the final outcome, in the order of time. An answer that was signed wrongly tells nothing. */
export function toldIn({ pays, inquiries, notifications }: Story): Told[] {
  const told = [
    ...pays
      .filter(({ misbehaviour }) => misbehaviour === null)
      .map((call) => toldBy(call.at, call.response, 'result', call)),
    ...inquiries.map((call) => toldBy(call.at, call.response, 'paymentResult', call)),
    ...notifications.map((one) => {
      const found = toldBy(one.attempts[0]?.at ?? one.at, one.body, 'paymentResult')
      return found && { ...found, notification: one }
    }),
  ]
  return told.filter((one) => one !== undefined).sort((a, b) => a.at - b.at)
}

/** What ended the inquiring: an inquiry that was final, or a notification that the partner acknowledged and so knows. */
export function settledIn(story: Story): Told | undefined {
  return toldIn(story).find(
    ({ call, notification }) =>
      call?.api === 'payments/inquiryPayment' || notification?.attempts.some(({ fault }) => fault === null),
  )
}

export function settledText({ status, notification }: Told): string {
  return `${notification ? 'notifyPayment' : 'inquiryPayment'} with paymentResult ${status}`
}

function toldBy(at: number, json: Call['response'], field: string, call?: Call): Told | undefined {
  const { resultStatus, resultCode } = part(json, field)
  if (resultStatus !== 'S' && resultStatus !== 'F') return undefined
  return { status: resultStatus, code: text(resultCode), at, ...(call ? { call } : {}) }
}

/** The one success case of all terminals and of the shop: paid, told, acknowledged. */
export function judgeSuccess(story: Story): Finding | undefined {
  const agreed = agreedIn(story)
  if (agreed.walletSays || agreed.refused || agreed.pay || story.cancels.length > 0) return undefined
  if (story.first.resultCode === 'PARAM_ILLEGAL') {
    return failed('payment.success', `${story.first.resultCode}: ${messageOf(story.first)}`, { call: story.first })
  }
  if (story.pays.every(({ resultStatus }) => resultStatus === 'F')) return undefined
  const told = toldIn(story)
  if (told.some(({ status }) => status === 'F')) return undefined
  if (told.length === 0) return open('payment.success', 'the payer pays in the Test Wallet', 'not decided yet')
  return judgeAcknowledgement(story) ?? passed('payment.success', 'paid, and the notification acknowledged')
}

/** A payment that the wallet or the payer refused: final, told, acknowledged, and left alone. */
export function judgeFailure(story: Story): Finding | undefined {
  const [told] = toldIn(story)
  if (told?.status !== 'F') return undefined
  const again = story.calls.find(
    (call) =>
      call.at >= told.at && call !== told.call && call !== story.first && call.api !== 'payments/inquiryPayment',
  )
  if (again) return failed('failure.final', `${nameOf(again)} after ${told.code}`, { call: again })
  return (
    judgeAcknowledgement(story) ??
    passed('payment.failure', told.code, { call: told.call, notification: told.notification })
  )
}

/** Undefined where the outcome was acknowledged; otherwise what is wrong or missing. */
function judgeAcknowledgement({ notifications }: Story): Finding | undefined {
  const [notification] = notifications
  if (!notification) return open('notification.acknowledge', 'a notification is sent', 'none yet', 'center')
  return judgeAttempts(
    notification,
    notification.attempts.filter(({ misbehaviour }) => misbehaviour === null),
  )
}

export function judgeAttempts(notification: Notification, attempts: readonly Attempt[]): Finding | undefined {
  if (attempts.some(({ fault }) => fault === null)) return undefined
  const last = attempts.at(-1)
  if (!last) return open('notification.acknowledge', 'the notification is delivered', 'not sent yet', 'center')
  return failed('notification.acknowledge', faultText(last), { notification })
}

export function faultText({ fault }: Attempt): string {
  return fault === null ? 'acknowledged' : (ACKNOWLEDGEMENT_FAULTS[fault as AcknowledgementFault] ?? fault) // by the delivery
}

/** A `pay` of the same order under another id, after this payment's first. */
export function paysOfOrder({ first, paymentRequestId }: Story, { calls }: Evidence): Call[] {
  const order = text(part(first.request, 'order').referenceOrderId)
  return calls.filter(
    (call) =>
      call.signature === 'verified' &&
      call.api === 'payments/pay' &&
      call.at >= first.at &&
      call !== first &&
      call.paymentRequestId !== paymentRequestId &&
      text(part(call.request, 'order').referenceOrderId) === order,
  )
}

export function isAfter(call: Call, other: Call): boolean {
  return call.at > other.at || (call.at === other.at && call.id > other.id)
}

/** `pay answered SUCCESS`, as a person reads it. */
export function nameOf({ api, resultCode }: Call): string {
  return `${(api ?? 'a call').replace('payments/', '')} answered ${resultCode}`
}

/** Why a refund was refused, with what it asked for. */
export function refusedText(call: Call): string {
  const { currency, value } = amountIn(call.request, 'refundAmount')
  return `${nameOf(call)}: refundAmount ${value} ${currency}`
}

function messageOf({ response }: Call): string {
  return text(part(response, 'result').resultMessage)
}
