import { ACKNOWLEDGEMENT_FAULTS, MAIL_LADDER_SECONDS, NOTIFICATION_LADDER_SECONDS } from '../../rules/notification.ts'
import { duration, page, table } from './text.ts'

export function schedulePage(): string {
  const ladder = (seconds: readonly number[]) => {
    let total = 0
    return seconds.map((wait, index) => {
      total += wait
      return [String(index + 1), wait === 0 ? 'at once' : duration(wait), total === 0 ? '' : duration(total)]
    })
  }
  return page(
    'Notification schedule',
    'When a notification is sent, and why an answer did not acknowledge it. How to receive notifications: [Notifications](../guide/notifications).',
    '## Attempts',
    table(['Attempt', 'Wait before it', 'Since the first'], ladder(NOTIFICATION_LADDER_SECONDS)),
    'A center on loopback, such as the demo, may run these waits faster by a clock factor: with one of 60, two minutes take two seconds. Behind `https` they are always these.',
    '## Faults of an answer',
    'Checked in this order. The first that applies is shown beside the attempt.',
    table(
      ['Fault', 'Meaning'],
      Object.entries(ACKNOWLEDGEMENT_FAULTS).map(([fault, text]) => [`\`${fault}\``, text]),
    ),
    '## Mail',
    'Mail of the center (activation, codes, notices) is tried on a schedule of its own.',
    table(['Attempt', 'Wait before it', 'Since the first'], ladder(MAIL_LADDER_SECONDS)),
  )
}
