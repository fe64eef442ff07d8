import { Link, useLocation } from 'wouter'
import type { ApplicationView } from '../../contract/applications.ts'
import { PARTNER_TYPES, PRODUCTS } from '../../rules/products.ts'
import { paths } from '../paths.ts'
import { DataTable } from '../ui/DataTable.tsx'
import { Moment } from '../ui/Moment.tsx'
import { StatusWord } from './StatusWord.tsx'

const titles = {
  table: 'Applications',
  name: 'Name',
  status: 'Status',
  type: 'Partner Type',
  products: 'Products',
  created: 'Created',
}

export function ApplicationTable({ items }: { items: readonly ApplicationView[] }) {
  const [, navigate] = useLocation()
  return (
    <DataTable
      caption={titles.table}
      rows={items}
      rowKey={({ id }) => id}
      onOpen={({ id }) => navigate(paths.application(id))}
      columns={[
        { title: titles.name, cell: ({ id, name }) => <Link href={paths.application(id)}>{name}</Link>, wide: true },
        { title: titles.status, cell: ({ status }) => <StatusWord status={status} /> },
        {
          title: titles.type,
          cell: ({ partnerType }) => (
            <abbr title={PARTNER_TYPES[partnerType].title}>{PARTNER_TYPES[partnerType].short}</abbr>
          ),
        },
        {
          title: titles.products,
          cell: ({ products }) => products.map(({ id }) => PRODUCTS[id].title).join(', '),
          wide: true,
        },
        { title: titles.created, cell: ({ createdAt }) => <Moment at={createdAt} part="date" /> },
      ]}
    />
  )
}
