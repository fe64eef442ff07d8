import { type CaseRule, failed, open, passed } from './case.ts'
import { faultText, judgeAttempts } from './judging.ts'

/** The partner said yes to it, whether or not his own signature was right. */
const SAID_YES = [null, 'no_signature', 'wrong_signature']

export const notificationForged: CaseRule = {
  name: 'notification_forged',
  products: ['cashier', 'user_presented', 'merchant_presented', 'auto_debit'],
  title: 'A notification with a wrong signature is refused',
  purpose: 'Nobody but the network can tell you that a payment succeeded.',
  required: true,
  hands: 'payer',
  misbehaviour: 'wrong_notification',
  begin: 'pay.start',
  steps: [
    ['Press Start: the first attempt of the next notification is signed wrongly.', 'The case waits for you.'],
    ['Start a payment and let it be paid.', 'The payment has succeeded.'],
    [
      'Verify the notification, and do not answer it with `resultStatus` S.',
      'The notification log shows the attempt as not acknowledged.',
    ],
    ['Acknowledge the next attempt, which is signed well.', 'The notification is acknowledged.'],
  ],
  judge({ notifications }) {
    const notification = notifications.find(({ attempts }) =>
      attempts.some(({ misbehaviour }) => misbehaviour !== null),
    )
    if (!notification) return undefined
    const { attempts } = notification
    const forged = attempts.filter(({ misbehaviour }) => misbehaviour === 'wrong_notification')
    const believed = forged.find(({ fault }) => SAID_YES.includes(fault))
    if (believed) {
      return failed('notification.refuse', `HTTP 200 and resultStatus S: ${faultText(believed)}`, { notification })
    }
    if (forged.every(({ fault }) => fault === 'no_answer')) {
      return open('notification.refuse', 'an answer', 'the notification URL did not answer')
    }
    const genuine = attempts.filter(({ misbehaviour }) => misbehaviour === null)
    return (
      judgeAttempts(notification, genuine) ??
      passed('notification.refuse', 'refused, then acknowledged', { notification })
    )
  },
}
