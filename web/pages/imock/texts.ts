import type { MockMode } from '../../../rules/mock.ts'
import { inLanguage } from '../../language.ts'
import { zh } from './texts.zh.ts'

const en = {
  title: 'iMock',
  lead: 'Make the sandbox answer with a result code of your choice, for as long as you try something out. Nothing is done by a call that iMock answers.',
  guide: 'How it works',

  running: 'iMock is on',
  runningMode: 'Mode',
  until: 'It switches itself off',
  startedBy: 'Started by',
  rules: (count: number) => `${count} ${count === 1 ? 'rule' : 'rules'}`,
  stop: 'Switch off now',
  stopped: 'iMock is off.',
  headers: 'Headers that a call must carry',
  headersNote: 'iTest sends them by itself; every other call is answered as ever',

  set: 'Rules',
  mode: 'Mode',
  modes: { basic: 'Basic', advanced: 'Advanced' } satisfies Record<MockMode, string>,
  about: {
    basic: 'One result code per interface, whatever the call says.',
    advanced:
      'A result code where a field of the request has a value. The first rule that fits decides. It takes the place of the basic codes.',
  } satisfies Record<MockMode, string>,
  asEver: 'As ever',
  api: 'Interface',
  field: 'Field',
  fieldHint: 'paymentAmount.value',
  value: 'Value',
  code: 'Result code',
  ruleOf: (what: string, number: number) => `${what} of rule ${number}`,
  add: 'Add a rule',
  remove: (number: number) => `Remove rule ${number}`,
  minutes: 'For how long',
  minutesOf: (minutes: number) => `${minutes} minutes`,
  start: 'Switch on',
  restart: 'Go on with these rules',
  started: 'iMock is on.',
  noneChosen: 'Choose a result code for at least one interface.',
  fieldFault: 'Names between full stops, such as paymentAmount.value or order.env.terminalType.',
  full: (count: number) => `There can be ${count} rules.`,
}

export const texts = inLanguage({ en, zh })
