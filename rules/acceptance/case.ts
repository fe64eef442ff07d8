/** What a case is, and how one is judged. */
import type { ProductId } from '../products.ts'
import { DEMANDS, type Demand } from './demands.ts'
import {
  type Call,
  type Evidence,
  type Misbehaviour,
  type Notification,
  part,
  type Story,
  storiesOf,
} from './evidence.ts'

/** `hands`: what a person has to do besides the partner's server: pay in the Test Wallet, or move the clock of the sandbox. */
type Hands = 'none' | 'payer' | 'clock'

export type Step = readonly [instruction: string, expectedResult: string]

/** A case as it is written down, for one or several products. */
export type CaseRule = {
  name: string
  products: readonly ProductId[]
  title: string
  purpose: string
  required: boolean
  hands: Hands
  /** The gateway does this wrong once the case is started; without it ordinary traffic is enough. */
  misbehaviour?: Misbehaviour
  steps: readonly Step[]
  /** What one payment says about the case; undefined where it has nothing to do with it. */
  judge(story: Story, evidence: Evidence): Finding | undefined
  /** What is still to be done where no payment has anything to do with it yet. */
  begin: Demand
}

type Outcome = 'passed' | 'failed' | 'open'

/** By the payments of one payer only: `none` where nothing of his has to do with the case. */
export const payerOutcomes = ['passed', 'failed', 'open', 'none'] as const
export type PayerOutcomeName = (typeof payerOutcomes)[number]

export type Finding = {
  outcome: Outcome
  rule: Demand
  expected: string
  received: string
  /** Where the outcome is open: whose turn it is. */
  waitsFor?: 'partner' | 'center'
  exchange?: string
  notification?: string
  /** Calls beside those of the payment itself. */
  also?: readonly Call[]
}

export type Verdict = Omit<Finding, 'also'> & {
  message: string
  /** Exchanges, notifications and attempts: with these alone the verdict is the same. Empty where nothing has come yet. */
  restsOn: readonly string[]
}

export type AcceptanceCase = Omit<CaseRule, 'products' | 'judge' | 'begin' | 'name'> & {
  id: string
  product: ProductId
  verdict(evidence: Evidence): Verdict
}

export function caseOf(rule: CaseRule, product: ProductId): AcceptanceCase {
  const { name, products: _, judge, begin, ...words } = rule
  return { ...words, id: `${product}.${name}`, product, verdict: (evidence) => verdictOf(rule, product, evidence) }
}

/**
 * One payment that does everything right is enough. Where there is none, the last that did something wrong counts, then the last that
 * is under way.
 */
function verdictOf({ judge, begin }: CaseRule, product: ProductId, evidence: Evidence): Verdict {
  const found = storiesOf(evidence)
    .filter((story) => story.product === product)
    .flatMap((story) => {
      const finding = judge(story, evidence)
      return finding ? [{ story, finding }] : []
    })
  const chosen =
    found.find(({ finding }) => finding.outcome === 'passed') ??
    found.findLast(({ finding }) => finding.outcome === 'failed') ??
    found.at(-1)
  if (!chosen) return worded(open(begin, DEMANDS[begin].expected, 'nothing yet'), [])
  return worded(chosen.finding, idsOf(chosen.story, chosen.finding.also ?? []))
}

function worded({ also: _, ...finding }: Finding, restsOn: readonly string[]): Verdict {
  return { ...finding, message: DEMANDS[finding.rule].title, restsOn }
}

function idsOf({ calls, notifications }: Story, also: readonly Call[]): string[] {
  return [
    ...withoutRepetition(calls).map(({ id }) => id),
    ...notifications.flatMap(({ id, attempts }) => [id, ...attempts.map((attempt) => attempt.id)]),
    ...also.map(({ id }) => id),
  ]
}

/** A call may be repeated thousands of times: of a row of the same calls with the same answer the first and the last tell it all. */
function withoutRepetition(calls: readonly Call[]): Call[] {
  return calls.filter((call, index) => {
    const [before, after] = [calls[index - 1], calls[index + 1]]
    return !(before && after && isSameCall(before, call) && isSameCall(call, after))
  })
}

function isSameCall(one: Call, other: Call): boolean {
  const told = ({ api, resultCode, misbehaviour, response }: Call) =>
    [api, resultCode, misbehaviour, part(response, 'paymentResult').resultStatus].join(' ')
  if (told(one) !== told(other)) return false
  return one.api === 'payments/inquiryPayment' || JSON.stringify(one.request) === JSON.stringify(other.request)
}

export function passed(rule: Demand, received: string, at: At = {}): Finding {
  return { outcome: 'passed', rule, expected: DEMANDS[rule].expected, received, ...placeOf(at) }
}

/** `expected` where the demand's own words are too general. */
export function failed(rule: Demand, received: string, at: At & { expected?: string } = {}): Finding {
  return { outcome: 'failed', rule, expected: at.expected ?? DEMANDS[rule].expected, received, ...placeOf(at) }
}

export function open(
  rule: Demand,
  expected: string,
  received: string,
  waitsFor: 'partner' | 'center' = 'partner',
): Finding {
  return { outcome: 'open', rule, expected, received, waitsFor }
}

type At = { call?: Call | undefined; notification?: Notification | undefined; also?: readonly Call[] }

function placeOf({ call, notification, also }: At): Pick<Finding, 'exchange' | 'notification' | 'also'> {
  return {
    ...(call ? { exchange: call.id } : {}),
    ...(notification ? { notification: notification.id } : {}),
    ...(also ? { also } : {}),
  }
}
