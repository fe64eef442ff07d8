import { Dialog } from '../../ui/Dialog.tsx'
import { Keys } from '../../ui/Keys.tsx'
import type { Place } from '../frame/places.ts'
import { paletteKeys } from '../frame/use-keys.ts'
import { texts as frameTexts } from '../texts.ts'
import classes from './shortcuts.module.css'
import { texts } from './texts.ts'

type Line = { keys: readonly string[]; what: string }

const EVERYWHERE: readonly Line[] = [
  { keys: paletteKeys, what: texts.openPalette },
  { keys: ['/'], what: texts.searchPage },
  { keys: ['?'], what: texts.showShortcuts },
  { keys: ['Esc'], what: texts.closeDialog },
]

/** The keys that work here and now: a page that the reader's roles do not open has none. */
export function Shortcuts({ places, onClose }: { places: readonly Place[]; onClose: () => void }) {
  const lines = places.map(({ key, label, ofSandbox }) => ({
    keys: ['g', key],
    what: ofSandbox ? `${frameTexts.sandbox}: ${label}` : label,
  }))
  return (
    <Dialog title={texts.shortcuts} closeLabel={texts.close} onClose={onClose}>
      <div className="stack">
        <List title={texts.everywhere} lines={EVERYWHERE} />
        <List title={texts.pages} lines={lines} />
      </div>
    </Dialog>
  )
}

function List({ title, lines }: { title: string; lines: readonly Line[] }) {
  return (
    <section>
      <h3>{title}</h3>
      <dl className={classes.list}>
        {lines.map(({ keys, what }) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>
              <Keys keys={keys} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
