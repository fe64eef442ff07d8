/** Every URL of the console is built here, and nowhere else. */
import { causePage } from '../rules/cause-page.ts'
import type { Cause } from '../rules/causes.ts'

const withQuery = (path: string, values: Record<string, string | null | undefined>) => {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(values)) if (value) query.set(name, value)
  return query.size === 0 ? path : `${path}?${query}`
}

const ofApplication = (id: string, page = '') => `/applications/${encodeURIComponent(id)}${page}`

export type RequestsView = Partial<
  Record<
    'result' | 'resultCode' | 'cause' | 'api' | 'signature' | 'from' | 'search' | 'cursor' | 'exchange' | 'tab',
    string
  >
>
export type FindingsView = Partial<Record<'search' | 'api' | 'days' | 'cursor', string>>
export type InboxView = Partial<Record<'api' | 'search' | 'cursor' | 'call' | 'tab', string>>
export type NotificationsView = Partial<Record<'state' | 'search' | 'cursor' | 'notification' | 'why', string>>

/** Of the Test Merchant. `store`: as a payer sees it who has read the code of the store. */
export type MerchantView = Partial<Record<'order' | 'way' | 'family' | 'word' | 'payment' | 'store', string>>
export type MerchantsView = Partial<
  Record<'tab' | 'status' | 'invitation' | 'product' | 'outcome' | 'search' | 'cursor' | 'merchant' | 'add', string>
>

export type AuditView = Partial<
  Record<'actor' | 'action' | 'object' | 'from' | 'to' | 'refusals' | 'chain' | 'cursor' | 'entry', string>
>
export type PartnersView = Partial<Record<'stage' | 'trial' | 'search' | 'cursor', string>>
export type MailView = Partial<Record<'state' | 'kind' | 'address' | 'cursor' | 'mail', string>>

export const paths = {
  home: (applicationId?: string) => withQuery('/', { application: applicationId }),
  logIn: (next?: string) => withQuery('/login', { next: next === '/' ? undefined : next }),
  reset: () => '/reset',
  resetCode: () => '/reset/code',
  resetPassword: () => '/reset/password',

  applications: (deleted?: string) => withQuery('/applications', { deleted }),
  newApplication: (step?: '2') => withQuery('/applications/new', { step }),
  application: (id: string) => ofApplication(id),
  sandbox: (id: string, edit?: 'key') => withQuery(ofApplication(id, '/sandbox'), { edit }),
  iTest: (id: string, view: { call?: string; exchange?: string } = {}) => withQuery(ofApplication(id, '/itest'), view),
  findings: (id: string, view: FindingsView = {}) => withQuery(ofApplication(id, '/diagnosis'), view),
  iNotify: (id: string, view: { what?: string; call?: string } = {}) => withQuery(ofApplication(id, '/inotify'), view),
  iMock: (id: string) => ofApplication(id, '/imock'),
  requests: (id: string, view: RequestsView = {}) => withQuery(ofApplication(id, '/requests'), view),
  doctor: (id: string) => ofApplication(id, '/doctor'),
  notifications: (id: string, view: NotificationsView = {}) => withQuery(ofApplication(id, '/notifications'), view),
  testMerchant: (id: string, view: MerchantView = {}) => withQuery(ofApplication(id, '/test-merchant'), view),
  inbox: (id: string, view: InboxView = {}) => withQuery(ofApplication(id, '/inbox'), view),
  reports: (id: string, view: { cursor?: string } = {}) => withQuery(ofApplication(id, '/reports'), view),

  acceptance: (id: string, view: { case?: string } = {}) => withQuery(ofApplication(id, '/acceptance'), view),
  acceptanceReport: (id: string) => ofApplication(id, '/acceptance/report'),

  merchants: (id?: string, view: MerchantsView = {}) =>
    id === undefined ? '/merchants' : withQuery(ofApplication(id, '/merchants'), view),

  production: (id: string, edit?: 'key') => withQuery(ofApplication(id, '/production'), { edit }),
  launch: (id: string) => ofApplication(id, '/launch'),
  uat: (id: string) => ofApplication(id, '/uat'),

  walletOrder: ({ paymentId, secret }: { paymentId: string; secret: string }) => `/wallet/pay/${paymentId}/${secret}`,
  walletLogIn: () => '/wallet/login',
  walletAccount: () => '/wallet/account',

  members: () => '/members',
  security: () => '/security',

  auditLog: (view: AuditView = {}) => withQuery('/audit', view),
  staffAudit: (view: AuditView = {}) => withQuery('/staff/audit', view),
  staffMail: (view: MailView = {}) => withQuery('/staff/mail', view),
  staffPeople: () => '/staff/people',
  partners: (view: PartnersView = {}) => withQuery('/staff/partners', view),
  newPartner: () => '/staff/partners/new',
  partner: (id: string) => `/staff/partners/${encodeURIComponent(id)}`,
  launchRequests: (view: { state?: string; cursor?: string } = {}) => withQuery('/staff/launch-requests', view),
  launchRequest: (id: string) => `/staff/launch-requests/${encodeURIComponent(id)}`,
}

/** The script that listens at the relay: a file of web/public. */
export const RELAY_SCRIPT = '/relay/slipway-listen.mjs'

/** Pages of the documentation: another site under the same host, so always a full page load. */
export const docs = {
  home: '/docs/',
  getStarted: '/docs/guide/get-started',
  quickStart: '/docs/guide/quick-start',
  signing: '/docs/guide/signing',
  refusedSignature: '/docs/guide/refused-signature',
  tools: '/docs/guide/tools',
  iTest: '/docs/guide/tools#itest',
  iMock: '/docs/guide/tools#imock',
  iNotify: '/docs/guide/tools#inotify',
  testMerchant: '/docs/guide/test-merchant',
  autoDiagnosis: '/docs/guide/tools#auto-diagnosis',
  agreedInputs: '/docs/reference/agreed-inputs',
  notifications: '/docs/guide/notifications',
  acknowledge: '/docs/guide/notifications#acknowledge',
  inbox: '/docs/guide/notifications#inbox',
  relay: '/docs/guide/notifications#relay',
  wallets: '/docs/guide/wallets',
  acceptance: '/docs/guide/acceptance-tests',
  merchants: '/docs/guide/merchants',
  reports: '/docs/guide/reports',
  launch: '/docs/guide/production-and-launch',
  auditLog: '/docs/guide/audit-log',
  operate: '/docs/guide/operate',
  roles: '/docs/reference/roles-and-permissions',
  resultCodes: '/docs/reference/result-codes',
  cause: (cause: Cause) => causePage('', cause),
}

/** Where to go after logging in: only within this site, or a link could send people anywhere. */
export function safeNext(next: string | null): string {
  if (next === null || !/^\/(?![/\\])/.test(next)) return paths.home()
  const target = new URL(next, window.location.origin)
  return target.origin === window.location.origin ? target.pathname + target.search + target.hash : paths.home()
}
