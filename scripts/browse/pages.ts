/** Every page of the console with somebody who may see it: what the screenshots and the accessibility check walk through. */
import type { Demo } from './demo.ts'

export type Visited = { name: string; path: string; who: 'nobody' | 'ada' | 'mei' | 'tom' | 'sofia' }

export function pagesOf({ applicationId, walletUrl }: Demo, ids: { partner: string; exchange: string }): Visited[] {
  const application = `/applications/${applicationId}`
  const exchange = (tab: string) => `${application}/requests?exchange=${ids.exchange}&tab=${tab}`
  return [
    { name: 'log-in', path: '/login', who: 'nobody' },
    { name: 'reset', path: '/reset', who: 'nobody' },
    { name: 'reset-code', path: '/reset/code', who: 'nobody' },
    { name: 'reset-password', path: '/reset/password', who: 'nobody' },
    { name: 'activate', path: '/activate', who: 'nobody' },
    { name: 'not-found', path: '/nowhere', who: 'nobody' },
    { name: 'wallet', path: new URL(walletUrl).pathname, who: 'nobody' },
    { name: 'home', path: '/', who: 'ada' },
    { name: 'home-merchants', path: '/', who: 'mei' },
    { name: 'home-trial', path: '/', who: 'tom' },
    { name: 'applications', path: '/applications', who: 'ada' },
    { name: 'applications-empty', path: '/applications', who: 'tom' },
    { name: 'no-permission', path: '/applications', who: 'mei' },
    { name: 'application-new', path: '/applications/new', who: 'ada' },
    { name: 'application', path: application, who: 'ada' },
    { name: 'sandbox', path: `${application}/sandbox`, who: 'ada' },
    { name: 'sandbox-key', path: `${application}/sandbox?edit=key`, who: 'ada' },
    { name: 'requests', path: `${application}/requests`, who: 'ada' },
    { name: 'requests-none', path: `${application}/requests?search=nothing-like-this`, who: 'ada' },
    ...['summary', 'request', 'response', 'signature', 'related'].map(
      (tab): Visited => ({ name: `request-${tab}`, path: exchange(tab), who: 'ada' }),
    ),
    { name: 'notifications', path: `${application}/notifications`, who: 'ada' },
    { name: 'members', path: '/members', who: 'ada' },
    { name: 'security', path: '/security', who: 'ada' },
    { name: 'partners', path: '/staff/partners', who: 'sofia' },
    { name: 'partner-new', path: '/staff/partners/new', who: 'sofia' },
    { name: 'partner', path: `/staff/partners/${ids.partner}`, who: 'sofia' },
  ]
}
