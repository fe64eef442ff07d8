import { MAIL_KINDS, MAIL_STATES } from '../../../rules/mail.ts'
import { inLanguage } from '../../language.ts'
import { zh } from './mail-texts.zh.ts'

const en = {
  title: 'Mail',
  lead: 'What became of each mail of the center. What a mail says stands nowhere.',
  health: 'The last 24 hours',
  waiting: 'Waiting now',
  oldest: 'Oldest waiting',
  nothingWaits: 'Nothing',
  states: MAIL_STATES as Record<keyof typeof MAIL_STATES, string>,
  kinds: MAIL_KINDS as Record<keyof typeof MAIL_KINDS, string>,
  sendTest: 'Send a test message',
  testSent: (address: string) => `A test message to ${address} is on its way. Its fate stands in the list.`,
  mails: 'Mails',
  time: 'Written',
  to: 'To',
  copies: (addresses: string) => `copy to ${addresses}`,
  kind: 'About',
  subject: 'Subject',
  state: 'Fate',
  anyState: 'Any',
  anyKind: 'Anything',
  address: 'Address',
  addressHint: 'Part of an address',
  attempts: 'Attempts',
  next: 'Next attempt',
  twice: 'Perhaps twice: the connection broke after the whole message was handed over.',
  actions: 'Actions',
  resend: 'Send again',
  resendTo: (address: string) => `Send again: the mail to ${address}`,
  resent: 'The mail is tried again.',
  none: 'No mail yet',
  noneWhy: 'Open an account, or send yourself a test message.',
  guide: 'About mail',
  nothingMatches: 'Nothing matches',
  nothingMatchesWhy: 'No mail fits these filters.',
  clear: 'Clear the filters',
}

export const texts = inLanguage({ en, zh })
