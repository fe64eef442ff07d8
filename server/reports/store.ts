/** SQL of reports: what is to be made, the transactions of a day, and the files with their pieces. */
import { sql } from 'kysely'
import { reportMoment } from '../../rules/clearing.ts'
import type { PaymentState } from '../../rules/payment.ts'
import type { ReportArea, ReportKind } from '../../rules/reports.ts'
import type { Ctx, TxCtx } from '../context.ts'
import type { Row } from '../db/schema.ts'

export type Run = Omit<Row<'report_runs'>, 'kind' | 'state'> & { kind: ReportArea; state: RunState }

type RunState = 'waiting' | 'ready' | 'failed'

// ── when ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

const DAY_MS = reportMoment(1)

/** Sandboxes by whose clocks another day of reports is due. */
export function listDue(ctx: Ctx, limit: number) {
  return selectClocks(ctx)
    .where((eb) =>
      eb.or([
        eb('m.through', 'is', null),
        sql<boolean>`(m.through + 1) * ${sql.lit(DAY_MS)} <= c.clock_offset_ms + ${ctx.clock.now()}`,
      ]),
    )
    .orderBy('c.application_id')
    .limit(limit)
    .execute()
}

/** The sandbox of one application; none once it is deleted. */
export function findClock(ctx: Ctx | TxCtx, applicationId: string) {
  return selectClocks(ctx).where('c.application_id', '=', applicationId).executeTakeFirst()
}

function selectClocks(ctx: Ctx | TxCtx) {
  return ctx.db
    .selectFrom('clients as c')
    .innerJoin('applications as a', 'a.id', 'c.application_id')
    .leftJoin('report_marks as m', 'm.application_id', 'c.application_id')
    .select(['c.application_id', 'c.participant_id', 'c.clock_offset_ms', 'a.created_at', 'm.through'])
    .where('c.environment', '=', 'sandbox')
    .where('a.deleted_at', 'is', null)
}

/** Moves the mark forward; of several nodes one does. It also holds the mark, so that numbers of runs are given one by one. */
export async function takeMark(tx: TxCtx, applicationId: string, through: number): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('report_marks')
    .values({ application_id: applicationId, through })
    .onConflict((conflict) =>
      conflict.column('application_id').doUpdateSet({ through }).where('report_marks.through', '<', through),
    )
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

/** Holds the mark and leaves it where it is; it is made at `first` where there is none. */
export async function holdMark(tx: TxCtx, applicationId: string, first: number): Promise<void> {
  await tx.db
    .insertInto('report_marks')
    .values({ application_id: applicationId, through: first })
    .onConflict((conflict) =>
      conflict.column('application_id').doUpdateSet((eb) => ({ through: eb.ref('report_marks.through') })),
    )
    .execute()
}

/** The number that a new run of that day gets: from 0. */
export async function nextSeq(tx: TxCtx, run: Pick<Run, 'application_id' | 'kind' | 'day'>): Promise<number> {
  const row = await tx.db
    .selectFrom('report_runs')
    .select((eb) => eb.fn.max('seq').as('seq'))
    .where('application_id', '=', run.application_id)
    .where('kind', '=', run.kind)
    .where('day', '=', run.day)
    .executeTakeFirst()
  return row?.seq === null || row?.seq === undefined ? 0 : Number(row.seq) + 1
}

export async function insertRun(tx: TxCtx, run: Run): Promise<void> {
  await tx.db.insertInto('report_runs').values(run).execute()
}

export async function findRun(ctx: Ctx, id: string): Promise<(Run & { participant_id: string }) | undefined> {
  return (await ctx.db
    .selectFrom('report_runs as r')
    .innerJoin('clients as c', 'c.application_id', 'r.application_id')
    .selectAll('r')
    .select('c.participant_id')
    .where('r.id', '=', id)
    .where('c.environment', '=', 'sandbox')
    .executeTakeFirst()) as (Run & { participant_id: string }) | undefined // written by us
}

export async function countRuns(ctx: Ctx, applicationId: string, state: RunState): Promise<number> {
  const { n } = await ctx.db
    .selectFrom('report_runs')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('application_id', '=', applicationId)
    .where('state', '=', state)
    .executeTakeFirstOrThrow()
  return Number(n)
}

/** Clearings of these days that were planned by the clock, each with its state. */
export function listClearings(ctx: Ctx, applicationId: string, days: readonly number[]) {
  return ctx.db
    .selectFrom('report_runs')
    .select(['id', 'day', 'state'])
    .where('application_id', '=', applicationId)
    .where('kind', '=', 'clearing')
    .where('by_hand', '=', 0)
    .where('day', 'in', days)
    .orderBy('day')
    .execute()
}

// ── what ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** From the first moment to the one before the second, by the clock of the sandbox. */
export type Span = { applicationId: string; from: number; to: number }
/** The last row that was read: its time and id. */
export type After = { at: number; id: string } | undefined

