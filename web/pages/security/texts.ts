import { inLanguage } from '../../language.ts'
import { zh } from './texts.zh.ts'

const en = {
  title: 'Security',
  password: 'Password',
  passwordLead: 'Every other session ends when you change it, and you get a mail.',
  currentPassword: 'Current password',
  currentNeeded: 'Enter the password that you log in with.',
  change: 'Change password',
  changed: 'Your password is changed. Every other session has ended.',
  sessions: 'Sessions',
  sessionsLead: 'Where you are logged in now. A session that you do not know: end it, and change your password.',
  browsers: 'Browsers',
  browsersLead:
    'Browsers that logged in within 180 days. Strangers who guess at your password cannot shut them out. A log-in from any other is told you by mail.',
  browser: 'Browser',
  address: 'Address',
  organisation: 'Organisation',
  loggedIn: 'Logged in',
  lastUsed: 'Last used',
  lastLogIn: 'Last log-in',
  actions: 'Actions',
  on: (browser: string, system: string) => (system === '' ? browser : `${browser} on ${system}`),
  unknownBrowser: 'Unknown browser',
  thisOne: 'This one',
  end: 'End',
  endOf: (browser: string) => `End the session in ${browser}`,
  ended: 'The session has ended.',
  endOthers: 'End all others',
  othersEnded: (count: number) => (count === 1 ? 'One session has ended.' : `${count} sessions have ended.`),
  forget: 'Forget',
  forgetOf: (browser: string) => `Forget ${browser}`,
  forgetTitle: 'Forget this browser?',
  forgetText: 'Its sessions end, and its next log-in is told you by mail.',
  forgotten: 'The browser is forgotten.',
}

export const texts = inLanguage({ en, zh })
