import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { StateWord } from '../../ui/StateWord.tsx'
import { StatusWord } from '../../parts/StatusWord.tsx'
import { numberOf } from '../../language.ts'
import { partnerTypeTitle, productWords } from '../../words.ts'
import { OffLineButton } from './OffLineButton.tsx'
import type { Partner } from './partner.ts'
import { texts } from './texts.ts'

type Application = Partner['applicationList'][number]

const ACTIONS = {
  title: texts.actions,
  cell: (application: Application) => application.status === 'launched' && <OffLineButton application={application} />,
}

/** Names and progress: what the staff follow. Keys, URLs and logs are the partner's own. */
export function PartnerApplications({ applications }: { applications: Partner['applicationList'] }) {
  if (applications.length === 0)
    return (
      <EmptyState kind="nothing-yet" title={texts.noApplications}>
        {texts.noApplicationsWhy}
      </EmptyState>
    )
  return (
    <DataTable
      caption={texts.applications}
      rows={applications}
      rowKey={({ id }) => id}
      columns={[
        { title: texts.name, cell: (application) => <Name application={application} />, wide: true },
        { title: texts.state, cell: ({ status }) => <StatusWord status={status} /> },
        { title: texts.key, cell: ({ keySet }) => <Done is={keySet} /> },
        { title: texts.verifiedCall, cell: ({ verifiedCall }) => <Done is={verifiedCall} /> },
        {
          title: texts.progress,
          cell: ({ products }) =>
            products.map(({ product, passed, required }) => (
              <div key={product}>
                {productWords(product).title}: {numberOf(passed)}/{numberOf(required)}
              </div>
            )),
          wide: true,
        },
        ...(applications.some(({ status }) => status === 'launched') ? [ACTIONS] : []),
      ]}
    />
  )
}

function Name({ application: { name, partnerType, createdAt } }: { application: Application }) {
  return (
    <>
      {name}
      <div className="muted small">
        {partnerTypeTitle(partnerType)} · <Moment at={createdAt} part="date" />
      </div>
    </>
  )
}

function Done({ is }: { is: boolean }) {
  return <StateWord tone={is ? 'good' : 'plain'}>{is ? texts.yes : texts.no}</StateWord>
}
