import { listApplications } from '../../../contract/applications.ts'
import { query, useLoaded } from '../../api.ts'
import { ApplicationTable } from '../../parts/ApplicationTable.tsx'
import { MayButton } from '../../parts/MayButton.tsx'
import { PageHead } from '../../parts/PageHead.tsx'
import { texts as shared } from '../../parts/texts.ts'
import { paths } from '../../paths.ts'
import type { Loader } from '../../page.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { texts } from './texts.ts'

export const loader: Loader = () => [query(listApplications)]

export function Page() {
  const { items } = useLoaded(listApplications)
  const create = (
    <MayButton needs="application.create" href={paths.newApplication()}>
      {texts.createApplication}
    </MayButton>
  )
  return (
    <>
      <PageHead title={texts.applications} crumbs={[{ label: shared.home, href: paths.home() }]} actions={create}>
        {texts.applicationsLead}
      </PageHead>
      <Panel title={`${items.length} ${items.length === 1 ? 'application' : 'applications'}`} flush>
        {items.length === 0 ? (
          <EmptyState kind="nothing-yet" title={texts.noneYet}>
            {texts.noneYetWhy}
          </EmptyState>
        ) : (
          <ApplicationTable items={items} />
        )}
      </Panel>
    </>
  )
}
