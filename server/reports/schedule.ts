/**
 * When reports are made: by the clock of each sandbox (decisions/0030). Planning only writes rows, one transaction for a sandbox, so a
 * kill or a second node changes nothing; the work itself is that of the outbox.
 */
import { clearingDayOf, isBusinessDay, reportDayAt, reportMoment, startOfClearingDay } from '../../rules/clearing.ts'
import { REPORTS } from '../../rules/limits.ts'
import type { ReportArea } from '../../rules/reports.ts'
import { newId } from '../clock.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { addWork } from '../outbox/outbox.ts'
import * as store from './store.ts'

export const REPORT_TOPIC = 'report'

/** Sandboxes that are planned in one go. */
const BATCH = 100

/** A node may know the clock of a sandbox as it was for a second or two, and still be writing a payment by it. */
const STALE_MS = 3000

type Clock = Awaited<ReturnType<typeof store.listDue>>[number]

/** Everything that the clocks of the sandboxes have made due. */
export async function planReports(ctx: Ctx): Promise<void> {
  for (;;) {
    const due = await store.listDue(ctx, BATCH)
    for (const clock of due) await ctx.tx((tx) => planSandbox(tx, clock))
    if (due.length < BATCH) return
  }
}

/** The days that are due and would still be kept; whatever lies further back is neither made nor missed. */
async function planSandbox(tx: TxCtx, clock: Clock): Promise<void> {
  const today = reportDayAt(tx.clock.now() + clock.clock_offset_ms)
  const planned = clock.through ?? firstMark(clock)
  if (!(await store.takeMark(tx, clock.application_id, Math.max(today, planned)))) return
  for (let day = Math.max(planned + 1, today - REPORTS.keptDays + 1); day <= today; day++) {
    const at = { folder_day: day, made_for: reportMoment(day) }
    await addRun(tx, clock, 'clearing', { ...at, day: day - 1, until: startOfClearingDay(day), by_hand: 0 })
    if (isBusinessDay(day)) await addRun(tx, clock, 'settlement', { ...at, day, until: at.made_for, by_hand: 0 })
  }
}

/** The first report is that of the day on which the application was made. */
const firstMark = ({ created_at }: Clock) => clearingDayOf(created_at)

type Wanted = Pick<store.Run, 'day' | 'folder_day' | 'until' | 'made_for' | 'by_hand'>

async function addRun(tx: TxCtx, clock: Clock, kind: ReportArea, wanted: Wanted): Promise<void> {
  const id = newId('rpr')
  const of = { application_id: clock.application_id, kind, day: wanted.day }
  const seq = await store.nextSeq(tx, of)
  const now = tx.clock.now()
  await store.insertRun(tx, { ...wanted, ...of, id, seq, state: 'waiting', created_at: now, ready_at: null })
  await addWork(tx, { topic: REPORT_TOPIC, payload: id, dueAt: wanted.by_hand === 1 ? now : now + STALE_MS })
}

/** The clearing day so far. The report of the next morning holds it again, as a whole, with a higher number. */
export async function planToday(tx: TxCtx, clock: Clock): Promise<void> {
  await store.holdMark(tx, clock.application_id, firstMark(clock))
  const now = tx.clock.now() + clock.clock_offset_ms
  const today = clearingDayOf(now)
  await addRun(tx, clock, 'clearing', { day: today, folder_day: today, until: now + 1, made_for: now, by_hand: 1 })
}
