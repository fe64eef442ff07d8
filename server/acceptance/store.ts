/** SQL of the acceptance tests: runs, and verdicts with their evidence. */
import { sql } from 'kysely'
import type { Verdict } from '../../rules/acceptance/case.ts'
import type { ProductId } from '../../rules/products.ts'
import type { Ctx, TxCtx } from '../context.ts'
import type { Row } from '../db/schema.ts'

export type Run = Row<'acceptance_runs'>
export type Stored = Omit<Row<'acceptance_verdicts'>, 'verdict'> & { verdict: Verdict }

/** All payers together. */
export const EVERYBODY = ''

export async function listProducts(ctx: Ctx | TxCtx, applicationIds: readonly string[]) {
  if (applicationIds.length === 0) return []
  const rows = await ctx.db
    .selectFrom('application_products')
    .select(['application_id', 'product'])
    .where('application_id', 'in', applicationIds)
    .execute()
  return rows.map((row) => ({ applicationId: row.application_id, product: row.product as ProductId })) // written by us
}

// ── set-up ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** What the pre-flight looks at, of the sandbox client. */
export function getSetUp(ctx: Ctx | TxCtx, applicationId: string) {
  return ctx.db
    .selectFrom('clients as c')
    .innerJoin('applications as a', 'a.id', 'c.application_id')
    .innerJoin('partners as p', 'p.id', 'a.partner_id')
    .leftJoin('notification_urls as u', (join) =>
      join.onRef('u.client_id', '=', 'c.client_id').on('u.api', '=', 'notifyPayment'),
    )
    .leftJoin('client_keys as k', (join) => join.onRef('k.client_id', '=', 'c.client_id').on('k.state', '=', 'active'))
    .select(['c.client_id', 'a.name', 'p.name as organisation', 'u.url', 'k.version', 'k.proved_at'])
    .where('c.application_id', '=', applicationId)
    .where('c.environment', '=', 'sandbox')
    .orderBy('k.proved_at', (order) => order.desc().nullsLast())
    .limit(1)
    .executeTakeFirstOrThrow()
}

// ── runs ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The last run of each case. */
export async function listLastRuns(ctx: Ctx | TxCtx, applicationId: string): Promise<Run[]> {
  return ctx.db
    .selectFrom('acceptance_runs as r')
    .selectAll()
    .where('application_id', '=', applicationId)
    .where((eb) =>
      eb(
        'id',
        '=',
        eb
          .selectFrom('acceptance_runs as other')
          .select(({ fn }) => fn.max('other.id').as('id'))
          .whereRef('other.application_id', '=', 'r.application_id')
          .whereRef('other.case_id', '=', 'r.case_id'),
      ),
    )
    .execute()
}

/** False where the case runs already. */
export async function insertRun(tx: TxCtx, run: Omit<Run, 'ended_at' | 'ended_as' | 'verdict'>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('acceptance_runs')
    .values(run)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

/** False where it has ended before. */
export async function endRun(
  tx: TxCtx,
  id: string,
  end: { endedAs: 'passed' | 'failed' | 'cancelled'; verdict?: Verdict },
): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('acceptance_runs')
    .set({
      ended_at: tx.clock.now(),
      ended_as: end.endedAs,
      verdict: end.verdict === undefined ? null : JSON.stringify(end.verdict),
    })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

// ── verdicts ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

export async function listVerdicts(
  ctx: Ctx | TxCtx,
  applicationIds: readonly string[],
  payer = EVERYBODY,
): Promise<Stored[]> {
  if (applicationIds.length === 0) return []
  const rows = await ctx.db
    .selectFrom('acceptance_verdicts')
    .selectAll()
    .where('application_id', 'in', applicationIds)
    .where('payer', '=', payer)
    .execute()
  return rows.map((row) => ({ ...row, verdict: JSON.parse(row.verdict) as Verdict })) // written by us
}

/** Passes that stand, counted by application: of one partner, or of everybody. */
export async function countPasses(
  ctx: Ctx,
  cases: readonly { id: string; sinceVersion: number }[],
  partnerId: string | undefined,
): Promise<{ application_id: string; passed: number; last_at: number }[]> {
  if (cases.length === 0) return []
  const versions = [...new Set(cases.map(({ sinceVersion }) => sinceVersion))]
  let query = ctx.db
    .selectFrom('acceptance_verdicts')
    .select((eb) => ['application_id', eb.fn.countAll<number>().as('passed'), eb.fn.max('at').as('last_at')])
    .where('payer', '=', EVERYBODY)
    .where('outcome', '=', 'passed')
    .where((eb) =>
      eb.or(
        versions.map((version) =>
          eb.and([
            eb('suite_version', '>=', version),
            eb(
              'case_id',
              'in',
              cases.filter(({ sinceVersion }) => sinceVersion === version).map(({ id }) => id),
            ),
          ]),
        ),
      ),
    )
    .groupBy('application_id')
  if (partnerId !== undefined)
    query = query.where('application_id', 'in', (eb) =>
      eb.selectFrom('applications').select('id').where('partner_id', '=', partnerId),
    )
  const rows = await query.execute()
  return rows.map((row) => ({ ...row, passed: Number(row.passed), last_at: Number(row.last_at) }))
}

/** A pass of this version of the suite is never written over. */
export async function saveVerdict(tx: TxCtx, row: Stored): Promise<void> {
  const { application_id, payer, case_id } = row
  const values = { ...row, verdict: JSON.stringify(row.verdict) }
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('acceptance_verdicts')
    .values(values)
    .onConflict((conflict) =>
      conflict
        .columns(['application_id', 'payer', 'case_id'])
        .doUpdateSet({
          suite_version: values.suite_version,
          outcome: values.outcome,
          verdict: values.verdict,
          at: values.at,
          run_id: values.run_id,
        })
        .where((eb) =>
          eb.or([
            eb('acceptance_verdicts.outcome', '!=', 'passed'),
            eb('acceptance_verdicts.suite_version', '<', values.suite_version),
          ]),
        ),
    )
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows !== 1n) return
  await tx.db
    .deleteFrom('acceptance_evidence')
    .where('application_id', '=', application_id)
    .where('payer', '=', payer)
    .where('case_id', '=', case_id)
    .execute()
  const evidence = row.verdict.restsOn.map((evidence_id) => ({ application_id, payer, case_id, evidence_id }))
  for (let i = 0; i < evidence.length; i += EVIDENCE_ROWS) {
    const some = evidence.slice(i, i + EVIDENCE_ROWS)
    await tx.db
      .insertInto('acceptance_evidence')
      .values(some)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}

/** Four values each: below what every engine takes in one statement. */
const EVIDENCE_ROWS = 200

// ── calls ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Up to where everything has been judged; empty where nothing has. */
export async function findMark(ctx: Ctx, applicationId: string): Promise<string> {
  const row = await ctx.db
    .selectFrom('acceptance_marks')
    .select('exchange_id')
    .where('application_id', '=', applicationId)
    .executeTakeFirst()
  return row?.exchange_id ?? ''
}

export async function setMark(tx: TxCtx, applicationId: string, exchangeId: string): Promise<void> {
  await tx.db
    .insertInto('acceptance_marks')
    .values({ application_id: applicationId, exchange_id: exchangeId })
    .onConflict((conflict) => conflict.column('application_id').doUpdateSet({ exchange_id: exchangeId }))
    .execute()
}

/** Which of these applications have had calls at all: only those can have something to judge. */
export async function hasCalls(ctx: Ctx, applicationId: string): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('exchanges')
    .select(sql<number>`1`.as('one'))
    .where('application_id', '=', applicationId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
