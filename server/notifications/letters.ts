/** Mails about notifications that nobody took: to the members who develop in the sandbox, and few of them, however many failed. */
import { ENDPOINT } from '../../rules/limits.ts'
import { ACKNOWLEDGEMENT_FAULTS, type AcknowledgementFault } from '../../rules/notification.ts'
import { type PartnerRole, roleMay } from '../../rules/roles.ts'
import { takeOfQuota } from '../accounts/counters.ts'
import type { TxCtx } from '../context.ts'
import type { Row } from '../db/schema.ts'
import { addMail } from '../mail/mail.ts'
import type { Endpoint, Readers } from './endpoint-store.ts'

type Letter = { subject: string; paragraphs: string[]; facts: { name: string; value: string }[]; path: string }

/** The first of a day speaks for those that follow. */
export async function mailFailed(
  tx: TxCtx,
  readers: Readers,
  notification: Row<'notifications'>,
  fault: AcknowledgementFault,
): Promise<void> {
  const { client_id, origin, application_id } = notification
  if (!(await mayMail(tx, `failed ${client_id} ${origin}`, application_id))) return
  await mailReaders(tx, readers, {
    subject: `${readers.application.name}: a notification failed`,
    paragraphs: [
      `a notification of ${readers.application.name} was sent until its last attempt, and your server acknowledged none of them. It is not sent again by itself; you can send it again from the notification log.`,
      `You get one such mail a day for an endpoint, also if more notifications fail. After ${ENDPOINT.pauseAfter} in a row the endpoint is paused.`,
    ],
    facts: [
      { name: 'Endpoint', value: origin },
      { name: 'Payment', value: notification.payment_request_id },
      { name: 'Last fault', value: ACKNOWLEDGEMENT_FAULTS[fault] },
    ],
    path: '?state=failed',
  })
}

export async function mailPaused(tx: TxCtx, readers: Readers, endpoint: Endpoint): Promise<void> {
  const { client_id, origin, application_id, failed_in_row } = endpoint
  if (!(await mayMail(tx, `paused ${client_id} ${origin}`, application_id))) return
  await mailReaders(tx, readers, {
    subject: `${readers.application.name}: notifications are paused`,
    paragraphs: [
      `${failed_in_row} notifications of ${readers.application.name} in a row used up all their attempts, and your server acknowledged nothing in between. We have stopped to send to this endpoint.`,
      'Nothing is lost: new notifications wait. When your server is in order again, resume the endpoint on the notification log; what waits is sent at once, the oldest first. Those that have failed can be sent again there.',
    ],
    facts: [
      { name: 'Endpoint', value: origin },
      { name: 'Last fault', value: ACKNOWLEDGEMENT_FAULTS[endpoint.last_fault as AcknowledgementFault] }, // written by us
    ],
    path: '',
  })
}

/** By endpoint and day; and by application, because a partner may name another endpoint with each payment. */
async function mayMail(tx: TxCtx, key: string, applicationId: string): Promise<boolean> {
  if (!(await takeOfQuota(tx, `notification mail ${key}`, ENDPOINT.mailsPerDay, ENDPOINT.daySeconds))) return false
  const perApplication = `notification mails ${applicationId}`
  return takeOfQuota(tx, perApplication, ENDPOINT.mailsPerApplicationAndDay, ENDPOINT.daySeconds)
}

async function mailReaders(tx: TxCtx, { application, members }: Readers, letter: Letter): Promise<void> {
  const { network, origin } = tx.config
  const mayDevelop = ({ roles }: { roles: string }) =>
    (JSON.parse(roles) as PartnerRole[]).some((role) => roleMay(role, 'sandbox.develop')) // written by us
  for (const person of members.filter(mayDevelop)) {
    await addMail(tx, {
      about: application.id,
      to: person.email,
      subject: `${network.name}: ${letter.subject}`,
      letter: {
        network: network.name,
        greeting: `Hello ${person.name},`,
        paragraphs: letter.paragraphs,
        facts: letter.facts,
        button: {
          label: 'Open the notification log',
          href: `${origin}/applications/${application.id}/notifications${letter.path}`,
        },
        footer: `You get this mail because you develop for ${application.partnerName}. Questions: ${network.supportMailbox}.`,
      },
    })
  }
}
