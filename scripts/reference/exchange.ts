import { currencies, unitsPerUsd } from '../../rules/exchange.ts'
import { FEES } from '../../rules/fees.ts'
import { decimalsOf } from '../../rules/money.ts'
import { page, table } from './text.ts'

export function exchangePage(): string {
  return page(
    'Exchange and fees',
    'What the sandbox calculates with. How settlement works: [Reports](../guide/reports).',
    '## Currencies',
    'How many units of a currency one US dollar buys here: fixed, and no market’s. The price of a pair is the ratio of its two lines, rounded to eight significant digits.',
    table(
      ['Currency', 'Decimals', 'Units for 1 USD'],
      currencies.map((code) => [code, String(decimalsOf(code)), unitsPerUsd(code)]),
    ),
    '## Fees',
    'Parts of the settlement amount, half a smallest unit upwards. A hundred basis points are one per cent. These are charged where the contract of a partner has agreed on nothing else for the product; the page **Reports** of an application shows its own. A payment keeps the rates that it was made with.',
    table(
      ['Fee', 'What it is', 'Basis points', 'Given back with a refund'],
      Object.entries(FEES).map(([type, { title, basisPoints }]) => [
        `\`${type}\``,
        title,
        String(basisPoints),
        type === 'INTERCHANGE_FEE' ? 'yes' : 'no',
      ]),
    ),
  )
}
