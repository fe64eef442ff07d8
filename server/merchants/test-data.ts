/** Test Data: what each merchant has brought about by the payments of its own account in the Test Wallet. */
import { findCase } from '../../rules/acceptance.ts'
import type { PayerOutcomeName } from '../../rules/acceptance/case.ts'
import { csvLine } from '../../rules/cells.ts'
import { ACCEPTANCE, BY_HAND } from '../../rules/limits.ts'
import type { ProductId } from '../../rules/products.ts'
import { outcomesFor } from '../acceptance/acceptance.ts'
import { ensureQuota } from '../accounts/counters.ts'
import { getOwn } from '../applications/applications.ts'
import type { Ctx } from '../context.ts'
import * as store from './store.ts'
import { productsOf } from './views.ts'

type Filter = {
  search?: string | undefined
  product?: ProductId | undefined
  outcome?: PayerOutcomeName | undefined
}

/**
 * Up to a page of merchants that match. Whether one does is only known when its payments have been judged, so a page looks through a
 * bounded number of them; it may be short, and `nextCursor` goes on.
 */
export async function list(
  ctx: Ctx,
  applicationId: string,
  { cursor, ...filter }: Filter & { cursor?: string | undefined },
) {
  await getOwn(ctx, applicationId)
  const items: Tested[] = []
  let after = cursor
  for (let looked = 0; looked < ACCEPTANCE.merchantsLookedAt; ) {
    const rows = await store.list(ctx, applicationId, filter, after, ACCEPTANCE.merchantsOfPage)
    for (const row of rows) {
      const found = await testedOf(ctx, applicationId, row, filter)
      if (found) items.push(found)
      after = row.mid
      if (items.length === ACCEPTANCE.merchantsOfPage) return { items, nextCursor: after }
    }
    if (rows.length < ACCEPTANCE.merchantsOfPage) return { items, nextCursor: null }
    looked += rows.length
  }
  return { items, nextCursor: after ?? null }
}

export async function exportList(ctx: Ctx, applicationId: string, filter: Filter) {
  const { name } = await getOwn(ctx, applicationId)
  await ctx.tx((tx) => ensureQuota(tx, `exports ${applicationId}`, BY_HAND.exports, BY_HAND.hourSeconds))
  return {
    name: `${name}-test-data.csv`,
    type: 'text/csv; charset=utf-8',
    content: exportLines(ctx, applicationId, filter),
  }
}

const EXPORTED = ['Merchant name', 'MID', 'Case', 'Title', 'Outcome', 'Decided', 'Rule']

async function* exportLines(ctx: Ctx, applicationId: string, filter: Filter): AsyncGenerator<string> {
  yield `\uFEFF${csvLine(EXPORTED)}`
  let cursor: string | undefined
  do {
    const { items, nextCursor } = await list(ctx, applicationId, { ...filter, cursor })
    yield items.flatMap((one) => one.cases.map((found) => csvLine(exported(one, found)))).join('')
    cursor = nextCursor ?? undefined
  } while (cursor !== undefined)
}

type Tested = NonNullable<Awaited<ReturnType<typeof testedOf>>>

function exported({ name, mid }: Tested, { id, outcome, at, message }: Tested['cases'][number]): string[] {
  return [name, mid, id, findCase(id)?.title ?? '', outcome, at ?? '', message ?? '']
}

/** A merchant with the cases of its products; undefined where none has the outcome that is asked for. */
async function testedOf(ctx: Ctx, applicationId: string, row: store.Listed, { product, outcome }: Filter) {
  const products = productsOf(row).filter((id) => product === undefined || id === product)
  const outcomes = await outcomesFor(ctx, applicationId, { payer: row.id })
  const cases = outcomes
    .filter((one) => products.includes(one.product))
    .map(({ caseId, at, ...one }) => ({ id: caseId, ...one, at: at === null ? null : new Date(at).toISOString() }))
  if (outcome !== undefined && !cases.some((one) => one.outcome === outcome)) return undefined
  return { id: row.id, name: row.name, mid: row.mid, cases }
}