const PAID: readonly PaymentState[] = ['SUCCESS', 'PARTIALLY_REFUNDED', 'REFUNDED']

/** Payments that succeeded then and were not cancelled, in the order of their times, a page at a time. */
export function listPaid(ctx: Ctx, { applicationId, from, to }: Span, after: After, limit: number) {
  return ctx.db
    .selectFrom('payments')
    .select([
      'wallet_payer',
      'payment_id',
      'payment_request_id',
      'order_description',
      'method_type',
      'product',
      'final_at',
      'created_at',
    ])
    .select(['amount_minor', 'currency', 'settlement_currency', 'settlement_minor', 'quote_price'])
    .select(['interchange_basis_points', 'service_basis_points'])
    .where('application_id', '=', applicationId)
    .where('final_at', '>=', after?.at ?? from)
    .where('final_at', '<', to)
    .where('state', 'in', PAID)
    .where((eb) => eb.or([eb('final_at', '>', after?.at ?? from - 1), eb('payment_id', '>', after?.id ?? '')]))
    .orderBy('final_at')
    .orderBy('payment_id')
    .limit(limit)
    .execute()
}

/** Refunds of that time, of payments that were not cancelled. */
export function listRefunded(ctx: Ctx, { applicationId, from, to }: Span, after: After, limit: number) {
  return ctx.db
    .selectFrom('refunds as r')
    .innerJoin('payments as p', (join) =>
      join
        .onRef('p.application_id', '=', 'r.application_id')
        .onRef('p.payment_request_id', '=', 'r.payment_request_id'),
    )
    .select(['r.refund_id', 'r.refund_request_id', 'r.amount_minor', 'r.currency', 'r.created_at as refunded_at'])
    .select(['r.settlement_minor', 'r.interchange_minor', 'p.payment_id', 'p.order_description', 'p.method_type'])
    .select(['p.product', 'p.created_at', 'p.settlement_currency', 'p.quote_price', 'p.wallet_payer'])
    .select('p.interchange_basis_points')
    .where('r.application_id', '=', applicationId)
    .where('r.created_at', '>=', after?.at ?? from)
    .where('r.created_at', '<', to)
    .where('p.state', 'in', PAID)
    .where((eb) => eb.or([eb('r.created_at', '>', after?.at ?? from - 1), eb('r.refund_id', '>', after?.id ?? '')]))
    .orderBy('r.created_at')
    .orderBy('r.refund_id')
    .limit(limit)
    .execute()
}

/** The currencies in which something was cleared so far. */
export async function listCurrencies(ctx: Ctx, applicationId: string): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('report_sums')
    .select('currency')
    .distinct()
    .where('application_id', '=', applicationId)
    .orderBy('currency')
    .execute()
  return rows.map(({ currency }) => currency)
}

export function listSums(ctx: Ctx, runIds: readonly string[]) {
  return ctx.db.selectFrom('report_sums').selectAll().where('run_id', 'in', runIds).orderBy('day').execute()
}

// ── files ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** With the first piece the file becomes a draft: what of it is left behind can be found. */
export async function insertPart(tx: TxCtx, part: Row<'report_parts'>): Promise<void> {
  await tx.db
    .insertInto('report_drafts')
    .values({ file_id: part.file_id, begun_at: tx.clock.now() })
    .onConflict((conflict) => conflict.column('file_id').doNothing())
    .execute()
  await tx.db.insertInto('report_parts').values(part).execute()
}

