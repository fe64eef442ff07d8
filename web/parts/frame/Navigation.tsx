import { NativeSelect } from '@mantine/core'
import { Link, useLocation } from 'wouter'
import { listApplications } from '../../../contract/applications.ts'
import { useLoaded } from '../../api.ts'
import { docs, paths } from '../../paths.ts'
import type { At } from '../../page.ts'
import { Icon, type IconName } from '../../ui/Icon.tsx'
import { texts } from '../texts.ts'
import { chosenApplication } from './chosen-application.ts'
import classes from './navigation.module.css'

type Props = { at: At; pathname: string }

/** The journey from top to bottom; only what has a page, and only what the reader's roles open. */
export function Navigation({ at, pathname }: Props) {
  const mayView = at.me?.permissions.includes('application.view')
  return (
    <div className={classes.nav}>
      <ul>
        {at.me?.staffRole ? (
          <Entry href={paths.partners()} icon="people" label={texts.partners} pathname={pathname} within />
        ) : (
          <Entry href={paths.home()} icon="home" label={texts.home} pathname={pathname} />
        )}
        {mayView && <ApplicationEntries at={at} pathname={pathname} />}
        {at.me?.organisationPermissions.includes('member.manage') && (
          <Entry href={paths.members()} icon="people" label={texts.members} pathname={pathname} />
        )}
        <li>
          <a href={docs.home} className={classes.entry}>
            <Icon name="book" />
            {texts.docs}
          </a>
        </li>
      </ul>
    </div>
  )
}

function ApplicationEntries({ at, pathname }: Props) {
  const { items } = useLoaded(listApplications)
  const [, navigate] = useLocation()
  const chosen = chosenApplication(items, at)
  const mayDevelop = at.me?.permissions.includes('sandbox.develop')
  const switchTo = (id: string) => {
    if (at.params.applicationId !== '') navigate(pathname.replace(at.params.applicationId, id))
    if (at.params.applicationId === '') navigate(paths.sandbox(id))
  }
  return (
    <>
      <Entry href={paths.applications()} icon="apps" label={texts.applications} pathname={pathname} />
      {chosen && mayDevelop && (
        <li className={classes.group}>
          <span className={classes.heading}>{texts.sandbox}</span>
          <NativeSelect
            size="xs"
            aria-label={texts.application}
            className={classes.select}
            value={chosen.id}
            data={items.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(event) => switchTo(event.currentTarget.value)}
          />
          <ul>
            <Entry href={paths.sandbox(chosen.id)} icon="key" label={texts.settings} pathname={pathname} />
            <Entry href={paths.requests(chosen.id)} icon="list" label={texts.requestLog} pathname={pathname} />
            <Entry
              href={paths.notifications(chosen.id)}
              icon="bell"
              label={texts.notificationLog}
              pathname={pathname}
            />
          </ul>
        </li>
      )}
    </>
  )
}

type EntryProps = { href: string; icon: IconName; label: string; pathname: string; within?: boolean }

function Entry({ href, icon, label, pathname, within = false }: EntryProps) {
  const isHere = pathname === href || (within && pathname.startsWith(`${href}/`))
  return (
    <li>
      <Link href={href} className={classes.entry} aria-current={isHere ? 'page' : undefined}>
        <Icon name={icon} />
        {label}
      </Link>
    </li>
  )
}
