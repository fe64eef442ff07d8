/**
 * The catalogue: a suite of cases for each product, in the order in which a partner best goes them. A case is passed once one payment
 * showed everything that it demands, and stays passed: a new key or product drops nothing, nor does a new version of the suite, unless
 * its line in `EDITIONS` names the case.
 */
import { answerForged } from './acceptance/answer-forged.ts'
import { balance } from './acceptance/balance.ts'
import { cancelledLate } from './acceptance/cancelled-late.ts'
import { cancelled } from './acceptance/cancelled.ts'
import { type AcceptanceCase, caseOf, type CaseRule } from './acceptance/case.ts'
import { codeRefused } from './acceptance/code-refused.ts'
import { declined } from './acceptance/declined.ts'
import { inProcess } from './acceptance/in-process.ts'
import { noAnswer } from './acceptance/no-answer.ts'
import { notificationForged } from './acceptance/notification-forged.ts'
import { notificationRepeated } from './acceptance/notification-repeated.ts'
import { orderUnpaid } from './acceptance/order-unpaid.ts'
import { payerConfirms } from './acceptance/payer-confirms.ts'
import { payerNotVerified } from './acceptance/payer-not-verified.ts'
import { refundFull } from './acceptance/refund-full.ts'
import { refundParts } from './acceptance/refund-parts.ts'
import { refundTooLarge } from './acceptance/refund-too-large.ts'
import { repeatedPay } from './acceptance/repeated-pay.ts'
import { successAgreement } from './acceptance/success-agreement.ts'
import { successApp } from './acceptance/success-app.ts'
import { successEntryCode } from './acceptance/success-entry-code.ts'
import { successInShop } from './acceptance/success-in-shop.ts'
import { successMiniApp } from './acceptance/success-mini-app.ts'
import { successOrderCode } from './acceptance/success-order-code.ts'
import { successRefreshed } from './acceptance/success-refreshed.ts'
import { successWap } from './acceptance/success-wap.ts'
import { successWeb } from './acceptance/success-web.ts'
import { tokenOver } from './acceptance/token-over.ts'
import { type ProductId, productIds } from './products.ts'

const RULES: readonly CaseRule[] = [
  successWeb,
  successApp,
  successWap,
  successMiniApp,
  successInShop,
  successOrderCode,
  successEntryCode,
  successAgreement,
  successRefreshed,
  tokenOver,
  declined,
  payerNotVerified,
  balance,
  codeRefused,
  inProcess,
  payerConfirms,
  noAnswer,
  orderUnpaid,
  repeatedPay,
  cancelled,
  cancelledLate,
  refundFull,
  refundParts,
  refundTooLarge,
  notificationRepeated,
  notificationForged,
  answerForged,
]

/** What each version of a suite changed: a pass of an older version stands unless a later line names the case. */
type Edition = { version: number; note: string; changed: readonly string[] }
const FIRST: readonly Edition[] = [{ version: 1, note: 'The first edition.', changed: [] }]
const EDITIONS: Record<ProductId, readonly Edition[]> = {
  cashier: FIRST,
  auto_debit: FIRST,
  user_presented: FIRST,
  merchant_presented: FIRST,
}

export type Suite = {
  product: ProductId
  version: number
  editions: readonly Edition[]
  cases: readonly AcceptanceCase[]
}

export const SUITES: readonly Suite[] = productIds.map((product) => ({
  product,
  version: EDITIONS[product].at(-1)?.version ?? 1,
  editions: EDITIONS[product],
  cases: RULES.filter(({ products }) => products.includes(product)).map((rule) => caseOf(rule, product)),
}))

const CASES = new Map(SUITES.flatMap(({ cases }) => cases).map((one) => [one.id, one]))
export const caseIds: readonly string[] = [...CASES.keys()]

export function suiteOf(product: ProductId): Suite {
  const suite = SUITES.find((one) => one.product === product)
  if (!suite) throw new Error(`There is no suite for ${product}.`)
  return suite
}

export function findCase(id: string): AcceptanceCase | undefined {
  return CASES.get(id)
}

/** Does a pass of an older version of the suite still count? */
export function passStands({ editions }: Suite, caseId: string, version: number): boolean {
  return !editions.some((edition) => edition.version > version && edition.changed.includes(caseId))
}

/** Who must act is said by the words: "Waiting for you" is never a bare "Waiting". */
export const CASE_STATES = {
  not_started: 'Not started',
  waiting: 'Waiting for you',
  running: 'Running',
  passed: 'Passed',
  failed: 'Failed',
  cancelled: 'Cancelled',
} as const
export type CaseState = keyof typeof CASE_STATES
export const caseStates = Object.keys(CASE_STATES) as [CaseState, ...CaseState[]] // keys of a constant

/** What has to be right before the first case. A case that cannot be judged for want of it is not failed. */
export const SET_UP_CHECKS = {
  key: { title: 'A public key is set', remedy: 'Set your public key in the sandbox settings.' },
  key_proved: {
    title: 'The key is proved by a verified call',
    remedy: 'Make one signed call; it proves the key.',
  },
  notification_url: {
    title: 'The notification URL is set',
    remedy: 'Set the URL of notifyPayment in the sandbox settings.',
  },
  reachable: {
    title: 'The notification URL answers',
    remedy: 'See that your server runs, and that the center can reach it.',
  },
  product: {
    title: 'A product with acceptance cases is added',
    remedy: 'Add a product to the application.',
  },
} as const
export type SetUpCheck = keyof typeof SET_UP_CHECKS
export const setUpChecks = Object.keys(SET_UP_CHECKS) as [SetUpCheck, ...SetUpCheck[]] // keys of a constant

/** What keeps "Start" from working. The key is proved by the first call, and the URL is only asked when it is wished. */
export const NEEDED_TO_START: readonly SetUpCheck[] = ['key', 'notification_url']