/** False: somebody else has made this run meanwhile. */
export async function markReady(tx: TxCtx, runId: string): Promise<boolean> {
  const { numUpdatedRows } = await tx.db
    .updateTable('report_runs')
    .set({ state: 'ready', ready_at: tx.clock.now() })
    .where('id', '=', runId)
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** Its work was given up: nothing comes of it any more. */
export async function markFailed(tx: TxCtx, runId: string): Promise<void> {
  await tx.db
    .updateTable('report_runs')
    .set({ state: 'failed' })
    .where('id', '=', runId)
    .where('state', '=', 'waiting')
    .execute()
}

/** It is whole, and from now on to be seen. */
export async function insertFile(tx: TxCtx, file: Row<'report_files'>): Promise<void> {
  await tx.db.insertInto('report_files').values(file).execute()
  await tx.db.deleteFrom('report_drafts').where('file_id', '=', file.id).execute()
}

export async function insertSums(tx: TxCtx, sums: Row<'report_sums'>): Promise<void> {
  await tx.db.insertInto('report_sums').values(sums).execute()
}

export type File = Omit<Row<'report_files'>, 'kind'> & { kind: ReportKind; day: number; by_hand: number }

function selectFiles(ctx: Ctx) {
  return ctx.db
    .selectFrom('report_files as f')
    .innerJoin('report_runs as r', 'r.id', 'f.run_id')
    .selectAll('f')
    .select(['r.day', 'r.by_hand'])
}

/** Newest first. */
export async function listFiles(ctx: Ctx, applicationId: string, limit: number, before?: string): Promise<File[]> {
  const files = selectFiles(ctx).where('f.application_id', '=', applicationId)
  return (await (before === undefined ? files : files.where('f.id', '<', before))
    .orderBy('f.id', 'desc')
    .limit(limit)
    .execute()) as File[] // kinds are written by us
}

export async function findFile(ctx: Ctx, applicationId: string, fileId: string): Promise<File | undefined> {
  return (await selectFiles(ctx)
    .where('f.application_id', '=', applicationId)
    .where('f.id', '=', fileId)
    .executeTakeFirst()) as File | undefined // as above
}

/** Days that have files, each with the moment of the newest. */
export function listFolders(ctx: Ctx, applicationId: string, area: ReportArea) {
  return ctx.db
    .selectFrom('report_files as f')
    .innerJoin('report_runs as r', 'r.id', 'f.run_id')
    .select((eb) => ['f.folder_day', eb.fn.max('f.made_for').as('made_for')])
    .where('f.application_id', '=', applicationId)
    .where('r.kind', '=', area)
    .groupBy('f.folder_day')
    .orderBy('f.folder_day')
    .execute()
}

export async function listFolder(ctx: Ctx, applicationId: string, area: ReportArea, day: number): Promise<File[]> {
  return (await selectFiles(ctx)
    .where('f.application_id', '=', applicationId)
    .where('r.kind', '=', area)
    .where('f.folder_day', '=', day)
    .orderBy('f.name')
    .execute()) as File[] // as above
}

/** Number and size of each piece, in order. */
export function listParts(ctx: Ctx, fileId: string) {
  return ctx.db
    .selectFrom('report_parts')
    .select(['number', 'size'])
    .where('file_id', '=', fileId)
    .orderBy('number')
    .execute()
}

export async function findPart(ctx: Ctx, fileId: string, number: number): Promise<Uint8Array | undefined> {
  const row = await ctx.db
    .selectFrom('report_parts')
    .select('content')
    .where('file_id', '=', fileId)
    .where('number', '=', number)
    .executeTakeFirst()
  return row?.content
}

// ── what is over ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Runs that were due before a moment, whatever became of them: `before` is real time, to which the clock of each sandbox is added. */
function selectOld(tx: TxCtx, before: number) {
  return tx.db
    .selectFrom('report_runs as r')
    .innerJoin('clients as c', 'c.application_id', 'r.application_id')
    .select('r.id')
    .where('c.environment', '=', 'sandbox')
    .where((eb) => eb(eb('r.made_for', '-', eb.ref('c.clock_offset_ms')), '<', before))
}

/** Takes files that are over out of sight. Their pieces go with the drafts. */
export async function deleteFiles(tx: TxCtx, before: number, limit: number): Promise<number> {
  const files = await tx.db
    .selectFrom('report_files')
    .select('id')
    .where('run_id', 'in', selectOld(tx, before))
    .limit(limit)
    .execute()
  if (files.length === 0) return 0
  const drafts = files.map(({ id }) => ({ file_id: id, begun_at: 0 }))
  await tx.db.insertInto('report_drafts').values(drafts).execute()
  await tx.db
    .deleteFrom('report_files')
    .where(
      'id',
      'in',
      files.map(({ id }) => id),
    )
    .execute()
  return files.length
}

/** Runs with what they came to: later than their files, because settlements rest on the sums. */
export async function deleteRuns(tx: TxCtx, before: number, limit: number): Promise<number> {
  const ids = (await selectOld(tx, before).limit(limit).execute()).map(({ id }) => id)
  if (ids.length === 0) return 0
  await tx.db.deleteFrom('report_sums').where('run_id', 'in', ids).execute()
  await tx.db.deleteFrom('report_runs').where('id', 'in', ids).execute()
  return ids.length
}

/** Pieces are large: so many of them at once. */
const PARTS_AT_ONCE = 50

/** Pieces of one draft that was begun before a moment. Returns `limit` while there may be more. */
export async function deleteDrafts(tx: TxCtx, before: number, limit: number): Promise<number> {
  const draft = await tx.db
    .selectFrom('report_drafts')
    .select('file_id')
    .where('begun_at', '<', before)
    .limit(1)
    .executeTakeFirst()
  if (!draft) return 0
  const parts = await tx.db
    .selectFrom('report_parts')
    .select('number')
    .where('file_id', '=', draft.file_id)
    .orderBy('number')
    .limit(PARTS_AT_ONCE)
    .execute()
  const numbers = parts.map(({ number }) => number)
  if (numbers.length > 0)
    await tx.db.deleteFrom('report_parts').where('file_id', '=', draft.file_id).where('number', 'in', numbers).execute()
  if (numbers.length < PARTS_AT_ONCE)
    await tx.db.deleteFrom('report_drafts').where('file_id', '=', draft.file_id).execute()
  return limit
}
