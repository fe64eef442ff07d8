import { inLanguage } from '../../language.ts'
import { zh } from './texts.zh.ts'

/** What the server says about a break, word by word: server/audit/verify.ts. */
const reasons: Record<string, string> = {
  'an entry is missing': 'An entry is missing.',
  'it does not follow the entry before it': 'It does not follow the entry before it.',
  'its text does not give its hash': 'It was altered: its text does not give its hash.',
  'the head names another hash': 'The end of the chain names another hash.',
  'the seal of the head was not made with the master key': 'The end of the chain is not sealed with the master key.',
}

const en = {
  title: 'Audit log',
  lead: 'Who changed what in your organisation, newest first. Nobody can change or delete an entry.',
  leadOfStaff: 'Who changed what, of every partner and of the center itself, newest first.',
  entries: 'Entries',
  time: 'Time',
  log: 'Log',
  everyLog: 'All logs',
  center: 'The center itself',
  who: 'Who',
  what: 'Did what',
  onWhat: 'On what',
  changed: 'Changed',
  address: 'Address',
  email: 'E-mail',
  objectId: 'ID',
  requestId: 'Request ID',
  place: 'Place in the chain',
  placeOf: (number: string) => `Number ${number}`,
  hash: 'Hash',
  ofNetwork: 'network staff',
  actors: { nobody: 'Somebody not logged in', system: 'The center' },

  actor: 'Who',
  action: 'Did what',
  anyAction: 'Anything',
  object: 'On what',
  hints: { actor: 'Name or e-mail', object: 'Name, ID or request ID' },
  from: 'From (UTC)',
  to: 'To (UTC)',
  refusalsOnly: 'Refusals only',

  changes: 'What changed',
  before: 'before',
  after: 'after',
  nothing: 'Nothing',
  empty: 'empty',

  none: 'No entry yet',
  noneWhy: 'As soon as somebody changes something, it stands here.',
  guide: 'About the audit log',
  nothingMatches: 'Nothing matches',
  nothingMatchesWhy: 'No entry fits these filters.',
  nothingSoFar: 'Nothing so far',
  nothingSoFarWhy: 'The newest entries do not match. Go on with the older ones below.',
  clear: 'Clear the filters',

  exports: { csv: 'Export CSV', json: 'Export JSON' },
  verify: 'Verify the chain',
  intact: 'Intact',
  intactOver: (entries: string, chains: string) =>
    chains === '1'
      ? `${entries} entries are as they were written.`
      : `${entries} entries in ${chains} chains are as they were written.`,
  broken: 'The log was altered',
  brokenAt: (log: string, number: string) => `${log}, number ${number}:`,
  reasons,
  brokenRemedy: 'Keep a copy of the database as it is, and compare it with the last backup.',
}

export const texts = inLanguage({ en, zh })
