import { useState } from 'react'
import { type ApplicationView, getApplication, getSandbox, listApplications } from '../../../contract/applications.ts'
import { listExchanges } from '../../../contract/log.ts'
import { query, useLoaded, useMe } from '../../api.ts'
import { MayButton } from '../../parts/MayButton.tsx'
import { PageHead } from '../../parts/PageHead.tsx'
import { StatusWord } from '../../parts/StatusWord.tsx'
import { texts as shared } from '../../parts/texts.ts'
import { paths } from '../../paths.ts'
import type { At, Loader } from '../../page.ts'
import { KeyValues } from '../../ui/KeyValues.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { partnerTypeTitle } from '../../words.ts'
import { DeleteDialog } from './DeleteDialog.tsx'
import { LatestCalls, latestCalls } from './LatestCalls.tsx'
import { ModifyDialog } from './ModifyDialog.tsx'
import { ProductionSummary } from './ProductionSummary.tsx'
import { ProductsPanel } from './ProductsPanel.tsx'
import { SandboxSummary } from './SandboxSummary.tsx'
import { texts } from './texts.ts'

export const loader: Loader = ({ params: { applicationId }, me }) => [
  query(getApplication, { params: { applicationId } }),
  query(listApplications),
  ...(me?.permissions.includes('sandbox.develop')
    ? [query(getSandbox, { params: { applicationId } }), query(listExchanges, latestCalls(applicationId))]
    : []),
]

export function Page({ params: { applicationId } }: At) {
  const application = useLoaded(getApplication, { params: { applicationId } })
  const mayDevelop = useMe().permissions.includes('sandbox.develop')
  const [dialog, setDialog] = useState<'modify' | 'delete'>()
  const close = () => setDialog(undefined)
  const crumbs = [
    { label: shared.home, href: paths.home() },
    { label: texts.applications, href: paths.applications() },
  ]
  return (
    <>
      <PageHead
        title={application.name}
        crumbs={crumbs}
        beside={<StatusWord status={application.status} />}
        actions={
          <>
            <MayButton needs="application.modify" variant="default" onClick={() => setDialog('modify')}>
              {texts.modify}
            </MayButton>
            <MayButton needs="application.delete" variant="subtle" color="red" onClick={() => setDialog('delete')}>
              {texts.delete}
            </MayButton>
          </>
        }
      />
      <div className="stack">
        <Information application={application} />
        <ProductsPanel application={application} />
        {mayDevelop && <SandboxSummary application={application} />}
        {mayDevelop && <LatestCalls applicationId={applicationId} />}
        <ProductionSummary application={application} />
      </div>
      {dialog === 'modify' && <ModifyDialog application={application} onClose={close} />}
      {dialog === 'delete' && <DeleteDialog application={application} onClose={close} />}
    </>
  )
}

function Information({ application }: { application: ApplicationView }) {
  return (
    <Panel title={texts.information}>
      <KeyValues
        items={[
          { name: texts.id, value: application.id, copy: application.id },
          { name: texts.partnerType, value: partnerTypeTitle(application.partnerType) },
          {
            name: texts.description,
            value: application.description || <span className="muted">{texts.noDescription}</span>,
          },
          { name: texts.createdAt, value: <Moment at={application.createdAt} /> },
          { name: texts.createdBy, value: application.createdBy },
        ]}
      />
    </Panel>
  )
}
