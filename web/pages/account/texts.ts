import { PASSWORD, RESET } from '../../../rules/limits.ts'
import { inLanguage } from '../../language.ts'
import { zh } from './texts.zh.ts'

const en = {
  logIn: 'Log in',
  toNetwork: (network: string) => `Developer center of ${network}`,
  email: 'E-mail',
  password: 'Password',
  newPassword: 'New password',
  show: 'Show characters',
  hide: 'Hide characters',
  forgot: 'Forgot password?',
  problems: 'Problems logging in?',
  writeTo: 'Write to',
  noAccount: 'No account yet?',
  noAccountWay: 'The solution architects open accounts for partners:',
  getStarted: 'Get started',
  docs: 'Documentation',
  confirm: 'Confirm',
  emailNeeded: 'Enter your e-mail address.',
  passwordNeeded: 'Enter your password.',
  activated: 'Your password is set. Log in with it.',
  passwordChanged: 'Your password is changed, and every session of your account has ended. Log in with the new one.',
  sessionEnded: 'Your session has ended. Log in, and you are back where you were.',
  name: 'Name',

  activate: 'Set your password',
  activateFor: (partner: string | null) => (partner === null ? 'Account of the network' : `Account with ${partner}`),
  activateValid: 'This link works once, until',
  setPassword: 'Set password',
  noToken: 'This activation link is not complete.',
  noTokenRemedy: 'Open the link from the mail again, or copy the whole of it.',
  toLogIn: 'To the log-in page',

  passwordRule: `${PASSWORD.minLength} to ${PASSWORD.maxLength} characters. A sentence is good; spaces are welcome.`,
  passwordCount: (count: number) => `${count} of at least ${PASSWORD.minLength} characters`,
  tooShort: `Use at least ${PASSWORD.minLength} characters.`,
  tooLong: `Use at most ${PASSWORD.maxLength} characters.`,

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
