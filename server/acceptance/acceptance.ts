/** Acceptance tests: how they stand, and starting and cancelling cases. What a case demands is in rules/acceptance. */
import { type CaseState, findCase, NEEDED_TO_START, passStands, type Suite, suiteOf } from '../../rules/acceptance.ts'
import type { AcceptanceCase, PayerOutcomeName, Verdict } from '../../rules/acceptance/case.ts'
import { type ProductId, productIds } from '../../rules/products.ts'
import { Refusal } from '../../rules/refusals.ts'
import { record } from '../audit/audit.ts'
import { newId } from '../clock.ts'
import { actorName, type Ctx, type TxCtx } from '../context.ts'
import { newestExchangeId } from '../gateway/judged.ts'
import { askMisbehaviour, forgetMisbehaviour } from '../gateway/misbehaviours.ts'
import { isPassed, judge, type Judged, judgePayer, suitesOf } from './judge.ts'
import { factsOf } from './set-up.ts'
import * as store from './store.ts'

export { judgeEverybody } from './judge.ts'

export type Standing = { product: ProductId; required: number; passed: number; missing: string[] }

/** How the required cases of each product stand by now. The application has been found to be the actor's. */
export async function standing(ctx: Ctx, applicationId: string): Promise<Standing[]> {
  return standingsOf(await judge(ctx, applicationId))
}

/** As it was when somebody looked last, of many applications at once. */
export async function knownStandings(
  ctx: Ctx | TxCtx,
  applicationIds: readonly string[],
): Promise<Map<string, Standing[]>> {
  const products = await store.listProducts(ctx, applicationIds)
  const stored = await store.listVerdicts(ctx, applicationIds)
  const of = (id: string) => ({
    suites: products.filter(({ applicationId }) => applicationId === id).map(({ product }) => suiteOf(product)),
    stored: stored.filter(({ application_id }) => application_id === id),
  })
  return new Map(applicationIds.map((id) => [id, standingsOf(of(id))]))
}

/** Required cases passed, by product and application, and when the last one was: of one partner, or of everybody. */
export async function passes(ctx: Ctx, partnerId?: string) {
  const counted = await Promise.all(
    productIds.map(async (product) => {
      const suite = suiteOf(product)
      const required = suite.cases.filter((one) => one.required)
      const cases = required.map(({ id }) => ({ id, sinceVersion: oldestThatStands(suite, id) }))
      const rows = await store.countPasses(ctx, cases, partnerId)
      const byApplication = new Map(rows.map((row) => [row.application_id, row]))
      return [product, { required: required.length, byApplication }] as const
    }),
  )
  return new Map(counted)
}

function oldestThatStands(suite: Suite, caseId: string): number {
  let version = suite.version
  while (version > 1 && passStands(suite, caseId, version - 1)) version--
  return version
}

export function standingsOf({ suites, stored }: Pick<Judged, 'suites' | 'stored'>): Standing[] {
  return suites.map((suite) => {
    const required = suite.cases.filter((one) => one.required)
    const missing = required.filter(({ id }) => !isPassed(suite, id, stored)).map(({ id }) => id)
    return { product: suite.product, required: required.length, passed: required.length - missing.length, missing }
  })
}

export type PayerOutcome = {
  caseId: string
  product: ProductId
  outcome: PayerOutcomeName
  message: string | null
  /** UTC milliseconds of the verdict; null while it is open. */
  at: number | null
}

/** The outcome of each case by the payments of one payer only: `payments.payer_account`. */
export async function outcomesFor(
  ctx: Ctx,
  applicationId: string,
  { payer }: { payer: string },
): Promise<PayerOutcome[]> {
  const { suites, stored, open } = await judgePayer(ctx, applicationId, payer)
  return suites.flatMap(({ product, cases }) =>
    cases.map(({ id }) => {
      const known = stored.find(({ case_id }) => case_id === id)
      const pending = open.get(id)
      const verdict = known?.verdict ?? (pending?.restsOn.length ? pending : undefined)
      return {
        caseId: id,
        product,
        outcome: verdict?.outcome ?? 'none',
        message: verdict?.message ?? null,
        at: known?.at ?? null,
      }
    }),
  )
}

export async function get(ctx: Ctx, applicationId: string) {
  const judged = await judge(ctx, applicationId)
  const standings = standingsOf(judged)
  return {
    suites: judged.suites.map(({ version, cases }, index) => ({
      ...(standings[index] as Standing), // one for each suite
      version,
      cases: cases.map(({ id }) => ({ id, ...caseStanding(judged, id) })),
    })),
    setUp: await factsOf(ctx, applicationId),
  }
}

/** How one case stands: a run that goes on comes first, then what was decided, then what has begun without a start. */
export function caseStanding({ runs, stored, open, suites }: Judged, caseId: string) {
  const run = runs.find(({ case_id }) => case_id === caseId)
  const known = stored.find(({ case_id }) => case_id === caseId)
  const pending = open.get(caseId)
  const isRunning = run !== undefined && run.ended_at === null
  const suite = suites.find(({ cases }) => cases.some(({ id }) => id === caseId))
  const isOutdated = known?.outcome === 'passed' && suite !== undefined && !isPassed(suite, caseId, stored)
  const decided = isRunning || isOutdated ? undefined : known
  return {
    state: stateOf({ run, decided, pending }),
    verdict: decided?.verdict ?? (isRunning || pending?.restsOn.length ? (pending ?? null) : null),
    decidedAt: decided ? new Date(decided.at).toISOString() : null,
    suiteVersion: decided?.suite_version ?? null,
    run: run ? runView(run) : null,
  }
}

