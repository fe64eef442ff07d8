import { useEffect, useEffectEvent, useRef } from 'react'
import { navigate } from 'wouter/use-browser-location'

type Keys = {
  /** Where a letter after `g` leads. */
  places: () => readonly { key: string; href: string }[]
  onPalette: () => void
  onShortcuts: () => void
}

/** So long the letter after `g` may take. */
const PAUSE_MS = 1500
const WRITTEN_IN = 'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable]'

/** The keys of the whole console. Single letters keep still while something is typed, and behind a dialog. */
export function useKeys({ places, onPalette, onShortcuts }: Keys): void {
  const leaderAt = useRef(Number.NEGATIVE_INFINITY)
  const press = useEffectEvent((event: KeyboardEvent) => {
    const isBehindDialog = document.querySelector('[aria-modal="true"]') !== null
    if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
      event.preventDefault() // also behind a dialog: the browser's own search would take the reader away
      if (!isBehindDialog) onPalette()
      return
    }
    const target = event.target instanceof Element ? event.target : null
    if (event.ctrlKey || event.metaKey || event.altKey || isBehindDialog || target?.closest(WRITTEN_IN)) return
    const isAfterLeader = event.timeStamp - leaderAt.current < PAUSE_MS
    leaderAt.current = event.key === 'g' ? event.timeStamp : Number.NEGATIVE_INFINITY
    const place = isAfterLeader ? places().find(({ key }) => key === event.key) : undefined
    if (place) navigate(place.href)
    if (event.key === '?') onShortcuts()
    if (event.key === '/') leadToSearch(event)
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}

/** The search of the page, where there is one. */
function leadToSearch(event: KeyboardEvent): void {
  const field = document.querySelector<HTMLInputElement>('main input[type="search"]')
  if (field === null) return
  event.preventDefault()
  field.focus()
}

/** As the reader's keyboard names it. */
export const paletteKeys: readonly string[] = /Mac|iPhone|iPad/.test(globalThis.navigator?.userAgent ?? '')
  ? ['⌘', 'K']
  : ['Ctrl', 'K']
