import { Link, useLocation } from 'wouter'
import type { ApplicationView } from '../../contract/applications.ts'
import { PARTNER_TYPES } from '../../rules/products.ts'
import { paths } from '../paths.ts'
import { DataTable } from '../ui/DataTable.tsx'
import { Moment } from '../ui/Moment.tsx'
import { partnerTypeTitle, productTitles } from '../words.ts'
import { StatusWord } from './StatusWord.tsx'
import { texts } from './texts.ts'

/** `isBrief`: beside something else, where there is no room for the date. */
export function ApplicationTable({ items, isBrief = false }: { items: readonly ApplicationView[]; isBrief?: boolean }) {
  const [, navigate] = useLocation()
  return (
    <DataTable
      caption={texts.applications}
      rows={items}
      rowKey={({ id }) => id}
      onOpen={({ id }) => navigate(paths.application(id))}
      columns={[
        {
          title: texts.columns.name,
          cell: ({ id, name }) => <Link href={paths.application(id)}>{name}</Link>,
          wide: true,
        },
        { title: texts.columns.status, cell: ({ status }) => <StatusWord status={status} /> },
        {
          title: texts.columns.type,
          cell: ({ partnerType }) => (
            <abbr title={partnerTypeTitle(partnerType)}>{PARTNER_TYPES[partnerType].short}</abbr>
          ),
        },
        {
          title: texts.columns.products,
          cell: ({ products }) => productTitles(products.map(({ id }) => id)),
          wide: true,
        },
        ...(isBrief
          ? []
          : [
              {
                title: texts.columns.created,
                cell: ({ createdAt }: ApplicationView) => <Moment at={createdAt} part="date" />,
              },
            ]),
      ]}
    />
  )
}
