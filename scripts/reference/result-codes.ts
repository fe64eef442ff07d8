import { RESULTS, resultCodes } from '../../rules/results.ts'
import { page, table } from './text.ts'

export function resultCodesPage(): string {
  const meaning = { S: 'S: processed', F: 'F: final failure', U: 'U: outcome unknown' }
  return page(
    'Result codes of the gateway',
    'Every answer of the gateway is HTTP 200 with a `result`: `resultCode`, `resultStatus` and `resultMessage`. Branch on code and status. The message is for people, may say more than the sentence below, and may change.',
    table(
      ['Status', 'What to do'],
      [
        [
          '`S`',
          "The call was processed. For `inquiryPayment` this says only that the inquiry worked; the payment's own outcome is in `paymentResult`.",
        ],
        [
          '`F`',
          'Final for this id. Do not repeat it unchanged; after a wrong signature or a wrong value, correct it and call again.',
        ],
        [
          '`U`',
          'The outcome is not known yet. Inquire, wait for the notification, or repeat with the same id and the same content.',
        ],
      ],
    ),
    '## All codes',
    table(
      ['Code', 'Status', 'Message', 'Cause', 'What to do'],
      resultCodes.map((code) => {
        const [status, message, cause, remedy] = RESULTS[code]
        return [`\`${code}\``, meaning[status], message, cause, remedy]
      }),
    ),
  )
}
