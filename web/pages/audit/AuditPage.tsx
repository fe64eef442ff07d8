import { exportAudit, listAudit, verifyAudit } from '../../../contract/audit.ts'
import { fileAddress, query, useLoaded, useSend } from '../../api.ts'
import { NoPermissionPage } from '../../parts/NoPermissionPage.tsx'
import { PageHead } from '../../parts/PageHead.tsx'
import { Pager } from '../../parts/Pager.tsx'
import { useMay } from '../../parts/use-may.ts'
import { paths } from '../../paths.ts'
import type { At, Loader } from '../../page.ts'
import { Panel } from '../../ui/Panel.tsx'
import { AuditFilters } from './AuditFilters.tsx'
import { auditViewOf, cursorOf, filterOf } from './audit-view.ts'
import { AuditTable } from './AuditTable.tsx'
import { ExportButtons } from './ExportButtons.tsx'
import { texts } from './texts.ts'
import { VerifyButton, VerifyOutcome } from './VerifyPanel.tsx'

const inputOf = (search: URLSearchParams) => {
  const view = auditViewOf(search)
  return { query: { ...filterOf(view), ...cursorOf(view) } }
}

export const loader: Loader = ({ me, search }) =>
  me?.organisationPermissions.includes('audit.view') ? [query(listAudit, inputOf(search))] : []

/** Who changed what in the organisation. */
export function Page({ search }: At) {
  if (!useMay('audit.view')) return <NoPermissionPage permission="audit.view" />
  return <Log search={search} />
}

function Log({ search }: { search: URLSearchParams }) {
  const view = auditViewOf(search)
  const { items, nextCursor } = useLoaded(listAudit, inputOf(search))
  const { data, error, isPending, mutate } = useSend(verifyAudit)
  const to = paths.auditLog
  const address = (format: 'csv' | 'json') => fileAddress(exportAudit, { query: { ...filterOf(view), format } })
  return (
    <>
      <PageHead title={texts.title} actions={<VerifyButton isPending={isPending} onVerify={() => mutate({})} />}>
        {texts.lead}
      </PageHead>
      <div className="stack">
        <VerifyOutcome data={data} error={error} />
        <AuditFilters view={view} to={to} />
        <Panel title={texts.entries} flush actions={<ExportButtons addressOf={address} />}>
          <AuditTable items={items} view={view} to={to} goesOn={nextCursor !== null} />
        </Panel>
        <Pager
          older={nextCursor && to({ ...view, cursor: nextCursor, entry: '' })}
          newest={view.cursor ? to({ ...view, cursor: '', entry: '' }) : null}
        />
      </div>
    </>
  )
}
