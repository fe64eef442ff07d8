import { getApplication } from '../../../contract/applications.ts'
import { useLoaded } from '../../api.ts'
import type { Crumb } from '../../parts/PageHead.tsx'
import { texts as shared } from '../../parts/texts.ts'
import { paths } from '../../paths.ts'

/** The way up from a sandbox page. */
export function useSandboxCrumbs(applicationId: string): Crumb[] {
  const { name } = useLoaded(getApplication, { params: { applicationId } })
  return [
    { label: shared.applications, href: paths.applications() },
    { label: name, href: paths.application(applicationId) },
  ]
}
