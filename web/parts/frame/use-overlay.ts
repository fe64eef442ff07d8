import { useRef, useState } from 'react'
import type { Overlay } from './Overlays.tsx'

/** One overlay at a time; when it closes, the focus is where it was before. */
export function useOverlay() {
  const [shown, setShown] = useState<Overlay>()
  const before = useRef<Element | null>(null)
  const show = (overlay: Overlay) => {
    if (shown === undefined) before.current = document.activeElement
    setShown(overlay)
  }
  const close = () => {
    setShown(undefined)
    // The dialog gives the focus up when it is gone, which is after this.
    if (before.current instanceof HTMLElement) requestAnimationFrame(focusOf(before.current))
  }
  return { shown, show, close }
}

const focusOf = (element: HTMLElement) => () => {
  if (element.isConnected) element.focus({ preventScroll: true })
}
