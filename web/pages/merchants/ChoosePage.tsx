import { Link, Redirect } from 'wouter'
import { listApplicationNames } from '../../../contract/applications.ts'
import { query, useLoaded } from '../../api.ts'
import { PageHead } from '../../parts/PageHead.tsx'
import { docs, paths } from '../../paths.ts'
import type { Loader } from '../../page.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { productTitles } from '../../words.ts'
import { texts } from './texts.ts'

export const loader: Loader = () => [query(listApplicationNames)]

/** Whose merchants: merchants belong to an application. With one application there is nothing to choose. */
export function Page() {
  const { items } = useLoaded(listApplicationNames)
  const [only, ...others] = items
  if (only && others.length === 0) return <Redirect to={paths.merchants(only.id)} replace />
  return (
    <>
      <PageHead title={texts.title}>{texts.chooseLead}</PageHead>
      <Panel title={texts.choose} flush>
        {items.length === 0 ? (
          <EmptyState
            kind="nothing-yet"
            title={texts.noApplications}
            action={<a href={docs.merchants}>{texts.guide}</a>}
          >
            {texts.noApplicationsWhy}
          </EmptyState>
        ) : (
          <DataTable
            caption={texts.choose}
            rows={items}
            rowKey={({ id }) => id}
            columns={[
              {
                title: texts.application,
                cell: ({ id, name }) => <Link href={paths.merchants(id)}>{name}</Link>,
                wide: true,
              },
              { title: texts.products, cell: ({ products }) => productTitles(products), wide: true },
            ]}
          />
        )}
      </Panel>
    </>
  )
}
