import { inLanguage } from '../../language.ts'
import { zh } from './texts.zh.ts'

const en = {
  yourKey: 'Your public key',
  yourKeyRule: 'RSA of 2048 to 4096 bits, as PEM or base64. Never the private key.',
  keyNeeded: 'Paste the public key, or upload its file.',
  keyIsPrivate:
    'This is a private key. It was not sent. Paste the public key of the pair; if the private key was in other hands, make a new pair.',
  upload: 'Upload a file',
  uploadName: 'Public key file',
  makePair: 'Make a key pair in this browser',
  makePairWhy: 'The private key is saved to your disk once. It is never sent to us, and this page does not keep it.',
  makePairImpossible: 'This browser makes keys on https and localhost only.',
  pairMade: 'The private key was saved as',
  pairMadeRemedy: 'Keep it safe: it cannot be downloaded again. Submit the public key below.',
  submit: 'Submit',
  keySaved: 'The public key is set.',
  keys: 'Versions of your key',
  version: 'Version',
  state: 'State',
  fingerprint: 'Fingerprint',
  bits: (count: number) => `${count} bits`,
  proved: 'Proved',
  notProved: 'Not yet',
  setAt: 'Set',
  setBy: 'by',
  urlOf: (api: string) => `${api} URL`,
  urlNeeded: 'Enter a URL such as https://api.example.com/notify.',
  urlPlaceholder: 'https://api.example.com/notify',
  optionalUrls: (count: number) => `${count} more that may stay unset`,
  save: 'Save',
  clear: 'Clear',
  urlSaved: 'The URL is saved.',
  urlCleared: 'The URL is cleared.',
}

export const texts = inLanguage({ en, zh })
