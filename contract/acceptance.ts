/** Sandbox acceptance tests: the cases with their states, what a verdict says, reports and evidence. */
import * as z from 'zod'
import { caseIds, caseStates, setUpChecks } from '../rules/acceptance.ts'
import { demands } from '../rules/acceptance/demands.ts'
import { productIds } from '../rules/products.ts'
import { ApplicationId } from './applications.ts'
import { endpoint } from './endpoint.ts'
import { FileAnswer, Id, Instant } from './wire.ts'

const CaseId = z.enum(caseIds as [string, ...string[]]) // the catalogue is never empty
const OfCase = z.strictObject({ applicationId: Id('app'), caseId: CaseId })

/** `open`: not decided yet; then `waitsFor` says whose turn it is. */
export const VerdictView = z.object({
  outcome: z.enum(['passed', 'failed', 'open']),
  rule: z.enum(demands),
  message: z.string(),
  expected: z.string(),
  received: z.string(),
  waitsFor: z.enum(['partner', 'center']).optional(),
  /** The call that decided, in the request log. */
  exchange: z.string().optional(),
  /** The notification that decided, in the notification log. */
  notification: z.string().optional(),
})
export type VerdictView = z.infer<typeof VerdictView>

const Run = z.object({
  id: Id('run'),
  startedAt: Instant,
  startedBy: z.string(),
  endedAt: Instant.nullable(),
  endedAs: z.enum(['passed', 'failed', 'cancelled']).nullable(),
  /** What this run found; null while nothing was found. */
  verdict: VerdictView.nullable(),
})

export const CaseView = z.object({
  id: CaseId,
  state: z.enum(caseStates),
  /** Null where nothing has come yet. */
  verdict: VerdictView.nullable(),
  /** When the verdict was given; null while it is open. */
  decidedAt: Instant.nullable(),
  suiteVersion: z.number().nullable(),
  /** The last run, if the case was ever started. */
  run: Run.nullable(),
})
export type CaseView = z.infer<typeof CaseView>

const Standing = z.object({
  product: z.enum(productIds),
  /** Required cases, and how many of them are passed. */
  required: z.number(),
  passed: z.number(),
  missing: z.array(CaseId),
})

const SuiteView = Standing.extend({ version: z.number(), cases: z.array(CaseView) })

const Check = z.object({
  check: z.enum(setUpChecks),
  isRight: z.boolean(),
  /** What was found, where there is more to say. */
  detail: z.string().nullable(),
})

export const AcceptanceView = z.object({
  suites: z.array(SuiteView),
  /** What has to be right before a case can be judged. The URL is asked by the pre-flight only. */
  setUp: z.array(Check),
})
export type AcceptanceView = z.infer<typeof AcceptanceView>

export const getAcceptance = endpoint({
  summary: 'The suites of the products of an application, each case with its state and verdict by now.',
  method: 'GET',
  path: '/applications/:applicationId/acceptance',
  needs: 'sandbox.test',
  params: ApplicationId,
  returns: AcceptanceView,
})

export const startCase = endpoint({
  summary: 'Starts a case: from now on only later calls count for it, until it is decided or cancelled.',
  method: 'POST',
  path: '/applications/:applicationId/acceptance/cases/:caseId/start',
  needs: 'sandbox.test',
  params: OfCase,
  returns: AcceptanceView,
  refusals: ['acceptance.not_set_up', 'acceptance.running', 'acceptance.other_running'],
})

export const cancelCase = endpoint({
  summary: 'Cancels the run of a case. What was passed before stays passed.',
  method: 'POST',
  path: '/applications/:applicationId/acceptance/cases/:caseId/cancel',
  needs: 'sandbox.test',
  params: OfCase,
  returns: AcceptanceView,
  refusals: ['acceptance.not_running'],
})

export const startAllCases = endpoint({
  summary:
    'Starts every case of a product that is not passed, needs no hands, and during which the gateway does nothing wrong.',
  method: 'POST',
  path: '/applications/:applicationId/acceptance/suites/:product/start',
  needs: 'sandbox.test',
  params: z.strictObject({ applicationId: Id('app'), product: z.enum(productIds) }),
  returns: AcceptanceView,
  refusals: ['acceptance.not_set_up'],
})

export const checkSetUp = endpoint({
  summary:
    'The pre-flight: key, notification URL, whether it answers now, and products. What is wrong here is set-up, no failure.',
  method: 'POST',
  path: '/applications/:applicationId/acceptance/set-up',
  needs: 'sandbox.test',
  params: ApplicationId,
  returns: z.object({ setUp: z.array(Check) }),
  unrecorded: 'It looks, and changes nothing.',
})

const ReportedCase = z.object({
  id: CaseId,
  title: z.string(),
  required: z.boolean(),
  state: z.enum(caseStates),
  suiteVersion: z.number().nullable(),
  decidedAt: Instant.nullable(),
  verdict: VerdictView.nullable(),
  /** Exchanges and notifications, with their attempts, that the verdict rests on. */
  restsOn: z.array(z.string()),
  /** The verdict was computed again from its evidence for this report, and came out the same. Null where there is none. */
  confirmed: z.boolean().nullable(),
})

export const AcceptanceReport = z.object({
  application: z.object({ id: Id('app'), name: z.string(), clientId: z.string() }),
  organisation: z.string(),
  network: z.string(),
  madeAt: Instant,
  suites: z.array(
    Standing.extend({
      version: z.number(),
      /** What each version changed. */
      editions: z.array(z.object({ version: z.number(), note: z.string(), changed: z.array(z.string()) })),
      cases: z.array(ReportedCase),
    }),
  ),
  /** The center's public key, under which the evidence package verifies. */
  evidenceKey: z.object({ algorithm: z.literal('Ed25519'), publicKey: z.string(), fingerprint: z.string() }),
})
export type AcceptanceReport = z.infer<typeof AcceptanceReport>

export const getAcceptanceReport = endpoint({
  summary: 'The report on the acceptance tests of an application.',
  method: 'GET',
  path: '/applications/:applicationId/acceptance/report',
  needs: 'sandbox.test',
  params: ApplicationId,
  returns: AcceptanceReport,
})

export const saveAcceptanceReport = endpoint({
  summary: 'The report as a file: JSON, or JUnit XML for a build server.',
  method: 'GET',
  path: '/applications/:applicationId/acceptance/report/:format',
  needs: 'sandbox.test',
  params: z.strictObject({ applicationId: Id('app'), format: z.enum(['json', 'junit']) }),
  returns: FileAnswer,
})

export const saveEvidence = endpoint({
  summary:
    'The evidence package: verdicts and the exchanges that they rest on, chained by hashes and signed by the center.',
  method: 'GET',
  path: '/applications/:applicationId/acceptance/evidence',
  needs: 'sandbox.test',
  params: ApplicationId,
  returns: FileAnswer,
})

export const getEvidenceKey = endpoint({
  summary: "The center's public key for evidence packages: base64 of the SubjectPublicKeyInfo, and its SHA-256.",
  method: 'GET',
  path: '/evidence-key',
  needs: 'nobody',
  returns: z.object({ algorithm: z.literal('Ed25519'), publicKey: z.string(), fingerprint: z.string() }),
})
