import { Link, useLocation } from 'wouter'
import { listPartners } from '../../../contract/partners.ts'
import { PARTNER_TYPES } from '../../../rules/products.ts'
import { query, useLoaded } from '../../api.ts'
import { MayButton } from '../../parts/MayButton.tsx'
import { PageHead } from '../../parts/PageHead.tsx'
import { Pager } from '../../parts/Pager.tsx'
import { docs, paths } from '../../paths.ts'
import type { At, Loader } from '../../page.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { listed } from '../../language.ts'
import { Standing } from './Standing.tsx'
import { texts } from './texts.ts'

const inputOf = (search: URLSearchParams) => {
  const cursor = search.get('cursor')
  return { query: cursor === null ? {} : { cursor } }
}

export const loader: Loader = ({ search }) => [query(listPartners, inputOf(search))]

export function Page({ search }: At) {
  const { items, nextCursor } = useLoaded(listPartners, inputOf(search))
  const [, navigate] = useLocation()
  const open = (
    <MayButton needs="staff.partner.open" href={paths.newPartner()}>
      {texts.openPartner}
    </MayButton>
  )
  return (
    <>
      <PageHead title={texts.partners} actions={open}>
        {texts.partnersLead}
      </PageHead>
      <div className="stack">
        <Panel title={texts.allPartners} flush>
          {items.length === 0 ? (
            <EmptyState
              kind="nothing-yet"
              title={texts.noPartners}
              action={
                <>
                  {open}
                  <a href={docs.getStarted}>{texts.openGuide}</a>
                </>
              }
            >
              {texts.noPartnersWhy}
            </EmptyState>
          ) : (
            <DataTable
              caption={texts.partners}
              rows={items}
              rowKey={({ id }) => id}
              onOpen={({ id }) => navigate(paths.partner(id))}
              columns={[
                { title: texts.name, cell: ({ id, name }) => <Link href={paths.partner(id)}>{name}</Link>, wide: true },
                {
                  title: texts.types,
                  cell: ({ partnerTypes }) => listed(partnerTypes.map((type) => PARTNER_TYPES[type].short)),
                },
                { title: texts.standing, cell: (partner) => <Standing {...partner} /> },
                { title: texts.accounts, cell: ({ accounts }) => accounts, numeric: true },
                { title: texts.applications, cell: ({ applications }) => applications, numeric: true },
                { title: texts.opened, cell: ({ createdAt }) => <Moment at={createdAt} part="date" /> },
              ]}
            />
          )}
        </Panel>
        <Pager
          older={nextCursor && paths.partners(nextCursor)}
          newest={search.has('cursor') ? paths.partners() : null}
        />
      </div>
    </>
  )
}
