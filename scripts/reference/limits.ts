import * as limits from '../../rules/limits.ts'
import { measure, page, table, words } from './text.ts'

export function limitsPage(): string {
  const rows = (values: object) =>
    Object.entries(values).map(([key, value]: [string, unknown]) => [words(key), measure(key, value)])
  const single = Object.entries(limits).filter(([, value]) => typeof value !== 'object')
  const groups = Object.entries(limits).filter(([, value]) => typeof value === 'object')
  return page(
    'Limits',
    'Every number of the center. All of them are fixed in this release, except where [Settings](./settings) has a factor.',
    ...groups.flatMap(([name, values]) => [
      `## ${LIMIT_TITLES[name] ?? words(name)}`,
      table(['Limit', 'Value'], rows(values as object)),
    ]),
    '## Others',
    table(
      ['Limit', 'Value'],
      single.map(([name, value]) => [LIMIT_TITLES[name] ?? words(name), measure(name, value)]),
    ),
  )
}

const LIMIT_TITLES: Record<string, string> = {
  ARGON2: 'Password hash (argon2id)',
  SIGN_IN: 'Logging in',
  SESSION: 'Sessions',
  RESET: 'Password reset',
  APPLICATION: 'Applications',
  PARTNER: 'Partners',
  TRIAL: 'Trials',
  AUDIT: 'Audit log',
  TEST_MAIL: 'Test messages',
  KEY: 'Public keys',
  DOCTOR: 'Signature Doctor',
  CONSOLE: 'Console API',
  GATEWAY: 'Gateway',
  REFUND: 'Refunds',
  OUTGOING: 'Calls to partners',
  OUTBOX: 'Work after the fact: notifications, mail, events',
  ATTEMPTS_SHOWN: 'Attempts that are shown',
  ENDPOINT: 'Endpoints that do not acknowledge',
  RESEND: 'Sending notifications again',
  INBOX: 'The inbox of an application',
  MERCHANT: 'Merchants',
  UPLOAD: 'Uploaded files',
  WALLET_SESSION: 'Log-ins of merchants to the Test Wallet',
  WALLET_WAITING: 'Waiting orders in the Test Wallet',
  TEST_MERCHANT: 'Test Merchant',
  PAYMENT_CODE: 'Payment codes',
  SANDBOX_CLOCK: 'The clock of a sandbox',
  KEY_PROOF: 'Proof of a key',
  LAUNCH: 'Requests to launch',
  REGISTRY: 'Registry API',
  REPORTS: 'Report files',
  SFTP: 'SFTP',
  HELD_ANSWER: 'Answers held back on purpose',
  RETENTION: 'What is deleted by age',
  PAGE: 'Pages of a list',
  PASSWORD: 'Passwords',
  ACTIVATION_SECONDS: 'An activation link lives',
  TRIAL_SECONDS: 'A trial lasts, where nothing else is said',
  KNOWN_BROWSER_SECONDS: 'A browser is known for',
  ORDER_EXPIRY: 'An order lives',
  SEARCH_MAX: 'Characters of a search',
  SEARCH_DEPTH: 'Newest exchanges in which text is searched for',
  PERSON_NAME_MAX: "Characters of a person's name",
  EMAIL_MAX: 'Characters of an e-mail address',
  URL_MAX: 'Characters of a URL',
}
