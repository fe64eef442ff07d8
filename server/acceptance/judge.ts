/**
 * The judge: gathers what the gateway recorded, applies the catalogue, and keeps each verdict with what it rests on. It looks when
 * somebody asks, and before old exchanges are deleted; verdicts follow from the evidence, so it makes no difference when.
 */
import { findCase, passStands, type Suite, suiteOf } from '../../rules/acceptance.ts'
import type { AcceptanceCase, Verdict } from '../../rules/acceptance/case.ts'
import { type Evidence, restrictTo } from '../../rules/acceptance/evidence.ts'
import { ACCEPTANCE } from '../../rules/limits.ts'
import type { Ctx } from '../context.ts'
import { idBehindNewest, inOrder, listCalls, listPayers, type Scope } from '../gateway/judged.ts'
import { forgetMisbehaviour } from '../gateway/misbehaviours.ts'
import { listJudged } from '../notifications/judged.ts'
import * as store from './store.ts'

/** The evidence of a scope: the calls, and the notifications of their payments. */
async function gather(ctx: Ctx, applicationId: string, scope: Scope): Promise<Evidence> {
  const calls = await listCalls(ctx, applicationId, scope)
  const paymentRequestIds = [...new Set(calls.flatMap(({ paymentRequestId }) => paymentRequestId ?? []))]
  return { calls, notifications: await listJudged(ctx, applicationId, { paymentRequestIds }) }
}

/** The products of an application that are judged, in the order of the catalogue. */
export async function suitesOf(ctx: Ctx, applicationId: string): Promise<Suite[]> {
  const products = await store.listProducts(ctx, [applicationId])
  return products.map(({ product }) => suiteOf(product)).filter(({ cases }) => cases.length > 0)
}

export type Judged = {
  suites: readonly Suite[]
  runs: readonly store.Run[]
  /** Verdicts that are kept, passed or failed. */
  stored: readonly store.Stored[]
  /** What is open, by case. */
  open: ReadonlyMap<string, Verdict>
}

/** Looks at what has come since, ends runs that are decided, keeps verdicts, and says how everything stands. */
export async function judge(ctx: Ctx, applicationId: string): Promise<Judged> {
  const suites = await suitesOf(ctx, applicationId)
  const runs = await store.listLastRuns(ctx, applicationId)
  const before = await store.listVerdicts(ctx, [applicationId])
  const running = runs.filter(({ ended_at }) => ended_at === null)
  const open = new Map<string, Verdict>()
  for (const run of running) await judgeRun(ctx, applicationId, run, open)
  const undecided = suites.flatMap((suite) =>
    suite.cases.filter(({ id }) => !isPassed(suite, id, before) && !running.some((run) => run.case_id === id)),
  )
  if (undecided.length > 0) {
    await catchUp(ctx, applicationId, undecided, ACCEPTANCE.windows)
    const evidence = await gather(ctx, applicationId, 'newest')
    for (const one of undecided)
      await judgeCase(ctx, { applicationId, payer: store.EVERYBODY, one, evidence, before, open })
  }
  const changed = running.length > 0 || undecided.length > 0
  return {
    suites,
    runs: changed ? await store.listLastRuns(ctx, applicationId) : runs,
    stored: changed ? await store.listVerdicts(ctx, [applicationId]) : before,
    open,
  }
}

/**
 * What has come between the last look and the newest calls: window by window, each with everything that happened to its payments.
 * However many calls a partner's tests make before somebody looks, none of them goes unseen.
 */
async function catchUp(
  ctx: Ctx,
  applicationId: string,
  cases: readonly AcceptanceCase[],
  windows: number,
): Promise<void> {
  const end = await idBehindNewest(ctx, applicationId, ACCEPTANCE.calls)
  if (end === undefined) return
  const before = await store.listVerdicts(ctx, [applicationId])
  let mark = await store.findMark(ctx, applicationId)
  for (let window = 0; window < windows && mark < end; window++) {
    const calls = await listCalls(ctx, applicationId, { after: mark })
    const last =
      calls
        .map(({ id }) => id)
        .sort()
        .at(-1) ?? mark
    const paymentRequestIds = [...new Set(calls.flatMap(({ paymentRequestId }) => paymentRequestId ?? []))]
    const ofPayments = await gather(ctx, applicationId, { paymentRequestIds })
    const ofNone = calls.filter(({ paymentRequestId }) => paymentRequestId === null)
    const evidence = { ...ofPayments, calls: inOrder([...ofPayments.calls, ...ofNone]) }
    const open = new Map<string, Verdict>() // what is open here is seen with the newest, or was left behind
    for (const one of cases)
      await judgeCase(ctx, { applicationId, payer: store.EVERYBODY, one, evidence, before, open })
    if (last === mark) return
    await ctx.tx((tx) => store.setMark(tx, applicationId, last))
    mark = last
  }
}

