import '../../styles/console.ts'
import { ActionIcon } from '@mantine/core'
import { type ReactNode, Suspense, useEffect, useState } from 'react'
import { type Me, useMe } from '../../api.ts'
import type { At } from '../../page.ts'
import { Icon } from '../../ui/Icon.tsx'
import { texts } from '../texts.ts'
import { AttendantsLater } from './AttendantsLater.tsx'
import { AvatarMenu } from './AvatarMenu.tsx'
import { rememberApplication } from './chosen-application.ts'
import classes from './frame.module.css'
import { Navigation } from './Navigation.tsx'
import { Organisation } from './Organisation.tsx'
import { Overlays } from './Overlays.tsx'
import { PaletteButton } from './PaletteButton.tsx'
import { SchemeSwitch } from './SchemeSwitch.tsx'
import { knownPlaces } from './places.ts'
import { useKeys } from './use-keys.ts'
import { useOverlay } from './use-overlay.ts'

type Props = { at: At; band: boolean; pathname: string; children: (me: Me) => ReactNode }

/** What stands around every page of the console. */
export function Frame({ at, band, pathname, children }: Props) {
  const me = useMe()
  const { applicationId } = at.params
  useEffect(() => {
    if (applicationId !== '') rememberApplication(me.person.id, applicationId)
  }, [me.person.id, applicationId])
  const overlay = useOverlay()
  useKeys({
    places: () => knownPlaces(me, at),
    onPalette: () => overlay.show('palette'),
    onShortcuts: () => overlay.show('shortcuts'),
  })
  // The menu of a phone belongs to the page on which it was opened, so that going somewhere closes it.
  const [menuOpenOn, setMenuOpenOn] = useState<string>()
  const isMenuOpen = menuOpenOn === pathname
  return (
    <>
      <a className={classes.skip} href="#main">
        {texts.skip}
      </a>
      <header className={classes.header}>
        <ActionIcon
          className={classes.burger}
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={isMenuOpen ? texts.closeMenu : texts.openMenu}
          aria-expanded={isMenuOpen}
          onClick={() => setMenuOpenOn(isMenuOpen ? undefined : pathname)}
        >
          <Icon name={isMenuOpen ? 'close' : 'menu'} />
        </ActionIcon>
        <Organisation me={me} />
        <PaletteButton onOpen={() => overlay.show('palette')} />
        <AvatarMenu me={me} />
      </header>
      <div className={classes.columns}>
        <nav className={classes.side} data-open={isMenuOpen} aria-label={texts.navigation}>
          <Navigation me={me} at={at} pathname={pathname} />
          <SchemeSwitch />
        </nav>
        <div className={classes.content}>
          {band && (
            <aside className={classes.band} aria-label={texts.environment}>
              <strong>{texts.sandbox}</strong>
              <span>{texts.band}</span>
            </aside>
          )}
          <main id="main" tabIndex={-1} className={classes.main}>
            {children(me)}
          </main>
        </div>
      </div>
      <AttendantsLater />
      <Suspense fallback={null}>
        {overlay.shown && (
          <Overlays shown={overlay.shown} me={me} at={at} onShow={overlay.show} onClose={overlay.close} />
        )}
      </Suspense>
    </>
  )
}
