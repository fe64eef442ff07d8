import { type ComponentType, useEffect, useState } from 'react'
import { once } from '../once.ts'
import type { BubbleProps } from '../ui/Bubble.tsx'

/** No page waits for what is shown only when something is pointed at; it is fetched once the first page is there. */
export const loadBubble = once(() => import('../ui/Bubble.tsx'))

export function LaterBubble(props: BubbleProps) {
  const [Bubble, setBubble] = useState<ComponentType<BubbleProps>>()
  useEffect(() => {
    loadBubble().then(
      (module) => setBubble(() => module.Bubble),
      () => undefined, // asked for again with the next hover
    )
  }, [])
  return Bubble && <Bubble {...props} />
}
