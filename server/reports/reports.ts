/** The reports of an application as people and SFTP see them, "make today's report now", and when they are over. */
import type { FileAnswer } from '../../contract/wire.ts'
import { reportDayAt, reportMoment } from '../../rules/clearing.ts'
import { chargedFor } from '../../rules/fees.ts'
import { BY_HAND, REPORTS, RETENTION } from '../../rules/limits.ts'
import { REPORT_KINDS, type ReportArea, reportFolder } from '../../rules/reports.ts'
import { Refusal } from '../../rules/refusals.ts'
import { ensureQuota } from '../accounts/counters.ts'
import { getOwn } from '../applications/applications.ts'
import { record } from '../audit/audit.ts'
import { type Ctx, memberOf, type TxCtx } from '../context.ts'
import { findContractFees } from '../partners/fees.ts'
import { planToday } from './schedule.ts'
import * as store from './store.ts'

export { reportTopic } from './make.ts'
export { planReports, REPORT_TOPIC } from './schedule.ts'

type PageWish = { cursor?: string | undefined; limit: number }

export async function list(ctx: Ctx, applicationId: string, { cursor, limit }: PageWish) {
  await getOwn(ctx, applicationId)
  const clock = await getClock(ctx, applicationId)
  // Counted before the files are read: whoever is told that none is being made has all of them.
  const waiting = await store.countRuns(ctx, applicationId, 'waiting')
  const files = await store.listFiles(ctx, applicationId, limit + 1, cursor)
  const items = files.slice(0, limit)
  const now = ctx.clock.now() + clock.clock_offset_ms
  return {
    items: items.map((file) => view(clock.participant_id, file)),
    nextCursor: files.length > limit ? (items.at(-1)?.id ?? null) : null,
    waiting,
    failed: await store.countRuns(ctx, applicationId, 'failed'),
    now: iso(now),
    nextAt: iso(reportMoment(reportDayAt(now) + 1)),
  }
}

async function getClock(ctx: Ctx | TxCtx, applicationId: string) {
  const clock = await store.findClock(ctx, applicationId)
  if (!clock) throw new Refusal('thing.not_found')
  return clock
}

function view(participantId: string, file: store.File) {
  const { area } = REPORT_KINDS[file.kind]
  return {
    id: file.id,
    kind: file.kind,
    name: file.name,
    folder: reportFolder(area, participantId, file.folder_day),
    day: iso(reportMoment(file.day)).slice(0, 10),
    currency: file.currency,
    bytes: file.bytes,
    byHand: file.by_hand === 1,
    madeAt: iso(file.made_for),
    keptUntil: iso(file.made_for + KEPT_MS),
  }
}

const KEPT_MS = reportMoment(REPORTS.keptDays)
const iso = (at: number) => new Date(at).toISOString()

/** What its payments are charged from now on. A wallet makes none. */
export async function listFees(ctx: Ctx, applicationId: string) {
  const { partnerType, products } = await getOwn(ctx, applicationId)
  const charged = partnerType === 'wallet' ? [] : products.map(({ id }) => id)
  return { items: chargedFor(await findContractFees(ctx, memberOf(ctx).partnerId), charged) }
}

export async function makeToday(ctx: Ctx, applicationId: string): Promise<void> {
  await ctx.tx(async (tx) => {
    const application = await getOwn(tx, applicationId)
    await ensureQuota(tx, `reports ${applicationId}`, BY_HAND.reports, BY_HAND.hourSeconds)
    await planToday(tx, await getClock(tx, applicationId))
    await record(tx, { action: 'report.make', object: application })
  })
}

export async function download(ctx: Ctx, applicationId: string, fileId: string): Promise<FileAnswer> {
  await getOwn(ctx, applicationId)
  const file = await store.findFile(ctx, applicationId, fileId)
  if (!file) throw new Refusal('thing.not_found')
  return { name: file.name, type: 'text/csv; charset=utf-8', content: contentOf(ctx, file.id) }
}

/** Piece by piece, as fast as it is taken. Each ends with a line, so none cuts a character. */
async function* contentOf(ctx: Ctx, fileId: string): AsyncGenerator<string> {
  for (const { number } of await store.listParts(ctx, fileId)) {
    const part = await store.findPart(ctx, fileId, number)
    if (part === undefined) throw new Error('A report was deleted while it was read.')
    yield Buffer.from(part).toString('utf8')
  }
}

// ── for SFTP, whose account is of one application ────────────────────────────────────────────────────────────────────────

export function listDays(ctx: Ctx, applicationId: string, area: ReportArea) {
  return store.listFolders(ctx, applicationId, area)
}

export function listOfDay(ctx: Ctx, applicationId: string, area: ReportArea, day: number) {
  return store.listFolder(ctx, applicationId, area, day)
}

/** Reads a file at any place. `undefined` past its end, and where it is gone. */
export async function openReport(ctx: Ctx, fileId: string) {
  const parts = await store.listParts(ctx, fileId)
  let held: { number: number; content: Uint8Array } | undefined
  return async (offset: number, length: number): Promise<Uint8Array | undefined> => {
    let begin = 0
    for (const { number, size } of parts) {
      if (offset < begin + size) {
        if (held?.number !== number) {
          const content = await store.findPart(ctx, fileId, number)
          if (content === undefined) return undefined
          held = { number, content }
        }
        return held.content.subarray(offset - begin, offset - begin + length)
      }
      begin += size
    }
    return undefined
  }
}

// ── what is over ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** For the retention: batches by age, each with the moment before which what it deletes was due. */
export function oldReports(now: number): [(tx: TxCtx, before: number, limit: number) => Promise<number>, number][] {
  return [
    [store.deleteFiles, now - KEPT_MS],
    [store.deleteRuns, now - reportMoment(REPORTS.sumsKeptDays)],
    [store.deleteDrafts, now - RETENTION.draftSeconds * 1000],
  ]
}
