/**
 * What stands between a tested application and real money: the checklist of a launch (the gate), the difference between sandbox and
 * production, and the states of a request. All of it is computed from facts; nothing here can be ticked by hand.
 */
import { type PartnerApi, type PartnerType, type ProductId, PRODUCTS } from './products.ts'

// ── the gate ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Each line of the checklist: what is asked, what it says while it is not so, and how to mend it. */
export const GATE = {
  key_set: {
    title: 'A production key is set',
    open: 'No production key is set.',
    fix: 'Set a public key in the production settings. It must not be the key of the sandbox.',
  },
  key_proved: {
    title: 'The production key is proved',
    open: 'No production key has been proved.',
    fix: 'Sign the text in the production settings with the private key, and submit the signature.',
  },
  url_set: {
    title: 'Every notification has a production URL',
    open: 'A notification has no production URL.',
    fix: 'Enter its URL in the production settings.',
  },
  url_reachable: {
    title: 'Every production URL answers',
    open: 'No answer came from a production URL.',
    fix: 'Let the network reach the address, with a certificate that is valid, and check again.',
  },
  cases: {
    title: 'The required acceptance cases are passed',
    open: 'Required acceptance cases are not passed.',
    fix: 'Pass them in the sandbox. They are judged by the calls that your system makes.',
  },
  contract: {
    title: 'The products are under contract',
    open: 'The organisation has no contract for this.',
    fix: 'Ask your solution architect to turn the trial into a contract, or to add the partner type or the product.',
  },
  authorization: {
    title: 'An acquirer has authorized you',
    open: 'No acquirer has authorized this technical service provider.',
    fix: 'Ask your solution architect: authorizations are not part of this release yet.',
  },
  test_values: {
    title: 'Nothing of the sandbox is left in production',
    open: 'A production value comes from a test.',
    fix: 'Replace it: name, description and URLs must be the real ones.',
  },
} as const

export type GateItem = keyof typeof GATE
export const gateItems = Object.keys(GATE) as [GateItem, ...GateItem[]] // keys of a constant

/** `about` says what of it: a URL, a count, a version, the words that were found. Null: there is nothing to add. */
export type GateLine = { item: GateItem; product: ProductId | null; isFulfilled: boolean; about: string | null }

export type LaunchFacts = {
  name: string
  description: string
  partnerType: PartnerType
  /** Of the products that are to be launched. */
  products: readonly ProductId[]
  isOnTrial: boolean
  contractedTypes: readonly PartnerType[]
  contractedProducts: readonly ProductId[]
  /** Versions of the production keys. */
  activeKeys: readonly number[]
  waitingKeys: readonly number[]
  urls: readonly ProductionUrl[]
  standings: readonly { product: ProductId; required: number; passed: number; missing: readonly string[] }[]
  /** Loopback is no test value where the operator has allowed it. */
  allowLoopback: boolean
}

/** `status`: what the last look at this very URL met. Null with a `fault`: no answer came. Both null: nobody has looked yet. */
export type ProductionUrl = {
  api: PartnerApi
  url: string | null
  sandboxUrl: string | null
  status: number | null
  fault: string | null
}

/** The checklist, in the order in which it is worked off. The launch is open when every line is fulfilled. */
export function launchGate(facts: LaunchFacts): GateLine[] {
  const { activeKeys, waitingKeys, urls } = facts
  const line = (item: GateItem, isFulfilled: boolean, about: string | null = null): GateLine => ({
    item,
    product: null,
    isFulfilled,
    about,
  })
  const versions = (list: readonly number[]) => (list.length === 0 ? null : list.join(', '))
  const unset = urls.filter(({ url }) => url === null).map(({ api }) => api)
  const silent = urls.filter(({ status }) => status === null)
  const words = testWordsIn(facts)
  return [
    line('key_set', activeKeys.length + waitingKeys.length > 0, versions([...activeKeys, ...waitingKeys])),
    line('key_proved', activeKeys.length > 0, versions(activeKeys)),
    line('url_set', unset.length === 0, unset.length === 0 ? null : unset.join(', ')),
    line('url_reachable', silent.length === 0, aboutReached(silent.length === 0 ? urls : silent)),
    ...facts.products.map((product) => casesLine(product, facts)),
    contractLine(facts),
    // There is no such authorization in this release: the line says so, and stays open.
    ...(facts.partnerType === 'technical_service_provider' ? [line('authorization', false)] : []),
    line('test_values', words.length === 0, words.length === 0 ? null : words.join(', ')),
  ]
}

