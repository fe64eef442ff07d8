import { SUITES } from '../../rules/acceptance.ts'
import type { AcceptanceCase } from '../../rules/acceptance/case.ts'
import { MISBEHAVIOURS } from '../../rules/acceptance/evidence.ts'
import { DEMANDS } from '../../rules/acceptance/demands.ts'
import { PRODUCTS } from '../../rules/products.ts'
import { page, table } from './text.ts'

const HANDS = {
  none: 'Your server makes the calls.',
  payer: 'A payer pays or declines in the Test Wallet.',
  clock: 'The clock of the sandbox has to be moved forward.',
}

export function acceptanceCasesPage(): string {
  const suites = SUITES.filter(({ cases }) => cases.length > 0)
  return page(
    'Acceptance cases',
    'A suite of cases for each product. How they are started and judged: [Acceptance tests](../guide/acceptance-tests).',
    ...suites.flatMap(({ product, version, editions, cases }) => [
      `## ${PRODUCTS[product].title}`,
      `Suite version ${version}. ${cases.filter(({ required }) => required).length} required cases, ${cases.filter(({ required }) => !required).length} optional ones. ${editions.map(({ version, note }) => `Version ${version}: ${note}`).join(' ')}`,
      ...cases.map(caseText),
    ]),
    '## Rules',
    'A verdict names one of these.',
    table(
      ['Rule', 'What it demands', 'Expected', 'Read more'],
      Object.entries(DEMANDS).map(([name, { title, expected, docs }]) => [
        `\`${name}\``,
        title,
        expected,
        `[${docs.split('/').at(-1)?.replaceAll('-', ' ')}](${docs.replace('/docs/', '../')})`,
      ]),
    ),
  )
}

function caseText({ id, title, purpose, required, hands, misbehaviour, steps }: AcceptanceCase): string {
  const facts = [required ? 'Required.' : 'Optional.', HANDS[hands]]
  if (misbehaviour) facts.push(`Has to be started. ${MISBEHAVIOURS[misbehaviour]}`)
  return [
    `### ${title}`,
    `\`${id}\`. ${purpose} ${facts.join(' ')}`,
    table(
      ['Step', 'Instruction', 'Expected Result'],
      steps.map(([instruction, expected], index) => [String(index + 1), instruction, expected]),
    ),
  ].join('\n\n')
}
