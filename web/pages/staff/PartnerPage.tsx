import { Button } from '@mantine/core'
import { Link } from 'wouter'
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
import { partnerTypeTitle, productTitles } from '../../words.ts'
import { AccountForm } from './AccountForm.tsx'
import { AccountTable } from './AccountTable.tsx'
import { FeesPanel } from './FeesPanel.tsx'
import { NdaPanel } from './NdaPanel.tsx'
import type { Partner } from './partner.ts'
import { PartnerApplications } from './PartnerApplications.tsx'
import { daysSince } from './partners-view.ts'
import { StageWord } from './StageWord.tsx'
import { Standing } from './Standing.tsx'
import { texts } from './texts.ts'
import { TrialPanel } from './TrialPanel.tsx'
import { TypesButton } from './TypesButton.tsx'
import { WaitsFor } from './WaitsFor.tsx'

export const loader: Loader = ({ params: { partnerId } }) => [query(getPartner, { params: { partnerId } })]

export function Page({ params: { partnerId } }: At) {
  const partner = useLoaded(getPartner, { params: { partnerId } })
  const mayOpen = useMay('staff.account.open')
  const log = (
    <Button component={Link} href={paths.staffAudit({ chain: partner.id })} variant="default">
      {texts.auditLog}
    </Button>
  )
  return (
    <>
      <PageHead
        title={partner.name}
        crumbs={[{ label: texts.partners, href: paths.partners() }]}
        beside={<Standing {...partner} />}
        actions={log}
      />
      <div className="stack">
        {partner.trialEndsAt !== null && <TrialPanel partner={partner} endsAt={partner.trialEndsAt} />}
        <Information partner={partner} />
        {partner.partnerTypes.includes('acquirer') && <FeesPanel partner={partner} />}
        <NdaPanel partner={partner} />
        <Panel title={texts.applications} flush>
          <PartnerApplications applications={partner.applicationList} />
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
          {mayOpen ? <AccountForm partner={partner} /> : <NoPermission permission="staff.account.open" />}
        </Panel>
      </div>
    </>
  )
}

function Information({ partner }: { partner: Partner }) {
  return (
    <Panel title={texts.information} actions={<TypesButton partner={partner} />}>
      <KeyValues
        items={[
          {
            name: texts.stage,
            value: (
              <span className="row">
                <StageWord stage={partner.stage} />
                <span className="muted small">{texts.days(daysSince(partner.since))}</span>
              </span>
            ),
          },
          { name: texts.waitsFor, value: <WaitsFor partner={partner} /> },
          { name: texts.types, value: listed(partner.partnerTypes.map(partnerTypeTitle)) },
          { name: texts.products, value: productTitles(partner.contractProducts) },
          { name: texts.partnerId, value: partner.id, copy: partner.id },
          { name: texts.opened, value: <Moment at={partner.createdAt} /> },
          {
            name: texts.lastActivity,
            value: partner.lastActivityAt ? <Moment at={partner.lastActivityAt} /> : texts.never,
          },
        ]}
      />
    </Panel>
  )
}
