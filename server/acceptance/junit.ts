/** The report in the XML that build servers read: what was not decided is skipped. */
import type { Report } from './report.ts'

type Suite = Report['suites'][number]
type Case = Suite['cases'][number]

export function junitOf({ suites, madeAt, application }: Report): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${xml(application.name)}">`,
    ...suites.flatMap((suite) => [
      `  <testsuite name="${suite.product}" ${countsOf(suite)} timestamp="${madeAt.slice(0, 19)}">`,
      ...suite.cases.map(caseXml),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n')
}

function countsOf({ cases }: Suite): string {
  const failures = cases.filter(({ state }) => state === 'failed').length
  const skipped = cases.filter(({ state }) => state !== 'failed' && state !== 'passed').length
  return `tests="${cases.length}" failures="${failures}" errors="0" skipped="${skipped}" time="0"`
}

function caseXml({ id, title, state, required, verdict }: Case): string {
  const [product, name] = id.split('.')
  const open = `    <testcase classname="${product}" name="${name}" time="0">`
  const words = `<system-out>${xml(`${title}${required ? '' : ' (optional)'}`)}</system-out>`
  const rest =
    state === 'passed' ? '' : state === 'failed' && verdict ? failureXml(verdict) : `<skipped message="${state}"/>`
  return `${open}${rest}${words}</testcase>`
}

function failureXml({ rule, message, expected, received }: NonNullable<Case['verdict']>): string {
  return `<failure type="${rule}" message="${xml(message)}">${xml(`expected: ${expected}\nreceived: ${received}`)}</failure>`
}

/** XML 1.0 has no place for most control characters, not even escaped. */
function xml(text: string): string {
  const clean = [...text].filter((char) => char >= ' ' || char === '\n' || char === '\t').join('')
  return clean.replace(/[&<>"]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[char] ?? char)
}
