/**
 * The report files: names, folders, columns, and what is credit and what is debit. Kinds, names, folders and hours are the network's;
 * its columns are published in part only, so the rest are ours, in the words of the same network's other reports (docs/guide/reports.md).
 */
import { csvLine } from './cells.ts'
import { dayText, startOfClearingDay } from './clearing.ts'
import type { Quote } from './exchange.ts'
import { type FeeType, feeTypes } from './fees.ts'

export const REPORT_KINDS = {
  transactionItems: { area: 'clearing', title: 'Transactions' },
  summary: { area: 'clearing', title: 'Summary' },
  feeItems: { area: 'clearing', title: 'Fees' },
  settlement: { area: 'settlement', title: 'Settlement' },
} as const

export type ReportKind = keyof typeof REPORT_KINDS
export const reportKinds = Object.keys(REPORT_KINDS) as [ReportKind, ...ReportKind[]] // keys of a constant

export const reportAreas = ['clearing', 'settlement'] as const
export type ReportArea = (typeof reportAreas)[number]

/** Of a participant who has not been settled in any currency yet. */
export const FIRST_CURRENCY = 'USD'

/** Where everything lies, on the server and below it. */
export const REPORT_ROOT = ['sandbox', 'settlements'] as const

export function reportFolder(area: ReportArea, participantId: string, day: number): string {
  return `/${[...REPORT_ROOT, area, participantId, dayText(day)].join('/')}/`
}

/** The sandbox has one agreement for each participant; its number is made from the participant's. */
function agreementIdOf(participantId: string): string {
  return `40${participantId.slice(2)}`
}

/** At most 32 characters: the day, C or S, and the participant. */
export function batchIdOf(area: ReportArea, day: number, participantId: string): string {
  return `${dayText(day)}${area === 'clearing' ? 'C' : 'S'}${participantId}`
}

export type ReportFile = { kind: ReportKind; participantId: string; currency: string; day: number; seq: number }

/** `day`: the clearing day, or the settlement day. */
export function reportName({ kind, participantId, currency, day, seq }: ReportFile): string {
  const batchId = batchIdOf(REPORT_KINDS[kind].area, day, participantId)
  const number = String(seq).padStart(3, '0')
  return `${kind}_${participantId}_${currency}_${batchId}_${agreementIdOf(participantId)}_${number}.csv`
}

// ── what is counted ──────────────────────────────────────────────────────────────────────────────────────────────────────

export const summaryTypes = ['PAYMENT', 'REFUND', ...feeTypes] as const
type SummaryType = (typeof summaryTypes)[number]

/** Money of a participant in one currency: positive is due to the participant, negative from it. */
export type Sum = { count: number; minor: bigint }
export type Sums = Record<SummaryType, Sum>

export function noSums(): Sums {
  const entries = summaryTypes.map((type) => [type, { count: 0, minor: 0n }])
  return Object.fromEntries(entries) as Sums // one for each
}

export function addSums(into: Sums, sums: Sums): void {
  for (const type of summaryTypes) add(into[type], sums[type].minor, sums[type].count)
}

function add(sum: Sum, minor: bigint, count = 1): void {
  sum.minor += minor
  sum.count += count
}

export const sumsToText = (sums: Sums): string =>
  JSON.stringify(Object.fromEntries(summaryTypes.map((type) => [type, [sums[type].count, String(sums[type].minor)]])))

export function sumsOfText(text: string): Sums {
  const stored = JSON.parse(text) as Record<string, [number, string] | undefined> // as above
  const sums = noSums()
  for (const type of summaryTypes) {
    const [count, minor] = stored[type] ?? [0, '0']
    add(sums[type], BigInt(minor), count)
  }
  return sums
}

/** What is left of all of them. Fees are counted with their transactions, so the count is that of payments and refunds. */
export function totalOf(sums: Sums): Sum {
  const minor = summaryTypes.reduce((total, type) => total + sums[type].minor, 0n)
  return { count: sums.PAYMENT.count + sums.REFUND.count, minor }
}

/** A payment or refund that is cleared. Amounts are positive, in smallest units; times are the sandbox's. */
export type Cleared = {
  type: 'PAYMENT' | 'REFUND'
  id: string
  /** Of the payment that is refunded; empty for a payment. */
  originalId: string
  requestId: string
  description: string
  methodType: string
  pspName: string
  product: string
  at: number
  amountMinor: bigint
  currency: string
  settlementMinor: bigint
  settlementCurrency: string
  quote: Quote | null
  /** Interchange that is taken for a payment, or given back with a refund, at the rate of the payment. */
  interchangeMinor: bigint
  /** What the network takes for a payment; nothing comes back with a refund. */
  serviceMinor: bigint
}

/** The fees of a transaction as the participant sees them: taken is negative. */
function feesOf({ type, interchangeMinor, serviceMinor }: Cleared): [FeeType, bigint][] {
  if (type === 'REFUND') return [['INTERCHANGE_FEE', interchangeMinor]]
  return [
    ['INTERCHANGE_FEE', -interchangeMinor],
    ['SERVICE_FEE', -serviceMinor],
  ]
}

export function count(sums: Sums, cleared: Cleared): void {
  const sign = cleared.type === 'PAYMENT' ? 1n : -1n
  add(sums[cleared.type], sign * cleared.settlementMinor)
  for (const [type, minor] of feesOf(cleared)) add(sums[type], minor)
}

// ── how it is written ────────────────────────────────────────────────────────────────────────────────────────────────────

