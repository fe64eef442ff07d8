import { inLanguage } from '../../language.ts'
import { zh } from './texts.zh.ts'

const en = {
  checklist: 'Checklist',
  fulfilled: 'Fulfilled',
  open: 'Open',
  versions: (list: string) => `Version ${list}`,
  toSettings: 'Production settings',
  toCases: 'Acceptance tests',
  toApplication: 'Name and description',
  difference: 'Sandbox and production',
  differenceLead: 'What is in the sandbox, and what will be live.',
  what: 'What',
  sandbox: 'Sandbox',
  production: 'Production',
  compared: 'Compared',
  kinds: { client_id: 'Client ID', key: 'Public key', url: 'URL' },
  verdicts: { differs: 'Differs', same: 'The same', missing: 'Missing' },
  none: 'None',
  place: 'Place in the queue',
  filed: 'Filed',
  by: 'by',
  products: 'Products',
  state: 'State',
  since: 'since',
  settledBy: 'Settled by',
  settledAt: 'Settled',
  centerClock: "The network's turn",
  partnerClock: "The partner's turn",
  span: (days: number, hours: number, minutes: number) =>
    days > 0 ? `${days} d ${hours} h` : hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min`,
  remarks: 'Remarks',
  round: (round: number) => `Round ${round}`,
}

export const texts = inLanguage({ en, zh })
