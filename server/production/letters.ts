/** Mails about production keys. They name the key by its fingerprint, so that its owner can compare. */
import { actorName, memberOf, type TxCtx } from '../context.ts'
import { addMail } from '../mail/mail.ts'
import { listAdmins } from './store.ts'

type Change = { what: 'set' | 'proved' | 'retired'; version: number; fingerprint: string }

const WORDS: Record<Change['what'], string> = {
  set: 'was set. It verifies nothing until a signature proves it',
  proved: 'was proved, and verifies calls from now on',
  retired: 'was retired, and verifies nothing any more',
}

/** To the Developer Admins other than the one who did it: a borrowed session must not stay unseen. */
export async function mailAdmins(tx: TxCtx, application: { id: string; name: string }, change: Change): Promise<void> {
  const { partnerId, personId } = memberOf(tx)
  const { network, origin } = tx.config
  const others = (await listAdmins(tx, partnerId)).filter(
    ({ id, roles }) => id !== personId && (JSON.parse(roles) as string[]).includes('developer_admin'), // written by us
  )
  for (const person of others) {
    await addMail(tx, {
      kind: 'launch',
      about: application.id,
      to: person.email,
      subject: `${network.name}: a production key of ${application.name} was ${change.what}`,
      letter: {
        network: network.name,
        greeting: `Hello ${person.name},`,
        paragraphs: [`version ${change.version} of the production key of ${application.name} ${WORDS[change.what]}.`],
        facts: [
          { name: 'Fingerprint', value: change.fingerprint },
          { name: 'By', value: actorName(tx) },
        ],
        button: { label: 'Production settings', href: `${origin}/applications/${application.id}/production` },
        footer: `This was not agreed? Retire the key at once, and write to ${network.supportMailbox}.`,
      },
    })
  }
}
