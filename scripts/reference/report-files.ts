import { REPORT_COLUMNS, summaryTypes } from '../../rules/reports.ts'
import { page, table } from './text.ts'

const SECTIONS: Record<keyof typeof REPORT_COLUMNS, string> = {
  clearingHead: '`transactionItems` and `feeItems`: summary section',
  transactionItems: '`transactionItems`: details',
  feeItems: '`feeItems`: details',
  summary: '`summary`: details',
  settlementHead: '`settlement`: summary section',
  settlement: '`settlement`: details',
}

export function reportFilesPage(): string {
  const columns = Object.entries(REPORT_COLUMNS) as [keyof typeof SECTIONS, readonly string[]][] // its own entries
  return page(
    'Report files',
    'The columns of the report files, in their order. Names, times and what the values mean: [Reports](../guide/reports).',
    table(
      ['Section', 'Columns'],
      columns.map(([section, names]) => [SECTIONS[section], names.map((name) => `\`${name}\``).join(', ')]),
    ),
    `\`summaryType\` is ${summaryTypes.map((type) => `\`${type}\``).join(', ')}, and \`TOTAL\` in \`summary\`.`,
  )
}
