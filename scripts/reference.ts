/**
 * Writes docs/reference/*.md from rules, contract, settings and vectors, so that no fact stands in two places. One file of
 * scripts/reference/ per page. With --check it writes nothing and exits 1 when a page is stale.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { acceptanceCasesPage } from './reference/acceptance-cases.ts'
import { agreedInputsPage } from './reference/agreed-inputs.ts'
import { conformancePage } from './reference/conformance.ts'
import { causesPage } from './reference/causes.ts'
import { consoleApiPage } from './reference/console-api.ts'
import { diagnosisPage } from './reference/diagnosis.ts'
import { exchangePage } from './reference/exchange.ts'
import { gatewayApiPage } from './reference/gateway-api.ts'
import { limitsPage } from './reference/limits.ts'
import { merchantTemplatePage } from './reference/merchant-template.ts'
import { paymentStatesPage } from './reference/payment-states.ts'
import { refusalsPage } from './reference/refusals.ts'
import { reportFilesPage } from './reference/report-files.ts'
import { resultCodesPage } from './reference/result-codes.ts'
import { rolesPage } from './reference/roles.ts'
import { schedulePage } from './reference/schedule.ts'
import { settingsPage } from './reference/settings.ts'
import { vectorsPage } from './reference/vectors.ts'

const folder = fileURLToPath(new URL('../docs/reference/', import.meta.url))

function write(): void {
  mkdirSync(folder, { recursive: true })
  for (const stranger of strangers()) rmSync(folder + stranger)
  for (const [name, text] of Object.entries(pages)) writeFileSync(folder + name, text)
  console.log(`docs/reference: ${Object.keys(pages).length} pages written.`)
}

function check(): void {
  const stale = Object.entries(pages)
    .filter(([name, text]) => readOrNothing(folder + name) !== text)
    .map(([name]) => name)
  const wrong = [...stale, ...strangers()]
  if (wrong.length === 0) {
    console.log('docs/reference is up to date.')
    return
  }
  console.error(`docs/reference is stale: ${wrong.join(', ')}. Run "npm run docs:reference" and commit the result.`)
  process.exitCode = 1
}

/** Pages that nothing generates any more. */
function strangers(): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.md') && !(name in pages))
  } catch {
    return []
  }
}

function readOrNothing(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

const pages: Record<string, string> = {
  'roles-and-permissions.md': rolesPage(),
  'gateway-api.md': gatewayApiPage(),
  'conformance.md': conformancePage(),
  'result-codes.md': resultCodesPage(),
  'causes.md': causesPage(),
  'signature-doctor.md': diagnosisPage(),
  'payment-states.md': paymentStatesPage(),
  'agreed-inputs.md': agreedInputsPage(),
  'acceptance-cases.md': acceptanceCasesPage(),
  'refusals.md': refusalsPage(),
  'console-api.md': consoleApiPage(),
  'report-files.md': reportFilesPage(),
  'exchange-and-fees.md': exchangePage(),
  'merchant-template.md': merchantTemplatePage(),
  'notification-schedule.md': schedulePage(),
  'signature-vectors.md': vectorsPage(),
  'limits.md': limitsPage(),
  'settings.md': settingsPage(),
}

if (process.argv.includes('--check')) check()
else write()
