import { listApplications, listDeletedApplications } from '../../../contract/applications.ts'
import { query, useLoaded, useMe } from '../../api.ts'
import { ApplicationTable } from '../../parts/ApplicationTable.tsx'
import { MayButton } from '../../parts/MayButton.tsx'
import { PageHead } from '../../parts/PageHead.tsx'
import { texts as shared } from '../../parts/texts.ts'
import { docs, paths } from '../../paths.ts'
import type { At, Loader } from '../../page.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { DeletedApplications, JustDeleted } from './Deleted.tsx'
import { texts } from './texts.ts'

export const loader: Loader = ({ me }) => [
  query(listApplications),
  ...(me?.permissions.includes('application.delete') ? [query(listDeletedApplications)] : []),
]

export function Page({ search }: At) {
  const { items } = useLoaded(listApplications)
  const mayDelete = useMe().permissions.includes('application.delete')
  const deleted = search.get('deleted')
  const create = (
    <MayButton needs="application.create" href={paths.newApplication()}>
      {texts.createApplication}
    </MayButton>
  )
  return (
    <>
      <PageHead
        title={texts.applications}
        crumbs={[{ label: shared.home, href: paths.home() }]}
        actions={items.length > 0 && create}
      >
        {texts.applicationsLead}
      </PageHead>
      <div className="stack">
        {mayDelete && deleted && <JustDeleted applicationId={deleted} />}
        <Panel title={texts.count(items.length)} flush>
          {items.length === 0 ? (
            <EmptyState
              kind="nothing-yet"
              title={texts.noneYet}
              action={
                <>
                  {create}
                  <a href={docs.quickStart}>{texts.noneYetDocs}</a>
                </>
              }
            >
              {texts.noneYetWhy}
            </EmptyState>
          ) : (
            <ApplicationTable items={items} />
          )}
        </Panel>
        {mayDelete && <DeletedApplications />}
      </div>
    </>
  )
}
