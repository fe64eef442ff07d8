import { MERCHANT, UPLOAD } from '../../rules/limits.ts'
import { TEMPLATE_COLUMNS } from '../../rules/merchant.ts'
import { page, table } from './text.ts'

export function merchantTemplatePage(): string {
  return page(
    'Merchant list template',
    `The columns of a list of merchants: in any order, each once, with these titles in the first row. A file is \`.xlsx\`, or \`.csv\` in UTF-8 with comma, semicolon or tab; it has at most ${UPLOAD.rows} rows and ${UPLOAD.bytes / 1_000_000} MB. An application has at most ${MERCHANT.perApplication} merchants.`,
    table(
      ['Column', 'Rule', 'Example'],
      Object.values(TEMPLATE_COLUMNS).map(({ title, rule, example }) => [title, rule, `\`${example}\``]),
    ),
    'A column `Reason`, as a file of failed rows has it, is passed over. How a list is imported: [Merchants](../guide/merchants).',
  )
}
