import { Button } from '@mantine/core'
import {
  type AcceptanceReport,
  getAcceptanceReport,
  saveAcceptanceReport,
  saveEvidence,
} from '../../../contract/acceptance.ts'
import { getApplication } from '../../../contract/applications.ts'
import { fileAddress, query, useLoaded } from '../../api.ts'
import type { At, Loader } from '../../page.ts'
import { PageHead } from '../../parts/PageHead.tsx'
import { useApplicationCrumbs } from '../../parts/use-application-crumbs.ts'
import { docs, paths } from '../../paths.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { KeyValues } from '../../ui/KeyValues.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StateWord } from '../../ui/StateWord.tsx'
import { productWords } from '../../words.ts'
import { CaseStateWord } from './CaseStateWord.tsx'
import { caseWords, demandTitle } from '../../parts/case-words.tsx'
import { texts } from './texts.ts'

export const loader: Loader = ({ params: { applicationId } }) => [
  query(getApplication, { params: { applicationId } }),
  query(getAcceptanceReport, { params: { applicationId } }),
]

/** The report as a page that prints: one table a product, and the key under which the evidence package verifies. */
export function Page({ params: { applicationId } }: At) {
  const report = useLoaded(getAcceptanceReport, { params: { applicationId } })
  const crumbs = [...useApplicationCrumbs(applicationId), { label: texts.title, href: paths.acceptance(applicationId) }]
  return (
    <>
      <PageHead title={texts.reportTitle} crumbs={crumbs} actions={<Actions applicationId={applicationId} />}>
        {texts.reportLead}
      </PageHead>
      <div className="stack">
        <Facts report={report} />
        {report.suites.map((suite) => (
          <SuiteTable key={suite.product} suite={suite} />
        ))}
        <Panel title={texts.verify} lead={texts.verifyLead}>
          <KeyValues
            items={[
              {
                name: texts.key,
                value: <span className="break">{report.evidenceKey.publicKey}</span>,
                copy: report.evidenceKey.publicKey,
              },
              {
                name: texts.fingerprint,
                value: <span className="break">{report.evidenceKey.fingerprint}</span>,
                copy: report.evidenceKey.fingerprint,
              },
            ]}
          />
          <p className="small">
            <a href={docs.acceptance}>{texts.verify}</a>
          </p>
        </Panel>
      </div>
    </>
  )
}

function Actions({ applicationId }: { applicationId: string }) {
  const file = (format: 'json' | 'junit') => fileAddress(saveAcceptanceReport, { params: { applicationId, format } })
  const files: [string, string][] = [
    [texts.json, file('json')],
    [texts.junit, file('junit')],
    [texts.evidence, fileAddress(saveEvidence, { params: { applicationId } })],
  ]
  return (
    <>
      {files.map(([name, href]) => (
        <Button key={name} component="a" href={href} download variant="default">
          {name}
        </Button>
      ))}
      <Button onClick={() => window.print()}>{texts.print}</Button>
    </>
  )
}

function Facts({ report: { application, organisation, network, madeAt } }: { report: AcceptanceReport }) {
  return (
    <Panel title={application.name}>
      <KeyValues
        items={[
          { name: texts.of, value: organisation },
          { name: texts.clientId, value: application.clientId, copy: application.clientId },
          { name: texts.by, value: network },
          { name: texts.madeAt, value: <Moment at={madeAt} part="full" /> },
        ]}
      />
    </Panel>
  )
}

type Suite = AcceptanceReport['suites'][number]

function SuiteTable({ suite }: { suite: Suite }) {
  const { title } = productWords(suite.product)
  return (
    <Panel title={title} lead={`${texts.passed(suite.passed, suite.required)} · ${texts.version(suite.version)}`} flush>
      <DataTable
        caption={title}
        rows={suite.cases}
        rowKey={({ id }) => id}
        columns={[
          {
            title: texts.case,
            wide: true,
            cell: ({ id, required }) => (
              <span className="stack-tight">
                <span>
                  {caseWords(id).title} {!required && <span className="muted small">({texts.optional})</span>}
                </span>
                <code className="muted small">{id}</code>
              </span>
            ),
          },
          { title: texts.state, cell: ({ state }) => <CaseStateWord state={state} /> },
          { title: texts.verdict, wide: true, cell: ({ verdict }) => verdict && <Verdict verdict={verdict} /> },
          { title: texts.decided, cell: ({ decidedAt }) => decidedAt && <Moment at={decidedAt} part="full" /> },
          { title: texts.evidenceOf, cell: (one) => <Evidence of={one} /> },
        ]}
      />
    </Panel>
  )
}

function Verdict({ verdict }: { verdict: NonNullable<Suite['cases'][number]['verdict']> }) {
  return (
    <span className="stack-tight small">
      <span>{demandTitle(verdict.rule)}</span>
      {verdict.outcome === 'failed' && (
        <span className="muted">
          {texts.expected}: {verdict.expected}
        </span>
      )}
      <span className="muted">
        {texts.received}: {verdict.received}
      </span>
    </span>
  )
}

function Evidence({ of: { restsOn, confirmed } }: { of: Suite['cases'][number] }) {
  if (confirmed === null) return null
  return (
    <span className="stack-tight small">
      <span>{texts.pieces(restsOn.length)}</span>
      <span>
        <StateWord tone={confirmed ? 'good' : 'bad'}>{confirmed ? texts.confirmed : texts.notConfirmed}</StateWord>
      </span>
    </span>
  )
}
