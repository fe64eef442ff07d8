/**
 * Makes the files of one run. The transactions are read once, a page at a time, and written into the pieces of all files as they come,
 * so a large day is never in memory. Files become visible together, in the transaction that marks the run as made: a run that was cut
 * off leaves loose pieces, which the retention removes, and is made anew.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { clearingDaysSettledOn, startOfClearingDay } from '../../rules/clearing.ts'
import { feeOf } from '../../rules/fees.ts'
import { REPORTS } from '../../rules/limits.ts'
import {
  type Batch,
  type Cleared,
  count,
  FIRST_CURRENCY,
  feeLines,
  feeTotalOf,
  headText,
  noSums,
  type ReportKind,
  reportName,
  type Sums,
  settlementText,
  summaryText,
  sumsOfText,
  sumsToText,
  totalOf,
  transactionLine,
} from '../../rules/reports.ts'
import type { Ctx } from '../context.ts'
import { bringAboutFirst, hasDue } from '../gateway/due.ts'
import { payerOf } from '../gateway/facts.ts'
import { quoteOf } from '../gateway/settlement.ts'
import type { Handler, Topic } from '../outbox/outbox.ts'
import { newWriter, type Written } from './writer.ts'
import * as store from './store.ts'

type Run = NonNullable<Awaited<ReturnType<typeof store.findRun>>>
type Made = { files: (Written & { kind: ReportKind; currency: string })[]; sums: Map<string, Sums> }

const SOON_MS = 500
const LATER_MS = 60_000

const make: Handler = async (ctx, { payload, attempts, created_at }) => {
  const run = await store.findRun(ctx, payload)
  if (run?.state !== 'waiting') return { outcome: { done: true } }
  const isClearing = run.kind === 'clearing'
  const early = isClearing ? await whatIsDue(ctx, run, attempts) : await whatIsNotCleared(ctx, run, created_at)
  if (early) return early
  await finish(ctx, run, isClearing ? await makeClearing(ctx, run) : await makeSettlement(ctx, run))
  return { outcome: { done: true } }
}

/** A few at a time: at 08:00 those of all sandboxes are due, and partners' calls need the database too. */
export const reportTopic: Topic = { handler: make, atOnce: REPORTS.atOnce, onGivenUp: store.markFailed }

type Early = Awaited<ReturnType<Handler>> | undefined

/** What the clock has decided must have happened, unless it fails to, again and again. */
async function whatIsDue(ctx: Ctx, run: Run, attempts: number): Promise<Early> {
  await bringAboutFirst(ctx, run.application_id)
  if (attempts >= REPORTS.patience || !(await hasDue(ctx, run.application_id))) return undefined
  return { outcome: { retryInMs: SOON_MS, error: 'payments are not decided yet' } }
}

/** What is settled must be cleared. A clearing may be tried for days, so the looks become rare; where one is given up, the settlement would leave out its day. */
async function whatIsNotCleared(ctx: Ctx, run: Run, since: number): Promise<Early> {
  const clearings = await store.listClearings(ctx, run.application_id, clearingDaysSettledOn(run.day))
  if (clearings.some(({ state }) => state === 'failed')) {
    const outcome = { giveUp: true, error: 'a clearing that it rests on was given up' } as const
    return { outcome, record: (tx) => store.markFailed(tx, run.id) }
  }
  if (!clearings.some(({ state }) => state === 'waiting')) return undefined
  const retryInMs = Math.min(Math.max(Math.round((ctx.clock.now() - since) / 10), SOON_MS), LATER_MS)
  return { outcome: { retryInMs, error: 'a clearing that it rests on is not ready', isNoAttempt: true } }
}

/** Of several that made the same run the first one's files stay. */
async function finish(ctx: Ctx, run: Run, { files, sums }: Made): Promise<void> {
  await ctx.tx(async (tx) => {
    if (!(await store.markReady(tx, run.id))) return
    const of = { run_id: run.id, application_id: run.application_id }
    for (const { id, kind, currency, bytes } of files) {
      const name = reportName({ kind, currency, participantId: run.participant_id, day: run.day, seq: run.seq })
      await store.insertFile(tx, {
        ...of,
        id,
        kind,
        name,
        currency,
        bytes,
        folder_day: run.folder_day,
        made_for: run.made_for,
      })
    }
    for (const [currency, one] of sums)
      await store.insertSums(tx, { ...of, currency, day: run.day, sums: sumsToText(one) })
  })
}

// ── clearing ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

async function makeClearing(ctx: Ctx, run: Run): Promise<Made> {
  const books = new Map<string, ReturnType<typeof newBook>>()
  const bookOf = (currency: string) => {
    const known = books.get(currency) ?? newBook(ctx, run, currency)
    books.set(currency, known)
    return known
  }
  for (const currency of await store.listCurrencies(ctx, run.application_id)) bookOf(currency)
  for await (const page of transactions(ctx, run)) {
    for (const one of page) bookOf(one.settlementCurrency).add(one)
    for (const book of books.values()) await book.flush()
    await nextTurn()
  }
  if (books.size === 0) bookOf(FIRST_CURRENCY)
  const made: Made = { files: [], sums: new Map() }
  for (const [currency, book] of books) {
    const files = await book.close()
    made.files.push(...files.map((file) => ({ ...file, currency })))
    made.sums.set(currency, book.sums)
  }
  return made
}

