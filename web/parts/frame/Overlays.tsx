import { use } from 'react'
import type { Me } from '../../api.ts'
import type { At } from '../../page.ts'
import { once } from '../../once.ts'
import { knownPlaces } from './places.ts'

const loadPalette = once(() => import('../palette/Palette.tsx'))
const loadShortcuts = once(() => import('../palette/Shortcuts.tsx'))

export type Overlay = 'palette' | 'shortcuts'
type Props = { shown: Overlay; me: Me; at: At; onShow: (overlay: Overlay) => void; onClose: () => void }

/** What the keys open over any page, fetched when it is first asked for. */
export function Overlays({ shown, ...props }: Props) {
  return shown === 'palette' ? <PaletteHere {...props} /> : <ShortcutsHere {...props} />
}

function PaletteHere({ me, at, onShow, onClose }: Omit<Props, 'shown'>) {
  const { Palette } = use(loadPalette())
  return <Palette me={me} at={at} onShortcuts={() => onShow('shortcuts')} onClose={onClose} />
}

function ShortcutsHere({ me, at, onClose }: Omit<Props, 'shown'>) {
  const { Shortcuts } = use(loadShortcuts())
  return <Shortcuts places={knownPlaces(me, at)} onClose={onClose} />
}
