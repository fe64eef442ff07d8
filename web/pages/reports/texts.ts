import type { ReportKind } from '../../../rules/reports.ts'
import { inLanguage } from '../../language.ts'
import { zh } from './texts.zh.ts'

const en = {
  reports: 'Reports',
  reportsLead:
    'Clearing and settlement files of this sandbox, by its clock. The same files lie on the SFTP server; the account is in the settings.',
  files: 'Report files',
  makeToday: "Make today's report now",
  asked: 'The report is being made.',
  making: 'Being made',
  failed: (count: number) => `${count} could not be made`,
  none: 'No report yet',
  noneWhy: 'The files of a day are made at 08:00 in UTC+8 of the next one, also when nothing was paid. The next ones:',
  next: 'The next files are made, by the clock of the sandbox, at',
  fees: 'Fees of your contract',
  feesLead:
    'For payments that are made from now on; 100 basis points (bp) of the settlement amount are one per cent. What a payment was charged stands in the fees file of its day.',
  guide: 'What stands in the files',
  kind: 'File',
  kinds: {
    transactionItems: 'Transactions',
    summary: 'Summary',
    feeItems: 'Fees',
    settlement: 'Settlement',
  } satisfies Record<ReportKind, string>,
  day: 'Day',
  currency: 'Currency',
  state: 'State',
  soFar: 'Day so far',
  whole: 'Whole day',
  madeAt: 'Made',
  bytes: 'Bytes',
  file: 'Get it',
  download: 'Download',
  downloadOf: (name: string) => `Download ${name}`,
  pathOf: (name: string) => `the SFTP path of ${name}`,
}

export const texts = inLanguage({ en, zh })
