import type { MantineColorScheme } from '@mantine/core'
import { LANGUAGES, languages } from '../../../rules/languages.ts'
import type { ApplicationView } from '../../../contract/applications.ts'
import type { Me } from '../../api.ts'
import { language, speak } from '../../language.ts'
import { docs, paths } from '../../paths.ts'
import type { IconName } from '../../ui/Icon.tsx'
import { type Place, sandboxPlaces } from '../frame/places.ts'
import { texts as frameTexts } from '../texts.ts'
import type { DocsPage } from './docs-pages.ts'
import { type Findable, matching } from './match.ts'
import { texts } from './texts.ts'

/** `go` stays within the console, `leave` loads another page, `run` does something and `stays` keeps the palette open. */
type Deed = { go: string } | { leave: string } | { run: () => void; stays?: true }
export type Entry = Findable & { id: string; icon: IconName; keys?: readonly string[]; deed: Deed }
export type Group = { name: keyof typeof texts.groups; entries: Entry[] }

export type Known = {
  me: Me
  places: readonly Place[]
  applications: readonly ApplicationView[]
  docsPages: readonly DocsPage[]
  setScheme: (scheme: MantineColorScheme) => void
  onShortcuts: () => void
  onLogOut: () => void
}

/** What matches, in groups without a gap; a group that nothing is left of is not there. */
export function groupsFor(known: Known, search: string): Group[] {
  const groups: Group[] = [
    { name: 'pages', entries: pagesOf(known) },
    { name: 'applications', entries: applicationsOf(known, search !== '') },
    { name: 'actions', entries: actionsOf(known) },
    { name: 'docs', entries: known.docsPages.map(docsEntry) },
  ]
  return groups
    .map(({ name, entries }) => ({ name, entries: matching(entries, search).slice(0, MOST) }))
    .filter(({ entries }) => entries.length > 0)
}

/** Of one group; who looks for more types one more word. */
const MOST = 60

function pagesOf({ places, me }: Known): Entry[] {
  return [
    ...places.map(
      ({ href, icon, label, key, ofSandbox, ofProduction }): Entry => ({
        id: href,
        icon,
        label,
        ...(ofSandbox && { detail: frameTexts.sandbox }),
        ...(ofProduction && { detail: frameTexts.production }),
        keys: ['g', key],
        deed: { go: href },
      }),
    ),
    {
      id: paths.security(),
      icon: 'shield',
      label: frameTexts.security,
      detail: me.person.email,
      deed: { go: paths.security() },
    },
    { id: docs.home, icon: 'book', label: frameTexts.docs, deed: { leave: docs.home } },
  ]
}

/** The pages of their sandboxes only once something is looked for: there are four for each. */
function applicationsOf({ me, applications }: Known, withSandbox: boolean): Entry[] {
  const mayDevelop = withSandbox && me.permissions.includes('sandbox.develop')
  return applications.flatMap(({ id, name }) => [
    { id, icon: 'apps' as const, label: name, also: id, deed: { go: paths.application(id) } },
    ...(mayDevelop ? sandboxPlaces(id) : []).map(
      ({ href, icon, label }): Entry => ({ id: `${id}-${href}`, icon, label: name, detail: label, deed: { go: href } }),
    ),
  ])
}

const SCHEMES: readonly [MantineColorScheme, IconName, string][] = [
  ['light', 'sun', frameTexts.light],
  ['dark', 'moon', frameTexts.dark],
  ['auto', 'auto', frameTexts.auto],
]

function actionsOf({ me, setScheme, onShortcuts, onLogOut }: Known): Entry[] {
  const create: Entry = {
    id: 'create',
    icon: 'plus',
    label: texts.createApplication,
    deed: { go: paths.newApplication() },
  }
  const open: Entry = { id: 'open', icon: 'plus', label: texts.openPartner, deed: { go: paths.newPartner() } }
  return [
    ...(me.permissions.includes('application.create') ? [create] : []),
    ...(me.staffPermissions.includes('staff.partner.open') ? [open] : []),
    ...languages
      .filter((name) => name !== language)
      .map(
        (name): Entry => ({
          id: `language-${name}`,
          icon: 'language',
          label: texts.language(LANGUAGES[name].title),
          also: 'language 语言',
          deed: { run: () => speak(name) },
        }),
      ),
    ...SCHEMES.map(
      ([scheme, icon, title]): Entry => ({
        id: `scheme-${scheme}`,
        icon,
        label: texts.colourScheme(title),
        also: 'color theme mode',
        deed: { run: () => setScheme(scheme) },
      }),
    ),
    { id: 'shortcuts', icon: 'list', label: texts.shortcuts, keys: ['?'], deed: { run: onShortcuts, stays: true } },
    { id: 'log-out', icon: 'leave', label: texts.logOut, also: 'sign out', deed: { run: onLogOut, stays: true } },
  ]
}

const docsEntry = ({ title, href, about }: DocsPage): Entry => ({
  id: href,
  icon: 'book',
  label: title,
  detail: about,
  deed: { leave: href },
})