/** The three files of one currency, while they are written. */
function newBook(ctx: Ctx, run: Run, currency: string) {
  const batch: Batch = { participantId: run.participant_id, currency, day: run.day, area: 'clearing' }
  const items = newWriter(ctx)
  const fees = newWriter(ctx)
  const sums = noSums()
  return {
    sums,
    add(one: Cleared) {
      count(sums, one)
      items.add(transactionLine(batch, one))
      fees.add(feeLines(batch, one))
    },
    async flush() {
      await items.flush()
      await fees.flush()
    },
    async close(): Promise<(Written & { kind: ReportKind })[]> {
      return [
        { kind: 'transactionItems', ...(await items.close(headText(batch, totalOf(sums), 'transactionItems'))) },
        { kind: 'feeItems', ...(await fees.close(headText(batch, feeTotalOf(sums), 'feeItems'))) },
        { kind: 'summary', ...(await newWriter(ctx).close(summaryText(batch, sums))) },
      ]
    },
  }
}

/** The payments of the day, then its refunds, each in the order of their times. */
async function* transactions(ctx: Ctx, run: Run): AsyncGenerator<Cleared[]> {
  const span = { applicationId: run.application_id, from: startOfClearingDay(run.day), to: run.until }
  yield* pages(
    (after) => store.listPaid(ctx, span, after, REPORTS.pageRows),
    clearedPayment,
    (row) => ({ at: row.final_at ?? 0, id: row.payment_id }),
  )
  yield* pages(
    (after) => store.listRefunded(ctx, span, after, REPORTS.pageRows),
    clearedRefund,
    (row) => ({ at: row.refunded_at, id: row.refund_id }),
  )
}

async function* pages<Row>(
  read: (after: store.After) => Promise<Row[]>,
  cleared: (row: Row) => Cleared,
  placeOf: (row: Row) => store.After,
): AsyncGenerator<Cleared[]> {
  let after: store.After
  for (;;) {
    const rows = await read(after)
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows.map(cleared)
    after = placeOf(last)
  }
}

function clearedPayment(row: Awaited<ReturnType<typeof store.listPaid>>[number]): Cleared {
  const settlementMinor = BigInt(row.settlement_minor ?? row.amount_minor)
  return {
    type: 'PAYMENT',
    id: row.payment_id,
    originalId: '',
    requestId: row.payment_request_id,
    at: row.final_at ?? row.created_at,
    ...sameOf(row),
    settlementMinor,
    interchangeMinor: feeOf(settlementMinor, row.interchange_basis_points),
    serviceMinor: feeOf(settlementMinor, row.service_basis_points),
  }
}

function clearedRefund(row: Awaited<ReturnType<typeof store.listRefunded>>[number]): Cleared {
  const settlementMinor = BigInt(row.settlement_minor ?? row.amount_minor)
  return {
    type: 'REFUND',
    id: row.refund_id,
    originalId: row.payment_id,
    requestId: row.refund_request_id,
    at: row.refunded_at,
    ...sameOf(row),
    settlementMinor,
    interchangeMinor:
      row.interchange_minor === null
        ? feeOf(settlementMinor, row.interchange_basis_points)
        : BigInt(row.interchange_minor),
    serviceMinor: 0n,
  }
}

type Common = Parameters<typeof quoteOf>[0] & {
  order_description: string
  method_type: string
  wallet_payer: string | null
  product: string
  amount_minor: number
}

function sameOf(row: Common) {
  return {
    description: row.order_description,
    methodType: row.method_type,
    pspName: payerOf(row).name,
    product: row.product,
    amountMinor: BigInt(row.amount_minor),
    currency: row.currency,
    settlementCurrency: row.settlement_currency ?? row.currency,
    quote: quoteOf(row),
  }
}

// ── settlement ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** What the clearings of its days came to, currency by currency. */
async function makeSettlement(ctx: Ctx, run: Run): Promise<Made> {
  const clearings = await store.listClearings(ctx, run.application_id, clearingDaysSettledOn(run.day))
  const ids = clearings.map(({ id }) => id)
  const sums = ids.length === 0 ? [] : await store.listSums(ctx, ids)
  const known = [
    ...new Set([...(await store.listCurrencies(ctx, run.application_id)), ...sums.map((one) => one.currency)]),
  ]
  const made: Made = { files: [], sums: new Map() }
  for (const currency of known.length === 0 ? [FIRST_CURRENCY] : known) {
    const batch: Batch = { participantId: run.participant_id, currency, day: run.day, area: 'settlement' }
    const cleared = sums
      .filter((one) => one.currency === currency)
      .map((one) => ({ day: one.day, sums: sumsOfText(one.sums) }))
    made.files.push({ kind: 'settlement', currency, ...(await newWriter(ctx).close(settlementText(batch, cleared))) })
  }
  return made
}
