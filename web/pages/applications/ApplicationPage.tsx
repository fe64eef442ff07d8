import { Button } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'wouter'
import { type ApplicationView, getApplication, listApplications } from '../../../contract/applications.ts'
import { query, useLoaded } from '../../api.ts'
import { MayButton } from '../../parts/MayButton.tsx'
import { PageHead } from '../../parts/PageHead.tsx'
import { StatusWord } from '../../parts/StatusWord.tsx'
import { texts as shared } from '../../parts/texts.ts'
import { paths } from '../../paths.ts'
import type { At, Loader } from '../../page.ts'
import { KeyValues } from '../../ui/KeyValues.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { StateWord } from '../../ui/StateWord.tsx'
import { partnerTypeTitle } from '../../words.ts'
import { DeleteDialog } from './DeleteDialog.tsx'
import { ModifyDialog } from './ModifyDialog.tsx'
import { ProductsPanel } from './ProductsPanel.tsx'
import { texts } from './texts.ts'

export const loader: Loader = ({ params: { applicationId } }) => [
  query(getApplication, { params: { applicationId } }),
  query(listApplications),
]

export function Page({ params: { applicationId } }: At) {
  const application = useLoaded(getApplication, { params: { applicationId } })
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
        <Sandbox application={application} />
        <Panel title={texts.production}>
          <p className="muted">{texts.productionLater}</p>
        </Panel>
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

function Sandbox({ application: { id, facts, callsLastDay } }: { application: ApplicationView }) {
  return (
    <Panel
      title={texts.sandbox}
      actions={
        <>
          <MayButton needs="sandbox.develop" href={paths.sandbox(id)} size="xs">
            {texts.settings}
          </MayButton>
          <Button component={Link} href={paths.requests(id)} variant="default" size="xs">
            {texts.requestLog}
          </Button>
        </>
      }
    >
      <KeyValues
        items={[
          {
            name: texts.keySet,
            value: facts.keySet ? (
              <StateWord tone="good">{texts.keyIsSet}</StateWord>
            ) : (
              <StateWord tone="plain">{texts.keyIsMissing}</StateWord>
            ),
          },
          {
            name: texts.verifiedCall,
            value: facts.verifiedCall ? (
              <StateWord tone="good">{texts.verifiedYes}</StateWord>
            ) : (
              <StateWord tone="plain">{texts.verifiedNo}</StateWord>
            ),
          },
          { name: texts.callsLastDay, value: String(callsLastDay) },
        ]}
      />
    </Panel>
  )
}
