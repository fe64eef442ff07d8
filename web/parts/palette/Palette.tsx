import { CloseButton, Modal, useMantineColorScheme, VisuallyHidden } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useState } from 'react'
import { useLocation } from 'wouter'
import type { Me } from '../../api.ts'
import type { At } from '../../page.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Keys } from '../../ui/Keys.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { leave } from '../frame/log-out.ts'
import { knownApplications, knownPlaces } from '../frame/places.ts'
import { texts as frameTexts } from '../texts.ts'
import { docsPages } from './docs-pages.ts'
import { type Entry, groupsFor } from './entries.ts'
import classes from './palette.module.css'
import { Results } from './Results.tsx'
import { texts } from './texts.ts'

type Props = { me: Me; at: At; onShortcuts: () => void; onClose: () => void }

/** Everything that can be reached or done from here, by a few letters of its name. */
export function Palette({ me, at, onShortcuts, onClose }: Props) {
  const [, navigate] = useLocation()
  const [search, setSearch] = useState('')
  const [active, setActive] = useState(0)
  const [leaving, setLeaving] = useState<'asked' | 'failed'>()
  const { setColorScheme } = useMantineColorScheme()
  const docs = useQuery(docsPages)
  const logOut = async () => {
    setLeaving('asked')
    if (!(await leave())) setLeaving('failed')
  }
  const groups = groupsFor(
    {
      me,
      places: knownPlaces(me, at),
      applications: knownApplications(),
      docsPages: docs.data ?? [],
      setScheme: setColorScheme,
      onShortcuts,
      onLogOut: logOut,
    },
    search.trim(),
  )
  const entries = groups.flatMap((group) => group.entries)
  const chosen = entries[Math.min(active, entries.length - 1)]

  const open = ({ deed }: Entry) => {
    if (!('stays' in deed)) onClose()
    if ('go' in deed) navigate(deed.go)
    if ('leave' in deed) window.location.assign(deed.leave)
    if ('run' in deed) deed.run()
  }
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return // Enter then ends a word that is being put together
    const to = moved(event.key, active, entries.length)
    if (to === undefined && event.key !== 'Enter') return
    event.preventDefault()
    if (to !== undefined) setActive(to)
    if (event.key === 'Enter' && chosen) open(chosen)
  }

  return (
    <Modal.Root opened onClose={onClose} size={600} yOffset="12vh" centered={false}>
      <Modal.Overlay />
      <Modal.Content>
        <VisuallyHidden>
          <Modal.Title>{texts.title}</Modal.Title>
        </VisuallyHidden>
        <div className={classes.head}>
          <Icon name="search" />
          <input
            className={classes.input}
            role="combobox"
            aria-label={texts.title}
            aria-expanded={entries.length > 0}
            aria-controls="palette-results"
            aria-autocomplete="list"
            aria-activedescendant={chosen && `palette-${chosen.id}`}
            placeholder={texts.placeholder}
            autoComplete="off"
            spellCheck={false}
            data-autofocus
            value={search}
            onChange={(event) => {
              setSearch(event.currentTarget.value)
              setActive(0)
            }}
            onKeyDown={press}
          />
          <CloseButton aria-label={texts.close} onClick={onClose} />
        </div>
        {leaving === 'failed' && <Notice tone="bad">{frameTexts.logOutFailed}</Notice>}
        <VisuallyHidden role="status">
          {leaving === 'asked' ? texts.leaving : texts.found(entries.length)}
        </VisuallyHidden>
        <Results groups={groups} chosen={chosen?.id} onOpen={open} />
        {docs.isError && <p className={classes.foot}>{texts.docsFailed}</p>}
        <p className={classes.foot} aria-hidden="true">
          <Keys keys={['↑', '↓']} /> {texts.move}
          <Keys keys={['↵']} /> {texts.open}
          <Keys keys={['Esc']} /> {texts.escape}
        </p>
      </Modal.Content>
    </Modal.Root>
  )
}

/** The place that a key leads to, round and round. */
function moved(key: string, from: number, count: number): number | undefined {
  if (count === 0) return undefined
  if (key === 'ArrowDown') return (from + 1) % count
  if (key === 'ArrowUp') return (from - 1 + count) % count
  if (key === 'PageDown') return Math.min(from + 8, count - 1)
  if (key === 'PageUp') return Math.max(from - 8, 0)
  return undefined
}
