import { NativeSelect } from '@mantine/core'
import { Link, useLocation } from 'wouter'
import { type ApplicationView, listApplications } from '../../../contract/applications.ts'
import { type Me, useLoaded } from '../../api.ts'
import { docs, paths } from '../../paths.ts'
import type { At } from '../../page.ts'
import { Icon } from '../../ui/Icon.tsx'
import { texts } from '../texts.ts'
import { chosenApplication } from './chosen-application.ts'
import classes from './navigation.module.css'
import { type Place, placesOf } from './places.ts'

type Props = { me: Me; at: At; pathname: string }

/** The journey from top to bottom; only what has a page, and only what the reader's roles open. */
export function Navigation(props: Props) {
  const mayView = props.me.permissions.includes('application.view')
  return mayView ? <WithApplications {...props} /> : <Entries {...props} items={[]} />
}

function WithApplications(props: Props) {
  return <Entries {...props} items={useLoaded(listApplications).items} />
}

function Entries({ me, at, pathname, items }: Props & { items: readonly ApplicationView[] }) {
  const chosen = chosenApplication(items, { ...at, me })
  const places = placesOf(me, chosen)
  const groups: { name: string; places: Place[] }[] = [
    { name: texts.sandbox, places: places.filter(({ ofSandbox }) => ofSandbox) },
    { name: texts.production, places: places.filter(({ ofProduction }) => ofProduction) },
  ].filter((group) => group.places.length > 0)
  const grouped = groups.flatMap((group) => group.places)
  return (
    <div className={classes.nav}>
      <ul>
        {places.map((place) => {
          if (!grouped.includes(place)) return <Entry key={place.href} place={place} pathname={pathname} />
          const group = groups.find((one) => one.places[0] === place)
          if (group === undefined || chosen === undefined) return null
          return (
            <li key={group.name} className={classes.group} data-live={place.ofProduction}>
              <span className={classes.heading}>{group.name}</span>
              {group === groups[0] && <ApplicationSwitch at={at} pathname={pathname} items={items} chosen={chosen} />}
              <ul>
                {group.places.map((one) => (
                  <Entry key={one.href} place={one} pathname={pathname} />
                ))}
              </ul>
            </li>
          )
        })}
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

type SwitchProps = { at: At; pathname: string; items: readonly ApplicationView[]; chosen: ApplicationView }

/** Another application: the same page of it, where the page belongs to one. */
function ApplicationSwitch({ at, pathname, items, chosen }: SwitchProps) {
  const [, navigate] = useLocation()
  const { applicationId } = at.params
  const switchTo = (id: string) =>
    navigate(applicationId === '' ? paths.sandbox(id) : pathname.replace(applicationId, id))
  return (
    <NativeSelect
      size="xs"
      aria-label={texts.application}
      className={classes.select}
      value={chosen.id}
      data={items.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(event) => switchTo(event.currentTarget.value)}
    />
  )
}

function Entry({ place, pathname }: { place: Place; pathname: string }) {
  const { href, icon, label, within = false } = place
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
