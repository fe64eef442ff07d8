import { NativeSelect } from '@mantine/core'
import { useLocation } from 'wouter'
import { exportEveryAudit, listEveryAudit, verifyEveryAudit } from '../../../contract/audit.ts'
import { getPartner } from '../../../contract/partners.ts'
import { fileAddress, query, useLoaded, useSend } from '../../api.ts'
import { NoPermissionPage } from '../../parts/NoPermissionPage.tsx'
import { PageHead } from '../../parts/PageHead.tsx'
import { Pager } from '../../parts/Pager.tsx'
import { useMay } from '../../parts/use-may.ts'
import { type AuditView, paths } from '../../paths.ts'
import type { At, Loader } from '../../page.ts'
import { Panel } from '../../ui/Panel.tsx'
import { AuditFilters } from './AuditFilters.tsx'
import { auditViewOf, chainOf, cursorOf, filterOf } from './audit-view.ts'
import { AuditTable } from './AuditTable.tsx'
import { ExportButtons } from './ExportButtons.tsx'
import { texts } from './texts.ts'
import { VerifyButton, VerifyOutcome } from './VerifyPanel.tsx'

const chosenChain = (view: AuditView) => {
  const chain = chainOf(view)
  return chain === undefined ? {} : { chain }
}
const inputOf = (search: URLSearchParams) => {
  const view = auditViewOf(search)
  return { query: { ...filterOf(view), ...chosenChain(view), ...cursorOf(view) } }
}
const partnerOf = (view: AuditView) => {
  const chain = chainOf(view)
  return chain === undefined || chain === 'center' ? undefined : chain
}

export const loader: Loader = ({ me, search }) => {
  if (!me?.staffPermissions.includes('staff.audit.view')) return []
  const partnerId = partnerOf(auditViewOf(search))
  return [
    query(listEveryAudit, inputOf(search)),
    ...(partnerId === undefined ? [] : [query(getPartner, { params: { partnerId } })]),
  ]
}

/** Who changed what: of a partner, of the center itself, or everywhere. */
export function Page({ search }: At) {
  if (!useMay('staff.audit.view')) return <NoPermissionPage permission="staff.audit.view" />
  return <Log search={search} />
}

function Log({ search }: { search: URLSearchParams }) {
  const view = auditViewOf(search)
  const { items, nextCursor } = useLoaded(listEveryAudit, inputOf(search))
  const { data, error, isPending, mutate } = useSend(verifyEveryAudit)
  const to = paths.staffAudit
  const address = (format: 'csv' | 'json') =>
    fileAddress(exportEveryAudit, { query: { ...filterOf(view), ...chosenChain(view), format } })
  return (
    <>
      <PageHead
        title={texts.title}
        actions={<VerifyButton isPending={isPending} onVerify={() => mutate({ query: chosenChain(view) })} />}
      >
        {texts.leadOfStaff}
      </PageHead>
      <div className="stack">
        <VerifyOutcome data={data} error={error} />
        <AuditFilters view={view} to={to}>
          <ChainChoice view={view} />
        </AuditFilters>
        <Panel title={texts.entries} flush actions={<ExportButtons addressOf={address} />}>
          <AuditTable items={items} view={view} to={to} goesOn={nextCursor !== null} withPartner />
        </Panel>
        <Pager
          older={nextCursor && to({ ...view, cursor: nextCursor, entry: '' })}
          newest={view.cursor ? to({ ...view, cursor: '', entry: '' }) : null}
        />
      </div>
    </>
  )
}

/** All, the center's own, and the partner from whose page one came. */
function ChainChoice({ view }: { view: AuditView }) {
  const partnerId = partnerOf(view)
  return partnerId === undefined ? (
    <Chains view={view} partner={undefined} />
  ) : (
    <OfPartner view={view} partnerId={partnerId} />
  )
}

function OfPartner({ view, partnerId }: { view: AuditView; partnerId: string }) {
  const { id, name } = useLoaded(getPartner, { params: { partnerId } })
  return <Chains view={view} partner={{ value: id, label: name }} />
}

type ChainsProps = { view: AuditView; partner: { value: string; label: string } | undefined }

function Chains({ view, partner }: ChainsProps) {
  const [, navigate] = useLocation()
  return (
    <NativeSelect
      label={texts.log}
      data={[
        { value: '', label: texts.everyLog },
        { value: 'center', label: texts.center },
        ...(partner === undefined ? [] : [partner]),
      ]}
      value={chainOf(view) ?? ''}
      onChange={(event) =>
        navigate(paths.staffAudit({ ...view, chain: event.currentTarget.value, cursor: '', entry: '' }), {
          replace: true,
        })
      }
    />
  )
}
