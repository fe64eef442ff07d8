import { Button } from '@mantine/core'
import { Link } from 'wouter'
import { getAcceptance, saveEvidence } from '../../../contract/acceptance.ts'
import { getApplication } from '../../../contract/applications.ts'
import { NEEDED_TO_START } from '../../../rules/acceptance.ts'
import { fileAddress, query, useLive } from '../../api.ts'
import type { At, Loader } from '../../page.ts'
import { PageHead } from '../../parts/PageHead.tsx'
import { useApplicationCrumbs } from '../../parts/use-application-crumbs.ts'
import { paths } from '../../paths.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { SetUpPanel } from './SetUpPanel.tsx'
import { SuitePanel } from './SuitePanel.tsx'
import { texts } from './texts.ts'

/** Cases tick while somebody looks. */
const POLL_MS = 2000

export const loader: Loader = ({ params: { applicationId } }) => [
  query(getApplication, { params: { applicationId } }),
  query(getAcceptance, { params: { applicationId } }),
]

export function Page({ params: { applicationId }, search }: At) {
  const { data } = useLive(POLL_MS, getAcceptance, { params: { applicationId } })
  const mayStart = data.setUp.every(({ check, isRight }) => isRight || !NEEDED_TO_START.includes(check))
  return (
    <>
      <PageHead
        title={texts.title}
        crumbs={useApplicationCrumbs(applicationId)}
        actions={
          <>
            <Button component={Link} href={paths.acceptanceReport(applicationId)} variant="default">
              {texts.report}
            </Button>
            <Button
              component="a"
              href={fileAddress(saveEvidence, { params: { applicationId } })}
              download
              variant="default"
            >
              {texts.evidence}
            </Button>
          </>
        }
      >
        {texts.lead}
      </PageHead>
      <div className="stack">
        <SetUpPanel applicationId={applicationId} setUp={data.setUp} />
        {data.suites.length === 0 && (
          <Panel title={texts.title}>
            <EmptyState
              kind="nothing-yet"
              title={texts.noSuites}
              action={
                <Button component={Link} href={paths.application(applicationId)} variant="default" size="xs">
                  {texts.toProducts}
                </Button>
              }
            >
              {texts.noSuitesWhy}
            </EmptyState>
          </Panel>
        )}
        {data.suites.map((suite) => (
          <SuitePanel
            key={suite.product}
            applicationId={applicationId}
            suite={suite}
            opened={search.get('case')}
            mayStart={mayStart}
          />
        ))}
      </div>
    </>
  )
}
