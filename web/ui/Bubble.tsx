import { autoUpdate, computePosition, flip, offset, shift } from '@floating-ui/dom'
import { type ReactNode, type RefObject, useLayoutEffect, useRef, useState } from 'react'
import classes from './bubble.module.css'

const MIDDLEWARE = [offset(4), flip(), shift({ padding: 8 })]

export type BubbleProps = {
  /** What it stands beside. */
  beside: RefObject<HTMLElement | null>
  /** Somebody pressed elsewhere. */
  onDismiss: () => void
  /** Read out with what it stands beside, and dark: a short remark. Otherwise something to look into. */
  isRemark?: boolean
  children: ReactNode
}

/** Stands below something, or above it where there is no room, within the window and over everything else. Loaded by parts/LaterBubble.tsx. */
export function Bubble({ beside, onDismiss, isRemark = false, children }: BubbleProps) {
  const bubble = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState<{ x: number; y: number }>()
  useLayoutEffect(() => {
    const [anchor, panel] = [beside.current, bubble.current]
    if (anchor === null || panel === null) return
    const settle = async () =>
      setPlace(
        await computePosition(anchor, panel, {
          strategy: 'fixed',
          placement: isRemark ? 'bottom' : 'bottom-start',
          middleware: MIDDLEWARE,
        }),
      )
    const onPointerDown = ({ target }: PointerEvent) => {
      if (target instanceof Node && !anchor.contains(target) && !panel.contains(target)) onDismiss()
    }
    const unfollow = autoUpdate(anchor, panel, () => void settle())
    document.addEventListener('pointerdown', onPointerDown)
    return () => {
      unfollow()
      document.removeEventListener('pointerdown', onPointerDown)
    }
  }, [beside, isRemark, onDismiss])
  return (
    <div
      ref={bubble}
      className={isRemark ? classes.remark : classes.bubble}
      role={isRemark ? 'tooltip' : undefined}
      style={place ? { left: place.x, top: place.y } : { visibility: 'hidden' }}
    >
      {children}
    </div>
  )
}