/** The same by one payer: only his payments count, and nobody starts a case for him. */
export async function judgePayer(ctx: Ctx, applicationId: string, payer: string): Promise<Omit<Judged, 'runs'>> {
  const suites = await suitesOf(ctx, applicationId)
  const before = await store.listVerdicts(ctx, [applicationId], payer)
  const open = new Map<string, Verdict>()
  const undecided = suites.flatMap((suite) => suite.cases.filter(({ id }) => !isPassed(suite, id, before)))
  const evidence = await gather(ctx, applicationId, { payer })
  if (evidence.calls.length === 0) return { suites, stored: before, open }
  for (const one of undecided) await judgeCase(ctx, { applicationId, payer, one, evidence, before, open })
  return { suites, stored: await store.listVerdicts(ctx, [applicationId], payer), open }
}

/** Before its old exchanges are deleted: afterwards nothing could be judged by them. */
export async function judgeEverybody(ctx: Ctx, applicationId: string): Promise<void> {
  if (!(await store.hasCalls(ctx, applicationId))) return
  const suites = await suitesOf(ctx, applicationId)
  const cases = suites.flatMap((suite) => suite.cases)
  await catchUp(ctx, applicationId, cases, Number.POSITIVE_INFINITY)
  await judge(ctx, applicationId)
  for (const payer of await listPayers(ctx, applicationId)) await judgePayer(ctx, applicationId, payer)
}

/** The verdict computed again from what it rests on, and nothing else. */
export async function recompute(ctx: Ctx, applicationId: string, one: AcceptanceCase, restsOn: readonly string[]) {
  const of = (prefix: string) => restsOn.filter((id) => id.startsWith(prefix))
  const calls = await listCalls(ctx, applicationId, { ids: of('exc_') })
  const notifications = await listJudged(ctx, applicationId, { ids: of('ntf_'), attemptIds: of('att_') })
  return one.verdict(restrictTo({ calls, notifications }, restsOn))
}

export function isPassed(suite: Suite, caseId: string, stored: readonly store.Stored[]): boolean {
  const verdict = stored.find((one) => one.case_id === caseId)
  return verdict?.outcome === 'passed' && passStands(suite, caseId, verdict.suite_version)
}

async function judgeRun(ctx: Ctx, applicationId: string, run: store.Run, open: Map<string, Verdict>): Promise<void> {
  const one = findCase(run.case_id)
  if (!one) return
  const verdict = one.verdict(await gather(ctx, applicationId, { newestAfter: run.after_exchange }))
  if (verdict.outcome === 'open') {
    const isOver = ctx.clock.now() - run.started_at > ACCEPTANCE.runSeconds * 1000
    if (!isOver) return void open.set(one.id, verdict)
    await ctx.tx(async (tx) => {
      await store.endRun(tx, run.id, { endedAs: 'cancelled' })
      await forgetMisbehaviour(tx, run.id)
    })
    return
  }
  const { outcome } = verdict
  await ctx.tx(async (tx) => {
    if (!(await store.endRun(tx, run.id, { endedAs: outcome, verdict }))) return
    await forgetMisbehaviour(tx, run.id)
    await store.saveVerdict(tx, rowOf(applicationId, store.EVERYBODY, one, verdict, tx.clock.now(), run.id))
  })
}

type Asked = {
  applicationId: string
  payer: string
  one: AcceptanceCase
  evidence: Evidence
  before: readonly store.Stored[]
  open: Map<string, Verdict>
}

async function judgeCase(ctx: Ctx, { applicationId, payer, one, evidence, before, open }: Asked): Promise<void> {
  const verdict = one.verdict(evidence)
  if (verdict.outcome === 'open') return void open.set(one.id, verdict)
  const known = before.find(({ case_id }) => case_id === one.id)
  if (known && JSON.stringify(known.verdict) === JSON.stringify(verdict)) return
  await ctx.tx((tx) => store.saveVerdict(tx, rowOf(applicationId, payer, one, verdict, tx.clock.now(), null)))
}

function rowOf(
  applicationId: string,
  payer: string,
  one: AcceptanceCase,
  verdict: Verdict,
  at: number,
  runId: string | null,
): store.Stored {
  return {
    application_id: applicationId,
    payer,
    case_id: one.id,
    suite_version: suiteOf(one.product).version,
    outcome: verdict.outcome,
    verdict,
    at,
    run_id: runId,
  }
}
