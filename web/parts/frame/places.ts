import type { ApplicationView } from '../../../contract/applications.ts'
import { listApplications } from '../../../contract/applications.ts'
import { type Me, query, queryClient } from '../../api.ts'
import { paths } from '../../paths.ts'
import type { At } from '../../page.ts'
import type { IconName } from '../../ui/Icon.tsx'
import { texts } from '../texts.ts'
import { chosenApplication } from './chosen-application.ts'

/** `key` follows a `g`. `ofSandbox`, `ofProduction`: of the chosen application. `within`: pages below it belong to it. */
export type Place = {
  href: string
  icon: IconName
  label: string
  key: string
  ofSandbox?: true
  ofProduction?: true
  within?: true
}

/** The pages that the reader's roles open, in the order of the journey. Navigation, palette and keys go by this one list. */
export function placesOf(me: Me, chosen: ApplicationView | undefined): Place[] {
  const places: Place[] = me.staffRole
    ? [{ href: paths.partners(), icon: 'people', label: texts.partners, key: 'h', within: true }]
    : [{ href: paths.home(), icon: 'home', label: texts.home, key: 'h' }]
  if (me.permissions.includes('application.view'))
    places.push({ href: paths.applications(), icon: 'apps', label: texts.applications, key: 'a' })
  if (chosen && me.permissions.includes('sandbox.develop')) places.push(...sandboxPlaces(chosen.id))
  if (chosen && me.permissions.includes('sandbox.test'))
    places.push({
      href: paths.acceptance(chosen.id),
      icon: 'check',
      label: texts.acceptance,
      key: 't',
      ofSandbox: true,
      within: true,
    })
  if (chosen) places.push(...productionPlaces(me, chosen.id))
  if (me.staffPermissions.includes('staff.launch.view'))
    places.push({ href: paths.launchRequests(), icon: 'rocket', label: texts.launchRequests, key: 'q', within: true })
  if (me.permissions.includes('merchant.invite'))
    places.push({ href: paths.merchants(chosen?.id), icon: 'wallet', label: texts.merchants, key: 'i' })
  if (me.organisationPermissions.includes('member.manage'))
    places.push({ href: paths.members(), icon: 'people', label: texts.members, key: 'm' })
  if (me.organisationPermissions.includes('audit.view'))
    places.push({ href: paths.auditLog(), icon: 'shield', label: texts.auditLog, key: 'l' })
  places.push(...staffPlaces(me))
  return places
}

/** The pages of the staff beside the partners. */
function staffPlaces({ staffPermissions }: Me): Place[] {
  const places: [Me['staffPermissions'][number], Place][] = [
    ['staff.mail.view', { href: paths.staffMail(), icon: 'mail', label: texts.mail, key: 'e' }],
    ['staff.people.view', { href: paths.staffPeople(), icon: 'key', label: texts.staff, key: 'm' }],
    ['staff.audit.view', { href: paths.staffAudit(), icon: 'shield', label: texts.auditLog, key: 'l' }],
  ]
  return places.filter(([needs]) => staffPermissions.includes(needs)).map(([, place]) => place)
}

/** The pages of an application's sandbox. */
export const sandboxPlaces = (id: string): Place[] => [
  { href: paths.sandbox(id), icon: 'key', label: texts.settings, key: 's', ofSandbox: true },
  { href: paths.iTest(id), icon: 'play', label: texts.iTest, key: 'c', ofSandbox: true },
  { href: paths.iMock(id), icon: 'swap', label: texts.iMock, key: 'k', ofSandbox: true },
  { href: paths.iNotify(id), icon: 'mail', label: texts.iNotify, key: 'y', ofSandbox: true },
  { href: paths.findings(id), icon: 'search', label: texts.autoDiagnosis, key: 'x', ofSandbox: true },
  { href: paths.requests(id), icon: 'list', label: texts.requestLog, key: 'r', ofSandbox: true },
  { href: paths.doctor(id), icon: 'pulse', label: texts.signatureDoctor, key: 'd', ofSandbox: true },
  { href: paths.notifications(id), icon: 'bell', label: texts.notificationLog, key: 'n', ofSandbox: true },
  { href: paths.inbox(id), icon: 'inbox', label: texts.inbox, key: 'b', ofSandbox: true },
  { href: paths.reports(id), icon: 'copy', label: texts.reports, key: 'f', ofSandbox: true },
]

/** The pages of an application's production. */
function productionPlaces(me: Me, id: string): Place[] {
  const mayConfigure = me.permissions.includes('production.configure')
  const settings: Place = {
    href: paths.production(id),
    icon: 'shield',
    label: texts.productionSettings,
    key: 'p',
    ofProduction: true,
  }
  const uat: Place = { href: paths.uat(id), icon: 'check', label: texts.uat, key: 'u', ofProduction: true }
  const launch: Place = { href: paths.launch(id), icon: 'rocket', label: texts.launch, key: 'l', ofProduction: true }
  if (mayConfigure) return [settings, launch, uat]
  return me.permissions.includes('application.view') ? [launch] : []
}

/** The applications as the navigation has loaded them; none where the reader may not see them. */
export function knownApplications(): readonly ApplicationView[] {
  return queryClient.getQueryData(query(listApplications).queryKey)?.items ?? []
}

/** Where the reader can go from here, without waiting for anything. */
export function knownPlaces(me: Me, at: At): Place[] {
  return placesOf(me, chosenApplication(knownApplications(), { ...at, me }))
}
