import { RESET } from '../../../rules/limits.ts'
import { inLanguage } from '../../language.ts'
import { zh } from './texts.zh.ts'

const en = {
  confirm: 'Confirm',
  activated: 'Your password is set. Log in with it.',
  passwordChanged: 'Your password is changed, and every session of your account has ended. Log in with the new one.',
  name: 'Name',

  activate: 'Set your password',
  activateFor: (partner: string | null) => (partner === null ? 'Account of the network' : `Account with ${partner}`),
  activateValid: 'This link works once, until',
  setPassword: 'Set password',
  noToken: 'This activation link is not complete.',
  noTokenRemedy: 'Open the link from the mail again, or copy the whole of it.',
  toLogIn: 'To the log-in page',

  reset: 'Reset your password',
  resetLead: 'Enter the e-mail address that you log in with. We mail a code to it.',
  resetCode: 'Enter the code',
  resetCodeLead: `If the address has an account, a mail with a code of ${RESET.digits} digits is on its way. It is valid for ${RESET.codeSeconds / 60} minutes.`,
  code: 'Code',
  codeNeeded: `Enter the ${RESET.digits} digits from the mail.`,
  resend: 'Send a new code',
  resendIn: (seconds: number) => `Send a new code in ${seconds} s`,
  resent: 'A new code is on its way. The one before is void.',
  otherAddress: 'Use another address',
  resetPassword: 'Set a new password',
  resetPasswordLead: 'Your address is verified. Every session of your account ends when you set the new password.',
  startAgain: 'Start again',
}

export const texts = inLanguage({ en, zh })
