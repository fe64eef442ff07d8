import { type Manner, MANNERS } from '../../../rules/inotify.ts'
import { inLanguage } from '../../language.ts'
import { zh } from './texts.zh.ts'

const en = {
  title: 'iNotify',
  lead: 'Send your system a notification that you make up: really signed, to the URL that is set or to another, in the manner of your choice. The reply is judged like any other.',
  guide: 'How it works',

  what: 'Notification',
  api: 'Which',
  url: 'URL',
  urlOwn: (url: string) => `Left empty: ${url}`,
  urlNone: 'None is set for this notification: name one.',
  manner: 'In which manner',
  manners: MANNERS as Record<Manner, { title: string; about: string }>,
  delay: 'Seconds late',
  delayFault: (least: number, most: number) => `A whole number from ${least} to ${most}.`,
  body: 'Body',
  bodyLater: 'Body that comes first: what happened later',
  bodyEarlier: 'Body that comes second: what happened before',
  again: 'New values',
  send: 'Send',
  sent: 'Notification sent.',
  needsKey: 'This sandbox has no key yet: the network cannot sign for it.',
  toKey: 'Set your public key',

  fromInbox: 'Filled with the body of a call from the inbox. Edit it; it is signed anew when it is sent.',

  told: 'What became of it',
  notYet: 'Not sent yet',
  kept: 'Kept in the inbox',
  inInbox: 'Open it there',
  right: 'As it should be',
  wrong: 'Not as it should be',
  acknowledged: 'Acknowledged.',
  forgedRefused: 'Not acknowledged, as it should be: its signature was wrong.',
  forgedTaken: 'Acknowledged although its signature was wrong: verify before you answer.',
  forgedUnheard: 'No answer came: whether the signature was checked cannot be said.',
  inLog: 'Open it in the notification log',
}

export const texts = inLanguage({ en, zh })
