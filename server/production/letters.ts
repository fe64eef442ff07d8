/** Mails about production keys and URLs. They name the key by its fingerprint, so that its owner can compare. */
import { actorName, memberOf, type TxCtx } from '../context.ts'
import { addMail } from '../mail/mail.ts'
import { listAdmins } from './store.ts'

type Change = { what: 'set' | 'proved' | 'retired'; version: number; fingerprint: string }

const WORDS: Record<Change['what'], string> = {
  set: 'was set. It verifies nothing until a signature proves it',
  proved: 'was proved, and verifies calls from now on',
  retired: 'was retired, and verifies nothing any more',
}

type Application = { id: string; name: string }

/** To the Developer Admins other than the one who did it: a borrowed session must not stay unseen. */
export async function mailAdmins(tx: TxCtx, application: Application, change: Change): Promise<void> {
  const { what, version, fingerprint } = change
  await mailOthers(tx, application, {
    subject: `a production key of ${application.name} was ${what}`,
    text: `version ${version} of the production key of ${application.name} ${WORDS[what]}.`,
    fact: { name: 'Fingerprint', value: fingerprint },
    remedy: 'Retire the key at once',
  })
}

/** Of a launched application, in the same way: real notifications go there from now on. */
export async function mailUrlChanged(
  tx: TxCtx,
  application: Application,
  { api, before, after }: { api: string; before: string | null; after: string | null },
): Promise<void> {
  await mailOthers(tx, application, {
    subject: `a production URL of ${application.name} was changed`,
    text: `the production URL of ${api} of ${application.name} was changed from ${before ?? 'none'}.`,
    fact: { name: 'To', value: after ?? 'none' },
    remedy: 'Change it back at once',
  })
}

type Notice = { subject: string; text: string; fact: { name: string; value: string }; remedy: string }

async function mailOthers(tx: TxCtx, application: Application, { subject, text, fact, remedy }: Notice): Promise<void> {
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
      subject: `${network.name}: ${subject}`,
      letter: {
        network: network.name,
        greeting: `Hello ${person.name},`,
        paragraphs: [text],
        facts: [fact, { name: 'By', value: actorName(tx) }],
        button: { label: 'Production settings', href: `${origin}/applications/${application.id}/production` },
        footer: `This was not agreed? ${remedy}, and write to ${network.supportMailbox}.`,
      },
    })
  }
}