function contractLine({ products, partnerType, ...contract }: LaunchFacts): GateLine {
  const beyond = products.filter((product) => !contract.contractedProducts.includes(product))
  const isFulfilled = !contract.isOnTrial && contract.contractedTypes.includes(partnerType) && beyond.length === 0
  const about = beyond.length === 0 ? null : beyond.map((product) => PRODUCTS[product].title).join(', ')
  return { item: 'contract', product: null, isFulfilled, about }
}

function aboutReached(urls: readonly ProductionUrl[]): string | null {
  const told = urls.flatMap(({ url, status, fault }) =>
    url === null ? [] : [`${url}${status === null ? (fault === null ? '' : ` (${fault})`) : ` (HTTP ${status})`}`],
  )
  return told.length === 0 ? null : told.join(', ')
}

/** A product without a suite cannot be accepted, so it cannot be launched. */
function casesLine(product: ProductId, { standings }: LaunchFacts): GateLine {
  const standing = standings.find((one) => one.product === product)
  if (standing === undefined || standing.required === 0)
    return { item: 'cases', product, isFulfilled: false, about: '0 / 0' }
  const { passed, required, missing } = standing
  const about = [`${passed} / ${required}`, ...(missing.length === 0 ? [] : [missing.join(', ')])].join(': ')
  return { item: 'cases', product, isFulfilled: missing.length === 0, about }
}

// ── test values ──────────────────────────────────────────────────────────────────────────────────────────────────────────

export const TEST_VALUES = {
  loopback: 'leads to the machine itself',
  sandbox_id: 'holds a Client ID of the sandbox',
  example_name: 'is a name of examples',
  test_host: 'looks like a host for tests',
} as const
export type TestValue = keyof typeof TEST_VALUES
export const testValues = Object.keys(TEST_VALUES) as [TestValue, ...TestValue[]] // keys of a constant

/** Names that RFC 2606 and RFC 6761 keep for examples and tests: nothing real is ever there. */
const EXAMPLE_HOST = /(^|\.)(example|test|invalid)$|(^|\.)example\.(com|net|org)$/
const LOOPBACK_HOST = /^(.*\.)?localhost$|^127(\.\d+){3}$|^\[?::1\]?$/
const TEST_HOST = /(^|[.-])(test|testing|sandbox|staging|stage|uat|qa|dummy|demo)\d*([.-]|$)/

export const isExampleHost = (host: string): boolean => EXAMPLE_HOST.test(host.toLowerCase().replace(/\.$/, ''))

/** What about a URL gives away that it is of a test. A host that merely looks like one is named, and closes no gate. */
export function testValueIn(url: string): TestValue | null {
  const host = hostOf(url)
  if (/SANDBOX_/i.test(url)) return 'sandbox_id'
  if (LOOPBACK_HOST.test(host)) return 'loopback'
  if (isExampleHost(host)) return 'example_name'
  return TEST_HOST.test(host) ? 'test_host' : null
}

/** `rules` has no URL parser: scheme and user are left out, then everything behind the host. */
function hostOf(url: string): string {
  const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(url)?.[1] ?? ''
  const host = authority.replace(/^.*@/, '')
  return (host.startsWith('[') ? host.replace(/\].*$/, ']') : host.replace(/:\d*$/, '')).toLowerCase()
}

