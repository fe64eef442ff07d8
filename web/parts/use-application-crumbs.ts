import { getApplication } from '../../contract/applications.ts'
import { useLoaded } from '../api.ts'
import type { Crumb } from './PageHead.tsx'
import { texts } from './texts.ts'
import { paths } from '../paths.ts'

/** The way up from a page of an application. */
export function useApplicationCrumbs(applicationId: string): Crumb[] {
  const { name } = useLoaded(getApplication, { params: { applicationId } })
  return [
    { label: texts.applications, href: paths.applications() },
    { label: name, href: paths.application(applicationId) },
  ]
}
