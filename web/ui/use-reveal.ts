import {
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  useCallback,
  useRef,
  useState,
} from 'react'

/**
 * Opens on hover, focus and tap alike, and closes when pointer and focus have left, or on Escape. Spread `area` on the element around
 * button and content, `button` on the button.
 */
export function useReveal() {
  const [isOpen, setOpen] = useState(false)
  const close = useCallback(() => setOpen(false), [])
  // A tap focuses first and clicks afterwards: only a tap on what was open before it may close.
  const openBeforeTap = useRef(false)
  const area = {
    onPointerEnter: (event: PointerEvent) => {
      if (event.pointerType === 'mouse') setOpen(true)
    },
    onPointerLeave: (event: PointerEvent<HTMLElement>) => {
      if (event.pointerType === 'mouse' && !event.currentTarget.contains(document.activeElement)) setOpen(false)
    },
    onFocus: () => setOpen(true),
    onBlur: (event: FocusEvent<HTMLElement>) => {
      if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false)
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !isOpen) return
      event.stopPropagation()
      setOpen(false)
    },
  }
  const button = {
    'aria-expanded': isOpen,
    onPointerDownCapture: () => {
      openBeforeTap.current = isOpen
    },
    onClick: (event: MouseEvent) => {
      const byTouch = 'pointerType' in event.nativeEvent && event.nativeEvent.pointerType === 'touch'
      setOpen(!(byTouch && openBeforeTap.current))
    },
  }
  return { isOpen, close, area, button }
}
