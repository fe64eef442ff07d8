import { inLanguage } from '../../language.ts'
import { zh } from './texts.zh.ts'

const en = {
  join: 'Accept the invitation',
  joinLead: (inviter: string, partner: string) => `${inviter} invites you to work for ${partner}.`,
  email: 'E-mail',
  roles: 'Roles',
  validUntil: 'This link works once, until',
  name: 'Your name',
  nameNeeded: 'Enter your name, as your colleagues know you.',
  password: 'Password',
  passwordNeeded: 'Enter the password that you log in with.',
  hasAccount: 'This address has an account already. Enter its password to join.',
  accept: 'Accept',
  joined: 'You have joined. Log in to begin.',
  noToken: 'This link is not complete.',
  noTokenRemedy: 'Open the link from the mail again, or copy the whole of it.',
  toLogIn: 'To the log-in page',
  start: 'Make the first staff account',
  startLead: 'You become the Operator admin of this developer center: you open accounts for staff and partners.',
  startNoTokenRemedy: 'Copy the whole link that the server printed at its start.',
  make: 'Make the account',
  started: 'The account is made. Log in with it.',
}

export const texts = inLanguage({ en, zh })
