import { inLanguage } from '../../language.ts'
import { zh } from './texts.zh.ts'

const en = {
  title: 'Signature Doctor',
  lead: 'Paste a call as it was sent, and see why its signature does not verify. All of it happens in this page: nothing is sent, nothing is kept.',
  call: 'The call',
  head: 'Request line and headers',
  headRule: 'As it was sent: POST and the path first, then Client-Id, Request-Time and Signature, one in a line.',
  body: 'Body',
  bodyRule: 'Exactly as it was sent. A text field turns every line break into LF; a file keeps its bytes.',
  bodyFile: 'Take the body from a file',
  bodyFrom: (name: string, bytes: string) => `From ${name}: ${bytes} bytes.`,
  dropFile: 'Use the text field',
  key: 'Your key',
  keyRule:
    'Optional. A public key, or a private key: its public half is worked out here, and the private one goes nowhere. The keys of this application are tried in any case.',
  keyFile: 'Take the key from a file',
  claimed: 'String that you signed',
  claimedRule: 'Optional. As your program logs it, to see where it differs.',
  examine: 'Examine',
  finding: 'Finding',
  notSecure: 'Browsers work with keys on secure pages only. Open this page over https.',
  headNeeded: 'Paste the request line and the headers.',
  noRequestLine: 'The first line must be the request line: POST /aps/api/v1/…',
  noHeader: (names: string) => `Missing: ${names}.`,
  tooLong: (most: string) => `At most ${most} bytes.`,
  keyUnreadable:
    'This is no RSA key that can be read: PEM or base64, as SubjectPublicKeyInfo, PKCS#8 or PKCS#1, not encrypted.',
  keyForeign: 'The key that you pasted is none of the keys of this application.',
  keyForeignRemedy: 'Set its public half in the sandbox settings, or sign with the private half of an active key.',
  keyDerived:
    'The public half of the private key was worked out here. The private key is not sent, and not kept: it is gone when you leave the page.',
  rightHeader: 'Signature header that would be right',
  rightHeaderNote: 'made here, with the key that you pasted',
  toSettings: 'Open the settings',
  guide: 'Why a signature is refused',
  recorded: 'A call that reached the sandbox is in the request log, with the Doctor beside it.',
  toLog: 'Open the request log',
}

export const texts = inLanguage({ en, zh })
