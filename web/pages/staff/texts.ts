import { ACTIVATION_SECONDS, PARTNER, TRIAL_SECONDS } from '../../../rules/limits.ts'
import { inLanguage } from '../../language.ts'
import { zh } from './texts.zh.ts'

const DAY = 86_400

const en = {
  partners: 'Partners',
  allPartners: 'All partners',
  partnersLead: 'Organisations that integrate the network, newest first.',
  openPartner: 'Open Partner',
  noPartners: 'No partner yet',
  noPartnersWhy: 'Open a partner once its NDA is signed, then open accounts under its NDA addresses.',
  name: 'Name',
  partnerName: 'Partner name',
  nameFault: `Use ${PARTNER.nameMin} to ${PARTNER.nameMax} characters.`,
  types: 'Partner types',
  typesNeeded: 'Choose at least one type.',
  standing: 'Standing',
  standings: { contract: 'Contract', trial: 'Trial' },
  standingRules: {
    contract: 'The cooperation is signed.',
    trial: `An NDA only; ends after ${TRIAL_SECONDS / DAY} days.`,
  },
  trialUntil: 'until',
  ndaAddresses: 'NDA addresses',
  ndaRule: 'E-mail addresses that signed the NDA; accounts can be opened for these only. Press Enter after each.',
  ndaNeeded: 'Enter at least one address.',
  ndaFault: (address: string) => `${address} is not an e-mail address.`,
  accounts: 'Accounts',
  applications: 'Applications',
  opened: 'Opened',
  partnerOpened: 'The partner is opened.',

  information: 'Information',
  partnerId: 'Partner ID',
  email: 'E-mail',
  roles: 'Roles',
  state: 'State',
  states: { invited: 'Invitation sent', expired: 'Invitation expired', active: 'Active', disabled: 'Disabled' },
  validUntil: 'Link valid until',
  actions: 'Actions',
  resend: 'Send again',
  resendTo: (name: string) => `Send the activation again to ${name}`,
  resendTitle: 'Send the activation again?',
  resendText: 'A new link is mailed. The one before is void.',
  resent: 'A new activation link is on its way.',
  noAccounts: 'No account yet',
  noAccountsWhy: 'Open the first account below. Its holder sets the password himself.',
  openAccount: 'Open Account',
  openAccountLead: `The person gets a link by mail. It works once, within ${ACTIVATION_SECONDS / 3600} hours.`,
  personName: 'Name',
  personNameNeeded: 'Enter the name of the person.',
  emailRule: 'One of the NDA addresses.',
  emailNeeded: 'Enter an e-mail address.',
  rolesNeeded: 'Choose at least one role.',
  accountOpened: 'The account is opened, and its activation mail is on its way.',
}

export const texts = inLanguage({ en, zh })
