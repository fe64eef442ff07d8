/** The whole site map. A page is fetched when somebody goes there; its loader says what it needs before it is drawn. */
import { once } from './once.ts'
import type { PageModule, Params } from './page.ts'
// The first page that anybody sees comes with the entry, in as few requests as there can be.
import * as logInPage from './pages/account/LogInPage.tsx'

export type Route = { path: string; frame: 'console' | 'plain'; band: boolean; module: () => Promise<PageModule> }

const plain = (path: string, load: Route['module']): Route => ({
  path,
  frame: 'plain',
  band: false,
  module: once(load),
})
const inside = (path: string, load: Route['module']): Route => ({ ...plain(path, load), frame: 'console' })
const sandbox = (path: string, load: Route['module']): Route => ({ ...inside(path, load), band: true })

// biome-ignore format: one line per page
const ROUTES: readonly Route[] = [
  plain('/login', async () => logInPage),
  plain('/activate', () => import('./pages/account/ActivatePage.tsx')),
  plain('/reset', () => import('./pages/account/ResetPage.tsx')),
  plain('/reset/code', () => import('./pages/account/ResetCodePage.tsx')),
  plain('/reset/password', () => import('./pages/account/ResetPasswordPage.tsx')),
  plain('/join', () => import('./pages/joining/JoinPage.tsx')),
  plain('/start', () => import('./pages/joining/StartPage.tsx')),

  inside('/', () => import('./pages/home/HomePage.tsx')),
  inside('/applications', () => import('./pages/applications/ApplicationsPage.tsx')),
  inside('/applications/new', () => import('./pages/applications/NewApplicationPage.tsx')),
  inside('/applications/:applicationId', () => import('./pages/applications/ApplicationPage.tsx')),
  sandbox('/applications/:applicationId/sandbox', () => import('./pages/sandbox/SettingsPage.tsx')),
  sandbox('/applications/:applicationId/itest', () => import('./pages/itest/ITestPage.tsx')),
  sandbox('/applications/:applicationId/imock', () => import('./pages/imock/IMockPage.tsx')),
  sandbox('/applications/:applicationId/inotify', () => import('./pages/inotify/INotifyPage.tsx')),
  sandbox('/applications/:applicationId/diagnosis', () => import('./pages/findings/FindingsPage.tsx')),
  sandbox('/applications/:applicationId/requests', () => import('./pages/sandbox/RequestsPage.tsx')),
  sandbox('/applications/:applicationId/doctor', () => import('./pages/doctor/DoctorPage.tsx')),
  sandbox('/applications/:applicationId/notifications', () => import('./pages/sandbox/NotificationsPage.tsx')),
  sandbox('/applications/:applicationId/inbox', () => import('./pages/inbox/InboxPage.tsx')),
  sandbox('/applications/:applicationId/reports', () => import('./pages/reports/ReportsPage.tsx')),

  sandbox('/applications/:applicationId/acceptance', () => import('./pages/acceptance/AcceptancePage.tsx')),
  sandbox('/applications/:applicationId/acceptance/report', () => import('./pages/acceptance/ReportPage.tsx')),

  inside('/applications/:applicationId/production', () => import('./pages/production/ProductionPage.tsx')),
  inside('/applications/:applicationId/launch', () => import('./pages/production/LaunchPage.tsx')),
  inside('/applications/:applicationId/uat', () => import('./pages/production/UatPage.tsx')),

  inside('/merchants', () => import('./pages/merchants/ChoosePage.tsx')),
  sandbox('/applications/:applicationId/merchants', () => import('./pages/merchants/MerchantsPage.tsx')),

  inside('/members', () => import('./pages/members/MembersPage.tsx')),
  inside('/security', () => import('./pages/security/SecurityPage.tsx')),

  inside('/audit', () => import('./pages/audit/AuditPage.tsx')),
  inside('/staff/audit', () => import('./pages/audit/StaffAuditPage.tsx')),
  inside('/staff/mail', () => import('./pages/staff/MailPage.tsx')),
  inside('/staff/people', () => import('./pages/staff/PeoplePage.tsx')),
  inside('/staff/partners', () => import('./pages/staff/PartnersPage.tsx')),
  inside('/staff/partners/new', () => import('./pages/staff/NewPartnerPage.tsx')),
  inside('/staff/partners/:partnerId', () => import('./pages/staff/PartnerPage.tsx')),

  inside('/staff/launch-requests', () => import('./pages/reviews/QueuePage.tsx')),
  inside('/staff/launch-requests/:requestId', () => import('./pages/reviews/ReviewPage.tsx')),

  plain('/applications/:applicationId/test-merchant', () => import('./pages/merchant/TestMerchantPage.tsx')),

  plain('/wallet/pay/:paymentId/:secret', () => import('./pages/wallet/PayPage.tsx')),
  plain('/wallet/authorize/:agreementId/:secret', () => import('./pages/wallet/AuthorizePage.tsx')),
  plain('/wallet/join', () => import('./pages/wallet/WalletJoinPage.tsx')),
  plain('/wallet/login', () => import('./pages/wallet/WalletLogInPage.tsx')),
  plain('/wallet/account', () => import('./pages/wallet/MerchantWalletPage.tsx')),
  plain('/wallet/:secret', () => import('./pages/wallet/WalletPage.tsx')),
]

const NONE: Params = { applicationId: '', partnerId: '', requestId: '', paymentId: '', agreementId: '', secret: '' }
const NOT_FOUND = plain('*', () => import('./pages/system/NotFoundPage.tsx'))

export function findRoute(pathname: string): { route: Route; params: Params } {
  const parts = pathname.replace(/\/+$/, '').split('/')
  for (const route of ROUTES) {
    const params = paramsOf(route.path, parts)
    if (params) return { route, params }
  }
  return { route: NOT_FOUND, params: NONE }
}

function paramsOf(pattern: string, parts: string[]): Params | undefined {
  const wanted = pattern.replace(/\/+$/, '').split('/')
  if (wanted.length !== parts.length) return undefined
  const params: Record<keyof Params, string> = { ...NONE }
  for (const [index, part] of wanted.entries()) {
    const actual = parts[index] ?? ''
    if (part.startsWith(':')) params[part.slice(1) as keyof Params] = decoded(actual) // the patterns above name no others
    if (!part.startsWith(':') && part !== actual) return undefined
  }
  return params
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
