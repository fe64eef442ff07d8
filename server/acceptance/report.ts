/** The report on the acceptance tests of an application, with every verdict computed once more from its evidence. */
import { type Suite, suiteOf } from '../../rules/acceptance.ts'
import type { AcceptanceCase, Verdict } from '../../rules/acceptance/case.ts'
import type { Ctx } from '../context.ts'
import { caseStanding, standingsOf, type Standing } from './acceptance.ts'
import { publicEvidenceKey } from './evidence-key.ts'
import { judge, type Judged, recompute } from './judge.ts'
import * as store from './store.ts'

export type Report = Awaited<ReturnType<typeof reportOf>>

export async function reportOf(ctx: Ctx, applicationId: string) {
  const judged = await judge(ctx, applicationId)
  const { name, client_id, organisation } = await store.getSetUp(ctx, applicationId)
  const suites = []
  for (const standing of standingsOf(judged)) suites.push(await reportedSuite(ctx, applicationId, judged, standing))
  return {
    application: { id: applicationId, name, clientId: client_id },
    organisation,
    network: ctx.config.network.name,
    madeAt: new Date(ctx.clock.now()).toISOString(),
    suites,
    evidenceKey: await publicEvidenceKey(ctx),
  }
}

async function reportedSuite(ctx: Ctx, applicationId: string, judged: Judged, standing: Standing) {
  const { version, editions, cases }: Suite = suiteOf(standing.product)
  const reported = []
  for (const one of cases) reported.push(await reportedCase(ctx, applicationId, judged, one))
  return {
    ...standing,
    version,
    editions: editions.map(({ changed, ...edition }) => ({ ...edition, changed: [...changed] })),
    cases: reported,
  }
}

/** Only what was decided is reported with its evidence; what is open changes with the next call. */
async function reportedCase(ctx: Ctx, applicationId: string, judged: Judged, one: AcceptanceCase) {
  const { run: _, verdict, ...standing } = caseStanding(judged, one.id)
  const decided = verdict?.outcome === 'open' ? null : (verdict as Verdict | null) // as it was stored
  const restsOn = [...(decided?.restsOn ?? [])]
  return {
    id: one.id,
    title: one.title,
    required: one.required,
    ...standing,
    verdict: decided,
    restsOn,
    confirmed: decided && isSame(await recompute(ctx, applicationId, one, restsOn), decided),
  }
}

const isSame = (a: Verdict, b: Verdict) => a.outcome === b.outcome && a.rule === b.rule && a.received === b.received

export function fileName({ application, madeAt }: Pick<Report, 'application' | 'madeAt'>, end: string): string {
  return `acceptance-${application.clientId}-${madeAt.slice(0, 10)}-${end}`
}
