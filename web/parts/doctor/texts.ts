import type { KeyKind } from '../../../rules/diagnosis.ts'
import { inLanguage } from '../../language.ts'
import { zh } from './texts.zh.ts'

const en = {
  doctor: 'Signature Doctor',
  guide: 'Why a signature is refused',
  looking: 'Looking for the cause…',
  named: 'With this changed, and nothing else, the signature verifies.',
  named2: 'With all of this changed, and nothing else, the signature verifies.',
  alike: 'The same string also follows from:',
  verifiesTitle: 'This signature verifies.',
  verifies: 'Nothing has to be changed: the same call would be accepted now.',
  stringTitle: (count: number) => `None of the ${count} known ways.`,
  string:
    'The key is known, but not the string that was signed with it. Compare yours with the one below, byte by byte.',
  stringKnown: 'You have signed the string that you pasted. Compare the two, byte by byte.',
  certain: 'Certain all the same:',
  keyTitle: 'Signed with a private key that belongs to none of your keys.',
  key: 'No key that the center knows made this signature, so no string could make it verify. Sign with the private half of an active key, or set the public half of yours.',
  unreadableTitle: 'There is no signature that could be read.',
  unreadable: 'The part signature= of the header is missing, or is not base64.',
  madeWith: 'Made with',
  keys: {
    own: 'your key',
    retired: 'your key, retired,',
    later: 'your key, set only later,',
    production: 'your production key',
    other_application: 'the key of',
    center: "the network's key",
  } satisfies Record<KeyKind, string>,
  version: (version: number) => `version ${version}`,
  pastedKey: 'the key that you pasted',
  hash: 'Hash',
  received: 'String that we verify against',
  signed: 'String that you signed',
  toSign: 'String to sign',
  differAt: (at: string) => `They differ first at byte ${at}`,
  inBody: (at: string) => `byte ${at} of the body`,
  ends: 'end',
  bytes: (count: string) => `${count} bytes`,
  allBytes: 'All bytes',
  fewBytes: 'Around the difference',
  beginning: 'Beginning only',
  fix: 'How it is done right',
  languageOfFix: 'Language of the example',
  tried: (count: string, ways: string) => `What was tried: ${count} hypotheses in ${ways}`,
  ways: (count: number) => `${count} ${count === 1 ? 'way' : 'ways'}`,
  nothingToTry: 'changes nothing here',
  noSuchKey: 'there is no such key',
  verifiesBy: 'verifies',
}

export const texts = inLanguage({ en, zh })
