/** Mails about a launch: to the partner's Developer Admins when it is their turn or the end, to the architects when it is theirs. */
import { GATE } from '../../rules/launch.ts'
import type { TxCtx } from '../context.ts'
import { addMail } from '../mail/mail.ts'
import * as store from './store.ts'

type Application = Pick<store.Launchable, 'id' | 'name' | 'partnerId' | 'partnerName'>
type About = { subject: string; paragraphs: string[]; facts?: { name: string; value: string }[]; button: string }

export async function mailReturned(
  tx: TxCtx,
  application: Application,
  remarks: readonly { item: keyof typeof GATE; text: string }[],
): Promise<void> {
  await mailAdmins(tx, application, {
    subject: `${application.name} needs something before its launch`,
    paragraphs: [
      `a solution architect looked at your request to launch ${application.name}. It is your turn: mend what is named, and hand the same request back. It keeps its place.`,
    ],
    facts: remarks.map(({ item, text }) => ({ name: GATE[item].title, value: text })),
    button: 'Open the request',
  })
}

export async function mailLaunched(tx: TxCtx, application: Application, products: readonly string[]): Promise<void> {
  await mailAdmins(tx, application, {
    subject: `${application.name} is launched`,
    paragraphs: [`your launch of ${application.name} is confirmed.`],
    facts: [{ name: 'Products', value: products.join(', ') }],
    button: 'Open the application',
  })
}

export async function mailOffLine(
  tx: TxCtx,
  application: Application,
  { reason, isRequestWithdrawn }: { reason: string; isRequestWithdrawn: boolean },
): Promise<void> {
  const withdrawn = isRequestWithdrawn ? ['Your open request to launch more products is withdrawn with it.'] : []
  await mailAdmins(tx, application, {
    subject: `${application.name} is taken off line`,
    paragraphs: [
      `${tx.config.network.name} has taken ${application.name} off line: production does not accept its calls any more.`,
      ...withdrawn,
      'Its settings, keys and acceptance results are kept. You can launch it again by a new request, or delete it.',
    ],
    facts: [{ name: 'Reason', value: reason }],
    button: 'Open the application',
  })
}

/** The same to every architect: whoever has time takes it. */
export async function mailArchitects(tx: TxCtx, application: Application, requestId: string): Promise<void> {
  const { network, origin } = tx.config
  for (const person of await store.listArchitects(tx)) {
    await addMail(tx, {
      kind: 'launch',
      about: requestId,
      to: person.email,
      subject: `${network.name}: ${application.partnerName} asks to launch ${application.name}`,
      letter: {
        network: network.name,
        greeting: `Hello ${person.name},`,
        paragraphs: [`${application.partnerName} asks to launch ${application.name}. The checklist is fulfilled.`],
        button: { label: 'Review the request', href: `${origin}/staff/launch-requests/${requestId}` },
        footer: 'You get this mail because you are a solution architect.',
      },
    })
  }
}

async function mailAdmins(tx: TxCtx, application: Application, { subject, paragraphs, facts, button }: About) {
  const { network, origin } = tx.config
  const members = await store.listMembers(tx, application.partnerId)
  const admins = members.filter(({ roles }) => (JSON.parse(roles) as string[]).includes('developer_admin')) // written by us
  for (const person of admins) {
    await addMail(tx, {
      kind: 'launch',
      about: application.id,
      to: person.email,
      subject: `${network.name}: ${subject}`,
      letter: {
        network: network.name,
        greeting: `Hello ${person.name},`,
        paragraphs,
        ...(facts ? { facts } : {}),
        button: { label: button, href: `${origin}/applications/${application.id}/launch` },
        footer: `You get this mail as a Developer Admin of ${application.partnerName}. Questions: ${network.supportMailbox}.`,
      },
    })
  }
}
