/**
 * What an account sees: a tree that exists nowhere but here. There is no file system behind it, so there is nothing to climb out of; a
 * path is words between slashes, and `..` at the top stays there.
 *
 *   /sandbox/settlements/<area>/<Participant ID>/<YYYYMMDD>/<file>.csv
 */
import { dayOfText, dayText } from '../../rules/clearing.ts'
import { SFTP } from '../../rules/limits.ts'
import { REPORT_ROOT, type ReportArea, reportAreas } from '../../rules/reports.ts'
import type { Ctx } from '../context.ts'
import { listDays, listOfDay } from '../reports/reports.ts'
import type { Guest } from './accounts.ts'

/** `fileId`: of a file. `at`: UTC milliseconds by the clock of the sandbox. */
export type Entry = { name: string; size: number; at: number; fileId: string | null }

const folder = (name: string, at = 0): Entry => ({ name, size: 0, at, fileId: null })

/** The words of a path; undefined for what no path is. */
export function wordsOf(path: string): string[] | undefined {
  if (path.length > SFTP.pathChars || path.includes('\0')) return undefined
  const words: string[] = []
  for (const word of path.split('/')) {
    if (word === '..') words.pop()
    else if (word !== '' && word !== '.') words.push(word)
  }
  return words
}

/** What is in a folder; undefined where there is no such folder of this account. */
export async function listFolder(ctx: Ctx, guest: Guest, words: readonly string[]): Promise<Entry[] | undefined> {
  const fixed = [...REPORT_ROOT]
  const known = words.slice(0, fixed.length)
  if (known.some((word, at) => word !== fixed[at])) return undefined
  if (words.length < fixed.length) return [folder(fixed[words.length] ?? '')]
  const [area, participant, day, ...rest] = words.slice(fixed.length)
  if (area === undefined) return reportAreas.map((name) => folder(name))
  if (!isArea(area) || rest.length > 0) return undefined
  if (participant === undefined) return [folder(guest.account)]
  if (participant !== guest.account) return undefined
  return day === undefined ? daysOf(ctx, guest, area) : filesOf(ctx, guest, area, day)
}

const isArea = (word: string): word is ReportArea => (reportAreas as readonly string[]).includes(word)

async function daysOf(ctx: Ctx, { applicationId }: Guest, area: ReportArea): Promise<Entry[]> {
  const days = await listDays(ctx, applicationId, area)
  return days.map(({ folder_day, made_for }) => folder(dayText(folder_day), Number(made_for)))
}

async function filesOf(ctx: Ctx, { applicationId }: Guest, area: ReportArea, day: string) {
  const number = dayOfText(day)
  const files = number === undefined ? [] : await listOfDay(ctx, applicationId, area, number)
  // A day without files is no folder.
  if (files.length === 0) return undefined
  return files.map(({ id, name, bytes, made_for }) => ({ name, size: bytes, at: made_for, fileId: id }))
}

/** The file or folder at a path; undefined where there is none. */
export async function findEntry(ctx: Ctx, guest: Guest, words: readonly string[]): Promise<Entry | undefined> {
  const name = words.at(-1)
  if (name === undefined) return folder('/')
  const around = await listFolder(ctx, guest, words.slice(0, -1))
  return around?.find((entry) => entry.name === name)
}
