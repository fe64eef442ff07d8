/** Report files as a partner's program reads them. */
import { downloadReport, listReports } from '../contract/reports.ts'
import type { ReportKind } from '../rules/reports.ts'
import { planReports } from '../server/reports/reports.ts'
import { newContext } from '../server/context.ts'
import { pathOf, type TestBrowser } from './browser.ts'
import type { Center } from './start.ts'
import { until } from './until.ts'

type Line = Record<string, string>
export type Report = { head: Line; details: Line[] }

/** A summary section above an empty line, if there is one, and the details below it. */
export function parseReport(text: string): Report {
  const sections = text.split('\r\n\r\n').map(tableOf)
  const details = sections.at(-1) ?? []
  return { head: (sections.length > 1 && sections[0]?.[0]) || {}, details }
}

function tableOf(text: string): Line[] {
  const [names = [], ...rows] = text
    .split('\r\n')
    .filter((line) => line !== '')
    .map((line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(cellOf))
  return rows.map((cells) => Object.fromEntries(names.map((name, i) => [name, cells[i] ?? ''])))
}

const cellOf = ([, cell = '']: RegExpMatchArray) =>
  cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell

/** With its sign: C is to the participant, D from it. */
export const signed = (line: Line, name: string) => BigInt(line[name] ?? '') * (line.direction === 'C' ? 1n : -1n)

export async function download(browser: TestBrowser, applicationId: string, fileId: string): Promise<string> {
  const path = pathOf(downloadReport.path, { applicationId, fileId })
  const { status, text } = await browser.send('GET', `/api${path}`)
  if (status !== 200) throw new Error(`The download answered ${status}: ${text}`)
  return text
}

/** What the clock has made due is made. */
export async function makeDue(center: Center): Promise<void> {
  await planReports(newContext(center.app, { kind: 'system' }))
  center.clock.forward(4)
  center.worker.nudge()
}

/** The files, once none is being made. */
export function whenMade(browser: TestBrowser, applicationId: string) {
  return until(async () => {
    const list = await browser.do(listReports, { params: { applicationId }, query: { limit: 100 } })
    if (list.waiting > 0) throw new Error(`${list.waiting} reports are being made.`)
    return list.items
  }, 20_000)
}

export async function reportOf(
  browser: TestBrowser,
  applicationId: string,
  kind: ReportKind,
  currency = 'USD',
): Promise<Report> {
  const newest = (await whenMade(browser, applicationId)).find((one) => one.kind === kind && one.currency === currency)
  if (!newest) throw new Error(`There is no ${kind} in ${currency}.`)
  return parseReport(await download(browser, applicationId, newest.id))
}
