import { inLanguage } from '../../language.ts'
import { zh } from './texts.zh.ts'

const en = {
  title: 'Auto Diagnosis',
  lead: 'What was wrong with a call, or will be: search by a payment request ID, payment ID, trace ID or any other id.',
  guide: 'What it looks for',
  search: 'Search',
  searchHint: 'Any id, result code or path',
  api: 'Interface',
  any: 'Any',
  days: 'How far back',
  daysOf: (count: number) => (count === 1 ? '1 day' : `${count} days`),
  calls: 'Calls',
  nothingWrong: 'Nothing was wrong.',
  fromNetwork: 'from the network',
  remedy: 'What to do',
  open: 'Open the call',
  details: {
    clock_off: (minutes: string) => `By ${minutes} minutes.`,
    other_key_version: (version: string) => `It verifies with version ${version}.`,
    agreed_input: (value: string) => `${value} is one.`,
    asked_too_often: (count: string) => `${count} times within two minutes.`,
    answer_refused: (signature: string) =>
      signature === 'absent' ? 'It carried no signature.' : 'Its signature does not verify.',
  },
  agreedInputs: 'All agreed inputs',
  none: 'No call found',
  noneWhy:
    'A call with another Client-Id, or with none, is in the log of nobody: compare the header with the Client ID on the settings. Older calls may have been deleted.',
  noCalls: 'No call yet',
  noCallsWhy: 'Make one, and what was wrong with it stands here.',
  toITest: 'Make a call here',
  clear: 'Clear the search',
}

export const texts = inLanguage({ en, zh })
