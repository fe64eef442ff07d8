import { type CaseRule, failed, open, passed } from './case.ts'
import { ACCEPTANCE } from '../limits.ts'
import { faultText } from './judging.ts'

const DELIVERIES = ACCEPTANCE.deliveries

export const notificationRepeated: CaseRule = {
  name: 'notification_repeated',
  products: ['cashier', 'user_presented', 'merchant_presented', 'auto_debit'],
  title: 'A notification comes late, and several times',
  purpose: 'A notification that you know already changes nothing, and is acknowledged all the same.',
  required: true,
  hands: 'payer',
  misbehaviour: 'late_notification',
  begin: 'pay.start',
  steps: [
    ['Press Start: the next notification comes ten seconds late, and three times.', 'The case waits for you.'],
    ['Start a payment and let it be paid. Meanwhile you can inquire it.', 'The payment has succeeded.'],
    ['Acknowledge the notification each time.', 'The notification log shows three acknowledged attempts.'],
  ],
  judge({ notifications }) {
    const notification = notifications.find(({ misbehaviour }) => misbehaviour === 'late_notification')
    if (!notification) return undefined
    const { attempts } = notification
    const wrong = attempts.find(({ fault }) => fault !== null)
    if (wrong) {
      const received = `delivery ${attempts.indexOf(wrong) + 1}: ${faultText(wrong)}`
      return failed(attempts[0] === wrong ? 'notification.acknowledge' : 'notification.acknowledge_again', received, {
        notification,
      })
    }
    const received = `${attempts.length} acknowledged deliveries`
    if (attempts.length >= DELIVERIES) return passed('notification.acknowledge_again', received, { notification })
    return open('notification.acknowledge_again', `${DELIVERIES} deliveries`, received, 'center')
  },
}
