/**
 * Days of clearing and settlement, in UTC+8. A day is its number: whole days since 1 January 1970. The network makes its files at 08:00,
 * which is the first moment of the same day in UTC; so the days of the files are counted in UTC.
 */
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const ZONE_MS = 8 * HOUR_MS

/** The day that a moment (UTC milliseconds) belongs to: from 00:00 to 23:59:59.999 in UTC+8. */
export function clearingDayOf(at: number): number {
  return Math.floor((at + ZONE_MS) / DAY_MS)
}

export function startOfClearingDay(day: number): number {
  return day * DAY_MS - ZONE_MS
}

/** When the files of a day are made: 08:00. Those of clearing hold the day before it. */
export function reportMoment(day: number): number {
  return day * DAY_MS
}

/** The last day whose files have been due by this moment. */
export function reportDayAt(at: number): number {
  return Math.floor(at / DAY_MS)
}

/** `20261126`. */
export function dayText(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10).replaceAll('-', '')
}

/** The day of `20261126`; undefined for what is no such date. */
export function dayOfText(text: string): number | undefined {
  if (!/^\d{8}$/.test(text)) return undefined
  const at = Date.parse(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}T00:00:00Z`)
  const day = at / DAY_MS
  return Number.isInteger(day) && dayText(day) === text ? day : undefined
}

/** Weekends are out. Public holidays are not known here. */
export function isBusinessDay(day: number): boolean {
  const weekday = (((day + 4) % 7) + 7) % 7 // 1 January 1970 was a Thursday
  return weekday !== 0 && weekday !== 6
}

const SETTLED_AFTER_DAYS = 2

/** Two days after the clearing day, or the next business day after that. */
export function settlementDayOf(clearingDay: number): number {
  let day = clearingDay + SETTLED_AFTER_DAYS
  while (!isBusinessDay(day)) day++
  return day
}

/** The clearing days whose money moves on this day: none at a weekend, three on a Monday. */
export function clearingDaysSettledOn(day: number): number[] {
  const before = [4, 3, 2].map((days) => day - days)
  return before.filter((clearingDay) => settlementDayOf(clearingDay) === day)
}