const TEST_WORD = /\b(test|tests|testing|sandbox|demo|dummy|foo|lorem|asdf|xxx+|tbd)\b|测试|沙箱/gi

/** Words in name and description, and URLs, that must not go live. */
function testWordsIn({ name, description, urls, allowLoopback }: LaunchFacts): string[] {
  const words = `${name}\n${description}`.match(TEST_WORD) ?? []
  const places = urls.flatMap(({ url }) => {
    const value = url === null ? null : testValueIn(url)
    const isHarmless = value === null || value === 'test_host' || (value === 'loopback' && allowLoopback)
    return isHarmless || url === null ? [] : [url]
  })
  return [...new Set([...words, ...places])]
}

// ── sandbox and production side by side ──────────────────────────────────────────────────────────────────────────────────

export const differenceKinds = ['client_id', 'key', 'url'] as const

export type DifferenceLine = {
  kind: (typeof differenceKinds)[number]
  /** Of a URL. */
  api: PartnerApi | null
  sandbox: string | null
  production: string | null
  /** `missing`: production has none. Of ids and keys the same is impossible; of a URL it is allowed, and worth a look. */
  verdict: 'differs' | 'same' | 'missing'
  testValue: TestValue | null
}

type Sides<T> = { sandbox: T; production: T }

/** Line by line. Keys by the fingerprint of the newest active one, in production otherwise of the one that waits. */
export function differenceOf({
  clientId,
  key,
  urls,
}: {
  clientId: Sides<string | null>
  key: Sides<string | null>
  urls: readonly ProductionUrl[]
}): DifferenceLine[] {
  return [
    lineOf({ kind: 'client_id', api: null, ...clientId }),
    lineOf({ kind: 'key', api: null, ...key }),
    ...urls.map(({ api, url, sandboxUrl }) => lineOf({ kind: 'url', api, sandbox: sandboxUrl, production: url })),
  ]
}

function lineOf(line: Pick<DifferenceLine, 'kind' | 'api' | 'sandbox' | 'production'>): DifferenceLine {
  const { kind, sandbox, production } = line
  const verdict = production === null ? 'missing' : sandbox === production ? 'same' : 'differs'
  return { ...line, verdict, testValue: kind === 'url' && production !== null ? testValueIn(production) : null }
}

// ── a request ────────────────────────────────────────────────────────────────────────────────────────────────────────────

export const LAUNCH_STATES = {
  in_review: 'In review',
  waiting_for_partner: 'Waiting for the partner',
  confirmed: 'Confirmed',
  withdrawn: 'Withdrawn',
} as const
export type LaunchState = keyof typeof LAUNCH_STATES
export const launchStates = Object.keys(LAUNCH_STATES) as [LaunchState, ...LaunchState[]] // keys of a constant

export const launchKinds = ['application', 'products'] as const
export type LaunchKind = (typeof launchKinds)[number]

type Clock = { state: LaunchState; stateSince: number; centerMs: number; partnerMs: number }

/** How long it was whose turn until `now`: the network's clock stands while the request waits for the partner, and the reverse. */
export function clockAt({ state, stateSince, centerMs, partnerMs }: Clock, now: number) {
  const since = Math.max(0, now - stateSince)
  return {
    centerMs: centerMs + (state === 'in_review' ? since : 0),
    partnerMs: partnerMs + (state === 'waiting_for_partner' ? since : 0),
  }
}

// ── what the network is told ─────────────────────────────────────────────────────────────────────────────────────────────

const LAUNCH_EVENTS = {
  'application.launched': 'An application was launched, with its products.',
  'product.launched': 'Products of a launched application were launched.',
  'application.off_line': 'A launched application was taken off line, with its products.',
  'key.activated': 'A production key of a launched application was proved.',
  'key.retired': 'A production key of a launched application was retired.',
  'notification_url.changed': 'A production notification URL of a launched application was changed.',
} as const
export type LaunchEvent = keyof typeof LAUNCH_EVENTS
