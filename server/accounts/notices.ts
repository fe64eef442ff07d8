/** Mails that tell a person what happened to the account. None holds a secret. */
import type { TxCtx } from '../context.ts'
import { addMail } from '../mail/mail.ts'
import { utc } from './activations.ts'

type Person = { name: string; email: string }

export async function mailNewBrowser(
  tx: TxCtx,
  person: Person,
  browser: { address: string; userAgent: string },
): Promise<void> {
  await notice(tx, person, {
    subject: 'log-in from a new browser',
    text: `somebody logged in to your account from a browser that was not used before: ${utc(tx.clock.now())}, from the address ${browser.address}, with "${browser.userAgent.slice(0, 120)}".`,
    footer: `Was it you? Then there is nothing to do. Otherwise reset your password at once, which ends every session: ${tx.config.origin}/reset`,
  })
}

export async function mailPasswordChanged(tx: TxCtx, person: Person): Promise<void> {
  await notice(tx, person, {
    subject: 'your password was changed',
    text: `the password of your account was changed on ${utc(tx.clock.now())}. Every other session was ended.`,
    footer: `This was not you? Reset the password at once, and write to ${tx.config.network.supportMailbox}.`,
  })
}

export async function mailPasswordReset(tx: TxCtx, person: Person): Promise<void> {
  await notice(tx, person, {
    subject: 'your password was changed',
    text: `the password of your account was reset at ${utc(tx.clock.now())}. Every session was ended; log in with the new password.`,
    footer: `This was not you? Write to ${tx.config.network.supportMailbox} at once.`,
  })
}

export async function mailEnabled(tx: TxCtx, person: Person, where: string): Promise<void> {
  await notice(tx, person, {
    subject: 'your account is open again',
    text: `your account was opened again for ${where}. You can log in with the password that you had, or reset it.`,
    footer: `You did not expect this? Write to ${tx.config.network.supportMailbox}.`,
    button: { label: 'Log in', href: `${tx.config.origin}/login` },
  })
}

async function notice(
  tx: TxCtx,
  person: Person,
  about: { subject: string; text: string; footer: string; button?: { label: string; href: string } },
): Promise<void> {
  const { network } = tx.config
  await addMail(tx, {
    to: person.email,
    subject: `${network.name}: ${about.subject}`,
    letter: {
      network: network.name,
      greeting: `Hello ${person.name},`,
      paragraphs: [about.text],
      ...(about.button ? { button: about.button } : {}),
      footer: about.footer,
    },
  })
}
