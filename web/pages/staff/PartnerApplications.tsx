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

const ACTIONS = {
  title: texts.actions,
  cell: (application: Partner['applicationList'][number]) =>
    application.status === 'launched' && <OffLineButton application={application} />,
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
        { title: texts.name, cell: ({ name }) => name, wide: true },
        { title: texts.state, cell: ({ status }) => <StatusWord status={status} /> },
        { title: texts.types, cell: ({ partnerType }) => partnerTypeTitle(partnerType), wide: true },
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
        { title: texts.created, cell: ({ createdAt }) => <Moment at={createdAt} part="date" /> },
        ...(applications.some(({ status }) => status === 'launched') ? [ACTIONS] : []),
      ]}
    />
  )
}

function Done({ is }: { is: boolean }) {
  return <StateWord tone={is ? 'good' : 'plain'}>{is ? texts.yes : texts.no}</StateWord>
}