type Seen = { run: store.Run | undefined; decided: store.Stored | undefined; pending: Verdict | undefined }

function stateOf({ run, decided, pending }: Seen): CaseState {
  const turn = pending?.waitsFor === 'center' ? 'running' : 'waiting'
  if (run?.ended_at === null) return turn
  if (decided?.outcome === 'passed') return 'passed'
  if (run?.ended_as === 'cancelled' && (decided === undefined || decided.at <= run.ended_at)) return 'cancelled'
  if (decided) return 'failed'
  return pending?.restsOn.length ? turn : 'not_started'
}

function runView(run: store.Run) {
  return {
    id: run.id,
    startedAt: new Date(run.started_at).toISOString(),
    startedBy: run.started_by,
    endedAt: run.ended_at === null ? null : new Date(run.ended_at).toISOString(),
    endedAs: run.ended_as as 'passed' | 'failed' | 'cancelled' | null, // written by us
    verdict: run.verdict === null ? null : (JSON.parse(run.verdict) as Verdict), // written by us
  }
}

// ── starting and cancelling ──────────────────────────────────────────────────────────────────────────────────────────────

export async function start(ctx: Ctx, applicationId: string, caseId: string) {
  const one = await getCase(ctx, applicationId, caseId)
  await ensureSetUp(ctx, applicationId)
  await judge(ctx, applicationId)
  await ctx.tx(async (tx) => {
    await begin(tx, applicationId, one)
    await recordStart(tx, applicationId, [one.id])
  })
}

/** Every case that needs no hands, is not passed and does not run. */
export async function startAll(ctx: Ctx, applicationId: string, product: ProductId) {
  await ensureSetUp(ctx, applicationId)
  const judged = await judge(ctx, applicationId)
  const suite = judged.suites.find((one) => one.product === product)
  if (!suite) throw new Refusal('thing.not_found')
  const wanted = suite.cases.filter(
    ({ id, hands, misbehaviour }) =>
      hands === 'none' &&
      misbehaviour === undefined &&
      !isPassed(suite, id, judged.stored) &&
      !judged.runs.some((run) => run.case_id === id && run.ended_at === null),
  )
  await ctx.tx(async (tx) => {
    for (const one of wanted) await begin(tx, applicationId, one)
    await recordStart(
      tx,
      applicationId,
      wanted.map(({ id }) => id),
    )
  })
}

export async function cancel(ctx: Ctx, applicationId: string, caseId: string) {
  // Whatever products there are by now: a run must never be left without a way to end it.
  const { runs } = await judge(ctx, applicationId)
  const run = runs.find(({ case_id, ended_at }) => case_id === caseId && ended_at === null)
  await ctx.tx(async (tx) => {
    if (!run || !(await store.endRun(tx, run.id, { endedAs: 'cancelled' }))) throw new Refusal('acceptance.not_running')
    await forgetMisbehaviour(tx, run.id)
    const { name } = await store.getSetUp(tx, applicationId)
    await record(tx, { action: 'acceptance.cancel', object: { id: applicationId, name }, after: { case: caseId } })
  })
}

/** A case of a product that the application does not have is not found. */
async function getCase(ctx: Ctx, applicationId: string, caseId: string): Promise<AcceptanceCase> {
  const one = findCase(caseId)
  const suites = await suitesOf(ctx, applicationId)
  if (!one || !suites.some(({ product }) => product === one.product)) throw new Refusal('thing.not_found')
  return one
}

async function begin(
  tx: TxCtx,
  applicationId: string,
  { id: case_id, misbehaviour, product }: AcceptanceCase,
): Promise<void> {
  const run = {
    id: newId('run'),
    application_id: applicationId,
    case_id,
    started_at: tx.clock.now(),
    started_by: actorName(tx),
    after_exchange: await newestExchangeId(tx, applicationId),
  }
  if (!(await store.insertRun(tx, run))) throw new Refusal('acceptance.running')
  if (misbehaviour === undefined) return
  const isAsked = await askMisbehaviour(tx, { applicationId, runId: run.id, kind: misbehaviour, product })
  if (!isAsked) throw new Refusal('acceptance.other_running')
}

async function recordStart(tx: TxCtx, applicationId: string, cases: string[]): Promise<void> {
  const { name } = await store.getSetUp(tx, applicationId)
  await record(tx, { action: 'acceptance.start', object: { id: applicationId, name }, after: { cases } })
}

async function ensureSetUp(ctx: Ctx, applicationId: string): Promise<void> {
  const wrong = (await factsOf(ctx, applicationId)).filter(({ isRight }) => !isRight)
  if (wrong.some(({ check }) => NEEDED_TO_START.includes(check))) throw new Refusal('acceptance.not_set_up')
}
