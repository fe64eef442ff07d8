/** What became of the center's mails, for the staff: fates and the server's words, never what a mail says. */
import * as z from 'zod'
import { EMAIL_MAX } from '../rules/limits.ts'
import { mailKinds, mailStates } from '../rules/mail.ts'
import { endpoint } from './endpoint.ts'
import { Done, Id, Instant, Line, PageQuery, pageOf } from './wire.ts'

const MailId = z.strictObject({ mailId: Id('mal') })

const Mail = z.object({
  id: Id('mal'),
  kind: z.enum(mailKinds),
  recipient: z.string(),
  copies: z.array(z.string()),
  subject: z.string(),
  state: z.enum(mailStates),
  attempts: z.number(),
  /** What the mail server said last, or why it could not be asked. */
  words: z.string().nullable(),
  /** The connection broke between the end of the message and the answer: it may have gone out twice, with one Message-ID. */
  perhapsTwice: z.boolean(),
  createdAt: Instant,
  triedAt: Instant.nullable(),
  /** When it is tried next; null where it is settled. */
  nextAt: Instant.nullable(),
  settledAt: Instant.nullable(),
  /** It can be sent again as it is: it did not go out, and nothing newer has made it void. */
  isResendable: z.boolean(),
})

export const listMails = endpoint({
  summary: 'Mails of the center, newest first, with what became of each.',
  method: 'GET',
  path: '/staff/mails',
  needs: 'staff.mail.view',
  query: z.strictObject({
    state: z.enum(mailStates).optional(),
    kind: z.enum(mailKinds).optional(),
    /** Part of an address, looked for among the newest 20,000; a whole one among all. */
    address: Line(1, EMAIL_MAX).optional(),
    ...PageQuery,
  }),
  returns: pageOf(Mail),
})

export const mailHealth = endpoint({
  summary: 'How mails went within the last day, and what waits now.',
  method: 'GET',
  path: '/staff/mail-health',
  needs: 'staff.mail.view',
  returns: z.object({
    lastDay: z.record(z.enum(mailStates), z.number()),
    waiting: z.number(),
    oldestWaitingAt: Instant.nullable(),
  }),
})

export const sendTestMail = endpoint({
  summary: "Sends a test message to the caller's own address; its fate stands in the list.",
  method: 'POST',
  path: '/staff/mails/test',
  needs: 'staff.mail.send',
  returns: z.object({ id: Id('mal'), recipient: z.string() }),
  refusals: ['mail.test_too_many'],
})

export const resendMail = endpoint({
  summary: 'Tries a mail again that was refused or given up.',
  method: 'POST',
  path: '/staff/mails/:mailId/resend',
  needs: 'staff.mail.send',
  params: MailId,
  returns: Done,
  refusals: ['mail.not_resendable'],
})