/** The two cells of a sum: its size, and C (to the participant) or D (from it, and nothing at all). */
function amountCells(minor: bigint): [value: string, direction: 'C' | 'D'] {
  return [String(minor < 0n ? -minor : minor), minor > 0n ? 'C' : 'D']
}

/** ISO 8601 in UTC+8, in which the days are counted. */
function localTime(at: number): string {
  return `${new Date(at - startOfClearingDay(0)).toISOString().slice(0, 19)}+08:00`
}

/** What all files of one batch have in common. */
export type Batch = { participantId: string; currency: string; day: number; area: ReportArea }

const batchCells = ({ participantId, day, area }: Batch) => [batchIdOf(area, day, participantId), participantId]

// biome-ignore format: one line per section
export const REPORT_COLUMNS = {
  clearingHead: ['totalCount', 'clearingBatchId', 'participantId', 'participantAgreementId', 'clearingDate', 'settlementAmountValue', 'settlementCurrency', 'direction'],
  transactionItems: ['clearingBatchId', 'participantId', 'transactionId', 'originalTransactionId', 'transactionRequestId', 'orderDescription', 'paymentMethodType', 'pspName', 'transactionType', 'transactionTime', 'productCode', 'transactionAmountValue', 'transactionCurrency', 'quoteId', 'quoteCurrencyPair', 'quotePrice', 'settlementAmountValue', 'settlementCurrency', 'direction'],
  feeItems: ['clearingBatchId', 'participantId', 'transactionId', 'transactionRequestId', 'transactionType', 'transactionTime', 'feeType', 'feeAmountValue', 'feeCurrency', 'direction'],
  summary: ['clearingBatchId', 'participantId', 'participantAgreementId', 'clearingDate', 'summaryType', 'count', 'settlementAmountValue', 'settlementCurrency', 'direction'],
  settlementHead: ['totalCount', 'settlementBatchId', 'participantId', 'participantAgreementId', 'settlementDate', 'settlementAmountValue', 'settlementCurrency', 'direction'],
  settlement: ['settlementBatchId', 'participantId', 'clearingBatchId', 'clearingDate', 'summaryType', 'count', 'settlementAmountValue', 'settlementCurrency', 'direction'],
} as const

/** The summary section of a file, with the header of the details below it. An empty line parts the two. */
export function headText(batch: Batch, sum: Sum, details: 'transactionItems' | 'feeItems' | 'settlement'): string {
  const [id, participantId] = batchCells(batch)
  const head = REPORT_COLUMNS[details === 'settlement' ? 'settlementHead' : 'clearingHead']
  const cells = [id ?? '', participantId ?? '', agreementIdOf(batch.participantId), dayText(batch.day)]
  const [value, direction] = amountCells(sum.minor)
  return (
    csvLine(head) +
    csvLine([String(sum.count), ...cells, value, batch.currency, direction]) +
    '\r\n' +
    csvLine(REPORT_COLUMNS[details])
  )
}

export function transactionLine(batch: Batch, one: Cleared): string {
  const [value, direction] = amountCells(one.type === 'PAYMENT' ? one.settlementMinor : -one.settlementMinor)
  return csvLine([
    ...batchCells(batch),
    one.id,
    one.originalId,
    one.requestId,
    one.description,
    one.methodType,
    one.pspName,
    one.type,
    localTime(one.at),
    one.product,
    String(one.amountMinor),
    one.currency,
    ...(one.quote === null ? ['', '', ''] : [one.quote.id, one.quote.pair, one.quote.price]),
    value,
    one.settlementCurrency,
    direction,
  ])
}

/** One line for each fee of a transaction. */
export function feeLines(batch: Batch, one: Cleared): string {
  return feesOf(one)
    .map(([type, minor]) => {
      const [value, direction] = amountCells(minor)
      const cells = [one.id, one.requestId, one.type, localTime(one.at), type, value, one.settlementCurrency, direction]
      return csvLine([...batchCells(batch), ...cells])
    })
    .join('')
}

/** Fees alone, for the head of their file. */
export function feeTotalOf(sums: Sums): Sum {
  return {
    count: feeTypes.reduce((total, type) => total + sums[type].count, 0),
    minor: feeTypes.reduce((total, type) => total + sums[type].minor, 0n),
  }
}

/** The whole summary file: what it holds is the same few lines however much was paid. */
export function summaryText(batch: Batch, sums: Sums): string {
  const line = (type: string, { count: number, minor }: Sum) => {
    const [value, direction] = amountCells(minor)
    const own = [agreementIdOf(batch.participantId), dayText(batch.day), type]
    return csvLine([...batchCells(batch), ...own, String(number), value, batch.currency, direction])
  }
  const lines = summaryTypes.map((type) => line(type, sums[type]))
  return csvLine(REPORT_COLUMNS.summary) + lines.join('') + line('TOTAL', totalOf(sums))
}

/** The whole settlement file: the sums of each clearing day that is settled. */
export function settlementText(batch: Batch, cleared: readonly { day: number; sums: Sums }[]): string {
  const all = noSums()
  for (const { sums } of cleared) addSums(all, sums)
  const lines = cleared.flatMap(({ day, sums }) =>
    summaryTypes.map((type) => {
      const [value, direction] = amountCells(sums[type].minor)
      const of = [batchIdOf('clearing', day, batch.participantId), dayText(day), type, String(sums[type].count)]
      return csvLine([...batchCells(batch), ...of, value, batch.currency, direction])
    }),
  )
  return headText(batch, totalOf(all), 'settlement') + lines.join('')
}
