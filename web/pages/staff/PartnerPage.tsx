import { getPartner } from '../../../contract/partners.ts'
import { query, useLoaded } from '../../api.ts'
import { NoPermission } from '../../parts/NoPermission.tsx'
import { PageHead } from '../../parts/PageHead.tsx'
import { useMay } from '../../parts/use-may.ts'
import { paths } from '../../paths.ts'
import type { At, Loader } from '../../page.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { KeyValues } from '../../ui/KeyValues.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { listed } from '../../language.ts'
import { partnerTypeTitle } from '../../words.ts'
import { AccountForm } from './AccountForm.tsx'
import { AccountTable } from './AccountTable.tsx'
import { Standing } from './Standing.tsx'
import { texts } from './texts.ts'

export const loader: Loader = ({ params: { partnerId } }) => [query(getPartner, { params: { partnerId } })]

export function Page({ params: { partnerId } }: At) {
  const partner = useLoaded(getPartner, { params: { partnerId } })
  const may = useMay('staff.account.open')
  return (
    <>
      <PageHead
        title={partner.name}
        crumbs={[{ label: texts.partners, href: paths.partners() }]}
        beside={<Standing {...partner} />}
      />
      <div className="stack">
        <Panel title={texts.information}>
          <KeyValues
            items={[
              { name: texts.partnerId, value: partner.id, copy: partner.id },
              { name: texts.types, value: listed(partner.partnerTypes.map(partnerTypeTitle)) },
              { name: texts.ndaAddresses, value: partner.ndaAddresses.join('\n') },
              { name: texts.applications, value: String(partner.applications) },
              { name: texts.opened, value: <Moment at={partner.createdAt} /> },
            ]}
          />
        </Panel>
        <Panel title={texts.accounts} flush>
          {partner.accountList.length === 0 ? (
            <EmptyState kind="nothing-yet" title={texts.noAccounts}>
              {texts.noAccountsWhy}
            </EmptyState>
          ) : (
            <AccountTable partner={partner} />
          )}
        </Panel>
        <Panel title={texts.openAccount}>
          {may ? <AccountForm partner={partner} /> : <NoPermission permission="staff.account.open" />}
        </Panel>
      </div>
    </>
  )
}
