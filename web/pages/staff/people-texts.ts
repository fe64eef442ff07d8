import { ACTIVATION_SECONDS } from '../../../rules/limits.ts'
import { inLanguage } from '../../language.ts'
import { zh } from './people-texts.zh.ts'

const en = {
  title: 'Staff',
  lead: 'Who works for the network in this center, and as what. The last active Operator admin stays.',
  people: 'Staff accounts',
  name: 'Name',
  email: 'E-mail',
  role: 'Role',
  state: 'State',
  states: { invited: 'Invitation sent', expired: 'Invitation expired', active: 'Active', disabled: 'Disabled' },
  lastSeen: 'Last here',
  notHere: 'Not logged in',
  you: 'You',
  actions: 'Actions',
  change: 'Change',
  changeOf: (name: string) => `Change ${name}`,
  save: 'Save',
  roleSaved: 'The role is changed.',
  resend: 'Send the activation again',
  resent: 'A new activation link is on its way.',
  disable: 'Disable',
  disableText: (name: string) => `${name} is shut out of the center at once, and every session ends.`,
  disabled: 'The account is disabled.',
  enable: 'Open again',
  enabled: 'The account is open again, and its holder is told by mail.',
  open: 'Open a staff account',
  openLead: `The person gets a link by mail. It works once, within ${ACTIVATION_SECONDS / 3600} hours.`,
  opened: 'The account is opened, and its activation mail is on its way.',
  nameNeeded: 'Enter the name of the person.',
  emailNeeded: 'Enter an e-mail address.',
  table: 'Who may do what',
  permission: 'Permission',
  yes: 'Yes',
  no: 'No',
}

export const texts = inLanguage({ en, zh })
