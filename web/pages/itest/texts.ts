import type { PayKind } from '../../../rules/samples.ts'
import { inLanguage } from '../../language.ts'
import type { PrivateKeyFault } from '../../parts/environment/private-key.ts'
import { zh } from './texts.zh.ts'

const en = {
  title: 'iTest',
  lead: 'Make a call to the sandbox from this page: signed here with your private key, answered by the gateway, and verified here.',
  guide: 'How it works',

  key: '1. Private key',
  keyLead: 'Used in this page only: it is in no request and in no storage, and gone when you leave or reload the page.',
  keyImpossible: 'This browser signs on https and localhost only.',
  fits: (version: number) => `The private key of version ${version}`,
  fitsNone: 'This private key fits none of your public keys',
  fitsNoneWhy: 'The gateway will refuse what it signs. Choose another, or set its public key on the settings.',
  keyWaiting: 'This version is not proved yet: sign its text on the settings first. The gateway refuses what it signs.',
  keyRetired: 'This version is retired: the gateway will refuse what it signs. Choose another private key.',
  keyStays: 'It stays in this page until you leave.',
  forget: 'Use another key',
  makeAndSet: 'Make a key pair and set it',
  makeAndSetWhy:
    'The private key is saved to your disk once and used here; only the public key is sent, and is active at once.',
  keyFile: 'Private key file',
  chooseFile: 'Choose the private key file',
  chooseFileWhy: 'PEM or base64, PKCS#8 or PKCS#1, without a passphrase.',
  noKeyAtHand: 'Not at hand?',
  toSettings: 'Set a new key on the settings',
  ownPair: 'You have a pair already?',
  ownPairToSettings: 'Set its public key on the settings',
  paste: 'Or paste the private key',
  keyFaults: {
    encrypted: 'This key is behind a passphrase. Take it off a copy first: openssl pkey -in private.pem -out open.pem',
    public: 'This is a public key. Calls are signed with the private key of the pair.',
    unreadable: 'This is no RSA private key in PKCS#8 or PKCS#1. Make one with: openssl genpkey -algorithm RSA',
  } satisfies Record<PrivateKeyFault, string>,

  call: '2. Call',
  callLead: 'Filled with values of this application. Change what you like; ids are new each time.',
  api: 'Interface',
  kinds: {
    cashier: 'Cashier Payment',
    user_presented: 'User-presented Mode',
    order_code: 'Merchant-presented, order code',
    entry_code: 'Merchant-presented, entry code',
    auto_debit: 'Auto Debit',
  } satisfies Record<PayKind, string>,
  body: 'Body',
  replace: (words: string) => `Put something real in the place of ${words}.`,
  paymentCode: 'The Test Wallet shows a payment code.',
  toWallet: 'Open the Test Wallet',
  notJson: 'This is not JSON. It is sent as it stands: the gateway says what it makes of it.',
  again: 'New values',
  send: 'Sign and send',
  saveBody: 'Save as order.json',
  needsKey: 'Choose a private key first, above.',
  needsFirstKey: 'Make a key pair first, above.',
  copied: 'A copy of a call of the log: the body is as it was sent. With the same ids it is a repeat of that call.',
  mocked: 'iMock is on, and this page asks for it: it may answer instead of the gateway.',
  toMock: 'Look at its rules',
  unreachable: 'No answer came',
  unreachableWhy:
    'The connection broke. A call without an answer may have been done: repeat it with the same id, or inquire.',

  fromServer: 'The same from your server',
  fromServerLead: (keyFile: string) =>
    `A whole program with your own values, which verifies the answer too. Into one folder belong the program, the body above as order.json, and the private key as ${keyFile}.`,
  runIt: (file: string, command: string) => `${file}, run by: ${command}`,

  answer: '3. Answer',
  answerLead: 'What was signed, what came back, and whether the network really said it.',
  verified: 'The signature of the answer verifies with the network’s key: the network said this.',
  unsigned: 'The answer carries no signature: the gateway signs only for a caller whose signature verifies.',
  wrong: 'The signature of the answer does not verify with the network’s key. Believe nothing of it.',
  time: 'Time',
  httpStatus: 'HTTP status',
  resultCode: 'Result code',
  traceId: 'Trace ID',
  inLog: 'Open it in the request log',
  pay: 'Open the page of the payer',
  signedText: 'The string that was signed',
  requestHeaders: 'Headers of the request',
  answerBody: 'Body of the answer',
  answerHeaders: 'Headers of the answer',
  answerSignedText: 'The string that the answer’s signature was checked against',
}

export const texts = inLanguage({ en, zh })
