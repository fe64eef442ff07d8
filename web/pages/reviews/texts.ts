import { LAUNCH } from '../../../rules/limits.ts'
import { inLanguage } from '../../language.ts'
import { zh } from './texts.zh.ts'

const en = {
  title: 'Launch requests',
  lead: 'Partners who ask to go live. Open ones oldest first; the clock runs only while it is our turn.',
  states: 'State of the requests',
  noneInReview: 'Nothing waits for a review',
  noneInReviewWhy:
    'A request comes here when a partner whose checklist is fulfilled asks to launch. The architects are told by mail.',
  noneOfState: 'No request of this state',
  noneOfStateWhy: 'Choose another state above.',
  place: 'Place',
  application: 'Application',
  partner: 'Partner',
  products: 'Products',
  filed: 'Filed',
  clock: 'Our time',
  state: 'State',

  information: 'Request',
  partnerType: 'Partner Type',
  description: 'Description',
  noDescription: 'No description',
  now: 'The checklist and the difference are computed now, not when the request was filed.',
  earlier: 'Remarks so far',
  returnTitle: 'Return to the partner',
  returnLead:
    'Say for each item what is to be mended. The partner mends it and hands the same request back, which keeps its place.',
  remarkOn: (item: string) => `Remark on: ${item}`,
  remarkNeeded: 'Write at least one remark.',
  remarkLong: `Use at most ${LAUNCH.remarkMax} characters.`,
  returnNow: 'Return with remarks',
  returned: 'The request is with the partner, who is told by mail.',
  confirm: 'Confirm launch',
  confirmTitle: (name: string) => `Launch ${name}?`,
  confirmText:
    'Application and products read Launched at once, the partner is told by mail, and your own systems by an event.',
  confirmed: 'The launch is confirmed.',
  changed: 'This has changed since you opened it.',
  changedWhy: 'The page shows how it is now. Look at it again before you confirm.',
  lookedAgain: 'I have looked again',
  notReady: 'The checklist has open lines. It can be returned, not confirmed.',
}

export const texts = inLanguage({ en, zh })
